//! A base written to the device, so that a page starts with what it had, also without a network.

use backlog::api::to_json;
use backlog::{Digest, Epoch, Mid, Role, Snapshot, Version};
use serde::{Deserialize, Serialize};

/// A base, written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The life of the database that it is of.
    pub epoch: Epoch,
    /// Its place in the history.
    pub version: Version,
    /// The digest of its content. What does not add up to it is damaged and not used.
    pub digest: Digest,
    /// Every mutation that was applied after this version is among `held`.
    pub known_from: Version,
    /// The last mutations that it holds, and where each led.
    pub held: Vec<(Mid, Version)>,
    /// What its person was in the project; none where it was not known, or written before there were roles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The project.
    pub snapshot: Snapshot,
}

impl Saved {
    /// The text to write to the device.
    pub fn to_text(&self) -> String {
        to_json(self)
    }

    /// Reads what [`Saved::to_text`] wrote. None where it is of another program or damaged: the server has it all.
    pub fn from_text(text: &str) -> Option<Saved> {
        serde_json::from_str(text).ok()
    }
}
