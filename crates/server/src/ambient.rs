//! The wall clock and chance. The only place that asks for them; everything else takes them as arguments or calls here.

use backlog::Millis;
use backlog::id::Bits128;
use std::time::{SystemTime, UNIX_EPOCH};

/// The present.
#[expect(clippy::disallowed_methods, reason = "the server's one reading of the clock")]
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// 128 fresh random bits.
#[expect(clippy::disallowed_methods, reason = "the server's one source of chance")]
pub fn bits128() -> Bits128 {
    Bits128(rand::random())
}
