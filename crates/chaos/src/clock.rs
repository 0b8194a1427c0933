//! The clock of this program: the only place that reads it.

use backlog::Millis;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// The present, as the domain writes it.
#[expect(clippy::disallowed_methods, reason = "a driver reads the clock for the replica")]
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The present, to measure from.
#[expect(clippy::disallowed_methods, reason = "a driver measures how long things take")]
pub fn instant() -> Instant {
    Instant::now()
}
