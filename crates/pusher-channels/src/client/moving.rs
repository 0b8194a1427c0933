//! To another address: another cluster, another server, another app. Knows what of the old one must be forgotten.

use super::{Address, Client, backoff::Outage, connection::Phase, ladder::Ladder, ping_delay::PingDelay};

impl Client {
    /// Leaves the old server at once and goes to the new one, if it is or wants to be connected; wishes stay.
    pub(super) fn on_address_changed(&mut self, address: Address) {
        if self.config.address == address {
            return;
        }
        self.config.address = address;
        // What was learnt on the way to the old server is not true of the new one.
        self.outage = Outage::default();
        self.ping_delay = PingDelay::default();
        self.ladder = Ladder::new(&self.config.carriers);
        if !matches!(self.phase, Phase::Idle) {
            self.leave();
            self.open();
        }
    }
}
