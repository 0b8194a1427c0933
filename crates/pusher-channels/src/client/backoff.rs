//! When to try again: full jitter from the first retry. Knows times and chance, no connection.

use std::time::Duration;

/// A retry waits for a random time up to this at least, so that clients of one server come back spread over a second.
const MIN_WINDOW: Duration = Duration::from_secs(1);
/// A retry waits no longer than this, so that a server that is back is found within half a minute.
const MAX_WINDOW: Duration = Duration::from_secs(30);
/// A connection that lived this long was a good one: losing it starts a new outage. One that is lost sooner belongs to the
/// outage before it, or a server that greets and then hangs up would be called at full speed for ever.
const STABLE_AFTER: Duration = Duration::from_secs(2);
/// After this many tries without a handshake the application is told; some servers answer an unknown key by hanging up.
const TRIES_BEFORE_COMPLAINT: u32 = 5;

/// A small source of chance (splitmix64): good enough to spread clients, and the same in every run of one seed.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A time of 1 ms up to `window`, in whole milliseconds.
    pub fn up_to(&mut self, window: Duration) -> Duration {
        let window = u64::try_from(window.as_millis()).unwrap_or(u64::MAX).max(1);
        Duration::from_millis(1 + self.next() % window)
    }
}

/// How long there has been no good connection.
#[derive(Debug, Default)]
pub(super) struct Outage {
    began: Option<Duration>,
    tries_without_handshake: u32,
}

/// Whether a loss is the first of its outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    First,
    Further,
}

impl Outage {
    /// Notes that a socket was lost; `established` is when its handshake came, if it did.
    pub fn lost(&mut self, established: Option<Duration>, now: Duration) -> Loss {
        if established.is_none() {
            self.tries_without_handshake = self.tries_without_handshake.saturating_add(1);
        }
        if self.was_stable(established, now) || self.began.is_none() {
            self.began = Some(now);
            Loss::First
        } else {
            Loss::Further
        }
    }

    /// Whether a connection with its handshake at this time has lived long enough to be a good one.
    pub fn was_stable(&self, established: Option<Duration>, now: Duration) -> bool {
        established.is_some_and(|since| now.saturating_sub(since) >= STABLE_AFTER)
    }

    pub fn handshake_came(&mut self) {
        self.tries_without_handshake = 0;
    }

    /// True once, when so many tries had no handshake that somebody should know.
    pub fn deserves_complaint(&self) -> bool {
        self.tries_without_handshake == TRIES_BEFORE_COMPLAINT
    }

    /// How long to wait for the next try: at random up to half of the time away, which grows exponentially with the
    /// tries. Counted by time and not by tries, so that after a short outage nobody waits longer than it took.
    pub fn delay(&self, random: &mut Random, now: Duration) -> Duration {
        let away = now.saturating_sub(self.began.unwrap_or(now));
        random.up_to((away / 2).clamp(MIN_WINDOW, MAX_WINDOW))
    }
}

/// How long a channel waits after its n-th failure in a row (n from 1), in windows that double.
pub(super) fn channel_delay(failures: u32, random: &mut Random) -> Duration {
    let doublings = failures.saturating_sub(1).min(5);
    random.up_to((MIN_WINDOW * 2_u32.pow(doublings)).min(MAX_WINDOW))
}
