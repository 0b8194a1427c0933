//! Whom the server speaks to in the world outside, and whom it may.

use super::Provider;
use super::mail::Post;
use pusher_hub::Reach;

/// Whom the server speaks to, and whom it may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Where the owners of projects may have changes posted.
    pub webhooks: Reach,
    /// By which server letters are sent; none where none are.
    pub mail: Option<Post>,
    /// Through whom people sign in, beside their passwords.
    pub provider: Option<Provider>,
}

impl Default for Outside {
    fn default() -> Outside {
        Outside {
            webhooks: Reach::Public,
            mail: None,
            provider: None,
        }
    }
}
