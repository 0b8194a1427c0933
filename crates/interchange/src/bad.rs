//! Why a file cannot be read at all, in a sentence that says the line and what would help.

use std::fmt;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadFile {
    /// It has more bytes than [`crate::MAX_FILE`].
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// Its bytes are no text on this line, or none in an encoding that is known.
    NotText {
        /// The line, from 1.
        line: u32,
    },
    /// A quotation is never closed.
    OpenQuote {
        /// The line on which it opens.
        line: u32,
    },
    /// Text follows the end of a quotation.
    TextAfterQuote {
        /// The line on which the quotation opens.
        opened: u32,
        /// The line on which it seems to end.
        line: u32,
    },
    /// The header does not name the column that every story needs.
    NoTitle {
        /// The line of the header.
        line: u32,
    },
    /// The header has more columns than [`crate::MAX_COLUMNS`].
    TooManyColumns {
        /// How many.
        got: usize,
    },
    /// It has more rows than [`crate::MAX_ROWS`].
    TooManyRows {
        /// The line of the first one too many.
        line: u32,
    },
    /// Its stories hold more tasks, comments and the like than [`crate::MAX_PARTS`].
    TooManyParts {
        /// The line of the first row too many.
        line: u32,
    },
    /// It names more people than one import can bring.
    TooManyPeople {
        /// The line of the first one too many.
        line: u32,
    },
}

impl fmt::Display for BadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadFile::TooLarge => {
                f.write_str("The file is larger than 32 MB. Split it and import one part after the other.")
            }
            BadFile::Empty => f.write_str("The file is empty."),
            BadFile::NotText { line } => {
                write!(
                    f,
                    "Line {line} is not text in UTF-8. Save the file as CSV in UTF-8 and choose it again."
                )
            }
            BadFile::OpenQuote { line } => write!(
                f,
                "Line {line}: a quotation mark opens here and is never closed. Close it and choose the file again."
            ),
            BadFile::TextAfterQuote { opened, line } if opened == line => write!(
                f,
                "Line {line}: text follows a quotation mark that ends a cell. Inside of a cell the mark is written twice."
            ),
            BadFile::TextAfterQuote { opened, line } => write!(
                f,
                "Line {opened}: a quotation mark opens here, and where it seems to close, on line {line}, text follows. One mark is \
                 missing, or one is too many."
            ),
            BadFile::NoTitle { line } => write!(
                f,
                "Line {line} names no column “Title” (or “Story”), so this is no export of Tracker or of one of its heirs."
            ),
            BadFile::TooManyColumns { got } => {
                write!(f, "Line 1 has {got} columns; at most {} are read.", crate::MAX_COLUMNS)
            }
            BadFile::TooManyRows { line } => write!(
                f,
                "Line {line} is the row after the 100,000th. Split the file and import one part after the other."
            ),
            BadFile::TooManyParts { line } => write!(
                f,
                "By line {line} the file has more than 300,000 tasks, comments, labels and owners. Split it and import one part after \
                 the other."
            ),
            BadFile::TooManyPeople { line } => write!(
                f,
                "Line {line} names one person more than the 2,000 that an import can bring. Split the file and import one part after \
                 the other."
            ),
        }
    }
}

impl std::error::Error for BadFile {}
