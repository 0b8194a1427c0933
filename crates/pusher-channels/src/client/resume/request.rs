//! How an application says that a channel's events are numbered. Knows no driver: what fetches is whatever the driver can call.

use std::fmt;

/// How a channel's events are numbered, and who fetches those that were missed.
#[derive(Clone)]
pub struct Resume<F> {
    /// The field of the event's data that holds the number.
    pub field: String,
    /// What the application has; none begins with the first event that is heard.
    pub after: Option<u64>,
    /// What the driver calls to fetch.
    pub fetch: F,
}

impl<F> Resume<F> {
    /// Numbered in the field `seq`, from the first event on that is heard; fetched by what the driver can call.
    pub fn by(fetch: F) -> Self {
        Self {
            field: "seq".to_owned(),
            after: None,
            fetch,
        }
    }

    /// The same, with the number in another field of the event's data.
    pub fn numbered_in(mut self, field: &str) -> Self {
        field.clone_into(&mut self.field);
        self
    }

    /// The same, for an application that has everything up to a number, 0 for nothing: what came after it is fetched at
    /// once.
    pub fn after(mut self, number: u64) -> Self {
        self.after = Some(number);
        self
    }
}

impl<F> fmt::Debug for Resume<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resume")
            .field("field", &self.field)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}
