//! The language of the scripts: how commands are read, and how changes, rejections, stories and panels are shown.
//!
//! A story is called by a short name, which is also its id. Marks: `a` not started, `a*` in progress, `a!` accepted,
//! `(a)` deleted.

use crate::command::NewStory;
use crate::id::Bits128;
use crate::{
    Change, Command, Day, Description, Edit, Estimate, Label, Millis, Name, Panel, Project, Rejection, Return,
    Returned, State, Story, StoryId, StoryType, Title,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// A project, a replica that hears every change over the wire, and a clock.
pub(crate) struct Bench {
    pub(crate) project: Project,
    replica: Project,
    now: Millis,
}

impl Bench {
    /// A project like `backlog: a! b* c | icebox: d bug:e`; features are estimated at 1 point.
    pub(crate) fn new(given: &str) -> Bench {
        let now = Day(20_000).start();
        let name = Name::new("Bench").unwrap();
        let mut bench = Bench {
            project: Project::new(name.clone(), now),
            replica: Project::new(name, now),
            now,
        };
        for part in given.split('|') {
            let (panel, stories) = part.split_once(':').unwrap_or_else(|| panic!("no panel in {part:?}"));
            let mut last = None;
            for word in stories.split_whitespace() {
                last = Some(bench.place(word, read_word(panel.trim()), last));
            }
        }
        assert_eq!(
            given.matches(['*', '!']).count(),
            show_panels(&bench.project).matches(['*', '!']).count()
        );
        bench
    }

    fn place(&mut self, word: &str, panel: Panel, after: Option<StoryId>) -> StoryId {
        let (story_type, name) = word.split_once(':').unwrap_or(("feature", word));
        let id = id(name.trim_matches(['*', '!']));
        let story_type: StoryType = read_word(story_type);
        let estimate = (story_type == StoryType::Feature).then_some(Estimate(1));
        let mut new = new_story(id, story_type, panel);
        (new.estimate, new.after) = (estimate, after);
        self.carry_out(&Command::CreateStory(new)).unwrap();
        let wanted: &[State] = match name.chars().last() {
            Some('*') => &[State::Started],
            Some('!') => &[State::Accepted],
            _ => &[],
        };
        while !wanted.is_empty() && !wanted.contains(&self.project.story(id).unwrap().state) {
            let transition = self.project.story(id).unwrap().transitions()[0];
            self.carry_out(&Command::TransitionStory { id, transition }).unwrap();
        }
        id
    }

    /// The moment of the last command.
    pub(crate) fn now(&self) -> Millis {
        self.now
    }

    /// Decides and applies, a minute after the last time. The replica hears the change and must agree.
    pub(crate) fn carry_out(&mut self, command: &Command) -> Result<Change, Rejection> {
        self.now = Millis(self.now.0 + 60_000);
        let before = self.project.digest();
        let decided = self.project.decide(command, self.now);
        if let Ok(change) = &decided {
            self.project.apply(change, self.now).unwrap();
            let heard: Change = serde_json::from_str(&serde_json::to_string(change).unwrap()).unwrap();
            self.replica.apply(&heard, self.now).unwrap();
        } else {
            assert_eq!(self.project.digest(), before);
        }
        assert_eq!(self.replica.digest(), self.project.digest());
        assert_eq!(self.replica.snapshot(), self.project.snapshot());
        decided
    }

    /// The texts kept beside a story's description, oldest first.
    pub(crate) fn kept(&self, name: &str) -> String {
        let story = self.project.story(id(name)).expect("it is there");
        story.conflicts.iter().map(show_text).collect::<Vec<_>>().join(" ")
    }

    /// A story in words: number, type, state, estimate, title, labels.
    pub(crate) fn look(&self, name: &str) -> String {
        let Some(story) = self.project.story(id(name)) else {
            return "nothing".into();
        };
        let labels: Vec<&str> = story.labels.iter().map(Label::as_str).collect();
        let points = show_estimate(story.estimate);
        let (kind, state, title) = (
            show_word(&story.story_type),
            show_word(&story.state),
            story.title.as_str(),
        );
        format!(
            "#{} {kind} {state} {points} {title:?} [{}]",
            story.number,
            labels.join(" ")
        )
    }
}

/// A name of at most 16 letters, as the bits of an id.
pub(crate) fn id(name: &str) -> StoryId {
    assert!(
        !name.is_empty() && name.len() <= 16,
        "a name has 1 to 16 letters: {name:?}"
    );
    StoryId(Bits128(name.bytes().fold(0, |bits, byte| bits << 8 | u128::from(byte))))
}

fn name(id: StoryId) -> String {
    id.0.0
        .to_be_bytes()
        .iter()
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(*byte))
        .collect()
}

fn ids(words: &[&str]) -> Vec<StoryId> {
    words.iter().map(|word| id(word)).collect()
}

/// A story to be, called by its id, with nothing else.
pub(crate) fn new_story(id: StoryId, story_type: StoryType, panel: Panel) -> NewStory {
    NewStory {
        id,
        title: Title::new(&name(id)).unwrap(),
        story_type,
        panel,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: BTreeSet::new(),
    }
}

/// Reads `create a feature:2 backlog after b`, `edit a title=b type=bug estimate=none +label -label revised=from>to`, `start a`,
/// `move a b to icebox after c`, `delete a b`, `return a started>unstarted backlog after b, c ..`, `rename Project`.
pub(crate) fn read_command(text: &str) -> Command {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["create", new, story_type, panel, ref rest @ ..] => {
            let (story_type, points) = story_type.split_once(':').unwrap_or((story_type, "none"));
            let mut new = new_story(id(new), read_word(story_type), read_word(panel));
            (new.estimate, new.after) = (read_estimate(points), read_after(rest));
            Command::CreateStory(new)
        }
        ["edit", story, ref edits @ ..] => Command::EditStory {
            id: id(story),
            edits: edits.iter().map(|word| read_edit(word)).collect(),
        },
        ["move", ref rest @ ..] => {
            let to = rest.iter().position(|word| *word == "to").expect("move .. to PANEL");
            let (stories, rest) = (ids(&rest[..to]), &rest[to + 1..]);
            Command::MoveStories {
                stories,
                panel: read_word(rest[0]),
                after: read_after(&rest[1..]),
            }
        }
        ["delete", ref stories @ ..] => Command::DeleteStories { stories: ids(stories) },
        ["restore", ref stories @ ..] => Command::RestoreStories { stories: ids(stories) },
        ["return", ref rest @ ..] => Command::ReturnStories {
            stories: rest.join(" ").split(", ").map(read_return).collect(),
        },
        ["rename", name] => Command::RenameProject {
            name: Name::new(name).unwrap(),
        },
        [transition, story] => Command::TransitionStory {
            id: id(story),
            transition: read_word(transition),
        },
        _ => panic!("not a command: {text:?}"),
    }
}

/// Reads `a started>unstarted backlog after b`.
fn read_return(text: &str) -> Return {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [story, states, panel, ref rest @ ..] = words[..] else {
        panic!("not a story to put back: {text:?}")
    };
    let (seen, state) = states.split_once('>').expect("SEEN>STATE");
    Return {
        id: id(story),
        seen: read_word(seen),
        state: read_word(state),
        panel: read_word(panel),
        after: read_after(rest),
    }
}

fn read_edit(word: &str) -> Edit {
    let label = |text: &str| Label::new(text).unwrap();
    match (word.split_at(1), word.split_once('=')) {
        (("+", text), _) => Edit::LabelAdded(label(text)),
        (("-", text), _) => Edit::LabelRemoved(label(text)),
        (_, Some(("title", text))) => Edit::Title(Title::new(text).unwrap()),
        (_, Some(("type", text))) => Edit::Type(read_word(text)),
        (_, Some(("estimate", text))) => Edit::Estimate(read_estimate(text)),
        (_, Some(("description", text))) => Edit::Description(read_text(text)),
        (_, Some(("revised", texts))) => {
            let (from, to) = texts.split_once('>').expect("revised=FROM>TO");
            Edit::DescriptionRevised {
                from: read_text(from),
                to: read_text(to),
            }
        }
        (_, Some(("kept", text))) => Edit::ConflictKept(read_text(text)),
        (_, Some(("dropped", text))) => Edit::ConflictDropped(read_text(text)),
        _ => panic!("not an edit: {word:?}"),
    }
}

/// A description of several words and lines in one word: `_` is a space, `/` a line end.
pub(crate) fn read_text(word: &str) -> Description {
    Description::new(&word.replace('_', " ").replace('/', "\n")).unwrap()
}

pub(crate) fn show_text(text: &Description) -> String {
    text.as_str().replace(' ', "_").replace('\n', "/")
}

fn read_after(words: &[&str]) -> Option<StoryId> {
    match words {
        [] => None,
        ["after", anchor] => Some(id(anchor)),
        _ => panic!("not an anchor: {words:?}"),
    }
}

fn read_estimate(text: &str) -> Option<Estimate> {
    (text != "none").then(|| Estimate(text.parse().expect("points")))
}

/// A value whose wire form is one word.
pub(crate) fn read_word<T: DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(word.into()).unwrap_or_else(|e| panic!("{word:?}: {e}"))
}

/// The wire form of a value that is one word.
pub(crate) fn show_word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .expect("one word")
        .to_owned()
}

pub(crate) fn show_estimate(estimate: Option<Estimate>) -> String {
    estimate.map_or("unestimated".into(), |estimate| format!("{}pt", estimate.0))
}

pub(crate) fn show_after(after: Option<StoryId>) -> String {
    after.map_or("at the top".into(), |anchor| format!("after {}", name(anchor)))
}

fn show_names(stories: &[StoryId]) -> String {
    stories.iter().map(|story| name(*story)).collect::<Vec<_>>().join(" ")
}

/// A change in words.
pub(crate) fn show_change(change: &Change) -> String {
    match change {
        Change::StoryCreated { story, after } => format!("created {} {}", name(story.id), show_after(*after)),
        Change::StoryEdited { id, edits } => {
            let edits: Vec<String> = edits.iter().map(show_edit).collect();
            format!("edited {} {}", name(*id), edits.join(" ")).trim().to_owned()
        }
        Change::StoryTransitioned { id, state } => format!("transitioned {} {}", name(*id), show_word(state)),
        Change::StoryMoved { stories, panel, after } => {
            format!(
                "moved {} to {} {}",
                show_names(stories),
                show_word(panel),
                show_after(*after)
            )
        }
        Change::StoryDeleted { stories } => format!("deleted {}", show_names(stories)),
        Change::StoryRestored { stories } => format!("restored {}", show_names(stories)),
        Change::StoryReturned { stories } => {
            let show = |one: &Returned| format!("{} {} {}", name(one.id), show_word(&one.state), show_after(one.after));
            format!("returned {}", stories.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        Change::ProjectRenamed { name } => format!("renamed {}", name.as_str()),
    }
}

fn show_edit(edit: &Edit) -> String {
    match edit {
        Edit::Title(title) => format!("title={}", title.as_str()),
        Edit::Type(story_type) => format!("type={}", show_word(story_type)),
        Edit::Estimate(estimate) => format!("estimate={}", estimate.map_or("none".into(), |e| e.0.to_string())),
        Edit::Description(text) => format!("description={}", show_text(text)),
        Edit::DescriptionRevised { from, to } => format!("revised={}>{}", show_text(from), show_text(to)),
        Edit::ConflictKept(text) => format!("kept={}", show_text(text)),
        Edit::ConflictDropped(text) => format!("dropped={}", show_text(text)),
        Edit::LabelAdded(label) => format!("+{}", label.as_str()),
        Edit::LabelRemoved(label) => format!("-{}", label.as_str()),
    }
}

/// A rejection in words: `rejected closed-transition finish unstarted`.
pub(crate) fn show_rejection(rejection: &Rejection) -> String {
    let words = match rejection {
        Rejection::UnknownStory
        | Rejection::DeletedStory
        | Rejection::UnknownAnchor
        | Rejection::AnchorMoves
        | Rejection::BadSelection
        | Rejection::TooManyEdits
        | Rejection::Unestimated
        | Rejection::AlreadyAccepted
        | Rejection::ConflictAsked
        | Rejection::Overtaken
        | Rejection::Other => show_word(rejection),
        Rejection::ClosedTransition { transition, state } => {
            format!("closed-transition {} {}", show_word(transition), show_word(state))
        }
        Rejection::NotEstimable { story_type } => format!("not-estimable {}", show_word(story_type)),
        Rejection::OffScale { estimate } => format!("off-scale {}", estimate.0),
        Rejection::ImpossiblePanel { state, panel } => {
            format!("impossible-panel {} {}", show_word(state), show_word(panel))
        }
        Rejection::ImpossibleType { story_type, state } => {
            format!("impossible-type {} {}", show_word(story_type), show_word(state))
        }
    };
    format!("rejected {words}")
}

/// Both panels in order, deleted stories too.
pub(crate) fn show_panels(project: &Project) -> String {
    let stories = project.snapshot().stories;
    let panel = |panel| {
        let names: Vec<String> = stories
            .iter()
            .filter(|s| s.panel() == panel)
            .map(|s| show_story(s))
            .collect();
        names.join(" ")
    };
    let shown = format!("backlog: {} | icebox: {}", panel(Panel::Backlog), panel(Panel::Icebox));
    shown.replace("  ", " ").trim().to_owned()
}

fn show_story(story: &Story) -> String {
    let mark = match story.state {
        State::Unscheduled | State::Unstarted => "",
        State::Started | State::Finished | State::Delivered | State::Rejected => "*",
        State::Accepted => "!",
    };
    match story.deleted {
        true => format!("({}{mark})", name(story.id)),
        false => format!("{}{mark}", name(story.id)),
    }
}
