//! Addresses and the URLs that they stand for.

use super::Address;

#[track_caller]
fn check(address: &Address, expected: &str) {
    let url = address.url();
    let (url, query) = url.split_once('?').unwrap();
    assert_eq!(url, expected);
    assert!(
        query.starts_with("protocol=7&client=pusher-channels-rs&version="),
        "{query}"
    );
}

#[test]
fn a_host_with_and_without_a_port() {
    check(&Address::new("host", "key"), "ws://host/app/key");
    check(&Address::new("host:6001", "key"), "ws://host:6001/app/key");
    check(&Address::new("host:6001", "key").with_tls(), "wss://host:6001/app/key");
    check(&Address::new("[::1]:6001", "a key"), "ws://[::1]:6001/app/a%20key");
}

#[test]
fn each_scheme_has_its_port() {
    let address = Address::new("host", "key").with_ports(8080, 8443);
    check(&address, "ws://host:8080/app/key");
    check(&address.with_tls(), "wss://host:8443/app/key");
}

#[test]
fn a_cluster_is_reached_by_tls() {
    check(&Address::cluster("eu", "key"), "wss://ws-eu.pusher.com/app/key");
}

#[test]
fn a_path_has_its_slashes() {
    for path in ["realtime/v1", "/realtime/v1", "/realtime/v1/"] {
        check(
            &Address::new("host", "key").with_path(path),
            "ws://host/realtime/v1/app/key",
        );
    }
    for path in ["", "/"] {
        check(&Address::new("host", "key").with_path(path), "ws://host/app/key");
    }
}
