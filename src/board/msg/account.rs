//! What happens to who is here.

use super::Failure;
use backlog::ActorId;

/// What happened to who is here.
#[derive(Clone, Debug)]
pub enum AccountMsg {
    /// Another page of this browser has another visitor, or none.
    VisitorChanged,
    /// A person signed out on another page of this browser.
    SignedOutElsewhere(ActorId),
    /// Another page of this browser learned that a person is not in this project any more.
    RemovedElsewhere(ActorId),
    /// The server told that what the visitor may do here is another thing now.
    AccessChanged,
    /// The visitor chose whether the device keeps anything.
    KeepingChosen(Keeping),
    /// So it was chosen, perhaps on another page.
    KeepingHeard(Keeping),
    /// The visitor wants to sign out.
    SignOutClicked,
    /// The visitor was asked what is to become of what the server does not have.
    SignOutChosen(SignOut),
    /// The server ended the session.
    SessionEnded,
    /// The server did not end the session.
    SignOutFailed(Failure),
}

/// Whether the device may keep anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It may.
    #[default]
    Device,
    /// It may not: all is on the page alone.
    Page,
}

/// What becomes of what the server does not have when one signs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// Sign out once the server has it.
    Wait,
    /// It is thrown away.
    ThrowAway,
    /// Stay signed in.
    Stay,
}
