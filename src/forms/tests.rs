//! What forms make of what was typed, and what they say is wrong with it.

use super::*;

fn filled(fields: &[(&str, &str)]) -> Filled {
    Filled(
        fields
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
    )
}

#[track_caller]
fn check<T: std::fmt::Debug>(read: Result<T, FormState>, expected: &[(&str, &str)]) {
    let state = read.map(|made| format!("{made:?}")).expect_err("something is wrong");
    let problems: Vec<(&str, &str)> = state
        .problems
        .iter()
        .map(|(field, why)| (field.as_str(), why.as_str()))
        .collect();
    assert_eq!((problems.as_slice(), state.pace), (expected, Pace::Ready));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let typed = filled(&[("name", " "), ("email", "ada"), ("password", "short")]);
    check(
        new_account(&typed),
        &[
            ("name", "The name is empty."),
            ("email", "The e-mail address is an address such as ada@example.com."),
            ("password", "The password has 8 to 256 characters, not 5."),
        ],
    );
    check(
        sign_in(&filled(&[])),
        &[
            ("email", "The e-mail address is empty."),
            ("password", "The password is empty."),
        ],
    );
}

#[test]
fn what_the_server_blames_stands_beside_the_field_or_above_all() {
    let state = FormState::refused(Some("email"), "It is taken.".to_owned());
    assert_eq!(state.problem_of("email"), Some("It is taken."));
    assert_eq!(state.problem_beside(&["name", "email"]), None);
    assert_eq!(state.problem_beside(&["name"]), Some("It is taken."));
    let state = FormState::refused(None, "Too many tries.".to_owned());
    assert_eq!(state.problem_beside(&["email"]), Some("Too many tries."));
    assert!(state.has_problem());
}

#[test]
fn a_name_alone_can_be_wrong() {
    let typed = filled(&[("name", ""), ("email", "ada@example.com"), ("password", "long enough")]);
    check(new_account(&typed), &[("name", "The name is empty.")]);
}

#[test]
fn a_token_without_a_purpose_is_told_so() {
    let typed = filled(&[("name", " "), ("reach", "read")]);
    check(
        new_token(&typed),
        &[
            ("name", "“What it is for” is empty."),
            ("projects", "Choose at least one project."),
        ],
    );
}

#[test]
fn an_account_is_made_of_what_was_typed() {
    let typed = filled(&[
        ("name", " Ada "),
        ("email", "Ada@Example.com"),
        ("password", " eight ch "),
    ]);
    let account = new_account(&typed).expect("nothing is wrong");
    assert_eq!(account.name.as_str(), "Ada");
    assert_eq!(account.email.as_str(), "ada@example.com");
    assert_eq!(account.password.reveal(), " eight ch ");
}

#[test]
fn initials_may_be_left_out() {
    let typed = filled(&[("name", "Ada"), ("initials", ""), ("colour", "11")]);
    let made = profile(&typed).expect("nothing is wrong");
    assert_eq!((made.initials, made.colour.number()), (None, 11));
    let typed = filled(&[("name", "Ada"), ("initials", "ADAX"), ("colour", "99")]);
    check(profile(&typed), &[("initials", "Initials are at most 3 characters.")]);
}

#[test]
fn a_present_password_is_asked_only_where_there_is_one() {
    let typed = filled(&[("password", "long enough")]);
    let made = new_password(&typed).expect("nothing is wrong");
    assert_eq!((made.present, made.new.reveal()), (None, "long enough"));
    let typed = filled(&[("present", "short"), ("password", "long enough")]);
    check(
        new_password(&typed),
        &[("present", "The password has 8 to 256 characters, not 5.")],
    );
}
