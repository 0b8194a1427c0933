//! From cells to values. What does not fit a value's limits is made to, and said to be a loss; what has no meaning is said to have
//! none.

use super::losses::Losses;
use crate::columns::{Cells, Column};
use crate::date;
use crate::notes::quoted;
use backlog::{CustomScale, Line, Words};
use backlog::{Day, Description, Estimate, Label, Name, Priority, Story, Title};
use std::collections::BTreeSet;

/// A word of a small vocabulary, in small letters.
pub(super) fn word(cell: &str) -> String {
    cell.trim().to_lowercase()
}

/// The title of a row; a row without one is nothing.
pub(super) fn title(cells: Cells<'_>, losses: &mut Losses) -> Result<Title, String> {
    let text = within(cells.one(Column::Title), ("The title", Title::MAX), losses);
    Title::new(&text).map_err(|_| "It has no title.".to_owned())
}

/// The number of a row in the program that wrote the file.
pub(super) fn origin(cells: Cells<'_>, losses: &mut Losses) -> Option<u32> {
    let text = cells.one(Column::Id).trim();
    let number = text.parse().ok();
    if number.is_none() && !text.is_empty() {
        losses.push(format!("Its Id, {}, is not a number that can be kept.", quoted(text)));
    }
    number
}

/// The day in a column; none where the cell is empty.
pub(super) fn day(cells: Cells<'_>, (column, name): (Column, &str)) -> Result<Option<Day>, String> {
    let text = cells.one(column).trim();
    if text.is_empty() {
        return Ok(None);
    }
    let unread = || {
        format!(
            "{name}: {} is no date; a date is written as Nov 22, 2014.",
            quoted(text)
        )
    };
    date::read(text).map(Some).ok_or_else(unread)
}

/// The description of a row.
pub(super) fn description(cells: Cells<'_>, losses: &mut Losses) -> Description {
    let text = seen(
        cells.one(Column::Description),
        ("The description", Description::MAX),
        losses,
    );
    Description::new(&text).unwrap_or_default()
}

/// The labels of a row.
pub(super) fn labels(cells: Cells<'_>, losses: &mut Losses) -> BTreeSet<Label> {
    let mut labels = BTreeSet::new();
    let named = cells.one(Column::Labels).split(',').map(str::trim);
    for text in named.filter(|text| !text.is_empty()) {
        match Label::new(text) {
            Ok(label) if labels.len() < Story::MAX_LABELS || labels.contains(&label) => {
                labels.insert(label);
            }
            Ok(label) => losses.push(format!("The label {} is one too many.", quoted(label.as_str()))),
            Err(problem) => losses.push(format!("The label {}: {problem}.", quoted(text))),
        }
    }
    labels
}

/// The points of a row.
pub(super) fn estimate(cell: &str) -> Result<Option<Estimate>, String> {
    let text = cell.trim();
    if matches!(text, "" | "-1") {
        return Ok(None);
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let points = text.parse::<u16>().ok().filter(|_| is_number);
    match points.filter(|points| *points <= CustomScale::MOST_POINTS) {
        Some(points) => Ok(Some(Estimate(points))),
        None => Err(format!(
            "{} is no estimate: points are a whole number from 0 to 1,000, or -1 for none.",
            quoted(text)
        )),
    }
}

/// How urgent a row says it is: `p0 - Critical` and so on.
pub(super) fn priority(cell: &str, losses: &mut Losses) -> Option<Priority> {
    let text = word(cell);
    match text.split([' ', '-']).next().unwrap_or_default() {
        "p0" => Some(Priority::P0),
        "p1" => Some(Priority::P1),
        "p2" => Some(Priority::P2),
        "p3" => Some(Priority::P3),
        "" | "none" => None,
        _ => {
            losses.push(format!("The priority {} is not known.", quoted(cell.trim())));
            None
        }
    }
}

/// A name; none where the cell is empty.
pub(super) fn name(cell: &str, losses: &mut Losses) -> Option<Name> {
    let name = Name::new(cell).ok();
    if name.is_none() && !cell.trim().is_empty() {
        losses.push(format!(
            "{} is longer than a name can be and is left out.",
            quoted(cell.trim())
        ));
    }
    name
}

/// A line of text; none where nothing of it can be seen.
pub(super) fn line(cell: &str, what: &str, losses: &mut Losses) -> Option<Line> {
    Line::new(&within(cell, (what, Line::MAX), losses)).ok()
}

/// Words; none where nothing of them can be seen.
pub(super) fn words(cell: &str, what: &str, losses: &mut Losses) -> Option<Words> {
    Words::new(&seen(cell, (what, Words::MAX), losses)).ok()
}

/// A text without the characters that no text here holds, and no longer than that.
fn seen(cell: &str, (what, most): (&str, usize), losses: &mut Losses) -> String {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let kept: String = text.chars().filter(is_kept).collect();
    if kept.len() < text.len() {
        losses.push(format!("{what} holds control characters; they are left out."));
    }
    within(&kept, (what, most), losses)
}

/// A text that is no longer than that.
fn within(text: &str, (what, most): (&str, usize), losses: &mut Losses) -> String {
    let kept: String = text.chars().take(most).collect();
    if kept.len() < text.len() {
        losses.push(format!("{what} has more than {most} characters; the rest is left out."));
    }
    kept
}

/// The parts of one kind that a story has room for.
pub(super) fn room<T>(mut parts: Vec<T>, (what, most): (&str, usize), losses: &mut Losses) -> Vec<T> {
    if parts.len() > most {
        losses.push(format!("It has {} {what}; the first {most} are kept.", parts.len()));
        parts.truncate(most);
    }
    parts
}
