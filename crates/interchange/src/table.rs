//! A table in CSV, as RFC 4180 has it, strictly: a quotation that is not closed, or one that text follows, ends the reading with
//! its line, since nobody knows where the rows after it begin. Knows nothing of what columns mean.

use crate::BadFile;
use std::borrow::Cow;

/// A row of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// Its cells, as many as the reader was told to keep.
    pub cells: Vec<Cow<'a, str>>,
    /// How many cells it has, up to the last one that is not empty.
    pub width: usize,
    /// Whether a quotation mark stands inside a cell that is not quoted. The row ends where it seems to, but its cells may not.
    pub is_doubtful: bool,
}

/// Reads the rows of a table, one after the other; empty lines are passed over.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    text: &'a str,
    /// What stands between cells. ASCII.
    separator: u8,
    /// How many cells of a row are kept.
    pub keeps: usize,
    /// The place in the text, in bytes, and its line.
    at: usize,
    line: u32,
}

/// What ends a cell.
#[derive(PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

impl<'a> Rows<'a> {
    /// A reader of a text.
    pub fn new(text: &'a str, separator: u8, keeps: usize) -> Rows<'a> {
        Rows {
            text,
            separator,
            keeps,
            at: 0,
            line: 1,
        }
    }

    fn row(&mut self) -> Result<Row<'a>, BadFile> {
        let mut row = Row {
            line: self.line,
            cells: Vec::new(),
            width: 0,
            is_doubtful: false,
        };
        for place in 1.. {
            let cell = if self.byte() == Some(b'"') {
                self.quoted()?
            } else {
                let cell = self.bare();
                row.is_doubtful |= cell.contains('"');
                Cow::Borrowed(cell)
            };
            if !cell.is_empty() {
                row.width = place;
            }
            if row.cells.len() < self.keeps {
                row.cells.push(cell);
            }
            if self.end() == End::Row {
                break;
            }
        }
        Ok(row)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).expect("cells are cut at ASCII characters")
    }

    fn bare(&mut self) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r') || *byte == self.separator;
        let from = self.at;
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
        self.slice(from, self.at)
    }

    /// A cell in quotation marks, from the opening one on.
    fn quoted(&mut self) -> Result<Cow<'a, str>, BadFile> {
        let opened = self.line;
        let mut cell = Cow::Borrowed("");
        loop {
            let from = self.at + 1;
            let Some(length) = self.text.as_bytes()[from..].iter().position(|byte| *byte == b'"') else {
                return Err(BadFile::OpenQuote { line: opened });
            };
            self.at = from + length + 1;
            let piece = self.slice(from, from + length);
            self.line += line_breaks(piece);
            if cell.is_empty() {
                cell = Cow::Borrowed(piece);
            } else {
                cell.to_mut().push_str(piece);
            }
            match self.byte() {
                Some(b'"') => cell.to_mut().push('"'),
                None | Some(b'\n' | b'\r') => return Ok(cell),
                Some(byte) if byte == self.separator => return Ok(cell),
                Some(_) => {
                    return Err(BadFile::TextAfterQuote {
                        opened,
                        line: self.line,
                    });
                }
            }
        }
    }

    /// Steps over what ends a cell.
    fn end(&mut self) -> End {
        match self.byte() {
            None => End::Row,
            Some(b'\n' | b'\r') => {
                let both = self.text.as_bytes()[self.at..].starts_with(b"\r\n");
                self.at += if both { 2 } else { 1 };
                self.line += 1;
                End::Row
            }
            Some(_) => {
                self.at += 1;
                End::Cell
            }
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Row<'a>, BadFile>;

    fn next(&mut self) -> Option<Self::Item> {
        while matches!(self.byte(), Some(b'\n' | b'\r')) {
            self.end();
        }
        let row = (self.at < self.text.len()).then(|| self.row())?;
        if row.is_err() {
            // Nobody knows where the next row would begin.
            self.at = self.text.len();
        }
        Some(row)
    }
}

/// Line breaks of each kind: `\n`, `\r\n`, and `\r` alone.
fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let is_break = |place: &usize| match bytes[*place] {
        b'\n' => true,
        b'\r' => bytes.get(place + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(is_break).count() as u32
}

/// Appends a row to a table.
pub(crate) fn write_row<'a>(table: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            table.push(',');
        }
        write_cell(table, cell);
    }
    table.push('\n');
}

fn write_cell(table: &mut String, cell: &str) {
    // White space at an end is kept by every reader only inside quotation marks.
    let at_risk = cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell;
    if at_risk {
        table.push('"');
        table.push_str(&cell.replace('"', "\"\""));
        table.push('"');
    } else {
        table.push_str(cell);
    }
}

#[cfg(test)]
mod tests;
