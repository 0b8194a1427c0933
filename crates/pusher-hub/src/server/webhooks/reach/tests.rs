//! What is public and what is not.

use super::*;

#[track_caller]
fn check(url: &str, expected: Result<(), &str>) {
    let outcome = Reach::Public.check(url).map(drop).map_err(|error| error.to_string());
    let expected = expected.map_err(|reason| format!("webhook {url}: {reason}"));
    assert_eq!(outcome, expected);
}

const PRIVATE: Result<(), &str> = Err("it is private; posts go there with Reach::Anywhere (private_webhooks = true)");

#[test]
fn public_addresses() {
    for url in [
        "https://example.com/hook?a=b",
        "http://example.com:8080",
        "http://93.184.216.34/",
        "http://172.32.0.1/",
        "http://100.128.0.1/",
        "http://[2606:2800:220:1::1]/",
        "http://[::ffff:93.184.216.34]/",
    ] {
        check(url, Ok(()));
    }
}

#[test]
fn private_addresses() {
    for url in [
        "http://localhost:3000/",
        "http://api.localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://192.0.0.8/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://198.18.0.1/",
        "http://198.51.100.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fd12::1]/",
        "http://[ff02::1]/",
        "http://[2001:db8::1]/",
        "http://[2001::1]/",
    ] {
        check(url, PRIVATE);
        assert!(Reach::Anywhere.check(url).is_ok(), "{url}");
    }
}

#[test]
fn what_is_no_address() {
    check(
        "example.com/hook",
        Err("relative URL without a base; expected such as https://example.com/hook"),
    );
    check("https://", Err("empty host; expected such as https://example.com/hook"));
    check("ftp://example.com/", Err("expected http:// or https://"));
    check("file:///etc/passwd", Err("expected http:// or https://"));
}

#[tokio::test]
async fn names_of_private_addresses() {
    let name: Name = "localhost".parse().unwrap();
    let Err(error) = PublicNames.resolve(name).await else {
        panic!("this machine is not the public internet");
    };
    assert_eq!(error.to_string(), "localhost stands for private addresses alone");
}
