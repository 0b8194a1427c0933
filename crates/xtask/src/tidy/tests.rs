//! The project keeps the rules, and each rule catches a file that breaks it.

use super::*;

#[test]
fn the_project_is_tidy() {
    let violations = violations().unwrap();
    assert!(
        violations.is_empty(),
        "{} broken rules:\n{}",
        violations.len(),
        violations.join("\n")
    );
}

#[test]
fn every_dependency_has_a_licence_of_the_list() {
    let strangers = licences::strangers().unwrap();
    assert!(
        strangers.is_empty(),
        "licences that deny.toml does not list:\n{}",
        strangers.join("\n")
    );
}

#[test]
fn licences_are_read_as_they_are_written() {
    let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "MIT AND ISC",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(licences::fits(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "GPL-3.0 OR AGPL-3.0",
        "(MIT",
        "MIT GPL-3.0",
        "Apache-2.0",
    ] {
        assert!(!licences::fits(bad, &allowed), "{bad}");
    }
}

#[test]
fn the_rules_see_the_project() {
    let files = files().unwrap();
    for path in ["Cargo.toml", "src/main.rs", "crates/xtask/src/tidy.rs"] {
        assert!(files.iter().any(|file| file.path == path), "{path}");
    }
}

/// A file of Rust with the opening that every one has.
fn rust(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: format!("//! A made-up file.\n{text}\n"),
    }
}

fn plain(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn check_broken(file: &File, start: &str) {
    let found = rules::check(file);
    assert!(
        found.len() == 1 && found[0].starts_with(start),
        "expected one `{start}..`, found {found:#?}"
    );
    assert!(
        found[0].ends_with(')') && found[0].contains(" ("),
        "a rule says why: {}",
        found[0]
    );
}

fn check_kept(file: &File) {
    assert_eq!(rules::check(file), Vec::<String>::new());
}

#[test]
fn the_board_knows_no_browser() {
    for bad in [
        "use yew::prelude::*;",
        "use web_sys::Window;",
        "fn f() { gloo_timers::f(); }",
        "use js_sys::Date;",
    ] {
        check_broken(&rust("src/board/draft.rs", bad), "src/board/draft.rs:2: names `");
    }
    check_broken(
        &rust("src/board.rs", "use wasm_bindgen::JsValue;"),
        "src/board.rs:2: names `wasm_bindgen::JsValue`",
    );
    check_kept(&rust(
        "src/components/card.rs",
        "use yew::prelude::*;\nuse crate::board::Msg;",
    ));
    check_kept(&rust(
        "src/board/draft.rs",
        "use backlog::Title; // not yew::html\nconst A: &str = \"web_sys::x\";",
    ));
}

#[test]
fn components_and_services_do_not_meet() {
    check_broken(
        &rust("src/components/card.rs", "use crate::{board, services::api};"),
        "src/components/card.rs:2: names `crate::services::api`",
    );
    check_broken(
        &rust("src/components/card.rs", "use super::super::services;"),
        "src/components/card.rs:2: names `crate::services`",
    );
    check_broken(
        &rust("src/services/api.rs", "use crate::board::Msg;"),
        "src/services/api.rs:2: names `crate::board::Msg`",
    );
    check_broken(
        &rust("src/services.rs", "fn f() { crate::components::f() }"),
        "src/services.rs:2: names `crate::components::f`",
    );
    check_kept(&rust(
        "src/app.rs",
        "use crate::services::api;\nuse crate::components::page;",
    ));
}

#[test]
fn nobody_imports_the_app() {
    check_broken(
        &rust("src/board/draft.rs", "use crate::app::App;"),
        "src/board/draft.rs:2: names `crate::app::App`",
    );
    check_broken(
        &rust("src/services/api.rs", "use super::super::app::App;"),
        "src/services/api.rs:2: names `crate::app::App`",
    );
    check_kept(&rust("src/main.rs", "use crate::app::App;"));
    check_kept(&rust("src/pages/projects.rs", "use crate::app::App;"));
}

#[test]
fn the_channel_client_stands_on_the_protocol_alone() {
    let protocol = "crates/pusher-channels/src/protocol/frame.rs";
    let client = "crates/pusher-channels/src/client/state.rs";
    check_broken(
        &rust(protocol, "use crate::client::Client;"),
        &format!("{protocol}:2: names `crate::client"),
    );
    check_broken(
        &rust(protocol, "use crate::native::connect;"),
        &format!("{protocol}:2: names `crate::native"),
    );
    check_broken(
        &rust(client, "use web_sys::WebSocket;"),
        &format!("{client}:2: names `web_sys"),
    );
    check_broken(
        &rust(client, "use tokio::time::sleep;"),
        &format!("{client}:2: names `tokio"),
    );
    check_kept(&rust(client, "use crate::protocol::Frame;\nuse std::time::Duration;"));
    check_kept(&rust(
        "crates/pusher-channels/src/native.rs",
        "use tokio::time::Instant;",
    ));
}

#[test]
fn the_hub_knows_no_socket() {
    let core = "crates/pusher-hub/src/hub/answer.rs";
    check_broken(
        &rust(core, "use axum::extract::ws::Message;"),
        &format!("{core}:2: names `axum"),
    );
    check_broken(
        &rust(core, "use tokio::sync::mpsc;"),
        &format!("{core}:2: names `tokio"),
    );
    check_broken(
        &rust(core, "use crate::server::HubServer;"),
        &format!("{core}:2: names `crate::server"),
    );
    check_kept(&rust(
        "crates/pusher-hub/src/server/socket.rs",
        "use axum::extract::ws::Message;\nuse tokio::time::Instant;",
    ));
}

#[test]
fn sql_stays_in_the_store() {
    check_broken(
        &rust("crates/server/src/routes.rs", "use sqlx::query;"),
        "crates/server/src/routes.rs:2: names `sqlx::query`",
    );
    check_kept(&rust("crates/server/src/store/sqlite.rs", "use sqlx::query;"));
    check_kept(&rust("crates/server/src/store.rs", "use sqlx::SqlitePool;"));
}

#[test]
fn cores_read_no_clock_and_draw_no_chance() {
    for path in [
        "crates/backlog/src/plan.rs",
        "crates/replica/src/lib.rs",
        "crates/pusher-hub/src/hub.rs",
    ] {
        check_broken(
            &rust(path, "use std::time::SystemTime;"),
            &format!("{path}:2: names `std::time::SystemTime`"),
        );
        check_broken(
            &rust(path, "fn f() { Instant::now(); }"),
            &format!("{path}:2: names `Instant::now`"),
        );
        check_broken(
            &rust(path, "fn f() -> u8 { rand::random() }"),
            &format!("{path}:2: names `rand::random`"),
        );
        check_kept(&rust(path, "use std::time::Duration;\nfn f(rand: u64) -> u64 { rand }"));
    }
}

#[test]
fn files_open_with_what_they_know_and_stay_short() {
    check_broken(&plain("src/a.rs", "use std::fmt;\n"), "src/a.rs:1: does not begin");
    check_broken(&rust("src/a.rs", &"\n".repeat(500)), "src/a.rs:502: has 502 lines");
    check_kept(&rust("src/a.rs", &"\n".repeat(498)));
    check_broken(&rust("src/board/mod.rs", ""), "src/board/mod.rs:1: is named mod.rs");
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    check_broken(
        &plain("README.md", concat!("a\nsee /ho", "me/ann/notes\n")),
        "README.md:2: names a place",
    );
    check_broken(
        &plain("e2e/a.mjs", concat!("import '/ro", "ot/a.mjs'")),
        "e2e/a.mjs:1: names a place",
    );
    check_kept(&plain("README.md", "see /var/lib/truestory"));
    check_broken(
        &plain("e2e/package-lock.json", "{\n\"resolved\": \"https://a\"\n}"),
        "e2e/package-lock.json:2: names a host",
    );
}

#[test]
fn literal_colours_and_lengths_stand_in_the_tokens() {
    let bad = [
        "a { color: #fff; }",
        "a { color: oklch(50% 0 0); }",
        "a {\n  padding: 1px 0;\n}",
        "a { margin: calc(8px + 1rem); }",
    ];
    for text in bad {
        check_broken(&plain("styles/page.css", text), "styles/page.css:");
        check_kept(&plain("styles/tokens.css", text));
    }
    check_broken(
        &plain("styles/page.css", "a {\n  color: light-dark(#fffa, var(--a));\n}"),
        "styles/page.css:2: says `light-dark(#fffa`",
    );
    check_broken(
        &plain("styles/page.css", "/*\n*/ a { color: rgb(0 0 0); }"),
        "styles/page.css:2: says `rgb(0`",
    );
    let good = [
        "@media (width < 600px) { a { color: var(--x); } }",
        "@container (width < 40rem) {\n}",
        "#add:hover {\n}",
        "a { margin: 0px; }",
    ];
    for text in good {
        check_kept(&plain("styles/page.css", text));
    }
    check_kept(&plain(
        "styles/page.css",
        "/* 3px #fff */ a { color: color-mix(in oklab, var(--a), transparent); }",
    ));
    check_kept(&plain("styles/page.css", "#fab:hover,\n#add {\n  inset: 0;\n}"));
}
