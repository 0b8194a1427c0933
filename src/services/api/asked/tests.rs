//! What people read when the server will not.

use super::*;

#[track_caller]
fn check(status: u16, text: &str, wait: Option<&str>, expected: &str) {
    assert_eq!(failed(status, text, wait).sentence(), expected);
}

#[test]
fn the_servers_sentence_is_shown_as_one() {
    check(
        403,
        r#"{"error":"your role in this project does not allow that"}"#,
        None,
        "Your role in this project does not allow that.",
    );
    check(401, r#"{"error":"Who are you?"}"#, None, "Who are you?");
    check(
        401,
        r#"{"error":"no session: GET /api/welcome says how to come in"}"#,
        None,
        "No session: GET /api/welcome says how to come in.",
    );
    check(
        404,
        r#"{"error":"there is no such invitation"}"#,
        None,
        "There is no such invitation.",
    );
}

#[test]
fn the_field_that_is_blamed_is_no_part_of_the_sentence() {
    let text = r#"{"error":"present: this is not your current password"}"#;
    check(403, text, None, "This is not your current password.");
    assert_eq!(failed(403, text, None).field(), Some("present"));
    let text = r#"{"error":"there is no such account"}"#;
    assert_eq!(failed(404, text, None).field(), None);
}

#[test]
fn too_many_tries_say_when_to_try_again() {
    let text = r#"{"error":"too many tries"}"#;
    check(429, text, Some("30"), "Too many tries. Try again in 30 seconds.");
    check(429, text, Some("301"), "Too many tries. Try again in 6 minutes.");
    check(429, text, Some("1"), "Too many tries. Try again now.");
    check(429, text, None, "Too many tries.");
}

#[test]
fn what_another_answers_is_not_the_servers() {
    check(
        502,
        "<h1>Bad gateway</h1>",
        None,
        "The server does not answer. Nothing is lost on this page; try again in a moment.",
    );
}
