//! When a story is to be complete and when it will be, on its card. Late is told by a word and a shape, not by colour alone.

use super::{clock_words, icons};
use crate::board::scene::plan::{Due, DueKind};
use backlog::plan::Lateness;
use yew::prelude::*;

/// The mark on the card: where there is little room its first words, where there is much all of it.
pub fn due_mark(due: &Due) -> Html {
    let (class, word) = match due.lateness {
        Some(Lateness::Late) => ("is-late", Some("Late")),
        Some(Lateness::AtRisk) => ("is-at-risk", Some("At risk")),
        Some(Lateness::InTime) | None => ("", None),
    };
    html! {
        <span class={classes!("card-due", class)} title={due_words(due)}>
            { for word.map(|word| html! {<>{ icons::late() }<span>{ word }</span></>}) }
            <span class="card-due-day">{ day(due) }</span>
            { more(due) }
        </span>
    }
}

fn day(due: &Due) -> String {
    let day = clock_words::day;
    match (due.kind, due.expected, due.deadline) {
        (DueKind::Release, Some(expected), _) => day(expected),
        (DueKind::Release | DueKind::Story, _, Some(deadline)) => format!("due {}", day(deadline)),
        (DueKind::Release | DueKind::Story, _, None) => String::new(),
    }
}

// What a release is expected between, and when it is due.
fn more(due: &Due) -> Html {
    let said = match due.kind {
        DueKind::Story => return html! {},
        DueKind::Release if due.expected.is_none() => return html! {},
        DueKind::Release => [
            between(due),
            due.deadline
                .map(|deadline| format!("due {}", clock_words::day(deadline))),
        ],
    };
    html! {
        { for said.into_iter().flatten().map(|said| html! { <span class="card-due-more">{ said }</span> }) }
    }
}

fn between(due: &Due) -> Option<String> {
    let day = clock_words::day;
    due.bounds.map(|(early, late)| match late {
        Some(late) => format!("between {} and {}", day(early), day(late)),
        None => format!("{} at the earliest", day(early)),
    })
}

/// The same as a sentence.
pub fn due_words(due: &Due) -> String {
    let day = clock_words::day;
    let expected = match due.expected {
        Some(expected) => format!("expected {}", day(expected)),
        None => "not planned".to_owned(),
    };
    let deadline = due.deadline.map(|deadline| format!("due {}", day(deadline)));
    let parts: Vec<String> = [Some(expected), between(due), deadline].into_iter().flatten().collect();
    let end = match due.lateness {
        Some(Lateness::Late) => ": late",
        Some(Lateness::AtRisk) => ": at risk",
        Some(Lateness::InTime) => ": in time",
        None => "",
    };
    format!("{}{end}", parts.join(", "))
}
