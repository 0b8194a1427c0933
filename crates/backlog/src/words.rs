//! Text beside a story's own fields: lines, longer words, addresses. As in [`crate::text`], the constructor is the check.

use crate::text::{Problem, at_most, is_invisible, line, lines};
use serde::{Deserialize, Serialize};

/// One line: 1 to 1,000 characters. A task, an obstacle, the name of something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 1000)))]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// What someone says, in Markdown: 1 to 20,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 20000)))]
#[serde(try_from = "String", into = "String")]
pub struct Words(String);

/// What a saved search looks for, as it was typed: one line of 1 to 1,000 characters. Whether it makes sense is for
/// whoever runs it to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 1000)))]
#[serde(try_from = "String", into = "String")]
pub struct Query(String);

/// An address on the web: begins with `http://` or `https://`, names a host, holds no space; at most 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maxLength" = 2000, "pattern" = "^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9]")))]
#[serde(try_from = "String", into = "String")]
pub struct Web(String);

impl Line {
    /// The most characters of a line.
    pub const MAX: usize = 1_000;

    /// Takes a line of text; white space around it falls away, line breaks become spaces.
    pub fn new(text: &str) -> Result<Self, Problem> {
        line("text", text, Self::MAX).map(Line)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Query {
    /// The most characters of a saved search.
    pub const MAX: usize = 1_000;

    /// Takes a line of text; white space around it falls away, line breaks become spaces.
    pub fn new(text: &str) -> Result<Self, Problem> {
        line("search", text, Self::MAX).map(Query)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Words {
    /// The most characters.
    pub const MAX: usize = 20_000;

    /// Takes any text that can be seen; line ends become `\n`.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let text = lines("text", text, Self::MAX)?;
        if text.chars().all(is_invisible) {
            return Err(Problem::Empty { field: "text" });
        }
        Ok(Words(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Web {
    /// The most characters of an address.
    pub const MAX: usize = 2_000;

    /// Takes an address. Nothing but `http` and `https`: whoever follows a link runs nothing.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let field = "address";
        let text = text.trim();
        let scheme = text
            .split_once("://")
            .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
        let host = match &scheme {
            Some((scheme, rest)) if matches!(scheme.as_str(), "http" | "https") => rest.split(['/', '?', '#']).next(),
            Some(_) | None => None,
        };
        if host.is_none_or(str::is_empty) {
            return Err(Problem::NotAnAddress { field });
        }
        if let Some(character) = text.chars().find(|c| c.is_whitespace() || c.is_control()) {
            return Err(Problem::Forbidden { field, character });
        }
        at_most(field, text.to_owned(), Self::MAX).map(Web)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Line {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Query {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Words {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl TryFrom<String> for Web {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.0
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl From<Web> for String {
    fn from(web: Web) -> Self {
        web.0
    }
}

#[cfg(test)]
mod tests;
