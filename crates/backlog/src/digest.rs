//! Hashes: the chain that orders a project's history, and the digest by which a copy of its present is verified.
//!
//! Both are SHA-256 cut to 128 bits. They guard against loss, forks and slips, not against a server that lies.

use crate::id::{Bits128, NotAnId};
use crate::project::Frame;
use crate::{Change, Hand, Mid, ProjectId, Story, StoryId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// Names one revision of one history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Hash(pub Bits128);

/// Names a project's present content, however it came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Digest(pub Bits128);

/// A revision and its hash, written `rev.hash`: how far a copy has read, and of which history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = "^[0-9]+\\.[0-9a-f]{32}$")))]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    /// The revision; 0 is the empty project.
    pub rev: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Hash {
    /// The hash of revision 0 of a project.
    pub fn genesis(project: ProjectId) -> Hash {
        Hash(cut(Sha256::new()
            .chain_update(b"project")
            .chain_update(project.0.0.to_be_bytes())))
    }

    /// The hash of the revision that follows `self`.
    pub fn next(self, mid: Mid, hand: Hand, change: &Change) -> Hash {
        let mut hasher = Sha256::new()
            .chain_update(self.0.0.to_be_bytes())
            .chain_update(mid.0.0.to_be_bytes());
        hasher.update(hand.by.id.0.0.to_be_bytes());
        // What everyone is called is part of the project.
        hasher.update(json(&hand.by.name));
        hasher.update(hand.at.0.to_be_bytes());
        hasher.update(json(change));
        Hash(cut(hasher))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.rev, self.hash.0)
    }
}

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let (rev, hash) = text.split_once('.').ok_or(NotAVersion)?;
        let rev = rev.parse().map_err(|_| NotAVersion)?;
        let hash = hash.parse().map_err(|_: NotAnId| NotAVersion)?;
        let version = Version { rev, hash: Hash(hash) };
        // One spelling per version, as with ids: `parse` would also read `+1` and `01`.
        if version.to_string() == text {
            Ok(version)
        } else {
            Err(NotAVersion)
        }
    }
}

impl TryFrom<String> for Version {
    type Error = NotAVersion;

    fn try_from(text: String) -> Result<Self, NotAVersion> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

/// Text that is not of the form `rev.hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a version is written as revision, dot, 32 hex digits")
    }
}

impl std::error::Error for NotAVersion {}

/// What one story adds to the digest's sum.
pub(crate) fn of_story(story: &Story) -> u128 {
    cut(Sha256::new().chain_update(json(story))).0
}

/// The digest of a project's content: what it is besides its stories, the sum over its stories, and their order.
pub(crate) fn of_content(frame: &Frame, sum: u128, order: impl Iterator<Item = StoryId>) -> Digest {
    let mut hasher = Sha256::new().chain_update(json(frame)).chain_update(sum.to_be_bytes());
    for id in order {
        hasher.update(id.0.0.to_be_bytes());
    }
    Digest(cut(hasher))
}

fn cut(hasher: Sha256) -> Bits128 {
    let hash: [u8; 32] = hasher.finalize().into();
    let (half, _) = hash.split_first_chunk::<16>().expect("32 bytes hold 16");
    Bits128(u128::from_be_bytes(*half))
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("domain values have string keys and no floats, so they always serialise")
}

#[cfg(test)]
mod tests;
