//! Which addresses are taken, and whose word is.

use super::*;

fn behind(proxies: &[&str]) -> Entrance {
    Entrance {
        proxies: proxies.iter().map(|text| proxy(text).expect("a range")).collect(),
        ..Entrance::default()
    }
}

#[track_caller]
fn check(entrance: &Entrance, peer: &str, forwarded_for: &str, client: &str) {
    let address = |text: &str| text.parse::<IpAddr>().expect("an address");
    assert_eq!(entrance.client(address(peer), forwarded_for), address(client));
}

#[test]
fn nobody_says_who_they_are_but_through_a_trusted_proxy() {
    let alone = behind(&[]);
    check(&alone, "192.0.2.7", "", "192.0.2.7");
    check(&alone, "192.0.2.7", "10.0.0.1", "192.0.2.7");
    let proxied = behind(&["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
    check(&proxied, "127.0.0.1", "", "127.0.0.1");
    check(&proxied, "127.0.0.1", "192.0.2.7", "192.0.2.7");
    // What the client itself put in front of it is nobody's word.
    check(&proxied, "127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7");
    check(&proxied, "127.0.0.1", "198.51.100.1, 192.0.2.7, 10.1.2.3", "192.0.2.7");
    check(&proxied, "::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7");
    check(&proxied, "127.0.0.1", "nonsense", "127.0.0.1");
    check(&proxied, "127.0.0.1", "192.0.2.7, unknown", "127.0.0.1");
    check(&proxied, "192.0.2.9", "127.0.0.1", "192.0.2.9");
}

#[test]
fn an_address_is_a_scheme_and_a_host() {
    for (text, becomes) in [
        ("https://backlog.example.com", "https://backlog.example.com"),
        ("https://Backlog.Example.com/", "https://backlog.example.com"),
        ("http://10.1.2.3:8080", "http://10.1.2.3:8080"),
        ("https://backlog.example.com:443", "https://backlog.example.com"),
    ] {
        assert_eq!(url(text).ok().as_deref(), Some(becomes));
    }
    for text in [
        "",
        "backlog.example.com",
        "ftp://a.b",
        "https://a.b/c",
        "https://a.b?c",
        "https://u:p@a.b",
        "https://a.b/#c",
    ] {
        let error = url(text).expect_err(text).to_string();
        assert!(error.starts_with("--url (TRUESTORY_URL): “"), "{error}");
    }
    assert!(
        Entrance {
            url: Some("https://a.b".into()),
            ..Entrance::default()
        }
        .is_secure()
    );
    assert!(
        !Entrance {
            url: Some("http://a.b".into()),
            ..Entrance::default()
        }
        .is_secure()
    );
}

#[test]
fn a_proxy_is_an_address_or_a_range() {
    for text in ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"] {
        assert!(proxy(text).is_ok(), "{text}");
    }
    for text in ["", "proxy", "10.0.0.0/33", "10.0.0"] {
        assert!(proxy(text).is_err(), "{text}");
    }
}
