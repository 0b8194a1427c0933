//! Origins against hosts.

use super::*;

#[track_caller]
fn check(origins: &Origins, origin: &str, host: &str, expected: &str) {
    let verdict = match origins.allow(Some(origin), Some(host)) {
        true => "allowed",
        false => "refused",
    };
    assert_eq!(verdict, expected, "{origin} at {host}");
}

#[test]
fn own() {
    let own = Origins::Own;
    check(&own, "https://board.example", "board.example", "allowed");
    check(&own, "https://Board.example", "board.EXAMPLE", "allowed");
    check(&own, "http://board.example:8080", "board.example:8080", "allowed");
    check(&own, "http://board.example:8080", "board.example", "refused");
    check(&own, "https://evil.example", "board.example", "refused");
    check(&own, "https://board.example.evil.example", "board.example", "refused");
    check(&own, "https://evil.example/board.example", "board.example", "refused");
    check(&own, "null", "board.example", "refused");
    check(&own, "", "board.example", "refused");
    check(&own, "chrome-extension://board.example", "board.example", "refused");
    assert!(own.allow(None, Some("board.example")));
    assert!(own.allow(None, None));
    assert!(!own.allow(Some("https://board.example"), None));
}

#[test]
fn ones_own_machine() {
    let own = Origins::Own;
    check(&own, "http://127.0.0.1:8081", "127.0.0.1:8080", "allowed");
    check(&own, "http://localhost:8081", "127.0.0.1", "allowed");
    check(&own, "http://[::1]:8081", "localhost:8080", "allowed");
    check(&own, "http://localhost.evil.example", "localhost:8080", "refused");
    check(&own, "http://evil.example", "localhost:8080", "refused");
    check(&own, "http://localhost:8081", "board.example", "refused");
    check(&own, "http://localhost:", "board.example", "refused");
}

#[test]
fn listed() {
    let listed = Origins::OwnAnd(vec!["https://app.example/".to_owned()]);
    check(&listed, "https://app.example", "board.example", "allowed");
    check(&listed, "https://board.example", "board.example", "allowed");
    check(&listed, "http://app.example", "board.example", "refused");
    check(&listed, "https://app.example:444", "board.example", "refused");
    check(&Origins::Any, "https://evil.example", "board.example", "allowed");
}
