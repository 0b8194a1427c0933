//! What a story carries, described for the page.

use crate::board::Board;
use crate::board::draft::Draft;
use crate::board::msg::Aside;
use crate::board::scene::parts::{BlockerLine, Parts, Resolved, Signs, StoryLine};
use backlog::{Actor, Blocker, Label, Millis, Obstacle, Panel, Person, Planning, Project, State, Story, Transition};
use std::collections::HashSet;

/// The most stories offered as a blocker.
const MOST_MATCHES: usize = 6;
const MINUTE: i64 = 60_000;

impl Board {
    /// What an open story carries.
    pub(in crate::board) fn parts_of(&self, story: &Story, draft: &Draft) -> Option<Parts> {
        let view = self.replica.view()?;
        let me = self.me();
        Some(Parts {
            me: me.id,
            people: people(view, &me).into(),
            left: left(view).into(),
            by_hand: view.settings().planning == Planning::Manual,
            blockers: story.blockers.iter().map(|blocker| line(view, blocker)).collect(),
            matches: matches(view, story, draft.asides.text(Aside::Blocker)),
            readings: self.markdown.readings(),
            asides: draft.asides.clone(),
            now: Millis(self.present.0.div_euclid(MINUTE) * MINUTE),
        })
    }

    /// What the card of a story shows beside the story; `epics` are the labels of epics.
    pub(in crate::board) fn signs_of(&self, story: &Story, epics: &HashSet<&str>) -> Signs {
        let Some(view) = self.replica.view() else {
            return Signs::default();
        };
        let is_epic = |label: &&Label| epics.contains(label.as_str());
        let draft = self.drafts.get(story.id).map(|draft| &draft.asides);
        let is_open = story.transitions().contains(&Transition::Reject);
        let reason = draft.filter(|_| is_open).and_then(|asides| {
            let problem = asides.problem.as_ref().filter(|(of, _)| *of == Aside::Reason);
            Some((
                asides.get(Aside::Reason)?.text.clone(),
                problem.map(|(_, why)| why.clone()),
            ))
        });
        Signs {
            blocked: view.is_blocked(story),
            owners: story
                .owners
                .iter()
                .filter_map(|id| view.people().get(id).cloned())
                .collect(),
            epics: story.labels.iter().filter(is_epic).cloned().collect(),
            reason,
        }
    }
}

/// The labels of a project's epics.
pub fn epic_labels(view: &Project) -> HashSet<&str> {
    view.epics().iter().map(|epic| epic.words.label.as_str()).collect()
}

fn people(view: &Project, me: &Actor) -> Vec<Person> {
    let person = |(id, name): (_, &backlog::Name)| Person { id, name: name.clone() };
    let mut others: Vec<Person> = view.present().filter(|(id, _)| *id != me.id).map(person).collect();
    others.sort_by_cached_key(|person| person.name.as_str().to_lowercase());
    let me = Person {
        id: me.id,
        name: me.name.clone(),
    };
    std::iter::once(me).chain(others).collect()
}

fn left(view: &Project) -> Vec<Person> {
    let gone = view.people().iter().filter(|(id, _)| view.has_left(**id));
    gone.map(|(id, name)| Person {
        id: *id,
        name: name.clone(),
    })
    .collect()
}

fn line(view: &Project, blocker: &Blocker) -> BlockerLine {
    let story = match blocker.what {
        Obstacle::Text(_) => None,
        Obstacle::Story(id) => view.slot(id).map(|slot| view.at(slot)),
    };
    let words = match &blocker.what {
        Obstacle::Text(text) => text.as_str().to_owned(),
        Obstacle::Story(_) => String::new(),
    };
    let resolved = match story {
        _ if blocker.resolved => Resolved::Said,
        Some(story) if story.deleted => Resolved::Deleted,
        Some(story) if story.state == State::Accepted => Resolved::Accepted,
        Some(_) | None => Resolved::No,
    };
    BlockerLine {
        id: blocker.id,
        words,
        story: story.map(|story| story_line(story)),
        resolved,
    }
}

pub fn story_line(story: &Story) -> StoryLine {
    StoryLine {
        id: story.id,
        number: story.number,
        title: story.title.clone(),
        state: story.state,
    }
}

/// The stories that a text may mean, by the beginning of their number or by what their title holds.
fn matches(view: &Project, story: &Story, text: &str) -> Vec<StoryLine> {
    let text = text.trim().to_lowercase();
    let number = text.strip_prefix('#').unwrap_or(&text);
    if number.is_empty() {
        return Vec::new();
    }
    let digits = number.chars().all(|digit| digit.is_ascii_digit());
    let is_meant = |other: &Story| match digits {
        true => other.number.to_string().starts_with(number),
        false => other.title.as_str().to_lowercase().contains(&text),
    };
    let is_open = |other: &Story| other.id != story.id && other.state != State::Accepted;
    let slots = [Panel::Backlog, Panel::Icebox]
        .into_iter()
        .flat_map(|panel| view.order(panel));
    let stories = slots.map(|slot| &**view.at(slot));
    let mut found: Vec<&Story> = stories
        .filter(|other| is_open(other) && is_meant(other))
        .take(200)
        .collect();
    // The very number comes first.
    found.sort_by_key(|other| if digits { other.number.to_string().len() } else { 0 });
    found.into_iter().take(MOST_MATCHES).map(story_line).collect()
}
