//! Who comes to the door, and what each is to find there. Written by hand from the rule of a route alone; knows no route.

use truestory_server::access::Action;
use truestory_server::routes::Rule;

/// Someone who comes, seen from project 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Bears nothing.
    Nobody,
    /// Bears the cookie of a session that has ended.
    SignedOut,
    /// Bears the cookie of an account that was closed since.
    Closed,
    /// Bears a session of the time when everyone was let in.
    FromOpenTimes,
    /// Has an account, and is in no project.
    Outsider,
    Viewer,
    Client,
    Member,
    Owner,
    /// Was a member.
    Removed,
    /// Owns project 2.
    OwnerElsewhere,
    /// Sees to all accounts, and is in no project.
    Administrator,
    /// Came through a public link.
    Guest,
    /// Came through a public link that was taken back since.
    GuestOfRevoked,
    /// The owner's API token for reading project 1.
    ReadToken,
    /// The owner's API token for reading and writing project 1.
    WriteToken,
    /// The owner's API token for project 3, which is the owner's too.
    TokenElsewhere,
    /// An API token for project 1 of someone who was removed.
    TokenOfRemoved,
    /// An API token of the owner's that was revoked.
    RevokedToken,
    /// What looks like an API token and is none.
    MadeUpToken,
}

impl Who {
    pub const ALL: [Who; 20] = [
        Who::Nobody,
        Who::SignedOut,
        Who::Closed,
        Who::FromOpenTimes,
        Who::Outsider,
        Who::Viewer,
        Who::Client,
        Who::Member,
        Who::Owner,
        Who::Removed,
        Who::OwnerElsewhere,
        Who::Administrator,
        Who::Guest,
        Who::GuestOfRevoked,
        Who::ReadToken,
        Who::WriteToken,
        Who::TokenElsewhere,
        Who::TokenOfRemoved,
        Who::RevokedToken,
        Who::MadeUpToken,
    ];
}

/// What someone is to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are let in; what they find there is the route's affair.
    In,
    /// They are turned away, with that status and words in the sentence.
    Out(u16, &'static str),
}

const NO_SESSION: Verdict = Verdict::Out(401, "no session");
const NO_TOKEN: Verdict = Verdict::Out(401, "this is no API token");
const GUESTS: Verdict = Verdict::Out(403, "a public link is for reading");
const TOKENS: Verdict = Verdict::Out(403, "an API token does not open this");
const NO_PROJECT: Verdict = Verdict::Out(404, "there is no such project");
pub const GONE: Verdict = Verdict::Out(403, "you are not in this project any more");
const NOT_ADMINISTRATOR: Verdict = Verdict::Out(403, "only whoever administers this installation");
const READ_ONLY: Verdict = Verdict::Out(403, "this API token is for reading");

/// What someone finds at a route with that rule, where there are accounts.
pub fn verdict(who: Who, rule: Rule) -> Verdict {
    match rule {
        Rule::Anyone => Verdict::In,
        Rule::Visitor => visitor(who),
        Rule::SignedIn | Rule::Account => signed_in(who),
        Rule::Administrator => match (signed_in(who), who) {
            (Verdict::In, Who::Administrator) => Verdict::In,
            (Verdict::In, _) => NOT_ADMINISTRATOR,
            (out, _) => out,
        },
        Rule::Project(action) => in_project(who, action),
    }
}

fn visitor(who: Who) -> Verdict {
    match who {
        Who::Nobody | Who::SignedOut | Who::Closed | Who::FromOpenTimes => NO_SESSION,
        Who::RevokedToken | Who::MadeUpToken => NO_TOKEN,
        Who::Outsider
        | Who::Viewer
        | Who::Client
        | Who::Member
        | Who::Owner
        | Who::Removed
        | Who::OwnerElsewhere
        | Who::Administrator
        | Who::Guest
        | Who::GuestOfRevoked
        | Who::ReadToken
        | Who::WriteToken
        | Who::TokenElsewhere
        | Who::TokenOfRemoved => Verdict::In,
    }
}

fn signed_in(who: Who) -> Verdict {
    match who {
        Who::Guest | Who::GuestOfRevoked => GUESTS,
        Who::ReadToken | Who::WriteToken | Who::TokenElsewhere | Who::TokenOfRemoved => TOKENS,
        Who::Nobody
        | Who::SignedOut
        | Who::Closed
        | Who::FromOpenTimes
        | Who::Outsider
        | Who::Viewer
        | Who::Client
        | Who::Member
        | Who::Owner
        | Who::Removed
        | Who::OwnerElsewhere
        | Who::Administrator
        | Who::RevokedToken
        | Who::MadeUpToken => visitor(who),
    }
}

/// What someone finds in project 1.
fn in_project(who: Who, action: Action) -> Verdict {
    let role = |may: &[Action], says| match may.contains(&action) {
        true => Verdict::In,
        false => Verdict::Out(403, says),
    };
    match who {
        Who::Owner | Who::WriteToken => role(&[Action::Read, Action::Import, Action::Manage], ""),
        Who::Member => role(
            &[Action::Read, Action::Import],
            "as a member, which does not allow that",
        ),
        Who::Client => role(&[Action::Read], "as a client, which does not allow that"),
        Who::Viewer | Who::Guest => role(&[Action::Read], "as a viewer, which does not allow that"),
        Who::ReadToken => match action {
            Action::Read => Verdict::In,
            Action::Import | Action::Manage => READ_ONLY,
        },
        Who::Removed | Who::GuestOfRevoked | Who::TokenOfRemoved => GONE,
        Who::Outsider | Who::OwnerElsewhere | Who::Administrator | Who::TokenElsewhere => NO_PROJECT,
        Who::Nobody | Who::SignedOut | Who::Closed | Who::FromOpenTimes | Who::RevokedToken | Who::MadeUpToken => {
            visitor(who)
        }
    }
}

/// What someone finds where everyone is let in.
pub fn open_verdict(who: Who, rule: Rule) -> Verdict {
    let known = match who {
        Who::Nobody | Who::SignedOut => NO_SESSION,
        Who::MadeUpToken => NO_TOKEN,
        _ => Verdict::In,
    };
    match rule {
        Rule::Anyone => Verdict::In,
        Rule::Visitor | Rule::SignedIn | Rule::Project(_) => known,
        Rule::Account | Rule::Administrator => match known {
            Verdict::In => Verdict::Out(403, "there are no accounts here"),
            out => out,
        },
    }
}
