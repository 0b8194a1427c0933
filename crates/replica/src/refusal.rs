//! Why an own command was not carried out, in words for people.

use crate::own::MAX_PENDING;
use backlog::Rejection;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an own command was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The project's rules refuse it.
    Rejected(Rejection),
    /// The server could not read it; the words are the server's.
    Unreadable(String),
    /// The server failed at it again and again, while it did everything else.
    Failing,
    /// The device keeps as many commands as it may.
    TooMany,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Rejected(rejection) => rejection.fmt(f),
            Refusal::Unreadable(why) => write!(f, "The server could not read it: {why}."),
            Refusal::Failing => f.write_str("The server fails at it, while everything else goes through."),
            Refusal::TooMany => write!(
                f,
                "This device keeps {MAX_PENDING} changes that the server has not confirmed, and takes no more until it has."
            ),
        }
    }
}
