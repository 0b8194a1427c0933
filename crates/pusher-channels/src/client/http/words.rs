//! What happens to a link, what it wants done, and what it asks for. Knows words only.

use std::fmt;

use crate::protocol::{CloseCode, over_http::SESSION_HEADER};

/// Names a request of one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub(super) u64);

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Comes back with all that is answered.
    pub id: RequestId,
    /// `GET`, `POST` or `DELETE`.
    pub method: &'static str,
    /// Where.
    pub url: String,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, or nothing.
    pub body: Option<String>,
}

/// What happened to a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpInput {
    /// A text frame is to go out.
    SendRequested(String),
    /// The head of an answer came.
    Answered {
        /// To which request.
        request: RequestId,
        /// The status.
        status: u16,
    },
    /// A piece of an answer's body came, cut anywhere.
    Received {
        /// To which request.
        request: RequestId,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// An answer is complete.
    Ended {
        /// To which request.
        request: RequestId,
    },
    /// There is no answer, or it broke off.
    Failed {
        /// To which request.
        request: RequestId,
    },
    /// Nothing but time.
    TimePassed,
}

/// What to do, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpOutput {
    /// Make a request.
    Ask(Request),
    /// A request is of no use any more.
    Abandon(RequestId),
    /// A text frame arrived.
    Heard(String),
    /// The connection is over; nothing comes after this.
    Closed {
        /// The close code; [`CloseCode::ABNORMAL`] when there was none.
        code: CloseCode,
        /// The reason, for people.
        reason: String,
    },
    /// There is no such carrier here; nothing comes after this.
    Unsupported {
        /// The reason, for people.
        reason: String,
    },
}

impl Request {
    pub(super) fn of_session(mut self, token: &str) -> Self {
        self.headers.push((SESSION_HEADER, token.to_owned()));
        self
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
