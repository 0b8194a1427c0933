//! The fields that a search can name: one table, for reading, writing out, explaining and completing.

use super::condition::{Moment, Place, Role};
use super::names::{Names, PARTS, PRIORITIES, QUALITIES, STATES, TYPES, nearest, words};

/// A field that a search can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `type:bug`.
    Type,
    /// `state:started`.
    State,
    /// `owner:me`.
    Owner,
    /// `label:checkout`.
    Label,
    /// `is:late`.
    Is,
    /// `has:deadline`.
    Has,
    /// `no:owner`.
    No,
    /// `epic:"Pay by card"`.
    Epic,
    /// `requester:ann`.
    Requester,
    /// `follower:me`.
    Follower,
    /// `reviewer:me`.
    Reviewer,
    /// `estimate:>=3`.
    Estimate,
    /// `priority:p0`.
    Priority,
    /// `id:12`.
    Id,
    /// `created:2026-01`.
    Created,
    /// `started:today`.
    Started,
    /// `accepted:>=today-7`.
    Accepted,
    /// `deadline:<=today+14`.
    Deadline,
    /// `title:pay`.
    Title,
    /// `description:pay`.
    Description,
    /// `comment:pay`.
    Comment,
    /// `task:pay`.
    Task,
    /// `blocker:mail`.
    Blocker,
    /// `review:design`.
    Review,
    /// `link:github`.
    Link,
}

/// What a field wants after its colon.
#[derive(Clone, Copy)]
pub(super) enum Wish {
    Type,
    State,
    Priority,
    Quality,
    Part,
    Label,
    Epic,
    Person(Role),
    Estimate,
    Number,
    Date(Moment),
    Text(Place),
}

/// What there is to know of a field.
struct Entry {
    field: Field,
    /// Its name, and others that are understood.
    names: &'static [&'static str],
    wish: Wish,
    /// What it looks at, in a few words.
    hint: &'static str,
}

/// The most asked for first: in this order they are offered.
#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    entry(Field::Type, &["type"], Wish::Type, "The kind of work"),
    entry(Field::State, &["state"], Wish::State, "Where it stands"),
    entry(Field::Owner, &["owner", "owners"], Wish::Person(Role::Owner), "Who works on it"),
    entry(Field::Label, &["label", "labels"], Wish::Label, "One of its labels"),
    entry(Field::Is, &["is"], Wish::Quality, "What is so of it"),
    entry(Field::Has, &["has", "with"], Wish::Part, "What it carries"),
    entry(Field::No, &["no", "without"], Wish::Part, "What it does not carry"),
    entry(Field::Epic, &["epic"], Wish::Epic, "The epic that it belongs to"),
    entry(Field::Estimate, &["estimate", "points"], Wish::Estimate, "Its points"),
    entry(Field::Requester, &["requester", "requested"], Wish::Person(Role::Requester), "Who asked for it"),
    entry(Field::Created, &["created"], Wish::Date(Moment::Created), "When it was created"),
    entry(Field::Started, &["started"], Wish::Date(Moment::Started), "When it was first started"),
    entry(Field::Accepted, &["accepted"], Wish::Date(Moment::Accepted), "When it was accepted"),
    entry(Field::Deadline, &["deadline", "due"], Wish::Date(Moment::Deadline), "The last day for it"),
    entry(Field::Id, &["id", "number"], Wish::Number, "Its number"),
    entry(Field::Priority, &["priority"], Wish::Priority, "How urgent it is said to be"),
    entry(Field::Reviewer, &["reviewer"], Wish::Person(Role::Reviewer), "Who looks at its work"),
    entry(Field::Follower, &["follower", "followers"], Wish::Person(Role::Follower), "Who wants to hear of it"),
    entry(Field::Title, &["title", "name"], Wish::Text(Place::Title), "Words of its title"),
    entry(Field::Description, &["description"], Wish::Text(Place::Description), "Words of its description"),
    entry(Field::Comment, &["comment", "comments"], Wish::Text(Place::Comments), "What was said about it"),
    entry(Field::Task, &["task", "tasks"], Wish::Text(Place::Tasks), "Words of its checklist"),
    entry(Field::Blocker, &["blocker", "blockers"], Wish::Text(Place::Blockers), "Words of its blockers"),
    entry(Field::Review, &["review", "reviews"], Wish::Text(Place::Reviews), "The kinds of its reviews"),
    entry(Field::Link, &["link", "links"], Wish::Text(Place::Links), "Addresses, branches and files"),
];

const fn entry(field: Field, names: &'static [&'static str], wish: Wish, hint: &'static str) -> Entry {
    Entry {
        field,
        names,
        wish,
        hint,
    }
}

impl Field {
    /// All fields, the most asked for first.
    pub fn all() -> impl Iterator<Item = Field> {
        ENTRIES.iter().map(|entry| entry.field)
    }

    /// Its name, without the colon.
    pub fn name(self) -> &'static str {
        self.entry().names[0]
    }

    /// What it looks at, in a few words.
    pub fn hint(self) -> &'static str {
        self.entry().hint
    }

    /// What it wants after the colon, with examples, as the rest of a sentence.
    pub fn wants(self) -> String {
        let name = self.name();
        match self.wish() {
            Wish::Type => one_of(name, TYPES, "bug"),
            Wish::State => one_of(name, STATES, "started"),
            Wish::Priority => one_of(name, PRIORITIES, "p0"),
            Wish::Quality => one_of(name, QUALITIES, "late"),
            Wish::Part => one_of(name, PARTS, "owner"),
            Wish::Label => format!("a whole label, like `{name}:checkout` or `{name}:\"pay by card\"`"),
            Wish::Epic => format!("an epic, like `{name}:checkout` or `{name}:\"pay by card\"`"),
            Wish::Person(_) => format!("a name, like `{name}:ann` or `{name}:me`"),
            Wish::Estimate => format!("a number, like `{name}:3` or `{name}:>=3`"),
            Wish::Number => format!("a story's number, like `{name}:12` or `{name}:12,15`"),
            Wish::Date(Moment::Deadline) => {
                format!("a date, like `{name}:2026-11-21`, `{name}:2026-01..2026-03` or `{name}:<=today+14`")
            }
            Wish::Date(_) => {
                format!("a date, like `{name}:2026-11-21`, `{name}:2026-01..2026-03` or `{name}:>=today-7`")
            }
            Wish::Text(_) => format!("a text, like `{name}:pay` or `{name}:\"pay by card\"`"),
        }
    }

    /// What it wants after the colon.
    pub(super) fn wish(self) -> Wish {
        self.entry().wish
    }

    /// The field of that name, in large or small letters.
    pub(super) fn named(name: &str) -> Option<Field> {
        let is_so = |entry: &&Entry| entry.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        ENTRIES.iter().find(is_so).map(|entry| entry.field)
    }

    /// The field that someone may have meant.
    pub(super) fn near(name: &str) -> Option<Field> {
        nearest(name, ENTRIES.iter().map(|entry| (entry.names[0], entry.field)))
    }

    fn entry(self) -> &'static Entry {
        let entry = ENTRIES.iter().find(|entry| entry.field == self);
        entry.expect("each field has an entry: tests write all of them out")
    }
}

fn one_of<T: Copy + PartialEq>(name: &str, names: Names<T>, example: &str) -> String {
    let words: Vec<&str> = words(names).collect();
    format!("one of {}, like `{name}:{example}`", words.join(", "))
}
