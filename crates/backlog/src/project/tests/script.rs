//! The language of the scripts: a project as it is given, who does what, and how it looks afterwards. How commands are read stands
//! in `reading`, how changes and rejections are shown in `showing`.
//!
//! Everything is called by a short name, which is also its id: stories, people, parts, epics. Marks: `a` not started, `a*` in
//! progress, `a!` accepted, `(a)` deleted. A line is Ada's, unless it begins with a person: `bo: start a`.

mod edits;
mod frame;
mod reading;
mod showing;

use crate::command::NewStory;
use crate::id::Bits128;
use crate::{
    Actor, ActorId, Change, Command, Day, Description, Estimate, Hand, Label, Millis, Name, Panel, Project, Rejection,
    State, Story, StoryId, StoryType, Title,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) use edits::{read_edit, read_text, show_edit, show_edits, show_text};
pub(crate) use reading::{read_command, read_remark, read_word};
pub(crate) use showing::{show_after, show_change, show_estimate, show_parts, show_rejection, show_word};

/// A project, a replica that hears every change over the wire, and a clock.
pub(crate) struct Bench {
    pub(crate) project: Project,
    replica: Project,
    now: Millis,
}

impl Bench {
    /// A project like `backlog: a! b* c | icebox: d bug:e`; features are estimated at 1 point, all was done by Ada.
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
            let comment = None;
            self.carry_out(&Command::TransitionStory {
                id,
                transition,
                comment,
            })
            .unwrap();
        }
        id
    }

    /// The moment of the last command.
    pub(crate) fn now(&self) -> Millis {
        self.now
    }

    /// Carries out a line of a script, like `start a` or `bo: start a`.
    pub(crate) fn say(&mut self, line: &str) -> Result<Change, Rejection> {
        let (person, command) = read_said(line);
        self.carry_out_by(&person, &command)
    }

    /// Carries out a command of Ada's.
    pub(crate) fn carry_out(&mut self, command: &Command) -> Result<Change, Rejection> {
        self.carry_out_by(&person("ada"), command)
    }

    /// Decides and applies, a minute after the last time. The replica hears the change and must agree.
    pub(crate) fn carry_out_by(&mut self, by: &Actor, command: &Command) -> Result<Change, Rejection> {
        self.now = Millis(self.now.0 + 60_000);
        let hand = Hand { by, at: self.now };
        let before = self.project.digest();
        let decided = self.project.decide(command, hand);
        if let Ok(change) = &decided {
            self.project.apply(change, hand).unwrap();
            let heard: Change = serde_json::from_str(&serde_json::to_string(change).unwrap()).unwrap();
            self.replica.apply(&heard, hand).unwrap();
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

    /// What a story carries besides: people, priority, deadline, tasks and the other parts.
    pub(crate) fn parts(&self, name: &str) -> String {
        show_parts(self.project.story(id(name)).expect("it is there"))
    }
}

/// Reads who says what: `bo: start a`; without a person it is Ada.
pub(crate) fn read_said(line: &str) -> (Actor, Command) {
    match line.split_once(": ") {
        Some((name, command)) if !name.contains(' ') => (person(name), read_command(command)),
        Some(_) | None => (person("ada"), read_command(line)),
    }
}

/// A name of at most 16 letters, as the bits of an id.
pub(crate) fn bits(name: &str) -> Bits128 {
    assert!(
        !name.is_empty() && name.len() <= 16,
        "a name has 1 to 16 letters: {name:?}"
    );
    Bits128(name.bytes().fold(0, |bits, byte| bits << 8 | u128::from(byte)))
}

/// The name that such bits are.
pub(crate) fn name_of(bits: Bits128) -> String {
    let letters = bits.0.to_be_bytes().into_iter().filter(|byte| *byte != 0);
    letters.map(char::from).collect()
}

/// The story of that name.
pub(crate) fn id(name: &str) -> StoryId {
    StoryId(bits(name))
}

/// The person of that name.
pub(crate) fn person(name: &str) -> Actor {
    Actor {
        id: ActorId(bits(name)),
        name: Name::new(name).unwrap(),
    }
}

/// Ada's hand at a moment.
pub(crate) fn ada(at: Millis) -> Hand<'static> {
    static ADA: LazyLock<Actor> = LazyLock::new(|| person("ada"));
    Hand { by: &ADA, at }
}

fn name(id: StoryId) -> String {
    name_of(id.0)
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
