//! Which names are one's own.

use super::Hosts;

fn hosts(listen: &str, names: &[&str]) -> Hosts {
    let names: Vec<String> = names.iter().map(|name| name.to_string()).collect();
    Hosts::new(listen.parse().expect("an address"), &names)
}

#[test]
fn a_server_of_this_machine_answers_under_its_names_and_addresses_only() {
    let own = hosts("127.0.0.1:8080", &[]);
    for host in [
        "127.0.0.1:8080",
        "localhost:8080",
        "LOCALHOST",
        "a.localhost",
        "[::1]:8080",
        "[::1]",
        "192.168.1.5:80",
    ] {
        assert!(own.include(host), "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        ":8080",
    ] {
        assert!(!own.include(host), "{host}");
    }
}

#[test]
fn a_name_that_was_given_is_answered_too() {
    for listen in ["127.0.0.1:8080", "0.0.0.0:80"] {
        let given = hosts(listen, &["Board.example"]);
        assert!(given.include("board.example") && given.include("BOARD.example.:443") && given.include("10.0.0.7"));
        assert!(!given.include("evil.example"));
    }
}

#[test]
fn a_server_open_to_a_network_answers_under_any_name_until_it_was_given_one() {
    assert_eq!(hosts("0.0.0.0:80", &[]), Hosts::Any);
    assert!(Hosts::Any.include("whatever.example"));
}
