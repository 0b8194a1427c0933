//! Text that people write. Each type's constructor is its check, on both ends of the wire alike.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a field's value cannot be taken. Its text names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing that can be seen.
    Empty {
        /// The field.
        field: &'static str,
    },
    /// More characters than the field holds.
    TooLong {
        /// The field.
        field: &'static str,
        /// The most characters it holds.
        max: usize,
        /// The characters given.
        got: usize,
    },
    /// A character that the field cannot hold.
    Forbidden {
        /// The field.
        field: &'static str,
        /// The character.
        character: char,
    },
    /// A number that the field cannot be.
    OutOfRange {
        /// The field.
        field: &'static str,
        /// The least that it can be.
        least: u16,
        /// The most that it can be.
        most: u16,
        /// The number given.
        got: u16,
    },
    /// Not an address on the web.
    NotAnAddress {
        /// The field.
        field: &'static str,
    },
    /// Not an address for mail.
    NotAMailbox,
    /// Too short or too long for a password.
    PasswordLength {
        /// The characters given.
        got: u16,
    },
    /// Not the points of a scale.
    NotAScale,
    /// A date that no calendar has.
    NoSuchDay,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Empty { field } => write!(f, "{field} is empty"),
            Problem::TooLong { field, max, got } => {
                write!(f, "{field} is too long: {got} characters, at most {max}")
            }
            Problem::Forbidden { field, character } => {
                write!(f, "{field} cannot hold the character {character:?}")
            }
            Problem::OutOfRange {
                field,
                least,
                most,
                got,
            } => write!(f, "{field} is between {least} and {most}, not {got}"),
            Problem::NotAnAddress { field } => write!(f, "{field} begins with https:// or http:// and names a host"),
            Problem::NotAMailbox => f.write_str("email is an address such as ada@example.com"),
            Problem::PasswordLength { got } => write!(f, "password has 8 to 256 characters, not {got}"),
            Problem::NotAScale => f.write_str("scale has 2 to 20 different points, rising, at most 1,000"),
            Problem::NoSuchDay => f.write_str("date does not exist; it is written as 2027-02-28"),
        }
    }
}

impl std::error::Error for Problem {}

/// A story's title: one line, 1 to 5,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 5000)))]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

/// A story's description: 0 to 20,000 characters of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maxLength" = 20000)))]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// A label: lower case, one line, 1 to 255 characters, no comma (the CSV form separates labels by commas).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 255, "pattern" = "^[^,]+$")))]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// The name of a person or a project: one line, 1 to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 100)))]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Title {
    /// The most characters of a title.
    pub const MAX: usize = 5_000;

    /// Takes a line of text; white space around it falls away, line breaks become spaces.
    pub fn new(text: &str) -> Result<Self, Problem> {
        line("title", text, Self::MAX).map(Title)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Description {
    /// The most characters of a description.
    pub const MAX: usize = 20_000;

    /// Takes any text; line ends become `\n`.
    pub fn new(text: &str) -> Result<Self, Problem> {
        lines("description", text, Self::MAX).map(Description)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Label {
    /// The most characters of a label.
    pub const MAX: usize = 255;

    /// Takes a line of text without a comma; it becomes lower case.
    pub fn new(text: &str) -> Result<Self, Problem> {
        if text.contains(',') {
            return Err(Problem::Forbidden {
                field: "label",
                character: ',',
            });
        }
        line("label", &text.to_lowercase(), Self::MAX).map(Label)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Name {
    /// The most characters of a name.
    pub const MAX: usize = 100;

    /// Takes a line of text.
    pub fn new(text: &str) -> Result<Self, Problem> {
        line("name", text, Self::MAX).map(Name)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Any text of at most so many characters; line ends become `\n`.
pub(crate) fn lines(field: &'static str, text: &str, max: usize) -> Result<String, Problem> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        Some(character) => Err(Problem::Forbidden { field, character }),
        None => at_most(field, text, max),
    }
}

// A control character in a line is a slip of a paste, not a wish: it becomes a space.
pub(crate) fn line(field: &'static str, text: &str, max: usize) -> Result<String, Problem> {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() || is_line_break(c) { ' ' } else { c })
        .collect();
    let trimmed = spaced.trim();
    if trimmed.chars().all(is_invisible) {
        return Err(Problem::Empty { field });
    }
    at_most(field, trimmed.to_owned(), max)
}

// Unicode's own line breaks are no control characters.
fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

// White space and Unicode's Default_Ignorable_Code_Point: joiners, directions, variation selectors, tags, fillers. Inside a
// text they have work to do; alone they would make a story that nobody can see or name.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
        )
}

pub(crate) fn at_most(field: &'static str, text: String, max: usize) -> Result<String, Problem> {
    // Bytes first: counting the characters of a long text is the slow way to find that it is short.
    if text.len() <= max {
        return Ok(text);
    }
    match text.chars().count() {
        got if got > max => Err(Problem::TooLong { field, max, got }),
        _ => Ok(text),
    }
}

impl TryFrom<String> for Title {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Description {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Label {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Name {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

impl From<Description> for String {
    fn from(description: Description) -> Self {
        description.0
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests;
