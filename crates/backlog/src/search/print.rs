//! Writes a search out, so that it reads as one that means the same.

use super::Search;
use super::condition::{Condition, Date, Moment, Place, Role, Term, Whom};
use super::field::Field;
use super::names::{self, Names, name_of};
use super::span::Span;
use super::token::is_quote;
use std::fmt::{self, Display, Formatter};

impl Display for Search {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_any = |inner: &Condition| matches!(inner, Condition::Any(_));
        let is_several = |inner: &Condition| matches!(inner, Condition::All(_) | Condition::Any(_));
        match self {
            Condition::All(all) => joined(f, all, (" ", &is_several)),
            Condition::Any(any) => joined(f, any, (" OR ", &is_any)),
            Condition::Not(inner) => {
                f.write_str("-")?;
                bound(f, inner, &is_several)
            }
            Condition::Term(term) => term.fmt(f),
        }
    }
}

/// Which conditions stand in brackets.
type Brackets<'a> = &'a dyn Fn(&Condition) -> bool;

fn joined(f: &mut Formatter<'_>, conditions: &[Condition], (between, brackets): (&str, Brackets<'_>)) -> fmt::Result {
    for (place, condition) in conditions.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        bound(f, condition, brackets)?;
    }
    Ok(())
}

fn bound(f: &mut Formatter<'_>, condition: &Condition, brackets: Brackets<'_>) -> fmt::Result {
    match brackets(condition) {
        true => write!(f, "({condition})"),
        false => condition.fmt(f),
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Term::Text(text) => Quoted(text).fmt(f),
            Term::In(place, texts) => values(f, field_of_place(*place), texts, |text| Quoted(text)),
            Term::Type(types) => words(f, Field::Type, (names::TYPES, types)),
            Term::State(states) => words(f, Field::State, (names::STATES, states)),
            Term::Priority(priorities) => words(f, Field::Priority, (names::PRIORITIES, priorities)),
            Term::Label(labels) => values(f, Field::Label, labels, |label| Quoted(label)),
            Term::Epic(epics) => values(f, Field::Epic, epics, |epic| Quoted(epic)),
            Term::Person(role, people) => values(f, field_of_role(*role), people, Clone::clone),
            Term::Estimate(spans) => values(f, Field::Estimate, spans, |span| *span),
            Term::Number(spans) => values(f, Field::Id, spans, |span| *span),
            Term::Date(moment, spans) => values(f, field_of_moment(*moment), spans, |span| *span),
            Term::Is(qualities) => words(f, Field::Is, (names::QUALITIES, qualities)),
            Term::Has(parts) => words(f, Field::Has, (names::PARTS, parts)),
            Term::Lacks(parts) => words(f, Field::No, (names::PARTS, parts)),
        }
    }
}

fn words<T: Copy + PartialEq>(f: &mut Formatter<'_>, field: Field, (names, values_): (Names<T>, &[T])) -> fmt::Result {
    values(f, field, values_, |value| name_of(names, *value))
}

fn values<'a, T, W: Display>(
    f: &mut Formatter<'_>,
    field: Field,
    values: &'a [T],
    written: impl Fn(&'a T) -> W,
) -> fmt::Result {
    f.write_str(field.name())?;
    for (place, value) in values.iter().enumerate() {
        let before = if place == 0 { ':' } else { ',' };
        write!(f, "{before}{}", written(value))?;
    }
    Ok(())
}

fn field_of_place(place: Place) -> Field {
    match place {
        Place::Title => Field::Title,
        Place::Description => Field::Description,
        Place::Comments => Field::Comment,
        Place::Tasks => Field::Task,
        Place::Blockers => Field::Blocker,
        Place::Reviews => Field::Review,
        Place::Links => Field::Link,
    }
}

fn field_of_role(role: Role) -> Field {
    match role {
        Role::Owner => Field::Owner,
        Role::Requester => Field::Requester,
        Role::Follower => Field::Follower,
        Role::Reviewer => Field::Reviewer,
    }
}

fn field_of_moment(moment: Moment) -> Field {
    match moment {
        Moment::Created => Field::Created,
        Moment::Started => Field::Started,
        Moment::Accepted => Field::Accepted,
        Moment::Deadline => Field::Deadline,
    }
}

impl Display for Whom {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Whom::Me => f.write_str("me"),
            // In quotes always: without them a person may have the name that means oneself.
            Whom::Named(name) => in_quotes(f, name),
        }
    }
}

impl<T: Display> Display for Span<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Span::Is(value) => value.fmt(f),
            Span::Over(value) => write!(f, ">{value}"),
            Span::AtLeast(value) => write!(f, ">={value}"),
            Span::Under(value) => write!(f, "<{value}"),
            Span::AtMost(value) => write!(f, "<={value}"),
            Span::Between(from, until) => write!(f, "{from}..{until}"),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Date::Day(day) => {
                let (year, month, day) = day.date();
                write!(f, "{year:04}-{month:02}-{day:02}")
            }
            Date::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Date::Year(year) => write!(f, "{year:04}"),
            Date::Today(0) => f.write_str("today"),
            Date::Today(days) => write!(f, "today{days:+}"),
        }
    }
}

/// A text as it is typed: in quotes where it would mean something else without them.
pub(super) struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Quoted(text) = self;
        match is_plain(text) {
            true => f.write_str(text),
            false => in_quotes(f, text),
        }
    }
}

fn is_plain(text: &str) -> bool {
    let means_something = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | ',' | ':');
    !text.is_empty()
        && !text.starts_with(['-', '#'])
        && !matches!(text, "AND" | "OR" | "NOT")
        && !text.contains(means_something)
}

fn in_quotes(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        if is_quote(character) || character == '\\' {
            f.write_str("\\")?;
        }
        write!(f, "{character}")?;
    }
    f.write_str("\"")
}
