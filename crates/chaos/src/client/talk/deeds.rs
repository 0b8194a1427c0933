//! What the person in front of a client does: sees to what needs attention, takes back, or does something else.

use super::super::Role;
use super::Talk;
use crate::clock;
use crate::witness::Count;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Mid, Name};
use replica::{Given, Input, Kept, Stage, Undo};
use std::io;

/// So many of the own last commands a person may still take back.
const MIND: usize = 5;

/// How a command belongs to others.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    undoes: Option<Mid>,
    replaces: Option<Mid>,
}

impl Talk {
    /// The person does one thing: sees to what needs attention, takes something back, or does something else.
    pub(super) async fn act(&mut self) -> io::Result<()> {
        if let Some(kept) = self.next_to_see_to() {
            return self.see_to(kept).await;
        }
        let back = self.person.dice().percent(8).then(|| self.regretted()).flatten();
        if let Some(undo) = back {
            for command in undo.commands {
                let links = Links {
                    undoes: Some(undo.mid),
                    replaces: None,
                };
                self.give(command, links).await?;
            }
            self.home.witness.count(Count::TakenBack);
            return Ok(());
        }
        match self.replica.view().and_then(|project| self.person.wish(project)) {
            Some(command) => self.give(command, Links::default()).await,
            None => Ok(()),
        }
    }

    pub(super) fn next_to_see_to(&self) -> Option<Kept> {
        let again = |kept: &&Kept| !self.given_again.contains(&kept.mid);
        match self.home.role {
            Role::Front => self.replica.attention().find(again).cloned(),
            Role::Behind => None,
        }
    }

    /// What a restore took away and the person was offered and has not given again.
    pub(super) fn lost(&self) -> impl Iterator<Item = &Kept> {
        let is_lost = |kept: &&Kept| kept.stage == Stage::Lost && !self.given_again.contains(&kept.mid);
        let front = self.home.role == Role::Front;
        self.replica.attention().filter(is_lost).filter(move |_| front)
    }

    /// What a restore took away is given again; what was refused is thrown away, sooner or later.
    pub(super) async fn see_to(&mut self, kept: Kept) -> io::Result<()> {
        if kept.stage != Stage::Lost {
            return self.tell(Input::Dismissed(kept.mid)).await;
        }
        self.given_again.push(kept.mid);
        self.home.witness.count(Count::GivenAgain);
        let links = Links {
            undoes: None,
            replaces: Some(kept.mid),
        };
        self.give(kept.command, links).await
    }

    /// One of the last own commands, where it can be taken back.
    fn regretted(&mut self) -> Option<Undo> {
        let mid = *self.person.dice().pick(&self.last)?;
        self.replica.undo(mid).ok()
    }

    /// Who the server says that one is; somebody, until it has said so.
    fn me(&self) -> Actor {
        let somebody = || Actor {
            id: ActorId(Bits128(0)),
            name: Name::new("Somebody").expect("a name of eight letters is one"),
        };
        let session = self.session.as_ref();
        session.map_or_else(somebody, |session| session.actor.clone())
    }

    async fn give(&mut self, command: Command, Links { undoes, replaces }: Links) -> io::Result<()> {
        let mid = Mid(self.person.dice().bits());
        self.home.witness.given(self.home.client, mid, &command);
        self.last.push(mid);
        if self.last.len() > MIND {
            self.last.remove(0);
        }
        let given = Given {
            mid,
            command,
            by: self.me(),
            at: clock::now(),
            undoes,
            replaces,
        };
        self.tell(Input::Commanded(given.into())).await
    }
}
