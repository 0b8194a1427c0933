//! Cells that a spreadsheet would run as a formula are written with an apostrophe before them, as Tracker wrote `'=`, and read
//! back without it.
//!
//! A cell that has apostrophes of its own before such a beginning gets one more, so that what is read is what was there.

use std::borrow::Cow;

/// What begins a formula, in ASCII and as full-width signs, which some spreadsheets take for the same.
const BEGINNINGS: [char; 9] = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠'];

/// The text of a cell as it goes into a file.
pub(crate) fn shut(text: &str) -> Cow<'_, str> {
    if begins_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that a cell of a file holds.
pub(crate) fn open(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_formula(text) => text,
        Some(_) | None => cell,
    }
}

fn begins_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use super::{open, shut};

    fn check(text: &str, cell: &str) {
        assert_eq!(shut(text), cell);
        assert_eq!(open(cell), text);
    }

    #[test]
    fn a_formula_is_guarded_and_read_back() {
        check("=SUM(A1)", "'=SUM(A1)");
        check("+1 for this", "'+1 for this");
        check("- a list\n- of two", "'- a list\n- of two");
        check("@ada please", "'@ada please");
        check("\t=1", "'\t=1");
        check("＝1", "'＝1");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        check("", "");
        check("'", "'");
        check("plain = text", "plain = text");
        check("'quoted'", "'quoted'");
        check("#123", "#123");
    }

    #[test]
    fn own_apostrophes_survive() {
        check("'=1", "''=1");
        check("''=1", "'''=1");
    }
}
