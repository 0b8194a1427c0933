//! Why a request is refused: a status and a plain sentence. Knows no request.

use std::{error::Error, fmt};

/// Names and values in a sentence are cut to this many characters.
const MAX_QUOTE: usize = 80;

/// Why a request is refused. Nothing happened then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something in it is wrong.
    BadRequest(String),
    /// Nothing proves who sent it.
    Unauthorized(String),
    /// The app is disabled.
    Disabled,
    /// There is no such path, or not with this method.
    NoSuchCall,
    /// The body or an event's data is too long.
    TooLarge(String),
    /// The hub is far behind, or stops.
    Unavailable(&'static str),
}

impl Refusal {
    /// The HTTP status that says so.
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::Unauthorized(_) => 401,
            Self::Disabled => 403,
            Self::NoSuchCall => 404,
            Self::TooLarge(_) => 413,
            Self::Unavailable(_) => 503,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadRequest(message) | Self::Unauthorized(message) | Self::TooLarge(message) => f.write_str(message),
            Self::Disabled => f.write_str("this app is disabled"),
            Self::NoSuchCall => f.write_str(
                "no such call; there are POST events, batch_events and users/ID/terminate_connections, \
                 GET channels, channels/NAME and channels/NAME/users, each after /apps/ID/",
            ),
            Self::Unavailable(message) => f.write_str(message),
        }
    }
}

impl Error for Refusal {}

/// A text from outside, fit for a sentence.
pub(super) fn quote(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
