//! Text that people write. Each type's constructor is its check, on both ends of the wire alike.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a field's value cannot be taken. Its text names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing but white space.
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
        }
    }
}

impl std::error::Error for Problem {}

/// A story's title: one line, 1 to 5,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

/// A story's description: 0 to 20,000 characters of Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// A label: lower case, one line, 1 to 255 characters, no comma (the CSV form separates labels by commas).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// The name of a person or a project: one line, 1 to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if let Some(character) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            return Err(Problem::Forbidden {
                field: "description",
                character,
            });
        }
        at_most("description", text, Self::MAX).map(Description)
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

// A control character in a line is a slip of a paste, not a wish: it becomes a space.
fn line(field: &'static str, text: &str, max: usize) -> Result<String, Problem> {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let trimmed = spaced.trim();
    if trimmed.is_empty() {
        return Err(Problem::Empty { field });
    }
    at_most(field, trimmed.to_owned(), max)
}

fn at_most(field: &'static str, text: String, max: usize) -> Result<String, Problem> {
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
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(
            Title::new("  Pay\nby card \u{7}").map(String::from),
            Ok("Pay by card".into())
        );
        assert_eq!(Title::new(" \t\n"), Err(Problem::Empty { field: "title" }));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Title::new(&"ü".repeat(5_000)).is_ok());
        assert_eq!(
            Title::new(&"ü".repeat(5_001)),
            Err(Problem::TooLong {
                field: "title",
                max: 5_000,
                got: 5_001
            })
        );
    }

    #[test]
    fn a_label_is_lower_case_and_has_no_comma() {
        assert_eq!(Label::new(" Checkout ").map(String::from), Ok("checkout".into()));
        assert_eq!(
            Label::new("a,b"),
            Err(Problem::Forbidden {
                field: "label",
                character: ','
            })
        );
    }

    #[test]
    fn a_description_keeps_its_lines() {
        assert_eq!(
            Description::new("a\r\n\tb\rc").map(String::from),
            Ok("a\n\tb\nc".into())
        );
        assert_eq!(
            Description::new("a\u{0}"),
            Err(Problem::Forbidden {
                field: "description",
                character: '\u{0}'
            })
        );
    }
}
