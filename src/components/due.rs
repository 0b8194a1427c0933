//! When a story is to be complete and when it will be, on its card. Late is told by a word and a shape, not by colour alone.

use super::{clock_words, icons};
use crate::board::scene::plan::Due;
use backlog::plan::Lateness;
use yew::prelude::*;

/// The mark on the card.
pub fn due_mark(due: &Due) -> Html {
    let class = match due.lateness {
        Some(Lateness::Late) => "is-late",
        Some(Lateness::AtRisk) => "is-at-risk",
        Some(Lateness::InTime) | None => "",
    };
    let sign = due.lateness == Some(Lateness::Late);
    html! {
        <span class={classes!("card-due", class)} title={due_words(due)}>
            { for sign.then(icons::late) }{ short(due) }
        </span>
    }
}

fn short(due: &Due) -> String {
    let day = clock_words::day;
    match (due.expected, due.deadline, due.lateness) {
        (Some(expected), _, Some(Lateness::Late)) => format!("Late, {}", day(expected)),
        (Some(expected), Some(_), Some(Lateness::AtRisk)) => format!("At risk, {}", day(expected)),
        (Some(expected), _, _) if due.bounds.is_some() || due.deadline.is_none() => day(expected),
        (_, Some(deadline), _) => format!("Due {}", day(deadline)),
        (Some(expected), None, _) => day(expected),
        (None, None, _) => String::new(),
    }
}

/// The same as a sentence.
pub fn due_words(due: &Due) -> String {
    let day = clock_words::day;
    let mut words = match due.expected {
        Some(expected) => format!("expected {}", day(expected)),
        None => "not planned".to_owned(),
    };
    match due.bounds {
        Some((early, Some(late))) => words.push_str(&format!(", between {} and {}", day(early), day(late))),
        Some((early, None)) => words.push_str(&format!(", {} at the earliest", day(early))),
        None => {}
    }
    if let Some(deadline) = due.deadline {
        words.push_str(&format!(", due {}", day(deadline)));
    }
    words.push_str(match due.lateness {
        Some(Lateness::Late) => ": late",
        Some(Lateness::AtRisk) => ": at risk",
        Some(Lateness::InTime) => ": in time",
        None => "",
    });
    words
}
