//! Roles: what someone is in a project. What a role may do stands in [`crate::access`].

use serde::{Deserialize, Serialize};
use std::fmt;

/// What someone is in a project, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees everything and changes nothing.
    Viewer,
    /// Whom it is built for: adds wishes, comments, accepts and rejects what is delivered.
    Client,
    /// Who builds it.
    Member,
    /// Who answers for it: also its name, its settings and its people.
    Owner,
}

impl Role {
    /// All of them, from the most to the least, as they are offered.
    pub const ALL: [Role; 4] = [Role::Owner, Role::Member, Role::Client, Role::Viewer];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Client => "client",
            Role::Member => "member",
            Role::Owner => "owner",
        }
    }

    /// “a” or “an”.
    pub fn article(self) -> &'static str {
        match self {
            Role::Viewer | Role::Client | Role::Member => "a",
            Role::Owner => "an",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
