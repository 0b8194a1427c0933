//! What happens to what an earlier visitor left on this device.

use backlog::{ActorId, Name};

/// What happened to it, in the past tense.
#[derive(Clone, Debug)]
pub enum LeftMsg {
    /// The device told what an earlier visitor left, if any did.
    Found(Option<Left>),
    /// The visitor takes it over.
    TakenOver,
    /// The visitor wants it thrown away, and is asked whether that is so.
    ThrowAwayClicked,
    /// The visitor is sure.
    ThrownAway,
    /// The visitor is not sure.
    Spared,
}

/// What an earlier visitor left on this device, and the server does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Whose it is.
    pub account: ActorId,
    /// What they were called; none where the device was never told.
    pub name: Option<Name>,
    /// Commands without the server's word, or that need attention, or that this page cannot read.
    pub changes: usize,
    /// Drafts.
    pub drafts: usize,
}
