//! What each text takes, and why not.

use super::*;

fn line_of(text: &str) -> String {
    Line::new(text).map_or_else(|problem| format!("! {problem}"), String::from)
}

fn words_of(text: &str) -> String {
    Words::new(text).map_or_else(|problem| format!("! {problem}"), String::from)
}

fn web_of(text: &str) -> String {
    Web::new(text).map_or_else(|problem| format!("! {problem}"), String::from)
}

#[test]
fn a_line_is_one_line_that_can_be_seen() {
    assert_eq!(line_of("  Buy milk\nand bread "), "Buy milk and bread");
    assert_eq!(line_of("\u{200b} \n"), "! text is empty");
    assert_eq!(line_of(&"x".repeat(1_000)).len(), 1_000);
    assert_eq!(
        line_of(&"ö".repeat(1_001)),
        "! text is too long: 1001 characters, at most 1000"
    );
}

#[test]
fn words_keep_their_lines() {
    assert_eq!(words_of("a\r\nb\rc"), "a\nb\nc");
    assert_eq!(words_of(" \n\t"), "! text is empty");
    assert_eq!(words_of("a\u{7}"), "! text cannot hold the character '\\u{7}'");
    assert_eq!(
        words_of(&"x".repeat(20_001)),
        "! text is too long: 20001 characters, at most 20000"
    );
}

#[test]
fn a_search_is_one_line() {
    assert_eq!(Query::new(" label:a\nOR b ").unwrap().as_str(), "label:a OR b");
    assert!(Query::new("").is_err());
    assert!(Query::new(&"x".repeat(1_001)).is_err());
}

#[test]
fn an_address_is_one_of_the_web() {
    for text in [
        "https://example.org/a?b=c#d",
        "http://localhost:8080",
        "HTTPS://EXAMPLE.ORG/",
        "https://münchen.example/straße",
    ] {
        assert_eq!(web_of(&format!(" {text} ")), text);
    }
    let none = "! address begins with https:// or http:// and names a host";
    for text in [
        "",
        "example.org",
        "https://",
        "https:///path",
        "http://?a",
        "javascript://x/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "//example.org",
    ] {
        assert_eq!(web_of(text), none, "{text:?}");
    }
    assert_eq!(web_of("https://a b"), "! address cannot hold the character ' '");
    assert_eq!(
        web_of("https://a/\u{1}"),
        "! address cannot hold the character '\\u{1}'"
    );
    let long = format!("https://a/{}", "x".repeat(1_991));
    assert_eq!(web_of(&long), "! address is too long: 2001 characters, at most 2000");
}

#[test]
fn the_wire_checks_like_the_constructor() {
    assert!(serde_json::from_str::<Line>("\"a\"").is_ok());
    assert!(serde_json::from_str::<Line>("\" \"").is_err());
    assert!(serde_json::from_str::<Words>("\"\"").is_err());
    assert!(serde_json::from_str::<Web>("\"javascript:alert(1)\"").is_err());
    assert!(serde_json::from_str::<Query>("\"\"").is_err());
}
