//! A story: the unit of work. Its type decides which states it passes through; this file holds that table.

use crate::{
    ActorId, Blocker, Comment, Day, Description, Estimate, ImportId, Label, Link, Millis, Panel, Review, StoryId, Task,
    Title,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A unit of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Story {
    /// Its identity, made by the client that created it.
    pub id: StoryId,
    /// Its number in the project, from 1, as people say it: `#123`.
    pub number: u32,
    /// Its number in the program that it was imported from; people and texts go on calling it that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<u32>,
    /// What it is called.
    pub title: Title,
    /// What kind of work it is.
    #[serde(rename = "type")]
    pub story_type: StoryType,
    /// Where it stands in its life.
    pub state: State,
    /// Its size, where it has been estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// How urgent it is said to be; the order of the backlog says what comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// More words, in Markdown.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub description: Description,
    /// Texts that overlap with the description and wait for someone to look at them, oldest first; at most
    /// [`Story::MAX_CONFLICTS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Description>,
    /// Its labels.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub labels: BTreeSet<Label>,
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<ActorId>,
    /// Who works on it, in the order in which they came; at most [`Story::MAX_OWNERS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<ActorId>,
    /// Who wants to hear of it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub followers: BTreeSet<ActorId>,
    /// Its checklist, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// What was said about it, oldest first; also what was taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// What keeps or kept it from going on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<Blocker>,
    /// Its reviews.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Review>,
    /// What belongs to it elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The last day on which it may be completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// Whether it was put into the current iteration by hand; counts where the project plans by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub current: bool,
    /// When it was created.
    pub created_at: Millis,
    /// When it was first started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Millis>,
    /// When it was accepted; set exactly while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Millis>,
    /// The import that brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
    /// A deleted story keeps its place, so that what was ordered after it still finds it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

fn is_empty(description: &Description) -> bool {
    description.as_str().is_empty()
}

impl Story {
    /// The most texts kept beside the description. The oldest makes room for one more; the history still has it.
    pub const MAX_CONFLICTS: usize = 10;
    /// The most people who own it.
    pub const MAX_OWNERS: usize = 5;
    /// The most labels.
    pub const MAX_LABELS: usize = 100;
    /// The most people who follow it.
    pub const MAX_FOLLOWERS: usize = 500;
    /// The most parts of one kind: tasks, comments, blockers, reviews, links.
    pub const MAX_PARTS: usize = 1_000;

    /// A story of that type in that state, with nothing else said about it, and no number yet.
    pub fn new(id: StoryId, title: Title, (story_type, state): (StoryType, State), created_at: Millis) -> Story {
        Story {
            id,
            number: 0,
            origin: None,
            title,
            story_type,
            state,
            estimate: None,
            priority: None,
            description: Description::default(),
            conflicts: Vec::new(),
            labels: BTreeSet::new(),
            requester: None,
            owners: Vec::new(),
            followers: BTreeSet::new(),
            tasks: Vec::new(),
            comments: Vec::new(),
            blockers: Vec::new(),
            reviews: Vec::new(),
            links: Vec::new(),
            deadline: None,
            current: false,
            created_at,
            started_at: None,
            accepted_at: None,
            import: None,
            deleted: false,
        }
    }

    /// The panel that holds it.
    pub fn panel(&self) -> Panel {
        self.state.panel()
    }

    /// The comments that were not taken back, oldest first.
    pub fn said(&self) -> impl DoubleEndedIterator<Item = &Comment> {
        self.comments.iter().filter(|comment| !comment.removed)
    }

    /// What its buttons offer, the first being the usual one.
    pub fn transitions(&self) -> &'static [Transition] {
        self.story_type.transitions(self.state)
    }
}

/// What kind of work a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StoryType {
    /// Worth to a user; estimated before it can be started.
    Feature,
    /// A defect.
    Bug,
    /// Needed work without direct worth to a user.
    Chore,
    /// A marker: what stands above it ships with it.
    Release,
}

impl StoryType {
    /// All types, in the order in which they are offered.
    pub const ALL: [StoryType; 4] = [StoryType::Feature, StoryType::Bug, StoryType::Chore, StoryType::Release];

    /// Whether stories of this type must be estimated before they can be started.
    pub fn awaits_estimate(self) -> bool {
        match self {
            StoryType::Feature => true,
            StoryType::Bug | StoryType::Chore | StoryType::Release => false,
        }
    }

    /// Whether a story of this type can be in this state.
    pub fn has_state(self, state: State) -> bool {
        use State::{Accepted, Started, Unscheduled, Unstarted};
        match self {
            StoryType::Feature | StoryType::Bug => true,
            StoryType::Chore => matches!(state, Unscheduled | Unstarted | Started | Accepted),
            StoryType::Release => matches!(state, Unscheduled | Unstarted | Accepted),
        }
    }

    /// The transitions open from a state, the usual one first.
    pub fn transitions(self, state: State) -> &'static [Transition] {
        use Transition::{Accept, Deliver, Finish, Reject, Restart, Start};
        match (self, state) {
            (StoryType::Release, State::Unstarted) => &[Finish],
            (StoryType::Release, _) => &[],
            (_, State::Unscheduled | State::Unstarted) => &[Start],
            (_, State::Started) => &[Finish],
            (_, State::Finished) => &[Deliver],
            (_, State::Delivered) => &[Accept, Reject],
            (_, State::Rejected) => &[Restart],
            (_, State::Accepted) => &[],
        }
    }

    /// The state that a transition leads to. Finishing a chore or a release accepts it: nobody needs to look at it.
    pub fn after(self, transition: Transition) -> State {
        match (self, transition) {
            (StoryType::Chore | StoryType::Release, Transition::Finish) => State::Accepted,
            (_, Transition::Start | Transition::Restart) => State::Started,
            (_, Transition::Finish) => State::Finished,
            (_, Transition::Deliver) => State::Delivered,
            (_, Transition::Accept) => State::Accepted,
            (_, Transition::Reject) => State::Rejected,
        }
    }
}

/// How urgent a story is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Before all else.
    P0,
    /// High.
    P1,
    /// Medium.
    P2,
    /// Low.
    P3,
}

impl Priority {
    /// All priorities, the most urgent first.
    pub const ALL: [Priority; 4] = [Priority::P0, Priority::P1, Priority::P2, Priority::P3];
}

/// Where a story stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// In the icebox: an idea without a place in the order.
    Unscheduled,
    /// In the backlog, not begun.
    Unstarted,
    /// Someone works on it.
    Started,
    /// The work is done.
    Finished,
    /// Those who asked for it can see it.
    Delivered,
    /// They took it.
    Accepted,
    /// They sent it back.
    Rejected,
}

impl State {
    /// The panel that holds stories in this state. The icebox holds what is unscheduled and nothing else.
    pub fn panel(self) -> Panel {
        match self {
            State::Unscheduled => Panel::Icebox,
            State::Unstarted
            | State::Started
            | State::Finished
            | State::Delivered
            | State::Accepted
            | State::Rejected => Panel::Backlog,
        }
    }

    /// The state of a story in this state that is put into a panel: what comes out of the icebox is not started, what goes into
    /// it is not scheduled.
    pub fn put_into(self, panel: Panel) -> State {
        match (self.panel(), panel) {
            (Panel::Icebox, Panel::Backlog) => State::Unstarted,
            (Panel::Backlog, Panel::Icebox) => State::Unscheduled,
            (Panel::Backlog, Panel::Backlog) | (Panel::Icebox, Panel::Icebox) => self,
        }
    }

    /// The backlog's strict order: accepted first, then what is in progress, then what is not started.
    pub fn rank(self) -> u8 {
        match self {
            State::Accepted => 0,
            State::Started | State::Finished | State::Delivered | State::Rejected => 1,
            State::Unstarted | State::Unscheduled => 2,
        }
    }
}

/// A step from one state to another; one click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Transition {
    /// Begin the work.
    Start,
    /// The work is done.
    Finish,
    /// Show it to those who asked for it.
    Deliver,
    /// Take it.
    Accept,
    /// Send it back.
    Reject,
    /// Take up again what was sent back.
    Restart,
}
