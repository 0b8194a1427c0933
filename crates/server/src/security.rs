//! The security log: what happened to accounts, sessions, memberships, links, tokens and webhooks, for administrators. Apart from the
//! projects' histories, and without any secret: an event cannot hold one.

use crate::ambient;
use crate::store::{NewEntry, Store};
use backlog::api::account::Reach;
use backlog::person::Email;
use backlog::{ActorId, Name, ProjectId, Role};
use std::net::IpAddr;

/// Something that whoever answers for the installation may want to know later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityEvent {
    /// Someone signed in by their password.
    SignedIn,
    /// Someone signed in through the provider.
    SignedInByProvider,
    /// Someone tried to sign in with that address, and was not let in.
    SignInFailed(Email),
    /// Someone signed out.
    SignedOut,
    /// Someone ended another session of theirs.
    SessionEnded,
    /// Someone ended all their sessions.
    SignedOutEverywhere,
    /// Someone set another password; their other sessions ended.
    PasswordChanged,
    /// Someone who showed their session gave a wrong present password.
    PasswordChangeRefused,
    /// A recovery was asked for that address, whether it has an account or not.
    RecoveryAsked(Email),
    /// An administrator made a recovery for that account.
    RecoveryMade(Email),
    /// Someone set a password by a recovery; their sessions ended.
    RecoveryUsed,
    /// Someone made an account with that address.
    AccountMade(Email),
    /// Someone wanted to make an account with an address that has one.
    AccountExists(Email),
    /// An administrator closed that account; its sessions and API tokens ended.
    AccountClosed(Email),
    /// An administrator opened that account again.
    AccountReopened(Email),
    /// That account became an administrator's.
    AdministratorMade(Email),
    /// That account is no administrator's any more.
    AdministratorUnmade(Email),
    /// Someone is a member of the project now.
    MemberAdded(ProjectId, Name, Role),
    /// A member has another role now.
    RoleChanged(ProjectId, Name, Role),
    /// Someone is no member of the project any more.
    MemberRemoved(ProjectId, Name),
    /// An invitation was made, to an address or as a link.
    InvitationMade(ProjectId, Role, Option<Email>),
    /// Someone accepted an invitation.
    InvitationUsed(ProjectId, Role),
    /// An invitation was taken back.
    InvitationWithdrawn(ProjectId),
    /// A public link was made.
    ShareMade(ProjectId),
    /// Someone came in by a public link.
    ShareOpened(ProjectId),
    /// A public link was taken back.
    ShareRevoked(ProjectId),
    /// Someone made an API token of that name.
    TokenMade(Name, Reach),
    /// Someone revoked an API token of that name.
    TokenRevoked(Name),
    /// A project's changes are sent to that host.
    WebhookMade(ProjectId, String),
    /// They are not sent there any more.
    WebhookRemoved(ProjectId, String),
    /// An account can sign in through the provider from now on.
    ProviderLinked(Email),
}

/// Writes down what happened: who did it, where nobody was signed in `None`, and from which network address. A log that cannot be written
/// stops nobody; the server's own log tells of it.
pub async fn note(store: &Store, by: Option<ActorId>, address: IpAddr, event: SecurityEvent) {
    let entry = NewEntry {
        at: ambient::now(),
        what: event.what(),
        by,
        address: address.to_string(),
        project: event.project(),
        detail: event.detail(),
    };
    if let Err(error) = store.note(&entry).await {
        tracing::error!(%error, what = entry.what, "the security log could not be written");
    }
}

impl SecurityEvent {
    /// The word for it.
    pub fn what(&self) -> &'static str {
        match self {
            SecurityEvent::SignedIn => "signed-in",
            SecurityEvent::SignedInByProvider => "signed-in-by-provider",
            SecurityEvent::SignInFailed(_) => "sign-in-failed",
            SecurityEvent::SignedOut => "signed-out",
            SecurityEvent::SessionEnded => "session-ended",
            SecurityEvent::SignedOutEverywhere => "signed-out-everywhere",
            SecurityEvent::PasswordChanged => "password-changed",
            SecurityEvent::PasswordChangeRefused => "password-change-refused",
            SecurityEvent::RecoveryAsked(_) => "recovery-asked",
            SecurityEvent::RecoveryMade(_) => "recovery-made",
            SecurityEvent::RecoveryUsed => "recovery-used",
            SecurityEvent::AccountMade(_) => "account-made",
            SecurityEvent::AccountExists(_) => "account-exists",
            SecurityEvent::AccountClosed(_) => "account-closed",
            SecurityEvent::AccountReopened(_) => "account-reopened",
            SecurityEvent::AdministratorMade(_) => "administrator-made",
            SecurityEvent::AdministratorUnmade(_) => "administrator-unmade",
            SecurityEvent::MemberAdded(..) => "member-added",
            SecurityEvent::RoleChanged(..) => "role-changed",
            SecurityEvent::MemberRemoved(..) => "member-removed",
            SecurityEvent::InvitationMade(..) => "invitation-made",
            SecurityEvent::InvitationUsed(..) => "invitation-used",
            SecurityEvent::InvitationWithdrawn(_) => "invitation-withdrawn",
            SecurityEvent::ShareMade(_) => "share-made",
            SecurityEvent::ShareOpened(_) => "share-opened",
            SecurityEvent::ShareRevoked(_) => "share-revoked",
            SecurityEvent::TokenMade(..) => "token-made",
            SecurityEvent::TokenRevoked(_) => "token-revoked",
            SecurityEvent::WebhookMade(..) => "webhook-made",
            SecurityEvent::WebhookRemoved(..) => "webhook-removed",
            SecurityEvent::ProviderLinked(_) => "provider-linked",
        }
    }

    /// In which project it was, where it was in one.
    fn project(&self) -> Option<ProjectId> {
        match self {
            SecurityEvent::MemberAdded(project, ..)
            | SecurityEvent::RoleChanged(project, ..)
            | SecurityEvent::MemberRemoved(project, _)
            | SecurityEvent::InvitationMade(project, ..)
            | SecurityEvent::InvitationUsed(project, _)
            | SecurityEvent::InvitationWithdrawn(project)
            | SecurityEvent::ShareMade(project)
            | SecurityEvent::ShareOpened(project)
            | SecurityEvent::ShareRevoked(project)
            | SecurityEvent::WebhookMade(project, _)
            | SecurityEvent::WebhookRemoved(project, _) => Some(*project),
            SecurityEvent::SignedIn
            | SecurityEvent::SignedInByProvider
            | SecurityEvent::SignInFailed(_)
            | SecurityEvent::SignedOut
            | SecurityEvent::SessionEnded
            | SecurityEvent::SignedOutEverywhere
            | SecurityEvent::PasswordChanged
            | SecurityEvent::PasswordChangeRefused
            | SecurityEvent::RecoveryAsked(_)
            | SecurityEvent::RecoveryMade(_)
            | SecurityEvent::RecoveryUsed
            | SecurityEvent::AccountMade(_)
            | SecurityEvent::AccountExists(_)
            | SecurityEvent::AccountClosed(_)
            | SecurityEvent::AccountReopened(_)
            | SecurityEvent::AdministratorMade(_)
            | SecurityEvent::AdministratorUnmade(_)
            | SecurityEvent::TokenMade(..)
            | SecurityEvent::TokenRevoked(_)
            | SecurityEvent::ProviderLinked(_) => None,
        }
    }

    /// Whom or what it befell, in words.
    fn detail(&self) -> String {
        match self {
            SecurityEvent::SignInFailed(email)
            | SecurityEvent::RecoveryAsked(email)
            | SecurityEvent::RecoveryMade(email)
            | SecurityEvent::AccountMade(email)
            | SecurityEvent::AccountExists(email)
            | SecurityEvent::AccountClosed(email)
            | SecurityEvent::AccountReopened(email)
            | SecurityEvent::AdministratorMade(email)
            | SecurityEvent::AdministratorUnmade(email)
            | SecurityEvent::ProviderLinked(email) => email.as_str().to_owned(),
            SecurityEvent::MemberAdded(_, name, role) | SecurityEvent::RoleChanged(_, name, role) => {
                format!("{} as {} {role}", name.as_str(), role.article())
            }
            SecurityEvent::MemberRemoved(_, name) | SecurityEvent::TokenRevoked(name) => name.as_str().to_owned(),
            SecurityEvent::InvitationMade(_, role, Some(email)) => {
                format!("{} as {} {role}", email.as_str(), role.article())
            }
            SecurityEvent::InvitationMade(_, role, None) | SecurityEvent::InvitationUsed(_, role) => {
                format!("as {} {role}", role.article())
            }
            SecurityEvent::TokenMade(name, Reach::Read) => format!("{}, to read", name.as_str()),
            SecurityEvent::TokenMade(name, Reach::Write) => format!("{}, to read and write", name.as_str()),
            SecurityEvent::WebhookMade(_, host) | SecurityEvent::WebhookRemoved(_, host) => host.clone(),
            SecurityEvent::SignedIn
            | SecurityEvent::SignedInByProvider
            | SecurityEvent::SignedOut
            | SecurityEvent::SessionEnded
            | SecurityEvent::SignedOutEverywhere
            | SecurityEvent::PasswordChanged
            | SecurityEvent::PasswordChangeRefused
            | SecurityEvent::RecoveryUsed
            | SecurityEvent::InvitationWithdrawn(_)
            | SecurityEvent::ShareMade(_)
            | SecurityEvent::ShareOpened(_)
            | SecurityEvent::ShareRevoked(_) => String::new(),
        }
    }
}
