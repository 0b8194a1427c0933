//! People who come to a project, go, or are something else in it from now on, inside the writer's transaction: the membership, what the
//! project's history says of it and the invitation that is used up become true together or not at all. Knows memberships and what the
//! project remembers of people; never sessions.

use super::{Verdict, Work};
use crate::access::Footing;
use crate::ambient;
use crate::projects::{Author, People, ProjectsError, Unmoved};
use crate::store::StoreError;
use backlog::id::Bits128;
use backlog::service;
use backlog::{Actor, ActorId, Command, Mid, ProjectId, Role, Sent};
use std::collections::HashMap;

/// Whether it was done.
type Moved = Result<Result<(), Unmoved>, StoreError>;

impl Work {
    /// Does to the people of a project what is asked, or says why not.
    pub(super) async fn people(&mut self, id: ProjectId, people: &People) -> Result<Verdict, StoreError> {
        let moved = match people {
            People::Admit { who, invitation } => self.admit(id, who, *invitation).await?,
            People::Assign { who, role } => self.assign((id, *who), *role).await?,
            People::Remove { who, by } => self.remove((id, *who), by).await?,
            People::Greet(who) => self.greet(id, who).await?,
        };
        Ok(moved.map(|()| Vec::new()).map_err(ProjectsError::Unmoved))
    }

    /// Makes someone a member, and lets the project know them.
    pub(super) async fn seat(&mut self, id: ProjectId, who: &Actor, role: Role) -> Result<(), StoreError> {
        self.batch.put_member((id, who.id), role, self.at).await?;
        self.moved.push((id, who.id));
        self.tell_membership(id, who, Command::Join { role }).await
    }

    /// Lets someone in by an invitation. Who is in the project as that or more already is in it, however often they come.
    async fn admit(&mut self, id: ProjectId, who: &Actor, invitation: Bits128) -> Moved {
        let seat = self.batch.seat((id, who.id)).await?;
        let held = seat.and_then(|seat| seat.role);
        let Some(offer) = self.batch.offer((id, invitation), self.at).await? else {
            return Ok(Err(Unmoved::InvitationEnded));
        };
        if held >= Some(offer.role) {
            return Ok(Ok(()));
        }
        if !offer.stands {
            return Ok(Err(Unmoved::InvitationEnded));
        }
        // What was decided about someone after the invitation was made is not undone by it.
        let overtaken = seat.is_some_and(|seat| seat.since >= offer.since);
        match held {
            Some(_) if overtaken => return Ok(Ok(())),
            None if overtaken => return Ok(Err(Unmoved::LeftSince)),
            Some(_) => {
                self.batch.put_member((id, who.id), offer.role, self.at).await?;
                self.moved.push((id, who.id));
            }
            None => self.seat(id, who, offer.role).await?,
        }
        if offer.once {
            self.batch.use_up(invitation, self.at).await?;
        }
        Ok(Ok(()))
    }

    /// Makes a member something else.
    async fn assign(&mut self, of: (ProjectId, ActorId), role: Role) -> Moved {
        let held = match self.leaves_it_owned(of).await? {
            Ok(held) => held,
            // An owner who stays one leaves no gap.
            Err(Unmoved::LastOwner) if role == Role::Owner => return Ok(Ok(())),
            Err(unmoved) => return Ok(Err(unmoved)),
        };
        if held != role {
            self.batch.put_member(of, role, self.at).await?;
            self.moved.push(of);
        }
        Ok(Ok(()))
    }

    /// Takes a member out.
    async fn remove(&mut self, of: (ProjectId, ActorId), by: &Actor) -> Moved {
        if let Err(unmoved) = self.leaves_it_owned(of).await? {
            return Ok(Err(unmoved));
        }
        self.batch.end_member(of, self.at).await?;
        self.moved.push(of);
        // A history that never heard of someone, as after a restore, need not hear that they left.
        if self.remembers(of) {
            self.tell_membership(of.0, by, Command::Leave { id: of.1 }).await?;
        }
        Ok(Ok(()))
    }

    /// Lets the project know a member whom its history does not show as one.
    async fn greet(&mut self, id: ProjectId, who: &Actor) -> Moved {
        let seat = self.batch.seat((id, who.id)).await?;
        let Some(role) = seat.and_then(|seat| seat.role) else {
            return Ok(Err(Unmoved::NoMember));
        };
        let project = self.open.get(&id).map(|open| open.ledger.project());
        let left = project.is_some_and(|project| project.has_left(who.id));
        if left || !self.remembers((id, who.id)) {
            self.tell_membership(id, who, Command::Join { role }).await?;
        }
        Ok(Ok(()))
    }

    /// What a member is, where the project keeps an owner without them.
    async fn leaves_it_owned(&mut self, of: (ProjectId, ActorId)) -> Result<Result<Role, Unmoved>, StoreError> {
        let seat = self.batch.seat(of).await?;
        Ok(match seat.and_then(|seat| seat.role) {
            None => Err(Unmoved::NoMember),
            Some(Role::Owner) if !self.batch.has_owner_beside(of).await? => Err(Unmoved::LastOwner),
            Some(role) => Ok(role),
        })
    }

    fn remembers(&self, (id, who): (ProjectId, ActorId)) -> bool {
        let open = self.open.get(&id);
        open.is_some_and(|open| open.ledger.project().people().contains_key(&who))
    }

    /// Enters a command that is the server's own into a project's history.
    async fn tell_membership(&mut self, id: ProjectId, by: &Actor, command: Command) -> Result<(), StoreError> {
        let open = self
            .open
            .get_mut(&id)
            .expect("members come to a project that was opened");
        let sent = Sent {
            mid: Mid(ambient::bits128()),
            base: open.ledger.version().rev,
            command,
        };
        let arrived = service::Arrived {
            author: by,
            role: Role::Owner,
            at: self.at,
            commands: std::slice::from_ref(&sent),
        };
        let steps = service::carry_out_membership(&mut open.ledger, &mut HashMap::new(), arrived);
        let author = Author {
            actor: by.clone(),
            role: Role::Owner,
            footing: Footing::Open,
            socket_id: None,
        };
        for step in steps {
            self.write_down(id, &author, step).await?;
        }
        Ok(())
    }
}
