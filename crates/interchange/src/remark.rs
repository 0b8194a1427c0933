//! Comments in a cell: `text (Author - Nov 22, 2014)`.

use crate::date;
use backlog::{Day, Name};

/// What someone said, as a cell holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said<'a> {
    /// The text.
    pub text: &'a str,
    /// Who said it, and when; none where the cell does not say, or says it in another way.
    pub by: Option<(Name, Day)>,
}

/// What a cell says. The author stands in the last brackets; a text may hold brackets and dates of its own, and so may a name.
pub(crate) fn read(cell: &str) -> Said<'_> {
    signed(cell).unwrap_or(Said { text: cell, by: None })
}

fn signed(cell: &str) -> Option<Said<'_>> {
    let inside = cell.strip_suffix(')')?;
    let (before, date) = inside.rsplit_once(" - ")?;
    let day = date::read(date)?;
    let open = opening(before)?;
    let (text, author) = (before.get(..open)?.strip_suffix(' ')?, before.get(open + 1..)?);
    let name = Name::new(author).ok()?;
    // A name that is not spelled as it would be kept is one that nobody wrote here.
    let is_signed = name.as_str() == author && !text.trim().is_empty();
    is_signed.then_some(Said {
        text,
        by: Some((name, day)),
    })
}

/// The place of the bracket that holds the author: the one that is not closed, counted from the end. Where the name's own brackets
/// do not match, the last one that follows a space.
fn opening(before: &str) -> Option<usize> {
    let mut closed = 0_usize;
    for (place, character) in before.char_indices().rev() {
        match character {
            ')' => closed += 1,
            '(' if closed == 0 => return Some(place),
            '(' => closed -= 1,
            _ => {}
        }
    }
    before.rfind(" (").map(|place| place + 1)
}

/// The cell of what someone said.
pub(crate) fn write(text: &str, by: Option<(&Name, Day)>) -> String {
    match by {
        Some((name, day)) => format!("{text} ({} - {})", name.as_str(), date::write(day)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    /// Holds a cell to its text and its author, and to being written so again.
    fn check(cell: &str, text: &str, author: Option<&str>) {
        let said = read(cell);
        assert_eq!(
            (said.text, said.by.as_ref().map(|(name, _)| name.as_str())),
            (text, author)
        );
        assert_eq!(write(said.text, said.by.as_ref().map(|(name, day)| (name, *day))), cell);
    }

    #[test]
    fn the_author_stands_in_the_last_brackets() {
        check("Fine (Ada - Nov 22, 2014)", "Fine", Some("Ada"));
        check(
            "Two\nlines\n (Ada Lovelace - Jan 2, 2015)",
            "Two\nlines\n",
            Some("Ada Lovelace"),
        );
        check(
            "Jean - Luc says (Jean - Luc - Jan 2, 2015)",
            "Jean - Luc says",
            Some("Jean - Luc"),
        );
    }

    #[test]
    fn brackets_in_the_text_belong_to_the_text() {
        check(
            "Ship it (with tests) (Bo - Nov 12, 2023)",
            "Ship it (with tests)",
            Some("Bo"),
        );
        check("Smile :) (Bo - Nov 12, 2023)", "Smile :)", Some("Bo"));
        check("(a) and (b (Bo - Nov 12, 2023)", "(a) and (b", Some("Bo"));
        check(
            "f(x) (Ada - Nov 1, 2023) (Bo - Nov 12, 2023)",
            "f(x) (Ada - Nov 1, 2023)",
            Some("Bo"),
        );
    }

    #[test]
    fn brackets_in_a_name_belong_to_the_name() {
        check("Ok (Ada (QA) - Nov 12, 2023)", "Ok", Some("Ada (QA)"));
        check("Ok (Ada :) - Nov 12, 2023)", "Ok", Some("Ada :)"));
    }

    #[test]
    fn what_is_not_signed_is_text() {
        for cell in [
            "No author",
            "See (below)",
            "(Ada - Nov 22, 2014)",
            " (Ada - Nov 22, 2014)",
            "x (Ada - Feb 30, 2014)",
            "x (Ada)",
            "x ( - Nov 22, 2014)",
            "x(Ada - Nov 22, 2014)",
            "Ada - Nov 22, 2014)",
            ")",
            "",
        ] {
            check(cell, cell, None);
        }
    }

    #[test]
    fn the_other_form_of_a_date_is_read_too() {
        let said = read("Fine (Ada - 11/22/2014)");
        assert_eq!(
            write(said.text, said.by.as_ref().map(|(name, day)| (name, *day))),
            "Fine (Ada - Nov 22, 2014)"
        );
    }
}
