//! What comes back from a cookie, and where a journey may end.

use super::*;

#[test]
fn a_journey_comes_back_as_it_set_out() {
    let journey = Journey::begin("/projects/1?q=a%20b#s");
    let cookie = journey.write();
    assert!(
        cookie.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'.'),
        "{cookie}"
    );
    let back = Journey::read(&cookie).expect("a journey");
    assert!(back == journey);
    assert_eq!(back.path(), "/projects/1?q=a%20b#s");
    assert!(back.has_state(&journey.state));
    assert!(!back.has_state(&journey.nonce));
    assert!(!back.has_state(journey.state.get(1..).expect("digits")));
    assert!(!back.has_state(""));
}

#[test]
fn what_was_not_written_here_is_no_journey() {
    let secret = "0123456789abcdef".repeat(4);
    let cookie = |path: &str| format!("{secret}.{secret}.{secret}.{}", hex::encode(path));
    assert!(Journey::read(&cookie("/")).is_some());
    for cookie in [
        String::new(),
        format!("{secret}.{secret}.{secret}"),
        format!("{secret}.{secret}.short.2f"),
        format!("{secret}.{secret}.{secret}.2"),
        format!("{secret}.{secret}.{secret}.ff"),
        format!("{}.2f", cookie("/")),
        cookie("//elsewhere.example.com"),
    ] {
        assert!(Journey::read(&cookie).is_none(), "{cookie}");
    }
}

#[test]
fn a_journey_ends_on_a_page_of_this_site() {
    for path in ["/", "/projects/0123", "/join", "/account?a=b"] {
        assert_eq!(own_path(path), Some(path));
    }
    for path in [
        "",
        "projects",
        "https://elsewhere.example.com/",
        "//elsewhere.example.com/",
        "/\\elsewhere.example.com/",
        "/a\\b",
        "/a b",
        "/a\r\nset-cookie: b",
        "/\u{e9}",
        "/api/session",
        "/auth/provider",
        "/sign-in?failed=expired",
    ] {
        assert_eq!(own_path(path), None, "{path:?}");
    }
    assert_eq!(own_path(&format!("/{}", "a".repeat(500))), None);
}
