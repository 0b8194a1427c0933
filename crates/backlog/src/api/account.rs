//! Accounts: coming in, going out, and what one sees to for oneself. No address, password or token of anyone ever stands in a
//! change, a snapshot or an event; they stand in these bodies alone.
//!
//! | route | body | answer |
//! |---|---|---|
//! | `GET /api/welcome` | | [`Welcome`] |
//! | `POST /api/visit` | | [`Session`](super::Session); where everyone is let in |
//! | `POST /api/owner` | [`NewAccount`] | [`Session`](super::Session); on a fresh installation |
//! | `POST /api/sign-in` | [`SignIn`] | [`Session`](super::Session) |
//! | `POST /api/sign-up` | [`SignUp`] | [`Session`](super::Session) |
//! | `POST /api/recovery` | [`LostPassword`] | nothing, as 204, whether there is such an account or not |
//! | `POST /api/recover` | [`Recover`] | [`Session`](super::Session) |
//! | `GET /api/account` | | [`Account`] |
//! | `PUT /api/account` | [`Profile`] | [`Account`] |
//! | `PUT /api/account/password` | [`NewPassword`] | nothing, as 204; other sessions end |
//! | `GET /api/sessions` | | [`Sessions`] |
//! | `DELETE /api/sessions` | | nothing, as 204; all sessions end, this one too |
//! | `DELETE /api/sessions/{session}` | | nothing, as 204 |
//! | `GET /api/tokens` | | [`Tokens`] |
//! | `POST /api/tokens` | [`NewToken`] | [`FreshToken`] |
//! | `DELETE /api/tokens/{token}` | | nothing, as 204 |
//! | `GET /api/accounts` | | [`Accounts`]; for administrators |
//! | `POST /api/accounts/{account}/recovery` | | [`Secret`]; for administrators |
//! | `PUT /api/accounts/{account}` | [`Standing`] | nothing, as 204; for administrators |
//! | `GET /api/security-log?before=` | | [`SecurityLog`]; for administrators |

use crate::id::Bits128;
use crate::person::{Colour, Email, Initials, Password, own_name};
use crate::{ActorId, Millis, Name, ProjectId};
use serde::{Deserialize, Serialize};

/// How one comes in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Welcome {
    /// The door.
    pub door: Door,
    /// Whether one may make an account without an invitation.
    pub sign_up: bool,
    /// Whether a recovery can be sent by mail.
    pub mail: bool,
    /// The name of the provider through which one can sign in, where there is one. The way to it is `GET /auth/provider`.
    pub provider: Option<String>,
}

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Everyone, as an owner of everything: `--open`.
    Open,
    /// Nobody yet: the first visitor makes the account that administers the installation.
    Fresh,
    /// Whoever has an account.
    Accounts,
}

/// An account to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What the person is called.
    #[serde(deserialize_with = "own_name")]
    pub name: Name,
    /// Their address, by which they sign in.
    pub email: Email,
    /// Their password.
    pub password: Password,
}

/// Who wants in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Their address.
    pub email: Email,
    /// Their password.
    pub password: Password,
}

/// Who wants an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The account.
    pub account: NewAccount,
    /// The token of an invitation; needed unless everyone may sign up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
}

/// Who cannot sign in any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LostPassword {
    /// Their address.
    pub email: Email,
}

/// A new password by a recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The token of the recovery.
    pub token: String,
    /// The new password.
    pub password: Password,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// One's identity.
    pub id: ActorId,
    /// What one is called.
    pub name: Name,
    /// Two or three letters for it.
    pub initials: Initials,
    /// One's colour.
    pub colour: Colour,
    /// One's address; none for a visitor without an account.
    pub email: Option<Email>,
    /// Whether one administers the installation.
    pub administrator: bool,
    /// Whether there is a password: who comes in through a provider needs none.
    pub password: bool,
}

/// What others see of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name.
    #[serde(deserialize_with = "own_name")]
    pub name: Name,
    /// Letters for it; made from the name where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initials: Option<Initials>,
    /// The colour.
    pub colour: Colour,
}

/// Another password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The present one; none where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<Password>,
    /// The new one.
    pub new: Password,
}

/// Where one is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sessions {
    /// The last used first.
    pub sessions: Vec<SessionSeen>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionSeen {
    /// Its identity, which opens nothing.
    pub id: Bits128,
    /// What it says of itself (`User-Agent`), at most 200 characters.
    pub agent: String,
    /// When it signed in.
    pub since: Millis,
    /// When it was last heard of, to the hour.
    pub seen: Millis,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The API tokens that one has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tokens {
    /// The newest first.
    pub tokens: Vec<TokenSeen>,
}

/// What an API token may do, apart from what its maker may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Read.
    Read,
    /// Read and write.
    Write,
}

/// An API token to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for.
    pub name: Name,
    /// What it may do.
    pub reach: Reach,
    /// In which projects; at least one, at most 100.
    pub projects: Vec<ProjectId>,
}

/// An API token, without itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenSeen {
    /// Its identity, which opens nothing.
    pub id: Bits128,
    /// What it is for.
    pub name: Name,
    /// What it may do.
    pub reach: Reach,
    /// In which projects.
    pub projects: Vec<ProjectId>,
    /// When it was made.
    pub since: Millis,
    /// When it was last used, to the hour.
    pub seen: Option<Millis>,
}

/// An API token, shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FreshToken {
    /// What is kept of it.
    pub token: TokenSeen,
    /// What is sent as `Authorization: Bearer ..`.
    pub secret: String,
}

/// A secret, shown this once: it is the part of a link after the `#`, which browsers send to no server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Secret {
    /// The secret.
    pub secret: String,
}

/// All accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accounts {
    /// By name.
    pub accounts: Vec<AccountSeen>,
}

/// An account, for who administers them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountSeen {
    /// Its identity.
    pub id: ActorId,
    /// The name.
    pub name: Name,
    /// The address.
    pub email: Email,
    /// Whether it administers the installation.
    pub administrator: bool,
    /// Whether it can sign in.
    pub closed: bool,
    /// When it was made.
    pub since: Millis,
}

/// What becomes of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It administers the installation.
    Administrator,
    /// It is like any other.
    Plain,
    /// It cannot sign in, and its sessions and API tokens end. What it did stays.
    Closed,
}

/// What happened to accounts, sessions, memberships, tokens, links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecurityLog {
    /// The newest first, at most 100.
    pub entries: Vec<LogEntry>,
    /// Where the next page begins: `?before=`; none where there is no more.
    pub next: Option<i64>,
}

/// One line of the security log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogEntry {
    /// When.
    pub at: Millis,
    /// What, as a word such as `signed-in`.
    pub what: String,
    /// Who did it; none where nobody was signed in.
    pub by: Option<Name>,
    /// From which network address.
    pub address: String,
    /// Whom or what it befell, in words; no secret ever.
    pub detail: String,
}
