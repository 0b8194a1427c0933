//! What really was: every revision that the server ever committed, with the digest of its content, and the chain that it has now.
//! The invariants are judged by it. It follows the history with a ledger of its own and never asks the server.

use crate::agenda::Time;
use crate::breach::{Breach, Invariant};
use crate::store::{Standing, Stored, actor};
use backlog::access::may;
use backlog::project::Project;
use backlog::{Change, Command, Digest, Hash, Ledger, Mid, Panel, Recorded, StoryId, Version};
use std::collections::{HashMap, HashSet};

#[derive(Debug)]
pub(crate) struct Node {
    rev: u64,
    prev: Hash,
    pub(crate) digest: Digest,
    pub(crate) at: Time,
}

/// One project's past and present.
#[derive(Debug)]
pub(crate) struct Truth {
    nodes: HashMap<Hash, Node>,
    // Where each mutation was recorded: once in every history.
    places: HashMap<Mid, Vec<Version>>,
    // The present history's hashes by revision.
    chain: Vec<Hash>,
    ledger: Ledger,
    stories: Vec<StoryId>,
    // Revisions that the server did not have any more at some time.
    lost: HashSet<Hash>,
    // What each person is in the project.
    standings: Vec<Standing>,
}

impl Truth {
    pub(crate) fn new(ledger: Ledger, standings: Vec<Standing>) -> Truth {
        let head = ledger.version();
        let node = Node {
            rev: 0,
            prev: head.hash,
            digest: ledger.project().digest(),
            at: 0,
        };
        Truth {
            nodes: HashMap::from([(head.hash, node)]),
            places: HashMap::new(),
            chain: vec![head.hash],
            ledger,
            stories: Vec::new(),
            lost: HashSet::new(),
            standings,
        }
    }

    /// A change was committed that someone asked for by that command.
    pub(crate) fn record(&mut self, recorded: &Recorded, asked: Option<&Command>, at: Time) -> Result<(), Breach> {
        if self.has(recorded.mid) {
            let what = format!("{:?} took effect again at revision {}", recorded.mid, recorded.rev);
            return Err(Breach::new(Invariant::I2, what));
        }
        self.check_allowed(recorded, asked)?;
        if let Some(Command::MoveStories { panel, after, .. }) = asked {
            self.check_anchor(&recorded.change, (*panel, *after))?;
        }
        // One that the server lost can be created again.
        if matches!(
            recorded.change,
            Change::StoryCreated { .. } | Change::StoriesImported(_)
        ) {
            let came = recorded.change.stories().into_iter();
            let new: Vec<StoryId> = came.filter(|id| !self.stories.contains(id)).collect();
            self.stories.extend(new);
        }
        self.ledger
            .follow(recorded)
            .map_err(|_| Breach::new(Invariant::I1, format!("revision {} does not follow", recorded.rev)))?;
        check_list(self.ledger.project(), &self.stories)?;
        let node = Node {
            rev: recorded.rev,
            prev: recorded.prev,
            digest: self.ledger.project().digest(),
            at,
        };
        self.nodes.insert(recorded.hash, node);
        self.chain.push(recorded.hash);
        self.places.entry(recorded.mid).or_default().push(recorded.version());
        Ok(())
    }

    /// Someone is something else in the project from now on.
    pub(crate) fn seat(&mut self, person: usize, standing: Standing) {
        self.standings[person] = standing;
    }

    /// What someone is in the project.
    pub(crate) fn standing(&self, person: usize) -> Standing {
        self.standings[person]
    }

    /// S2: what someone asked for, the role that they have at this moment allows. What nobody asked for, the server itself says: who
    /// joined and who left.
    fn check_allowed(&self, recorded: &Recorded, asked: Option<&Command>) -> Result<(), Breach> {
        let by = recorded.actor.id;
        let standing = (0..self.standings.len())
            .find(|person| actor(*person).id == by)
            .map(|person| self.standings[person]);
        let role = standing.and_then(Standing::role);
        let allowed = match (asked, role) {
            (Some(command), Some(role)) => may(role, command, self.project(), by).is_ok(),
            (Some(_), None) => false,
            (None, _) => matches!(recorded.change, Change::PersonJoined { .. } | Change::PersonLeft { .. }),
        };
        let what = || format!("revision {} is of someone who is {standing:?}", recorded.rev);
        if allowed {
            Ok(())
        } else {
            Err(Breach::new(Invariant::S2, what()))
        }
    }

    // A story goes after the one it was put after, whether that one lives or not, while both are in one panel.
    fn check_anchor(&self, change: &Change, (panel, asked): (Panel, Option<StoryId>)) -> Result<(), Breach> {
        let project = self.ledger.project();
        let stands_there = |id: &StoryId| project.slot(*id).is_some_and(|slot| project.at(slot).panel() == panel);
        let wanted = asked.filter(stands_there);
        match change {
            Change::StoryMoved { after, .. } if *after != wanted => {
                let what = format!("a story was put after {after:?}, asked was {asked:?}");
                Err(Breach::new(Invariant::I2, what))
            }
            _ => Ok(()),
        }
    }

    /// The server was put back to that present, which that history has led to.
    pub(crate) fn put_back(&mut self, ledger: Ledger, stored: &Stored) {
        let before = self.chain.clone();
        self.chain.truncate(1);
        self.chain.extend(stored.history.iter().map(|recorded| recorded.hash));
        self.standings.clone_from(&stored.standings);
        self.lost
            .extend(before.into_iter().filter(|hash| !self.chain.contains(hash)));
        self.ledger = ledger;
    }

    pub(crate) fn head(&self) -> Version {
        self.ledger.version()
    }

    pub(crate) fn project(&self) -> &Project {
        self.ledger.project()
    }

    pub(crate) fn stories(&self) -> &[StoryId] {
        &self.stories
    }

    pub(crate) fn node(&self, version: Version) -> Option<&Node> {
        self.nodes.get(&version.hash).filter(|node| node.rev == version.rev)
    }

    /// Whether a version is on the present chain.
    pub(crate) fn is_current(&self, version: Version) -> bool {
        self.at(version.rev) == Some(version.hash)
    }

    /// Whether the server was once put back to before that version.
    pub(crate) fn was_lost(&self, version: Version) -> bool {
        self.lost.contains(&version.hash)
    }

    fn at(&self, rev: u64) -> Option<Hash> {
        self.chain.get(usize::try_from(rev).ok()?).copied()
    }

    /// When the revision after that one was committed, on the present chain.
    pub(crate) fn next_at(&self, rev: u64) -> Option<Time> {
        self.nodes.get(&self.at(rev + 1)?).map(|node| node.at)
    }

    /// When a mutation was last recorded.
    pub(crate) fn recorded_at(&self, mid: Mid) -> Option<Time> {
        let place = self.places.get(&mid)?.last()?;
        self.node(*place).map(|node| node.at)
    }

    /// Whether the present history holds a mutation.
    pub(crate) fn has(&self, mid: Mid) -> bool {
        let places = self.places.get(&mid).map_or(&[][..], Vec::as_slice);
        places.iter().any(|place| self.is_current(*place))
    }

    /// Whether a base at that version holds a mutation.
    pub(crate) fn holds(&self, base: Version, mid: Mid) -> bool {
        let places = self.places.get(&mid).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .any(|place| self.ancestor(base, place.rev) == Some(place.hash))
    }

    fn ancestor(&self, of: Version, rev: u64) -> Option<Hash> {
        if rev > of.rev {
            return None;
        }
        let mut at = of;
        while at.rev > rev {
            if self.is_current(at) {
                return self.at(rev);
            }
            at = Version {
                rev: at.rev - 1,
                hash: self.nodes.get(&at.hash)?.prev,
            };
        }
        Some(at.hash)
    }
}

/// I6: the list is a permutation of the stories, in the strict order of priority.
pub(crate) fn check_list(project: &Project, stories: &[StoryId]) -> Result<(), Breach> {
    let listed = project.snapshot().stories;
    let named: HashSet<StoryId> = listed.iter().map(|story| story.id).collect();
    let there = stories.iter().filter(|id| project.slot(**id).is_some()).count();
    if named.len() != listed.len() || there > listed.len() {
        let what = format!("{} places, {} stories listed, {there} there", listed.len(), named.len());
        return Err(Breach::new(Invariant::I6, what));
    }
    let ranks = listed
        .iter()
        .filter(|story| story.panel() == Panel::Backlog)
        .map(|story| story.state.rank());
    if !ranks.is_sorted() {
        return Err(Breach::new(
            Invariant::I6,
            "the backlog is out of its strict order".to_owned(),
        ));
    }
    Ok(())
}
