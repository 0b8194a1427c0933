//! What goes over the wire to a webhook: the body, and the headers that say what it is and prove who sent it.

use crate::store::Receiver;
use backlog::Recorded;
use backlog::api;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Names the event.
pub(super) const EVENT: &str = "X-Truestory-Event";
/// Names the delivery: the same however often it is tried, so that a receiver can tell what it has had already.
pub(super) const DELIVERY: &str = "X-Truestory-Delivery";
/// Proves who sent it.
pub(super) const SIGNATURE: &str = "X-Truestory-Signature";

/// A change on its way to a webhook.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parcel {
    /// What happened, as the word for it.
    pub(super) event: &'static str,
    /// Which delivery this is.
    pub(super) delivery: String,
    /// `sha256=` and the HMAC-SHA256 of the body by the webhook's key, in hex.
    pub(super) signature: String,
    /// `{"event":"story-created","project":"..","change":{..}}`, with the change as subscribers of the project hear it: whole up to
    /// 10 kB, else where it stands in the history.
    pub(super) body: String,
}

impl Parcel {
    /// Packs a change for a receiver.
    pub(super) fn new(receiver: &Receiver, change: &Recorded) -> Parcel {
        let (event, data) = api::event_of(change);
        let body = format!(
            r#"{{"event":"{event}","project":"{}","change":{data}}}"#,
            receiver.project
        );
        Parcel {
            event,
            // A revision of that number may come twice, where the database was put back to an earlier day; its hash does not.
            delivery: format!("{}-{}", receiver.progress.webhook, change.hash.0),
            signature: format!("sha256={}", sign(&receiver.secret, &body)),
            body,
        }
    }
}

/// The HMAC-SHA256 of a body by a key, in hex. The key is the text as it was shown.
fn sign(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length will do for HMAC");
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
