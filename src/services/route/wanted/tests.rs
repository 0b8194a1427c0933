//! No link leads from the sign-in to another site.

use super::*;

const PROJECT: &str = "/projects/0000000000000000000000000000002a";

#[test]
fn a_page_of_this_site_may_be_wanted() {
    for path in ["/", "/account", "/accounts", "/?a=b", PROJECT] {
        assert!(is_of_this_site(path), "{path}");
    }
    for rest in ["/people", "#story-12", "#forecast", "?a=b#c"] {
        assert!(is_of_this_site(&format!("{PROJECT}{rest}")), "{rest}");
    }
}

#[test]
fn another_site_may_not() {
    for path in [
        "",
        "account",
        "https://evil.example/",
        "//evil.example/",
        "//account",
        "///account",
        "/\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/account\n",
        "/\n/account",
        "javascript:alert(1)",
        "/javascript:alert(1)",
        "/@evil.example",
        "/.evil.example",
        "/api/session",
        "/auth/provider",
        "/sign-in?next=/",
        "/join#abc",
    ] {
        assert!(!is_of_this_site(path), "{path:?}");
    }
}
