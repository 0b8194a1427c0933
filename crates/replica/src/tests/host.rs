//! Plays the server: the shipping ledger, and beside it the memory of mutation ids.

use backlog::access::may;
use backlog::api::{Beacon, Fate, Outcome, SyncAnswer, SyncRequest};
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Description, Edit, Epoch, Ledger, Mid, Millis, Name, Panel, Project, ProjectId, Recorded,
    Rejection, Role, Sent, StoryId, StoryType, Title, Version,
};
use std::collections::HashMap;

#[derive(Clone)]
pub(super) struct Host {
    pub(super) ledger: Ledger,
    pub(super) history: Vec<Recorded>,
    pub(super) epoch: Epoch,
    /// What Ann is; Bob is an owner.
    pub(super) role: Role,
    rejections: HashMap<Mid, Rejection>,
}

#[expect(non_snake_case, reason = "people are constants in all but syntax")]
pub(super) fn ANN() -> Actor {
    Actor {
        id: ActorId(Bits128(1)),
        name: Name::new("Ann").expect("a name"),
    }
}

#[expect(non_snake_case, reason = "people are constants in all but syntax")]
pub(super) fn BOB() -> Actor {
    Actor {
        id: ActorId(Bits128(2)),
        name: Name::new("Bob").expect("a name"),
    }
}

pub(super) fn mid(n: u128) -> Mid {
    Mid(Bits128(n))
}

pub(super) fn story_id(n: u128) -> StoryId {
    StoryId(Bits128(n))
}

pub(super) fn create(n: u128, title: &str) -> Command {
    Command::CreateStory(NewStory {
        id: story_id(n),
        title: Title::new(title).expect("a title"),
        story_type: StoryType::Feature,
        panel: Panel::Icebox,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    })
}

pub(super) fn retitle(n: u128, title: &str) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::Title(Title::new(title).expect("a title"))],
    }
}

impl Host {
    pub(super) fn new() -> Host {
        let name = Name::new("Test").expect("a name");
        let ledger = Ledger::new(ProjectId(Bits128(1)), Project::new(name, Millis(0)));
        Host {
            ledger,
            history: Vec::new(),
            epoch: Epoch(Bits128(0)),
            role: Role::Owner,
            rejections: HashMap::new(),
        }
    }

    /// Someone does something that the rules allow. Mutation ids of others are far from those of the page.
    pub(super) fn does(&mut self, n: u128, command: Command, by: &Actor) -> Recorded {
        let sent = Sent {
            mid: mid(1_000_000 + n),
            base: self.ledger.version().rev,
            command,
        };
        let recorded = self
            .ledger
            .enter(&sent, by, Millis(n as i64))
            .expect("the rules allow it");
        self.history.push(recorded.clone());
        recorded
    }

    pub(super) fn beacon(&self) -> Beacon {
        let Version { rev, hash } = self.ledger.version();
        Beacon {
            rev,
            hash,
            digest: self.ledger.project().digest(),
        }
    }

    pub(super) fn answer(&mut self, request: &SyncRequest, by: &Actor) -> SyncAnswer {
        for sent in &request.commands {
            let seen = self.fate(sent.mid) != Fate::Unknown;
            if seen {
                continue;
            }
            let allowed = may(self.role, &sent.command, self.ledger.project(), by.id);
            match allowed.and_then(|()| self.ledger.enter(sent, by, Millis(0))) {
                Ok(recorded) => self.history.push(recorded),
                Err(reason) => {
                    self.rejections.insert(sent.mid, reason);
                }
            }
        }
        let asked = request
            .commands
            .iter()
            .map(|sent| sent.mid)
            .chain(request.ask.iter().copied());
        let outcomes = asked
            .map(|mid| Outcome {
                mid,
                fate: self.fate(mid),
            })
            .collect();
        let known = |since: &Version| {
            since.rev == 0
                || self
                    .history
                    .get(since.rev as usize - 1)
                    .is_some_and(|at| at.hash == since.hash)
        };
        let (changes, reset) = match request.since.filter(|_| !request.full) {
            Some(since) if known(&since) => (self.history[since.rev as usize..].to_vec(), false),
            Some(_) => (Vec::new(), true),
            None => (Vec::new(), false),
        };
        let Version { rev, hash } = self.ledger.version();
        let snapshot = request.full.then(|| Box::new(self.ledger.project().snapshot()));
        let digest = self.ledger.project().digest();
        SyncAnswer {
            epoch: self.epoch,
            rev,
            hash,
            digest,
            role: self.role,
            changes,
            outcomes,
            snapshot,
            reset,
        }
    }

    fn fate(&self, mid: Mid) -> Fate {
        match (self.history.iter().find(|at| at.mid == mid), self.rejections.get(&mid)) {
            (Some(at), _) => Fate::Applied(at.rev),
            (None, Some(reason)) => Fate::Rejected(reason.clone()),
            (None, None) => Fate::Unknown,
        }
    }
}
