//! What stands after a field's colon, as that field understands it.

use super::Mistake;
use super::condition::{Date, Term, Whom};
use super::field::{Field, Wish};
use super::names::{self, Names, value_of};
use super::span::Span;
use super::token::Value;
use crate::Day;
use std::ops::Range;

/// The most days from today that a date is counted in, a hundred years.
const MOST_DAYS: i32 = 36_525;
/// The most characters of someone's text that a sentence quotes.
const MOST_QUOTED: usize = 40;

/// What a field is asked for.
pub(super) fn term(field: Field, name: Range<usize>, values: &[Value]) -> Result<Term, Mistake> {
    let reader = Reader { field, name, values };
    Ok(match field.wish() {
        Wish::Type => Term::Type(reader.words(names::TYPES)?),
        Wish::State => Term::State(reader.words(names::STATES)?),
        Wish::Priority => Term::Priority(reader.words(names::PRIORITIES)?),
        Wish::Quality => Term::Is(reader.words(names::QUALITIES)?),
        Wish::Part if field == Field::No => Term::Lacks(reader.words(names::PARTS)?),
        Wish::Part => Term::Has(reader.words(names::PARTS)?),
        Wish::Label => Term::Label(reader.texts()?),
        Wish::Epic => Term::Epic(reader.texts()?),
        Wish::Person(role) => Term::Person(role, reader.each(|value| Some(whom(value)))?),
        Wish::Estimate => Term::Estimate(reader.each(|value| Span::read(&value.text, number))?),
        Wish::Number => Term::Number(reader.each(|value| Span::read(&value.text, story_number))?),
        Wish::Date(moment) => Term::Date(moment, reader.each(|value| Span::read(&value.text, date))?),
        Wish::Text(place) => Term::In(place, reader.texts()?),
    })
}

struct Reader<'a> {
    field: Field,
    name: Range<usize>,
    values: &'a [Value],
}

impl Reader<'_> {
    fn texts(&self) -> Result<Vec<String>, Mistake> {
        self.each(|value| Some(value.text.clone()))
    }

    fn words<T: Copy + PartialEq>(&self, names: Names<T>) -> Result<Vec<T>, Mistake> {
        let near = |value: &Value| {
            let known = names::words(names).map(|name| (name, name));
            names::nearest(&value.text, known)
        };
        let read = |value: &Value| value_of(names, &value.text);
        self.each(read).map_err(|mistake| {
            let wrong = self.values.iter().find(|value| value.at == mistake.at);
            let meant = wrong.and_then(near);
            match meant {
                Some(meant) => self.mistake(mistake.at, &format!("Did you mean `{}:{meant}`?", self.field.name())),
                None => mistake,
            }
        })
    }

    fn each<T>(&self, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Mistake> {
        let one = |value: &Value| match value.text.trim().is_empty() {
            true => Err(self.nothing(value)),
            false => read(value).ok_or_else(|| self.mistake(value.at.clone(), &self.wants(value))),
        };
        self.values.iter().map(one).collect()
    }

    fn wants(&self, value: &Value) -> String {
        match self.field.wish() {
            Wish::Date(_) if looks_like_a_date(&value.text) => {
                format!("No calendar has {}.", shortened(&value.text))
            }
            _ => format!("`{}:` wants {}.", self.field.name(), self.field.wants()),
        }
    }

    fn nothing(&self, value: &Value) -> Mistake {
        let wants = format!("`{}:` wants {}", self.field.name(), self.field.wants());
        // Nothing has no place of its own: what it was expected after is pointed at.
        match self.values {
            [_] if !value.is_quoted => self.mistake(
                self.name.start..self.name.end + 1,
                &format!("{wants}, right after the colon."),
            ),
            _ if value.is_quoted => self.mistake(value.at.clone(), &format!("{wants}.")),
            _ => self.mistake(
                value.at.start.saturating_sub(1)..value.at.end,
                &format!("{wants}, on either side of a comma."),
            ),
        }
    }

    fn mistake(&self, at: Range<usize>, words: &str) -> Mistake {
        let words = words.to_owned();
        Mistake { at, words }
    }
}

fn whom(value: &Value) -> Whom {
    let is_me = ["me", "mine"].iter().any(|me| value.text.eq_ignore_ascii_case(me));
    match is_me && !value.is_quoted {
        true => Whom::Me,
        false => Whom::Named(value.text.clone()),
    }
}

/// A number in digits alone.
pub(super) fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_digits)
}

fn story_number(text: &str) -> Option<u32> {
    number(text.strip_prefix('#').unwrap_or(text))
}

fn date(text: &str) -> Option<Date> {
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "yesterday" => return Some(Date::Today(-1)),
        "tomorrow" => return Some(Date::Today(1)),
        _ => {}
    }
    if let Some(days) = text.strip_prefix("today") {
        return days_from_today(days).map(Date::Today);
    }
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| digits(year, 4))?;
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let first = Day::of_date(year as i32, 1, 1)?;
    match (month.map(two_digits), day.map(two_digits)) {
        (None, _) => Some(Date::Year(first.date().0)),
        (Some(month), None) => {
            let month = month.filter(|month| (1..=12).contains(month))?;
            Some(Date::Month(year as i32, month))
        }
        (Some(month), Some(day)) => Day::of_date(year as i32, month?, day?).map(Date::Day),
    }
}

fn days_from_today(text: &str) -> Option<i32> {
    if text.is_empty() {
        return Some(0);
    }
    let (sign, days) = match text.strip_prefix('-') {
        Some(days) => (-1, days),
        None => (1, text.strip_prefix('+')?),
    };
    let days = number::<i32>(days).filter(|days| *days <= MOST_DAYS)?;
    Some(sign * days)
}

fn two_digits(text: &str) -> Option<u32> {
    digits(text, 2)
}

fn digits(text: &str, length: usize) -> Option<u32> {
    number(text).filter(|_| text.len() == length)
}

/// Whether someone meant a date that there is not.
fn looks_like_a_date(text: &str) -> bool {
    text.len() == 10
        && text.split('-').map(str::len).eq([4, 2, 2])
        && text.bytes().all(|b| b == b'-' || b.is_ascii_digit())
}

/// So much of someone's text as fits into a sentence.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
