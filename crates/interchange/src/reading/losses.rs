//! What cannot be kept of one row. A row can go wrong in thousands of cells; the first few say enough.

use crate::notes;
use backlog::api::import::Notes;

/// How many losses of a row are told; the others are only counted.
const MOST: usize = 10;

/// What cannot be kept of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Losses {
    said: Vec<String>,
    more: u32,
}

impl Losses {
    /// One loss more.
    pub fn push(&mut self, says: String) {
        if self.said.len() < MOST {
            self.said.push(says);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Adds them to the notes about a file.
    pub fn tell(&self, notes: &mut Notes, line: u32) {
        self.said.iter().for_each(|says| notes::add(notes, line, says.as_str()));
        notes.count = notes.count.saturating_add(self.more);
    }
}
