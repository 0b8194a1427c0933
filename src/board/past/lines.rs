//! A story's history in words: one line for each thing that happened.

use crate::board::phrases::{Titles, estimate_words, panel_word, parts, state_word, type_word};
use crate::board::scene::past::{Line, Step};
use backlog::history::{Happened, HistoryStep};
use backlog::{Edit, Panel, StoryId};

/// A step of the history in words.
pub fn step(step: &HistoryStep, titles: Titles<'_>) -> Step {
    Step {
        rev: step.rev,
        who: step.actor.name.clone(),
        at: step.at,
        lines: step.happened.iter().map(|happened| line(happened, titles)).collect(),
    }
}

fn line(happened: &Happened, titles: Titles<'_>) -> Line {
    match happened {
        Happened::Created => said("Added the story"),
        Happened::Title { before, after } => set(
            "Title",
            (before.as_str(), after.as_str()),
            Some(Edit::Title(before.clone())),
        ),
        Happened::Type { before, after } => set(
            "Type",
            (type_word(*before), type_word(*after)),
            Some(Edit::Type(*before)),
        ),
        Happened::Estimate { before, after } => set(
            "Estimate",
            (&estimate_words(*before), &estimate_words(*after)),
            Some(Edit::Estimate(*before)),
        ),
        Happened::Description { before, after } => set(
            "Description",
            (before.as_str(), after.as_str()),
            Some(Edit::Description(before.clone())),
        ),
        Happened::ConflictKept(text) => with(
            "Wrote in the same place as someone else: this text was kept beside the description",
            text.as_str(),
        ),
        Happened::ConflictDropped(text) => with("Let a kept text go", text.as_str()),
        Happened::LabelAdded(label) => with("Label added", label.as_str()),
        Happened::LabelRemoved(label) => Line {
            what: "Label removed".to_owned(),
            before: Some(label.as_str().to_owned()),
            after: None,
            restore: Some(Edit::LabelAdded(label.clone())),
        },
        // A state is reached by steps, each with a rule of its own; it is not a value to be set.
        Happened::State { before, after } => set("State", (state_word(*before), state_word(*after)), None),
        Happened::Moved { from, to, after } => said(&moved((*from, *to), *after, titles)),
        Happened::Edited { edit, back } => edited(edit, back, titles),
        Happened::Imported => said("Imported the story"),
        Happened::Deleted => said("Deleted the story"),
        Happened::Restored => said("Brought the story back"),
    }
}

fn edited(edit: &Edit, back: &[Edit], titles: Titles<'_>) -> Line {
    let what = parts::what(edit, titles);
    let after = parts::words_of(edit);
    let before = back
        .first()
        .and_then(parts::words_of)
        .filter(|words| Some(*words) != after);
    Line {
        before: before.map(str::to_owned),
        // What the sentence has said already is not said again.
        after: after.filter(|words| !what.contains(words)).map(str::to_owned),
        restore: match back {
            [back] if is_value(back) => Some(back.clone()),
            _ => None,
        },
        ..said(&what)
    }
}

/// Whether it sets what was there before. What only takes something away, and what somebody else said, is nothing to restore.
fn is_value(back: &Edit) -> bool {
    !matches!(
        back,
        Edit::TaskRemoved(_)
            | Edit::TaskMoved { .. }
            | Edit::CommentRemoved(_)
            | Edit::CommentReworded(_)
            | Edit::CommentRestored(_)
            | Edit::OwnerRemoved(_)
            | Edit::FollowerRemoved(_)
            | Edit::BlockerRemoved(_)
            | Edit::ReviewRemoved(_)
            | Edit::LinkRemoved(_)
    )
}

fn moved((from, to): (Panel, Panel), after: Option<StoryId>, titles: Titles<'_>) -> String {
    let place = |top: &str| match after {
        None => top.to_owned(),
        Some(story) => format!("after {}", titles.of(story)),
    };
    match from == to {
        true => format!("Moved {}", place(&format!("to the top of the {}", panel_word(to)))),
        false => format!("Moved to the {}, {}", panel_word(to), place("to its top")),
    }
}

fn said(what: &str) -> Line {
    Line {
        what: what.to_owned(),
        before: None,
        after: None,
        restore: None,
    }
}

fn with(what: &str, text: &str) -> Line {
    Line {
        after: Some(text.to_owned()),
        ..said(what)
    }
}

fn set(what: &str, (before, after): (&str, &str), restore: Option<Edit>) -> Line {
    Line {
        what: what.to_owned(),
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
        restore,
    }
}
