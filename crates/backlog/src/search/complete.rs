//! What may be meant while a search is typed: the names of fields, and the values that they have in a project.

use super::Search;
use super::called::begins_a_word;
use super::condition::Moment;
use super::field::{Field, Wish};
use super::fold::fold;
use super::names::{self, Names, words};
use super::print::Quoted;
use super::token::{self, Kind, Token, Value, is_quote};
use crate::{Label, Project};
use std::ops::Range;

/// The most that are offered at once.
const MOST: usize = 8;
/// Likewise, of one field's values for a word that names no field.
const MOST_OF_A_FIELD: usize = 3;
/// From so many letters on, a word is taken for the beginning of a value.
const LEAST_OF_A_VALUE: usize = 2;

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it takes the place of, in bytes of the text; both ends lie between characters.
    pub range: Range<usize>,
    /// What to put there; the cursor then stands behind it.
    pub insert: String,
    /// What it is, in a few words; empty where it says so itself.
    pub words: String,
}

/// What a project has that can be named.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its labels, the most wanted first.
    pub labels: &'a [Label],
}

/// What may be meant at the cursor, a place in bytes: the likeliest first, at most eight.
pub fn complete(text: &str, cursor: usize, known: Known<'_>) -> Vec<Completion> {
    if text.chars().nth(Search::MAX).is_some() {
        return Vec::new();
    }
    let cursor = floor(text, cursor);
    let (tokens, _) = token::cut(text);
    let here = tokens
        .iter()
        .position(|token| token.at.start < cursor && cursor <= token.at.end);
    let offered = match here {
        Some(here) => offered(text, (&tokens, here), cursor, known),
        None if tokens.is_empty() => Some((cursor..cursor, fields(""))),
        None => None,
    };
    let Some((range, offers)) = offered else {
        return Vec::new();
    };
    let there = text.get(range.clone()).unwrap_or_default();
    let news = offers.into_iter().filter(|offer| offer.insert != there).take(MOST);
    news.map(|offer| offer.put(text, range.clone())).collect()
}

/// What is offered in place of what, in the token that the cursor is in or right behind.
fn offered(
    text: &str,
    (tokens, here): (&[Token], usize),
    cursor: usize,
    known: Known<'_>,
) -> Option<(Range<usize>, Vec<Offer>)> {
    match &tokens[here].kind {
        Kind::Field { name, .. } if cursor <= name.end => {
            Some((name.start..name.end + 1, fields(&typed(text, name.start..cursor))))
        }
        Kind::Field { name, values } => {
            let field = Field::named(text.get(name.clone())?)?;
            let is_here = |value: &&Value| value.at.start <= cursor && cursor <= value.at.end;
            let at = &values.iter().find(is_here)?.at;
            Some((at.clone(), values_of(field, &typed(text, at.start..cursor), known)))
        }
        Kind::Text(value) if !value.is_quoted => {
            let before = here.checked_sub(1).and_then(|before| tokens.get(before));
            let typed = typed(text, value.at.start..cursor);
            let offers = [fields(&typed), joins(&typed, before), values_of_any(&typed, known)].concat();
            Some((value.at.clone(), offers))
        }
        Kind::Open | Kind::Close | Kind::And | Kind::Or | Kind::Not | Kind::Text(_) => None,
    }
}

/// What is offered, before it is known where it goes.
#[derive(Clone)]
struct Offer {
    insert: String,
    words: String,
}

impl Offer {
    fn new(insert: impl ToString, words: &str) -> Offer {
        Offer {
            insert: insert.to_string(),
            words: words.to_owned(),
        }
    }

    /// In its place of a text. What is whole is followed by a space at the text's end, so that one can go on.
    fn put(self, text: &str, range: Range<usize>) -> Completion {
        let Offer { mut insert, words } = self;
        if range.end == text.len() && !insert.ends_with(':') {
            insert.push(' ');
        }
        Completion { range, insert, words }
    }
}

/// The last place between two characters that is not behind this one.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// A part of the text as it is compared, without quotes.
fn typed(text: &str, range: Range<usize>) -> String {
    fold(text.get(range).unwrap_or_default().trim_matches(is_quote))
}

/// Whether a condition ends with this token, so that one may go on with `OR`.
fn ends(token: &Token) -> bool {
    match token.kind {
        Kind::Close | Kind::Text(_) | Kind::Field { .. } => true,
        Kind::Open | Kind::And | Kind::Or | Kind::Not => false,
    }
}

fn fields(typed: &str) -> Vec<Offer> {
    let begun = Field::all().filter(|field| field.name().starts_with(typed));
    begun
        .map(|field| Offer::new(format!("{}:", field.name()), field.hint()))
        .collect()
}

/// What joins conditions, where one stands before it.
fn joins(typed: &str, before: Option<&Token>) -> Vec<Offer> {
    if !before.is_some_and(ends) {
        return Vec::new();
    }
    let joins = [
        ("OR", "Or what follows"),
        ("AND", "And what follows"),
        ("NOT", "But not what follows"),
    ];
    let begun = joins.into_iter().filter(|(join, _)| fold(join).starts_with(typed));
    begun.map(|(join, words)| Offer::new(join, words)).collect()
}

/// Values of the fields that are asked for most, for a word that names no field.
fn values_of_any(typed: &str, known: Known<'_>) -> Vec<Offer> {
    if typed.chars().count() < LEAST_OF_A_VALUE {
        return Vec::new();
    }
    let of_field = |field: Field| {
        let values = values_of(field, typed, known).into_iter().take(MOST_OF_A_FIELD);
        values.map(move |value| Offer::new(format!("{}:{}", field.name(), value.insert), field.hint()))
    };
    let fields = [Field::Is, Field::Label, Field::Owner, Field::Epic];
    fields.into_iter().flat_map(of_field).collect()
}

fn values_of(field: Field, typed: &str, known: Known<'_>) -> Vec<Offer> {
    match field.wish() {
        Wish::Type => begun(names::TYPES, typed),
        Wish::State => begun(names::STATES, typed),
        Wish::Priority => begun(names::PRIORITIES, typed),
        Wish::Quality => begun(names::QUALITIES, typed),
        Wish::Part => begun(names::PARTS, typed),
        Wish::Label => named(known.labels.iter().map(Label::as_str), typed),
        Wish::Epic => named(known.project.epics().iter().map(|epic| epic.words.name.as_str()), typed),
        Wish::Person(_) => {
            let me = "me".starts_with(typed).then(|| Offer::new("me", "You"));
            let people = known.project.present().map(|(_, name)| name.as_str());
            me.into_iter().chain(named(people, typed)).collect()
        }
        Wish::Estimate => {
            let points = known.project.settings().scale.points().iter().map(u16::to_string);
            let begun = points.filter(|points| points.starts_with(typed));
            begun.map(|points| Offer::new(points, "")).collect()
        }
        Wish::Date(moment) => dates(moment, typed),
        Wish::Number | Wish::Text(_) => Vec::new(),
    }
}

fn begun<T: Copy + PartialEq>(names: Names<T>, typed: &str) -> Vec<Offer> {
    let begun = words(names).filter(|name| name.starts_with(typed));
    begun.map(|name| Offer::new(name, "")).collect()
}

fn named<'a>(names: impl Iterator<Item = &'a str>, typed: &str) -> Vec<Offer> {
    let mut meant: Vec<&str> = names
        .filter(|name| begins_a_word(&fold(name), typed))
        .take(MOST + 1)
        .collect();
    meant.dedup();
    meant.into_iter().map(|name| Offer::new(Quoted(name), "")).collect()
}

fn dates(moment: Moment, typed: &str) -> Vec<Offer> {
    const PAST: [(&str, &str); 4] = [
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        (">=today-7", "In the last 7 days"),
        (">=today-30", "In the last 30 days"),
    ];
    const AHEAD: [(&str, &str); 4] = [
        ("today", "Today"),
        ("tomorrow", "Tomorrow"),
        ("<=today+7", "In the next 7 days, or over"),
        ("<today", "Over"),
    ];
    let dates = match moment {
        Moment::Created | Moment::Started | Moment::Accepted => PAST,
        Moment::Deadline => AHEAD,
    };
    let begun = dates.into_iter().filter(|(date, _)| date.starts_with(typed));
    begun.map(|(date, words)| Offer::new(date, words)).collect()
}
