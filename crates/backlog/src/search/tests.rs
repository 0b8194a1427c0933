//! What is typed, what it means, and what is said where it means nothing. Written by hand.

mod completing;
mod finding;
mod folding;
mod properties;
mod shop;

use super::{Condition, Search};

/// Holds what a text means to a tree like `(or (and a b) c)`.
#[track_caller]
fn check(text: &str, expected: &str) {
    match Search::parse(text) {
        Ok(search) => assert_eq!(tree(search.condition()), expected, "{text}"),
        Err(mistakes) => panic!("{text}: {mistakes:?}"),
    }
}

fn tree(condition: &Condition) -> String {
    let all = |name: &str, inner: &[Condition]| {
        let inner: Vec<String> = inner.iter().map(tree).collect();
        format!("({name} {})", inner.join(" "))
    };
    match condition {
        Condition::All(inner) if inner.is_empty() => "everything".to_owned(),
        Condition::All(inner) => all("and", inner),
        Condition::Any(inner) => all("or", inner),
        Condition::Not(inner) => format!("(not {})", tree(inner)),
        Condition::Term(term) => term.to_string(),
    }
}

/// Holds the mistakes of a text to these: each in brackets where it stands, and what is said of it.
#[track_caller]
fn check_mistakes(text: &str, expected: &[[&str; 2]]) {
    let mistakes = Search::parse(text).expect_err("it means something");
    let marked: Vec<[String; 2]> = mistakes
        .into_iter()
        .map(|mistake| {
            let (before, from) = text.split_at(mistake.at.start);
            let (what, after) = from.split_at(mistake.at.len());
            [format!("{before}⟦{what}⟧{after}"), mistake.words]
        })
        .collect();
    assert_eq!(marked, expected);
}

#[test]
fn words_and_phrases() {
    check("", "everything");
    check(" \t\n", "everything");
    check("pay", "pay");
    check("pay card", "(and pay card)");
    check("pay   AND card", "(and pay card)");
    check("\"pay by card\"", "\"pay by card\"");
    check("“pay by card”", "\"pay by card\"");
    check("„pay“ mail", "(and pay mail)");
    check(r#""say \"yes\" \\ \no""#, r#""say \"yes\" \\ \\no""#);
    check("don't", "don't");
    check("straße:", "\"straße:\"");
    check("12:30", "\"12:30\"");
    check("https://example.com/a?b=c", "\"https://example.com/a?b=c\"");
    check("std::fmt", "\"std::fmt\"");
    check("and or not", "(and and or not)");
    check("\"AND\"", "\"AND\"");
    check("a,b", "\"a,b\"");
}

#[test]
fn and_binds_tighter_than_or() {
    check("a b OR c", "(or (and a b) c)");
    check("a OR b c OR d", "(or a (and b c) d)");
    check("a AND b OR c AND d", "(or (and a b) (and c d))");
    check("a (b OR c)", "(and a (or b c))");
    check("(a b) c", "(and (and a b) c)");
    check("((a))", "a");
    check("pay(by)card", "(and pay by card)");
    check("(a OR b) OR c", "(or (or a b) c)");
}

#[test]
fn what_is_left_out() {
    check("-pay", "(not pay)");
    check("NOT pay", "(not pay)");
    check("a -b", "(and a (not b))");
    check("-\"pay by card\"", "(not \"pay by card\")");
    check("-(a OR b)", "(not (or a b))");
    check("-state:started", "(not state:started)");
    check("-a OR b", "(or (not a) b)");
    check("NOT NOT a", "a");
    check("-(-a)", "a");
    check("NOT -a", "a");
    // A dash alone, inside a word or doubled is a character like others.
    check("pay - card", "(and pay \"-\" card)");
    check("pay-card", "pay-card");
    check("--help", "\"--help\"");
    check("-\"-help\"", "(not \"-help\")");
}

#[test]
fn fields_of_fixed_words() {
    check("type:bug", "type:bug");
    check("TYPE:Bug", "type:bug");
    check("state:started,finished", "state:started,finished");
    check("state:\"started\"", "state:started");
    check("priority:P0", "priority:p0");
    check("is:late,blocked", "is:late,blocked");
    check("is:icebox", "is:unscheduled");
    check("is:bug", "is:bug");
    check("has:deadline", "has:deadline");
    check("without:owner with:points", "(and no:owner has:estimate)");
}

#[test]
fn fields_of_names_and_texts() {
    check("owner:ann", "owner:\"ann\"");
    check("owner:\"Ann Lee\",me", "owner:\"Ann Lee\",me");
    check("owner:Mine", "owner:me");
    check("owner:\"me\"", "owner:\"me\"");
    check(
        "requester:bob follower:me reviewer:me",
        "(and requester:\"bob\" follower:me reviewer:me)",
    );
    check("label:checkout,\"pay by card\"", "label:checkout,\"pay by card\"");
    check("labels:a", "label:a");
    check("epic:\"Pay by card\"", "epic:\"Pay by card\"");
    check("title:pay name:by", "(and title:pay title:by)");
    check("description:x comment:x task:x", "(and description:x comment:x task:x)");
    check("blocker:x review:x link:x", "(and blocker:x review:x link:x)");
    check("link:https", "link:https");
}

#[test]
fn fields_of_numbers() {
    check("estimate:3", "estimate:3");
    check("estimate:>=3", "estimate:>=3");
    check("points:<3", "estimate:<3");
    check("estimate:1..3,8", "estimate:1..3,8");
    check("estimate:2..", "estimate:>=2");
    check("estimate:..2", "estimate:<=2");
    check("estimate:=2", "estimate:2");
    check("#123", "id:123");
    check("id:12,#15", "id:12,15");
    check("\"#123\"", "\"#123\"");
    check("#fix", "\"#fix\"");
    check("123", "123");
}

#[test]
fn fields_of_dates() {
    check("created:2026-11-21", "created:2026-11-21");
    check("created:2026-11", "created:2026-11");
    check("created:2026", "created:2026");
    check("accepted:2026-01-01..2026-02-01", "accepted:2026-01-01..2026-02-01");
    check("accepted:>=today-7", "accepted:>=today-7");
    check("due:<=Today+14", "deadline:<=today+14");
    check(
        "deadline:tomorrow started:yesterday",
        "(and deadline:today+1 started:today-1)",
    );
    check("created:2028-02-29", "created:2028-02-29");
}

#[test]
fn a_field_that_there_is_not() {
    check_mistakes(
        "a stat:x",
        &[[
            "a ⟦stat:⟧x",
            "`stat:` is not a field. Did you mean `state:`? The text itself is found by `\"stat:\"`.",
        ]],
    );
    check_mistakes(
        "lable:x onwer:x",
        &[
            [
                "⟦lable:⟧x onwer:x",
                "`lable:` is not a field. Did you mean `label:`? The text itself is found by `\"lable:\"`.",
            ],
            [
                "lable:x ⟦onwer:⟧x",
                "`onwer:` is not a field. Did you mean `owner:`? The text itself is found by `\"onwer:\"`.",
            ],
        ],
    );
    check_mistakes(
        "todo:",
        &[[
            "⟦todo:⟧",
            "`todo:` is not a field. There are `type:`, `state:`, `owner:`, `label:`, `is:`, `has:`, `no:`, `epic:`, `estimate:`, \
             `requester:`, `created:`, `started:`, `accepted:`, `deadline:`, `id:`, `priority:`, `reviewer:`, `follower:`, `title:`, \
             `description:`, `comment:`, `task:`, `blocker:`, `review:`, `link:`. The text itself is found by `\"todo:\"`.",
        ]],
    );
}

#[test]
fn a_value_that_the_field_does_not_have() {
    check_mistakes("type:bugs", &[["type:⟦bugs⟧", "Did you mean `type:bug`?"]]);
    check_mistakes(
        "state:started,done",
        &[[
            "state:started,⟦done⟧",
            "`state:` wants one of unscheduled, unstarted, started, finished, delivered, accepted, rejected, like `state:started`.",
        ]],
    );
    check_mistakes(
        "estimate:much",
        &[[
            "estimate:⟦much⟧",
            "`estimate:` wants a number, like `estimate:3` or `estimate:>=3`.",
        ]],
    );
    check_mistakes(
        "estimate:-1",
        &[[
            "estimate:⟦-1⟧",
            "`estimate:` wants a number, like `estimate:3` or `estimate:>=3`.",
        ]],
    );
    check_mistakes(
        "id:x",
        &[["id:⟦x⟧", "`id:` wants a story's number, like `id:12` or `id:12,15`."]],
    );
    check_mistakes(
        "created:2026-02-30",
        &[["created:⟦2026-02-30⟧", "No calendar has 2026-02-30."]],
    );
    check_mistakes(
        "created:>=soon",
        &[[
            "created:⟦>=soon⟧",
            "`created:` wants a date, like `created:2026-11-21`, `created:2026-01..2026-03` or `created:>=today-7`.",
        ]],
    );
    check_mistakes(
        "deadline:21.11.2026",
        &[[
            "deadline:⟦21.11.2026⟧",
            "`deadline:` wants a date, like `deadline:2026-11-21`, `deadline:2026-01..2026-03` or `deadline:<=today+14`.",
        ]],
    );
}

#[test]
fn a_value_that_is_missing() {
    let wants = "`owner:` wants a name, like `owner:ann` or `owner:me`";
    check_mistakes("owner:", &[["⟦owner:⟧", &format!("{wants}, right after the colon.")]]);
    check_mistakes(
        "owner: ann",
        &[["⟦owner:⟧ ann", &format!("{wants}, right after the colon.")]],
    );
    check_mistakes(
        "owner:ann,",
        &[["owner:ann⟦,⟧", &format!("{wants}, on either side of a comma.")]],
    );
    check_mistakes(
        "owner:,ann",
        &[["owner⟦:⟧,ann", &format!("{wants}, on either side of a comma.")]],
    );
    check_mistakes("owner:\"\"", &[["owner:⟦\"\"⟧", &format!("{wants}.")]]);
}

#[test]
fn brackets_and_quotes_that_are_not_closed() {
    check_mistakes(
        "über (a b",
        &[["über ⟦(⟧a b", "The bracket that opens at character 6 is not closed."]],
    );
    check_mistakes("a) b", &[["a⟦)⟧ b", "This bracket closes one that was not opened."]]);
    check_mistakes("a () b", &[["a ⟦()⟧ b", "Between these brackets stands nothing."]]);
    check_mistakes(
        "a \"b c",
        &[["a ⟦\"b c⟧", "The quote that opens at character 3 is not closed."]],
    );
    check_mistakes("a \"\"", &[["a ⟦\"\"⟧", "Between these quotes stands nothing."]]);
    check_mistakes("a \" \"", &[["a ⟦\" \"⟧", "Between these quotes stands nothing."]]);
    check_mistakes(
        "label:\"b c",
        &[["label:⟦\"b c⟧", "The quote that opens at character 7 is not closed."]],
    );
}

#[test]
fn words_that_join_nothing() {
    let or = |side: &str| {
        format!("`OR` stands between two conditions, and {side} it stands none. The word itself is found by `\"OR\"`.")
    };
    let and = |side: &str| {
        format!(
            "`AND` stands between two conditions, and {side} it stands none. The word itself is found by `\"AND\"`."
        )
    };
    check_mistakes("a OR", &[["a ⟦OR⟧", &or("after")]]);
    check_mistakes("OR a", &[["⟦OR⟧ a", &or("before")]]);
    check_mistakes("a OR OR b", &[["a ⟦OR⟧ OR b", &or("after")]]);
    check_mistakes("a AND", &[["a ⟦AND⟧", &and("after")]]);
    check_mistakes("AND a", &[["⟦AND⟧ a", &and("before")]]);
    check_mistakes("(a OR) b", &[["(a ⟦OR⟧) b", &or("after")]]);
    let nothing = "This leaves out what stands after it, and nothing does.";
    check_mistakes("a NOT", &[["a ⟦NOT⟧", nothing]]);
    check_mistakes("(NOT)", &[["(⟦NOT⟧)", nothing]]);
    check_mistakes("a NOT OR b", &[["a ⟦NOT⟧ OR b", nothing]]);
}

#[test]
fn a_search_has_its_limits() {
    let most = "a".repeat(Search::MAX);
    check(&most, &most);
    let more = format!("{}é", "ä".repeat(Search::MAX));
    let mistakes = Search::parse(&more).expect_err("too long");
    assert_eq!(mistakes.len(), 1);
    assert_eq!(mistakes[0].at, 2 * Search::MAX..2 * Search::MAX + 2);
    assert_eq!(
        mistakes[0].words,
        "A search has at most 10,000 characters. What comes after them was not looked at."
    );

    let deep = |depth: usize| format!("{}a{}", "(b ".repeat(depth), ")".repeat(depth));
    assert!(Search::parse(&deep(Search::MAX_DEPTH)).is_ok());
    let mistakes = Search::parse(&deep(2_000)).expect_err("too deep");
    assert_eq!(mistakes[0].words, "Brackets stand in one another at most 50 deep.");
    assert_eq!(mistakes[0].at, 3 * Search::MAX_DEPTH..3 * Search::MAX_DEPTH + 1);
    assert_eq!(mistakes.len(), 1);

    assert!(Search::parse(&"NOT ".repeat(2_400)).is_err());
    assert_eq!(Search::parse(&")".repeat(9_999)).expect_err("all wrong").len(), 20);
    check(&format!("{}a", "NOT ".repeat(2_400)), "a");
}

#[test]
fn a_condition_for_one_label() {
    let label = |text: &str| super::for_label(&crate::Label::new(text).unwrap());
    assert_eq!(label("checkout"), "label:checkout");
    assert_eq!(label("pay by card"), "label:\"pay by card\"");
    assert_eq!(label("say \"yes\""), r#"label:"say \"yes\"""#);
}
