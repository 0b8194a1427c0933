//! How changes, rejections and what a story carries are shown.

use super::edits::{show_blocker, show_edit, show_edits, show_link, show_review, show_task};
use super::frame::show_setting;
use super::{name, name_of};
use crate::{Change, Comment, Edit, Epic, Estimate, Import, Rejection, Returned, SavedSearch, Story, StoryId};
use serde::Serialize;

/// The wire form of a value that is one word.
pub(crate) fn show_word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .expect("one word")
        .to_owned()
}

pub(crate) fn show_estimate(estimate: Option<Estimate>) -> String {
    estimate.map_or("unestimated".into(), |estimate| format!("{}pt", estimate.0))
}

pub(crate) fn show_after(after: Option<StoryId>) -> String {
    after.map_or("at the top".into(), |anchor| format!("after {}", name(anchor)))
}

fn show_names(stories: &[StoryId]) -> String {
    stories.iter().map(|story| name(*story)).collect::<Vec<_>>().join(" ")
}

fn listed<T>(parts: &[T], show: impl Fn(&T) -> String) -> String {
    parts.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// A change in words.
pub(crate) fn show_change(change: &Change) -> String {
    let words = match change {
        Change::StoryCreated { story, after } => format!("created {} {}", name(story.id), show_after(*after)),
        Change::StoryEdited { id, edits } => format!("edited {} {}", name(*id), show_edits(edits)),
        Change::StoriesEdited { stories } => {
            let each =
                |one: &crate::StoryEdits| format!("{} {}", name(one.id), show_edits(&one.edits)).trim().to_owned();
            format!("edited each: {}", listed(stories, each))
        }
        Change::StoryTransitioned { id, state, edits } => {
            format!("transitioned {} {} {}", name(*id), show_word(state), show_edits(edits))
        }
        Change::StoriesTransitioned { stories } => {
            let each = |one: &crate::Transitioned| {
                let step = format!("{} {} {}", name(one.id), show_word(&one.state), show_edits(&one.edits));
                step.trim().to_owned()
            };
            format!("transitioned each: {}", listed(stories, each))
        }
        Change::StoryMoved {
            stories,
            panel,
            after,
            current,
        } => {
            let by_hand = match current {
                Some(true) => "by hand",
                Some(false) => "not by hand",
                None => "",
            };
            let (stories, panel, after) = (show_names(stories), show_word(panel), show_after(*after));
            format!("moved {stories} to {panel} {after} {by_hand}")
        }
        Change::StoryDeleted { stories } => format!("deleted {}", show_names(stories)),
        Change::StoryRestored { stories } => format!("restored {}", show_names(stories)),
        Change::StoryReturned { stories } => {
            let show = |one: &Returned| {
                let by_hand = if one.current { " by hand" } else { "" };
                let (name, state, after) = (name(one.id), show_word(&one.state), show_after(one.after));
                format!("{name} {state} {after}{by_hand}")
            };
            format!("returned {}", listed(stories, show))
        }
        Change::ProjectRenamed { name } => format!("renamed {}", name.as_str()),
        Change::SettingsEdited { .. }
        | Change::EpicPut { .. }
        | Change::EpicMoved { .. }
        | Change::EpicRemoved { .. }
        | Change::SearchSaved { .. }
        | Change::SearchRemoved { .. } => show_framing(change),
        Change::StoriesImported(import) => format!("imported {}", show_import(import)),
        Change::ImportDeleted { id } => format!("import gone {}", name_of(id.0)),
        Change::ImportRestored { id } => format!("import back {}", name_of(id.0)),
        Change::PersonJoined { role } => format!("joined as {role}"),
        Change::PersonLeft { id } => format!("left {}", name_of(id.0)),
    };
    words.trim().to_owned()
}

fn show_framing(change: &Change) -> String {
    match change {
        Change::SettingsEdited { edits } => {
            let edits: Vec<String> = edits.iter().map(show_setting).collect();
            format!("settings {}", edits.join(" "))
        }
        Change::EpicPut { epic } => format!("epic {}", show_epic(epic)),
        Change::EpicMoved { id, after } => {
            let after = after.map_or("at the top".to_owned(), |after| format!("after {}", name_of(after.0)));
            format!("epic {} {after}", name_of(id.0))
        }
        Change::EpicRemoved { id } => format!("epic gone {}", name_of(id.0)),
        Change::SearchSaved { search } => format!("search {}", show_search(search)),
        Change::SearchRemoved { id } => format!("search gone {}", name_of(id.0)),
        other => panic!("not about the project itself: {other:?}"),
    }
}

/// An epic: name, number, label.
fn show_epic(epic: &Epic) -> String {
    let (id, words) = (name_of(epic.id.0), &epic.words);
    format!("{id} #{} {} {}", epic.number, words.label.as_str(), words.name.as_str())
}

fn show_search(search: &SavedSearch) -> String {
    format!(
        "{} {} {}",
        name_of(search.id.0),
        search.name.as_str(),
        search.query.as_str()
    )
}

/// What an import brought, with the numbers that it was given: epics, then stories.
fn show_import(import: &Import) -> String {
    let epics = import
        .epics
        .iter()
        .map(|epic| format!("#{}={}", epic.number, name_of(epic.id.0)));
    let stories = import
        .stories
        .iter()
        .map(|story| format!("#{}={}", story.number, name(story.id)));
    let brought: Vec<String> = epics.chain(stories).collect();
    format!("{}: {}", name_of(import.id.0), brought.join(" "))
}

/// A rejection in words: `rejected closed-transition finish unstarted`.
pub(crate) fn show_rejection(rejection: &Rejection) -> String {
    let words = match rejection {
        Rejection::UnknownStory
        | Rejection::DeletedStory
        | Rejection::UnknownAnchor
        | Rejection::AnchorMoves
        | Rejection::BadSelection
        | Rejection::TooManyEdits
        | Rejection::Unestimated
        | Rejection::AlreadyAccepted
        | Rejection::ConflictAsked
        | Rejection::Overtaken
        | Rejection::UnknownPart
        | Rejection::UnknownPerson
        | Rejection::NotYours
        | Rejection::BlocksItself
        | Rejection::NothingToSay
        | Rejection::NoSuchDay
        | Rejection::UnknownEpic
        | Rejection::UnknownSearch
        | Rejection::UnknownImport
        | Rejection::AlreadyImported
        | Rejection::NotAllowed
        | Rejection::Other => show_word(rejection),
        Rejection::ClosedTransition { transition, state } => {
            format!("closed-transition {} {}", show_word(transition), show_word(state))
        }
        Rejection::NotEstimable { story_type } => format!("not-estimable {}", show_word(story_type)),
        Rejection::OffScale { estimate } => format!("off-scale {}", estimate.0),
        Rejection::ImpossiblePanel { state, panel } => {
            format!("impossible-panel {} {}", show_word(state), show_word(panel))
        }
        Rejection::ImpossibleType { story_type, state } => {
            format!("impossible-type {} {}", show_word(story_type), show_word(state))
        }
        Rejection::TooMany { what } => format!("too-many {}", show_word(what)),
        Rejection::NoSuchIteration { iteration } => format!("no-such-iteration {iteration}"),
        Rejection::LabelTaken { label } => format!("label-taken {}", label.as_str()),
        Rejection::BadImport { story } => format!("bad-import {story}"),
    };
    format!("rejected {words}")
}

/// What a story carries, in the words of the edits that would give it; `-` where it carries nothing.
pub(crate) fn show_parts(story: &Story) -> String {
    let mut words: Vec<String> = Vec::new();
    let fields = [
        story.priority.map(|priority| Edit::Priority(Some(priority))),
        story.requester.map(|person| Edit::Requester(Some(person))),
        story.deadline.map(|day| Edit::Deadline(Some(day))),
        story.current.then_some(Edit::Current(true)),
    ];
    words.extend(fields.iter().flatten().map(show_edit));
    words.extend(story.owners.iter().map(|person| show_edit(&Edit::OwnerAdded(*person))));
    words.extend(
        story
            .followers
            .iter()
            .map(|person| show_edit(&Edit::FollowerAdded(*person))),
    );
    words.extend(story.tasks.iter().map(|task| format!("task+{}", show_task(task))));
    words.extend(story.comments.iter().map(show_comment));
    words.extend(
        story
            .blockers
            .iter()
            .map(|blocker| format!("blocker+{}", show_blocker(blocker))),
    );
    words.extend(
        story
            .reviews
            .iter()
            .map(|review| format!("review+{}", show_review(review))),
    );
    words.extend(story.links.iter().map(|link| format!("link+{}", show_link(link))));
    if words.is_empty() {
        "-".to_owned()
    } else {
        words.join(" ")
    }
}

/// `ada/k:why`; with `~` where it was reworded, in brackets where it was taken back.
fn show_comment(comment: &Comment) -> String {
    let author = comment.author.map_or("nobody".to_owned(), |person| name_of(person.0));
    let reworded = if comment.edited_at.is_some() { "~" } else { "" };
    let text = comment.text.as_str().replace(' ', "_");
    let shown = format!("{author}/{}{reworded}:{text}", name_of(comment.id.0));
    if comment.removed { format!("({shown})") } else { shown }
}
