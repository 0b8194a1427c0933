//! What letters say: plain text, short lines, one link each. A secret stands only behind the `#`.

use backlog::person::Email;
use backlog::{Name, Role};

/// A letter to someone.
#[derive(Clone, PartialEq, Eq)]
pub enum Letter {
    /// A link to set a password, for whoever asked for it.
    Recovery {
        /// To whom.
        to: Email,
        /// The address of the server, without a last slash.
        url: String,
        /// The secret of the link.
        secret: String,
    },
    /// A link to set the first password of an account that was just made.
    FirstPassword {
        /// To whom.
        to: Email,
        /// The address of the server, without a last slash.
        url: String,
        /// The secret of the link.
        secret: String,
    },
    /// The password of an account is another one now.
    PasswordChanged {
        /// To whom.
        to: Email,
        /// The address of the server, without a last slash.
        url: String,
    },
    /// Someone wanted to make an account with an address that has one.
    AccountExists {
        /// To whom.
        to: Email,
        /// The address of the server, without a last slash.
        url: String,
    },
    /// An invitation to a project.
    Invitation {
        /// To whom.
        to: Email,
        /// The address of the server, without a last slash.
        url: String,
        /// The secret of the link.
        secret: String,
        /// What it is to.
        invited: Invited,
    },
}

/// What an invitation is to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The project.
    pub project: Name,
    /// As what.
    pub role: Role,
    /// By whom.
    pub by: Name,
}

impl Letter {
    /// To whom.
    pub fn to(&self) -> &Email {
        match self {
            Letter::Recovery { to, .. }
            | Letter::FirstPassword { to, .. }
            | Letter::PasswordChanged { to, .. }
            | Letter::AccountExists { to, .. }
            | Letter::Invitation { to, .. } => to,
        }
    }

    /// What it is about.
    pub fn subject(&self) -> String {
        match self {
            Letter::Recovery { .. } => "Set a new password".into(),
            Letter::FirstPassword { .. } => "Set the password of your account".into(),
            Letter::PasswordChanged { .. } => "Your password was changed".into(),
            Letter::AccountExists { .. } => "You have an account already".into(),
            Letter::Invitation { invited, .. } => {
                format!("{} invites you to {}", invited.by.as_str(), invited.project.as_str())
            }
        }
    }

    /// What it says.
    pub fn text(&self) -> String {
        match self {
            Letter::Recovery { url, secret, .. } => format!(
                "Someone, most likely you, asked to set a new password for your account at\n{url}\n\n\
                 This link does it. It is good once, for an hour:\n\n{url}/recover#{secret}\n\n\
                 If it was not you, do nothing: your password stays as it is.\n"
            ),
            Letter::FirstPassword { url, secret, .. } => format!(
                "Someone, most likely you, made an account with this address at\n{url}\n\n\
                 This link sets its password and signs you in. It is good once, for a day:\n\n{url}/recover#{secret}\n\n\
                 If it was not you, do nothing: nobody can use the account.\n"
            ),
            Letter::PasswordChanged { url, .. } => format!(
                "The password of your account at\n{url}\nis another one now, and other browsers were signed out.\n\n\
                 If it was not you, set another one at once; the page where one signs in helps you to:\n\n{url}/sign-in\n\n\
                 Then tell whoever administers it.\n"
            ),
            Letter::AccountExists { url, .. } => format!(
                "Someone, most likely you, wanted to make an account with this address at\n{url}\n\n\
                 There is one already: sign in with it. If you do not know your password any more,\n\
                 the page helps you to set another:\n\n{url}/sign-in\n\n\
                 If it was not you, do nothing: your account stays as it is.\n"
            ),
            Letter::Invitation {
                url, secret, invited, ..
            } => format!(
                "{by} invites you to {project} as {role}.\n\n\
                 This link takes you in. It is good once, for 14 days:\n\n{url}/join#{secret}\n",
                by = invited.by.as_str(),
                project = invited.project.as_str(),
                role = match invited.role {
                    Role::Owner => "an owner",
                    Role::Member => "a member",
                    Role::Client => "a client",
                    Role::Viewer => "a viewer",
                },
            ),
        }
    }
}
