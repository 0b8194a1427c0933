//! Who may what: the one place where a visitor becomes someone in a project. A [`Grant`] is the only way to a project's content, and
//! only [`authorize`] makes one. What a role may do to stories stands in `backlog::access`.

use crate::config::Entrance;
pub use crate::store::{Credential, Membership};
use crate::store::{Store, StoreError};
use backlog::api::SessionKind;
use backlog::api::account::Reach;
use backlog::{Actor, ActorId, ProjectId, Role};

/// Whoever a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The person.
    pub actor: Actor,
    /// Whether the person chose the name.
    pub named: bool,
    /// As what they were let in.
    pub kind: SessionKind,
    /// What they showed.
    pub credential: Credential,
}

/// What someone wants to do in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See it, and give commands, each of which the role must allow.
    Read,
    /// Take stories over from a file.
    Import,
    /// See to its people, its links and its webhooks.
    Manage,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 3] = [Action::Read, Action::Import, Action::Manage];

    /// The least role that may do it.
    pub fn needs(self) -> Role {
        match self {
            Action::Read => Role::Viewer,
            Action::Import => Role::Member,
            Action::Manage => Role::Owner,
        }
    }
}

/// Someone in a project, who may do there what they asked for. Nobody else can make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    actor: Actor,
    project: ProjectId,
    role: Role,
    footing: Footing,
}

/// What someone's place in a project rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footing {
    /// The installation is open: everyone has that place.
    Open,
    /// What whoever showed this is in the project, which can be taken away at any moment.
    Shown(Credential),
}

impl Grant {
    /// The person.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The project.
    pub fn project(&self) -> ProjectId {
        self.project
    }

    /// What the person is in it.
    pub fn role(&self) -> Role {
        self.role
    }

    /// What it rests on.
    pub fn footing(&self) -> Footing {
        self.footing
    }

    /// One that a test makes up, where everyone is let in.
    #[cfg(test)]
    pub(crate) fn made_up(actor: Actor, project: ProjectId, role: Role) -> Grant {
        let footing = Footing::Open;
        Grant {
            actor,
            project,
            role,
            footing,
        }
    }

    /// Likewise, of someone who showed that.
    #[cfg(test)]
    pub(crate) fn shown(self, credential: Credential) -> Grant {
        Grant {
            footing: Footing::Shown(credential),
            ..self
        }
    }
}

/// Why someone may not.
#[derive(Debug)]
pub enum Denied {
    /// To them there is no such project.
    NoProject,
    /// They were in it, and are not any more.
    Gone,
    /// What they are in it does not allow that.
    Role(Role),
    /// The API token is for reading.
    ReadOnlyToken,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        Denied::Store(error)
    }
}

/// Lets a visitor do something in a project, or says why not. Asks the store each time, so that what was taken away is gone at once.
pub async fn authorize(
    (store, entrance): (&Store, &Entrance),
    visitor: &Visitor,
    project: ProjectId,
    action: Action,
) -> Result<Grant, Denied> {
    let membership = if entrance.open {
        everyone_owns(store, project).await?
    } else {
        store.membership(project, visitor.actor.id, visitor.credential).await?
    };
    let role = match membership {
        Membership::Never => return Err(Denied::NoProject),
        Membership::Ended => return Err(Denied::Gone),
        Membership::Is(role) => role,
    };
    let role = match visitor.credential {
        Credential::Token(_, Reach::Read) if action != Action::Read => return Err(Denied::ReadOnlyToken),
        // Whatever else they are, by this token they look on.
        Credential::Token(_, Reach::Read) => Role::Viewer,
        Credential::Token(_, Reach::Write) | Credential::Session(_) => role,
    };
    if role < action.needs() {
        return Err(Denied::Role(role));
    }
    let footing = match entrance.open {
        true => Footing::Open,
        false => Footing::Shown(visitor.credential),
    };
    Ok(Grant {
        actor: visitor.actor.clone(),
        project,
        role,
        footing,
    })
}

async fn everyone_owns(store: &Store, project: ProjectId) -> Result<Membership, StoreError> {
    let there = store.has_project(project).await?;
    Ok(if there {
        Membership::Is(Role::Owner)
    } else {
        Membership::Never
    })
}

/// What someone is in a project at this moment, for whoever holds a connection of theirs open: nothing any more where what they
/// showed does not stand any more.
pub async fn role_of(
    (store, entrance): (&Store, &Entrance),
    of: (ActorId, Credential),
    project: ProjectId,
) -> Result<Membership, StoreError> {
    if !store.stands(of.0, of.1).await? {
        Ok(Membership::Ended)
    } else if entrance.open {
        everyone_owns(store, project).await
    } else {
        let membership = store.membership(project, of.0, of.1).await?;
        Ok(match (membership, of.1) {
            (Membership::Is(_), Credential::Token(_, Reach::Read)) => Membership::Is(Role::Viewer),
            (membership, Credential::Token(_, Reach::Read | Reach::Write) | Credential::Session(_)) => membership,
        })
    }
}
