//! What would be lost with the page. Knows nothing of how one leaves it.

use super::Board;
use super::account::Leave;
use super::msg::Keeping;
use super::removal::Removal;

impl Board {
    /// Whether anything is on this page alone: neither at the server nor on the device.
    pub fn holds_unsaved(&self) -> bool {
        if self.leave == Leave::Ends {
            return false;
        }
        if self.removal.as_ref().is_some_and(Removal::holds_text) {
            return true;
        }
        // A text that neither a draft nor the device holds.
        if self
            .notices
            .iter()
            .any(|notice| notice.kept.is_some() && notice.draft.is_none())
        {
            return true;
        }
        if self.exchange.is_sending() || self.settings.holds_typed() || self.epics.holds_typed() {
            return true;
        }
        match self.device.place() {
            Keeping::Device => !self.device.waiting.is_empty() || !self.drafts.are_written(),
            Keeping::Page => {
                let own = self.replica.pending().chain(self.replica.attention());
                own.count() > 0 || self.drafts.unsaved() > 0
            }
        }
    }
}
