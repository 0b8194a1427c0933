//! What can become of someone in a project, and why it does not. The writer does it.

use backlog::id::Bits128;
use backlog::{Actor, ActorId, Role};
use std::fmt;

/// What is to become of someone in a project. Who may ask for it is decided elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum People {
    /// They come in by an invitation.
    Admit {
        /// Who.
        who: Actor,
        /// By which.
        invitation: Bits128,
    },
    /// They are a member, and are to be something else.
    Assign {
        /// Who.
        who: ActorId,
        /// As what.
        role: Role,
    },
    /// They are a member no longer.
    Remove {
        /// Who.
        who: ActorId,
        /// Who says so; themselves, where they leave.
        by: Actor,
    },
    /// They are a member, and the project's history is to know it.
    Greet(Actor),
}

/// Why someone's place in a project stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmoved {
    /// They are not in it.
    NoMember,
    /// Nobody else could answer for it.
    LastOwner,
    /// The invitation has ended.
    InvitationEnded,
    /// They left, or were removed, after the invitation was made.
    LeftSince,
}

impl fmt::Display for Unmoved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unmoved::NoMember => "there is no such member",
            Unmoved::LastOwner => "a project keeps an owner: make someone else an owner first",
            Unmoved::InvitationEnded => "this invitation has ended: ask for another one",
            Unmoved::LeftSince => "you are not in this project any more: ask an owner for a new invitation",
        })
    }
}
