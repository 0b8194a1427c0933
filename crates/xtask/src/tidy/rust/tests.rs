//! Source in, paths out.

use super::*;

fn check(path: &str, text: &str, expected: &[&str]) {
    let found: Vec<String> = paths(path, text).iter().map(|path| path.words.join("::")).collect();
    for wanted in expected {
        assert!(
            found.iter().any(|path| path == wanted),
            "{wanted} is not among {found:?}"
        );
    }
}

fn check_absent(text: &str, word: &str) {
    let found = paths("src/board.rs", text);
    assert!(
        !found.iter().any(|path| path.words.iter().any(|own| own == word)),
        "{word} is among {found:?}"
    );
}

#[test]
fn groups_are_taken_apart() {
    let text = "use crate::{board::{Msg, draft::Draft}, services::api};\nuse std::{fmt, time::Instant};";
    check(
        "src/app.rs",
        text,
        &[
            "crate::board::Msg",
            "crate::board::draft::Draft",
            "crate::services::api",
            "std::time::Instant",
        ],
    );
}

#[test]
fn paths_are_found_in_code_too() {
    check(
        "src/app.rs",
        "fn f() { let x = yew::html!{}; g(a, web_sys::window()); }",
        &["yew::html", "web_sys::window"],
    );
    check("src/app.rs", "use crate::services::*;", &["crate::services::*"]);
}

#[test]
fn relative_paths_are_resolved() {
    check(
        "src/components/card.rs",
        "use super::super::services::api;",
        &["crate::services::api"],
    );
    check("src/components.rs", "use super::services;", &["crate::services"]);
    check("src/board/draft.rs", "use super::{Msg, self};", &["crate::board::Msg"]);
    check(
        "crates/server/src/store/sqlite.rs",
        "self::rows::read();",
        &["crate::store::sqlite::rows::read"],
    );
}

#[test]
fn comments_and_strings_name_nothing() {
    check_absent(
        "// use yew::prelude;\n/* yew::a /* yew::b */ yew::c */ //! yew\nfn a() {}",
        "yew",
    );
    check_absent(
        r##"const A: &str = "yew::html"; const B: &str = r#"yew " yew"#; const C: &[u8] = b"yew\"yew";"##,
        "yew",
    );
}

#[test]
fn quotes_and_lifetimes_do_not_swallow_what_follows() {
    check(
        "src/a.rs",
        "fn a<'a>(x: &'a str) -> char { '\"' } use yew::b;",
        &["yew::b"],
    );
    check(
        "src/a.rs",
        r"let q = '\''; let n = '\u{1F600}'; use yew::b;",
        &["yew::b"],
    );
    check("src/a.rs", "let r#type = 1; use yew::b;", &["yew::b"]);
}

#[test]
fn lines_are_counted() {
    let found = paths("src/a.rs", "/*\n*/\nuse a::{\n  b,\n  c,\n};");
    assert_eq!(
        found.iter().find(|path| path.starts_with("a::c")).map(|path| path.line),
        Some(5)
    );
}
