//! Joining, leaving and being something else in a project; invitations and public links. Knows what such a link is good for and tells
//! the listeners; the writer decides on people, the store keeps the rest. Never knows HTTP.

use crate::access::Grant;
use crate::ambient;
use crate::listeners::Listeners;
use crate::projects::{People, Projects, ProjectsError, Unmoved};
use crate::sessions;
use crate::store::{Invite, NewShare, Opened, Store, StoreError, TokenHash};
use backlog::api::members::NewInvitation;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Millis, Role};

/// The most invitations to a project, and the most public links of one, that stand at a time.
pub const MOST: usize = 100;
/// How long an invitation is good, in milliseconds: 14 days.
const LIFE: i64 = 14 * 86_400_000;

/// Makes an invitation to a project, and answers its secret: the only time that anyone sees it.
pub async fn invite(store: &Store, grant: &Grant, new: NewInvitation) -> Result<String, StoreError> {
    let (secret, now) = (sessions::secret(), ambient::now());
    let invite = Invite {
        id: ambient::bits128(),
        token: TokenHash::of(&secret),
        project: grant.project(),
        role: new.role,
        email: new.email,
        by: grant.actor().id,
        until: Millis(now.0.saturating_add(LIFE)),
    };
    store.invite(&invite, now).await?;
    Ok(secret)
}

/// What an invitation opens to whoever holds its secret, be it that it has ended.
pub async fn opened(store: &Store, secret: &str) -> Result<Opened, ProjectsError> {
    let opened = store.invitation(&TokenHash::of(secret), ambient::now()).await?;
    opened.ok_or(ProjectsError::Unmoved(Unmoved::InvitationEnded))
}

/// Lets someone into a project by an invitation that they hold. Who is in it already stays what they are, or becomes more.
pub async fn accept(projects: &Projects, who: Actor, opened: &Opened) -> Result<(), ProjectsError> {
    let invitation = opened.id;
    projects.people(opened.project, People::Admit { who, invitation }).await
}

/// Makes a member something else.
pub async fn assign(projects: &Projects, grant: &Grant, who: ActorId, role: Role) -> Result<(), ProjectsError> {
    projects.people(grant.project(), People::Assign { who, role }).await
}

/// Takes a member out; oneself, where one leaves.
pub async fn remove(projects: &Projects, grant: &Grant, who: ActorId) -> Result<(), ProjectsError> {
    let by = grant.actor().clone();
    projects.people(grant.project(), People::Remove { who, by }).await
}

/// Makes a public link to a project, and answers its secret: the only time that anyone sees it.
pub async fn share(store: &Store, grant: &Grant) -> Result<String, StoreError> {
    let secret = sessions::secret();
    let new = NewShare {
        id: ambient::bits128(),
        token: TokenHash::of(&secret),
        project: grant.project(),
        by: grant.actor().id,
    };
    store.share(&new, ambient::now()).await?;
    Ok(secret)
}

/// Revokes a public link: who came through it sees and hears the project no more. Answers whether there was one.
pub async fn revoke(
    (store, listeners): (&Store, &Listeners),
    grant: &Grant,
    share: Bits128,
) -> Result<bool, StoreError> {
    let revoked = store.revoke_share((grant.project(), share), ambient::now()).await?;
    if revoked {
        listeners.share_revoked(grant.project()).await;
    }
    Ok(revoked)
}
