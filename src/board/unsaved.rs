//! What would be lost with the page. Knows nothing of how one leaves it.

use super::Board;

impl Board {
    /// Whether anything is on this page alone: a command that the server has not confirmed, or text that was not saved.
    pub fn holds_unsaved(&self) -> bool {
        !self.replica.pending().is_empty() || self.drafts.any_unsaved()
    }
}
