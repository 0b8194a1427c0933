//! The people of a project: who is in it and as what, invitations, public links; and where its changes are sent.
//!
//! | route | body | answer |
//! |---|---|---|
//! | `GET /api/projects/{id}/members` | | [`Members`] |
//! | `PUT /api/projects/{id}/members/{member}` | [`NewRole`] | nothing, as 204; for owners |
//! | `DELETE /api/projects/{id}/members/{member}` | | nothing, as 204; for owners, and for oneself |
//! | `GET /api/projects/{id}/invitations` | | [`Invitations`]; for owners |
//! | `POST /api/projects/{id}/invitations` | [`NewInvitation`] | [`Secret`](super::account::Secret); for owners |
//! | `DELETE /api/projects/{id}/invitations/{invitation}` | | nothing, as 204; for owners |
//! | `POST /api/invitation` | [`Held`] | [`InvitationSeen`], for anyone |
//! | `POST /api/invitation/accept` | [`Held`] | [`Entered`], for an account |
//! | `GET /api/projects/{id}/shares` | | [`Shares`]; for owners |
//! | `POST /api/projects/{id}/shares` | | [`Secret`](super::account::Secret); for owners |
//! | `DELETE /api/projects/{id}/shares/{share}` | | nothing, as 204; for owners |
//! | `POST /api/share` | [`Held`] | [`Entered`], for anyone, who is then a viewer of that project |
//! | `GET /api/projects/{id}/webhooks` | | [`Webhooks`]; for owners |
//! | `POST /api/projects/{id}/webhooks` | [`NewWebhook`] | [`FreshWebhook`]; for owners |
//! | `DELETE /api/projects/{id}/webhooks/{webhook}` | | nothing, as 204; for owners |

use crate::id::Bits128;
use crate::person::{Colour, Email, Initials};
use crate::{ActorId, Millis, Name, ProjectId, Role, Web};
use serde::{Deserialize, Serialize};

/// Who is in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Members {
    /// By name.
    pub members: Vec<Member>,
}

/// Someone in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Their identity.
    pub id: ActorId,
    /// What they are called.
    pub name: Name,
    /// Letters for it.
    pub initials: Initials,
    /// Their colour.
    pub colour: Colour,
    /// What they are.
    pub role: Role,
}

/// Another role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// The role.
    pub role: Role,
}

/// The invitations that still stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitations {
    /// The newest first.
    pub invitations: Vec<Invitation>,
}

/// An invitation, without its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// Its identity, which opens nothing.
    pub id: Bits128,
    /// As what.
    pub role: Role,
    /// By whom.
    pub by: Name,
    /// To whom it was sent by mail, where it was.
    pub email: Option<Email>,
    /// Until when.
    pub until: Millis,
}

/// An invitation to be. Its link is good for 14 days, for as many as are given it, until it is taken back; one that is sent to an
/// address is good once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// As what.
    pub role: Role,
    /// Where to send it by mail, if it is to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// A secret that someone was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The part of the link after the `#`.
    pub secret: String,
}

/// What an invitation is to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InvitationSeen {
    /// The project's name.
    pub project: Name,
    /// As what.
    pub role: Role,
    /// By whom.
    pub by: Name,
}

/// The project that one may see now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entered {
    /// The project.
    pub project: ProjectId,
}

/// The public links that still stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shares {
    /// The newest first.
    pub shares: Vec<Share>,
}

/// A public read-only link, without its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// Its identity, which opens nothing.
    pub id: Bits128,
    /// By whom.
    pub by: Name,
    /// Since when.
    pub since: Millis,
}

/// Where a project's changes are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhooks {
    /// The newest first.
    pub webhooks: Vec<Webhook>,
}

/// Where a project's changes are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhook {
    /// Its identity.
    pub id: Bits128,
    /// The address.
    pub url: Web,
    /// Since when.
    pub since: Millis,
    /// How the last delivery went, as a sentence; none while there was none.
    pub last: Option<String>,
}

/// A webhook to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// The address.
    pub url: Web,
}

/// A webhook and the key by which its deliveries are signed, shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FreshWebhook {
    /// The webhook.
    pub webhook: Webhook,
    /// `X-Truestory-Signature` is the HMAC-SHA256 of the body by this key, in hex.
    pub secret: String,
}
