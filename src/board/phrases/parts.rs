//! Edits of what a story carries besides its first fields, in words.

use super::{Titles, capital};
use backlog::{Day, Destination, Edit, Obstacle, Priority, Verdict};

type Verb = (&'static str, &'static str);

/// A single edit as a wish, what was done, and what it was done to; none where naming the field says it all.
pub fn phrase(edit: &Edit, story: &str, titles: Titles<'_>) -> Option<(Verb, String)> {
    let said = |verb: Verb, what: String| Some((verb, what));
    match edit {
        Edit::Priority(Some(priority)) => {
            said(("Give", "gave"), format!("{story} the priority {}", urgency(*priority)))
        }
        Edit::Priority(None) => said(("Take", "took"), format!("the priority of {story} away")),
        Edit::Requester(Some(person)) => said(
            ("Make", "made"),
            format!("{} the requester of {story}", titles.person(*person)),
        ),
        Edit::Requester(None) => said(("Take", "took"), format!("the requester of {story} away")),
        Edit::Deadline(Some(day)) => said(("Set", "set"), format!("the deadline of {story} to {}", date(*day))),
        Edit::Deadline(None) => said(("Take", "took"), format!("the deadline of {story} away")),
        Edit::Current(true) => said(("Put", "put"), format!("{story} into the current iteration")),
        Edit::Current(false) => said(("Take", "took"), format!("{story} out of the current iteration")),
        Edit::OwnerAdded(person) => said(
            ("Make", "made"),
            format!("{} an owner of {story}", titles.person(*person)),
        ),
        Edit::OwnerRemoved(person) => said(("Take", "took"), format!("{} off {story}", titles.person(*person))),
        Edit::FollowerAdded(person) => said(("Let", "let"), format!("{} follow {story}", titles.person(*person))),
        Edit::FollowerRemoved(person) => {
            let who = titles.person(*person);
            said(("Let", "let"), format!("{who} follow {story} no more"))
        }
        Edit::TaskAdded { task, .. } => said(
            ("Add", "added"),
            format!("the task “{}” to {story}", task.text.as_str()),
        ),
        Edit::TaskTicked { done: true, .. } => said(("Tick", "ticked"), format!("a task of {story}")),
        Edit::TaskTicked { done: false, .. } => said(("Untick", "unticked"), format!("a task of {story}")),
        Edit::TaskMoved { .. } => said(("Move", "moved"), format!("a task of {story}")),
        Edit::TaskReworded { .. } => said(("Change", "changed"), format!("a task of {story}")),
        Edit::TaskRemoved(_) => said(("Remove", "removed"), format!("a task of {story}")),
        Edit::CommentAdded(_) => said(("Comment", "commented"), format!("on {story}")),
        Edit::CommentReworded(_) => said(("Change", "changed"), format!("a comment on {story}")),
        Edit::CommentRemoved(_) => said(("Take", "took"), format!("a comment on {story} back")),
        Edit::CommentRestored(_) => said(("Restore", "restored"), format!("a comment on {story}")),
        Edit::BlockerPut(blocker) if blocker.resolved => said(("Resolve", "resolved"), format!("a blocker of {story}")),
        Edit::BlockerPut(blocker) => {
            let what = match &blocker.what {
                Obstacle::Text(text) => format!("“{}”", text.as_str()),
                Obstacle::Story(on) => titles.of(*on),
            };
            said(("Say", "said"), format!("that {what} blocks {story}"))
        }
        Edit::BlockerRemoved(_) => said(("Remove", "removed"), format!("a blocker of {story}")),
        Edit::ReviewPut(review) => {
            let (kind, how_far) = (review.kind.as_str(), verdict(review.verdict));
            said(("Set", "set"), format!("the {kind} review of {story} to {how_far}"))
        }
        Edit::ReviewRemoved(_) => said(("Remove", "removed"), format!("a review of {story}")),
        Edit::LinkPut(_) => said(("Link", "linked"), format!("{story} to something elsewhere")),
        Edit::LinkRemoved(_) => said(("Remove", "removed"), format!("a link of {story}")),
        Edit::Title(_)
        | Edit::Type(_)
        | Edit::Estimate(_)
        | Edit::Description(_)
        | Edit::DescriptionRevised { .. }
        | Edit::ConflictKept(_)
        | Edit::ConflictDropped(_)
        | Edit::LabelAdded(_)
        | Edit::LabelRemoved(_) => None,
    }
}

/// What an edit did to the story that is looked at, as a sentence.
pub fn what(edit: &Edit, titles: Titles<'_>) -> String {
    match phrase(edit, "the story", titles) {
        Some(((_, done), what)) => capital(&format!("{done} {what}")),
        None => format!("Changed the {}", field(edit)),
    }
}

/// The field that an edit sets, as people call it.
pub fn field(edit: &Edit) -> &'static str {
    match edit {
        Edit::Title(_) => "title",
        Edit::Type(_) => "type",
        Edit::Estimate(_) => "estimate",
        Edit::Description(_) | Edit::DescriptionRevised { .. } => "description",
        Edit::ConflictKept(_) | Edit::ConflictDropped(_) => "kept texts",
        Edit::LabelAdded(_) | Edit::LabelRemoved(_) => "labels",
        Edit::Priority(_) => "priority",
        Edit::Requester(_) => "requester",
        Edit::Deadline(_) => "deadline",
        Edit::Current(_) => "place",
        Edit::OwnerAdded(_) | Edit::OwnerRemoved(_) => "owners",
        Edit::FollowerAdded(_) | Edit::FollowerRemoved(_) => "followers",
        Edit::TaskAdded { .. }
        | Edit::TaskReworded { .. }
        | Edit::TaskTicked { .. }
        | Edit::TaskMoved { .. }
        | Edit::TaskRemoved(_) => "tasks",
        Edit::CommentAdded(_) | Edit::CommentReworded(_) | Edit::CommentRemoved(_) | Edit::CommentRestored(_) => {
            "comments"
        }
        Edit::BlockerPut(_) | Edit::BlockerRemoved(_) => "blockers",
        Edit::ReviewPut(_) | Edit::ReviewRemoved(_) => "reviews",
        Edit::LinkPut(_) | Edit::LinkRemoved(_) => "links",
    }
}

/// What was typed in an edit of a part.
pub fn words_of(edit: &Edit) -> Option<&str> {
    match edit {
        Edit::TaskAdded { task, .. } => Some(task.text.as_str()),
        Edit::TaskReworded { text, .. } => Some(text.as_str()),
        Edit::CommentAdded(remark) | Edit::CommentReworded(remark) => Some(remark.text.as_str()),
        Edit::BlockerPut(blocker) => match &blocker.what {
            Obstacle::Text(text) => Some(text.as_str()),
            Obstacle::Story(_) => None,
        },
        Edit::LinkPut(link) => Some(match &link.to {
            Destination::PullRequest(url) | Destination::Attachment { url, .. } => url.as_str(),
            Destination::Branch(name) => name.as_str(),
        }),
        Edit::ReviewPut(review) => Some(review.kind.as_str()),
        _ => None,
    }
}

/// The name of the field in which that was typed.
pub fn heading(edit: &Edit) -> &'static str {
    match edit {
        Edit::TaskAdded { .. } | Edit::TaskReworded { .. } => "Task",
        Edit::CommentAdded(_) | Edit::CommentReworded(_) => "Comment",
        Edit::BlockerPut(_) => "Blocker",
        Edit::LinkPut(_) => "Link",
        Edit::ReviewPut(_) => "Review",
        _ => "Text",
    }
}

/// A priority.
pub fn urgency(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 => "P0, critical",
        Priority::P1 => "P1, high",
        Priority::P2 => "P2, medium",
        Priority::P3 => "P3, low",
    }
}

/// How far a review is.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unstarted => "not begun",
        Verdict::InReview => "in review",
        Verdict::Pass => "pass",
        Verdict::Revise => "revise",
    }
}

/// A date as it is typed.
pub fn date(day: Day) -> String {
    let (year, month, day) = day.date();
    format!("{year:04}-{month:02}-{day:02}")
}
