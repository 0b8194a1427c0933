//! What there is to tell of single lines of a file: gathered in their order, counted all, kept up to a limit.

use backlog::api::import::{MAX_NOTES, Note, Notes};

/// Adds a note. What comes after the first [`MAX_NOTES`] is only counted.
pub(crate) fn add(notes: &mut Notes, line: u32, says: impl Into<String>) {
    notes.count = notes.count.saturating_add(1);
    if notes.first.len() < MAX_NOTES {
        notes.first.push(Note {
            line,
            says: says.into(),
        });
    }
}

/// Puts notes of several passes over a file into the order of its lines.
pub(crate) fn settle(notes: &mut Notes) {
    notes.first.sort_by_key(|note| note.line);
}

/// The beginning of a text, to name it in a sentence.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("“{shown}”")
}
