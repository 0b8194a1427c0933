//! What a file says, whatever project it is for: its good rows as drafts, and notes about all that is wrong or cannot be kept.

mod draft;
mod epic;
mod fit;
mod losses;
mod story;

use crate::columns::{Cells, Column, Header};
use crate::decode::decode;
use crate::table::{Row, Rows};
use crate::{BadFile, MAX_COLUMNS, MAX_FILE, MAX_PARTS, MAX_ROWS, notes};
use backlog::api::import::Notes;
use backlog::{Import, Name};
use std::collections::{BTreeSet, HashMap};

pub(crate) use draft::{DraftEpic, DraftStory};

/// A file that was read.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// How many rows stand under its header.
    pub(crate) rows: u32,
    /// Its stories, in order.
    pub(crate) stories: Vec<DraftStory>,
    /// Its epics, in order.
    pub(crate) epics: Vec<DraftEpic>,
    /// Rows that cannot be taken, and why.
    pub(crate) left_out: Notes,
    /// What its header names and nobody here keeps.
    pub(crate) losses: Notes,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<File, BadFile> {
    if bytes.len() > MAX_FILE {
        return Err(BadFile::TooLarge);
    }
    let text = decode(bytes)?;
    let (header, rows) = head(&text)?;
    let mut reading = Reading::new(&header);
    for row in rows {
        reading.row(&row?)?;
    }
    Ok(reading.end())
}

/// The header and the rows under it. Spreadsheets of some countries put semicolons between cells.
fn head(text: &str) -> Result<(Header, Rows<'_>), BadFile> {
    let mut refused = Err(BadFile::Empty);
    for separator in [b',', b';', b'\t'] {
        // One more than is allowed, so that it shows.
        let mut rows = Rows::new(text, separator, MAX_COLUMNS + 1);
        let Some(first) = rows.next() else { break };
        match first.and_then(|row| Header::read(&row)) {
            Ok(header) => {
                rows.keeps = header.width;
                return Ok((header, rows));
            }
            // With the comma: what is wrong with the file as it should be.
            Err(error) if separator == b',' => refused = Err(error),
            Err(_) => {}
        }
    }
    refused
}

/// A file being read.
struct Reading<'a> {
    header: &'a Header,
    file: File,
    // The lines of the numbers that were seen.
    stories: HashMap<u32, u32>,
    epics: HashMap<u32, u32>,
    // Everyone who is named in a story.
    people: BTreeSet<Name>,
    // How many tasks, labels and the like the stories hold.
    parts: usize,
    // Which of the header's strange columns hold anything.
    strange: Vec<bool>,
}

impl<'a> Reading<'a> {
    fn new(header: &'a Header) -> Reading<'a> {
        Reading {
            header,
            file: File::default(),
            stories: HashMap::new(),
            epics: HashMap::new(),
            people: BTreeSet::new(),
            parts: 0,
            strange: vec![false; header.strange.len()],
        }
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), BadFile> {
        let line = row.line;
        if row.width == 0 {
            // Nothing but separators, as spreadsheets leave them below a table.
            return Ok(());
        }
        if self.file.rows as usize >= MAX_ROWS {
            return Err(BadFile::TooManyRows { line });
        }
        self.file.rows += 1;
        let cells = Cells {
            header: self.header,
            row,
        };
        let taken = match unfit(self.header, row) {
            Some(why) => Err(why),
            None if fit::word(cells.one(Column::Type)) == "epic" => self.epic(cells),
            None => self.story(cells),
        };
        match taken {
            Ok(()) => self.strange(cells),
            Err(why) => notes::add(&mut self.file.left_out, line, why),
        }
        self.within_limits(line)
    }

    fn story(&mut self, cells: Cells<'_>) -> Result<(), String> {
        let draft = story::read(cells)?;
        let draft = first_of(&mut self.stories, draft.origin, draft.line, draft)?;
        self.parts += draft.parts();
        for name in draft.people() {
            if !self.people.contains(name) {
                self.people.insert(name.clone());
            }
        }
        self.file.stories.push(draft);
        Ok(())
    }

    fn epic(&mut self, cells: Cells<'_>) -> Result<(), String> {
        if self.file.epics.len() >= Import::MAX_EPICS {
            return Err("An import brings at most 1,000 epics.".to_owned());
        }
        let draft = epic::read(cells)?;
        let draft = first_of(&mut self.epics, draft.origin, draft.line, draft)?;
        self.file.epics.push(draft);
        Ok(())
    }

    fn within_limits(&self, line: u32) -> Result<(), BadFile> {
        if self.people.len() > Import::MAX_PEOPLE {
            return Err(BadFile::TooManyPeople { line });
        }
        if self.parts > MAX_PARTS {
            return Err(BadFile::TooManyParts { line });
        }
        Ok(())
    }

    fn strange(&mut self, cells: Cells<'_>) {
        let columns = self.strange.iter_mut().zip(&self.header.strange);
        for (holds, (place, _)) in columns.take_while(|(_, (place, _))| *place < cells.row.width) {
            *holds |= cells.at(*place).is_some_and(|cell| !cell.trim().is_empty());
        }
    }

    fn end(mut self) -> File {
        for (holds, (_, name)) in self.strange.iter().zip(&self.header.strange) {
            if *holds {
                let says = format!("The column {} is not one that is kept.", notes::quoted(name));
                notes::add(&mut self.file.losses, self.header.line, says);
            }
        }
        self.file
    }
}

/// The draft, unless its number stood on an earlier line.
fn first_of<T>(seen: &mut HashMap<u32, u32>, origin: Option<u32>, line: u32, draft: T) -> Result<T, String> {
    match origin.and_then(|origin| Some((origin, seen.insert(origin, line)?))) {
        Some((origin, first)) => {
            seen.insert(origin, first);
            Err(format!("Its Id, {origin}, stands on line {first} already."))
        }
        None => Ok(draft),
    }
}

/// Why a row's cells cannot be trusted.
fn unfit(header: &Header, row: &Row<'_>) -> Option<String> {
    if row.is_doubtful {
        return Some(
            "A quotation mark stands inside a cell that is not quoted, so that its cells cannot be told apart."
                .to_owned(),
        );
    }
    let (width, most) = (row.width, header.width);
    (width > most).then(|| format!("It has {width} cells, and the header names {most} columns."))
}

#[cfg(test)]
mod tests;
