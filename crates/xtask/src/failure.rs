//! Why a command could not go on, as one sentence for the person at the terminal. Knows no command.

use std::fmt;

/// What went wrong and, where it can be said, what to do about it.
#[derive(Debug)]
pub struct Failure(String);

/// The result of a step of a command.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that reads as `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
