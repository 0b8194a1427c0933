//! Lines, words, searches and addresses: what they take, and what not.

use super::{Line, Query, Web, Words};
use crate::Problem;
use proptest::prelude::*;

#[test]
fn a_line_is_one_line_that_can_be_seen() {
    assert_eq!(Line::new("  Buy\nmilk ").map(String::from), Ok("Buy milk".into()));
    for blank in ["", " \n", "\u{200b}"] {
        assert_eq!(Line::new(blank), Err(Problem::Empty { field: "text" }));
        assert_eq!(Query::new(blank), Err(Problem::Empty { field: "search" }));
    }
    assert!(Line::new(&"ü".repeat(1_000)).is_ok() && Query::new(&"ü".repeat(1_000)).is_ok());
    let too_long = |field| Problem::TooLong {
        field,
        max: 1_000,
        got: 1_001,
    };
    assert_eq!(Line::new(&"ü".repeat(1_001)), Err(too_long("text")));
    assert_eq!(Query::new(&"ü".repeat(1_001)), Err(too_long("search")));
}

#[test]
fn words_keep_their_lines_and_can_be_seen() {
    assert_eq!(Words::new("a\r\n\tb\rc").map(String::from), Ok("a\n\tb\nc".into()));
    assert_eq!(Words::new("  code\n").map(String::from), Ok("  code\n".into()));
    for blank in ["", " \n\t", "\u{200b}\n\u{feff}"] {
        assert_eq!(Words::new(blank), Err(Problem::Empty { field: "text" }), "{blank:?}");
    }
    let character = '\u{1b}';
    let field = "text";
    assert_eq!(Words::new("a\u{1b}b"), Err(Problem::Forbidden { field, character }));
    assert!(Words::new(&"字".repeat(20_000)).is_ok());
    let (max, got) = (20_000, 20_001);
    assert_eq!(
        Words::new(&"字".repeat(20_001)),
        Err(Problem::TooLong { field, max, got })
    );
}

#[test]
fn an_address_is_on_the_web() {
    for address in [
        "https://a.example",
        "http://localhost:8080/a?b=c#d",
        "HTTPS://A.example/%20",
        "https://a.example/日本",
        "https://[::1]/",
    ] {
        assert_eq!(Web::new(address).map(String::from), Ok(address.into()));
    }
    assert_eq!(
        Web::new("  https://a.example\n").map(String::from),
        Ok("https://a.example".into())
    );
    let field = "address";
    for no_address in [
        "",
        "a.example",
        "//a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "javascript://a.example/%0Aalert(1)",
        "https:",
        "https://",
        "https:///path",
        "https://?a",
        "https://#a",
        "xhttps://a.example",
        " javascript:alert(1)//https://a.example",
    ] {
        assert_eq!(
            Web::new(no_address),
            Err(Problem::NotAnAddress { field }),
            "{no_address:?}"
        );
    }
    for (text, character) in [
        ("https://a.example/a b", ' '),
        ("https://a\n.example", '\n'),
        ("https://a.example/\u{3000}a", '\u{3000}'),
        ("https://a.example/\u{0}", '\u{0}'),
    ] {
        assert_eq!(Web::new(text), Err(Problem::Forbidden { field, character }), "{text:?}");
    }
    let long = |length: usize| format!("https://a.example/{}", "x".repeat(length - 18));
    assert!(Web::new(&long(2_000)).is_ok());
    let (max, got) = (2_000, 2_001);
    assert_eq!(Web::new(&long(2_001)), Err(Problem::TooLong { field, max, got }));
    assert_eq!(
        Problem::NotAnAddress { field }.to_string(),
        "address begins with https:// or http:// and names a host"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    // What was taken is taken again unchanged: else the two ends of the wire would hold different texts.
    #[test]
    fn a_text_taken_twice_is_the_same(text in any::<String>(), rest in any::<String>()) {
        if let Ok(line) = Line::new(&text) {
            prop_assert_eq!(Line::new(line.as_str()), Ok(line));
        }
        if let Ok(query) = Query::new(&text) {
            prop_assert_eq!(Query::new(query.as_str()), Ok(query));
        }
        if let Ok(words) = Words::new(&text) {
            prop_assert_eq!(Words::new(words.as_str()), Ok(words));
        }
        if let Ok(web) = Web::new(&format!("{text}https://{rest}")) {
            prop_assert_eq!(Web::new(web.as_str()), Ok(web.clone()));
            prop_assert!(web.as_str().starts_with("https://"));
        }
    }
}
