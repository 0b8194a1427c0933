//! How long a connection may be silent after others died early: what stands between may cut silent ones. Knows times, no
//! connection.

use std::time::Duration;

/// Pings come no faster, however soon connections die: something else kills those.
const SHORTEST: Duration = Duration::from_secs(10);

/// The silence that connections seem to survive here.
#[derive(Debug, Default)]
pub(super) struct PingDelay(Option<Duration>);

impl PingDelay {
    /// A connection was lost without a close frame after this time, though it may be silent for `longest`. The rule of
    /// pusher-js (`assistant_to_the_transport_manager.ts`): half of the time, if it is less than twice the longest. Here a
    /// connection that lived longer takes the rule back.
    pub fn died(&mut self, lifespan: Duration, longest: Duration) {
        let is_early = lifespan < longest.saturating_mul(2);
        self.0 = is_early.then(|| (lifespan / 2).max(SHORTEST));
    }

    /// What is left of a timeout.
    pub fn limit(&self, timeout: Duration) -> Duration {
        self.0.map_or(timeout, |delay| delay.min(timeout))
    }
}
