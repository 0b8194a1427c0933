//! Commands as people give them: of every kind, sound and unsound, on stories that are there, that are gone and that never were.

mod frame;
mod parts;

use crate::random::Dice;
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    ActorId, Command, Description, Edit, Estimate, Label, Name, Panel, Project, Role, State, Story, StoryEdits,
    StoryId, StoryType, Title, Transition,
};
use std::sync::Arc;

/// The most stories of a project, so that a course stays quick.
const MOST_STORIES: usize = 25;

/// What a command is made from.
pub(crate) struct Source<'a> {
    pub(crate) dice: &'a mut Dice,
    /// What the person sees.
    pub(crate) view: Option<&'a Project>,
    /// All stories that there ever were.
    pub(crate) stories: &'a [StoryId],
    /// Makes words that occur once.
    pub(crate) fresh: &'a mut u64,
}

impl Source<'_> {
    pub(crate) fn command(&mut self) -> Command {
        let crowded = self.stories.len() >= MOST_STORIES;
        match self.dice.below(100) {
            0..20 if !crowded => self.new_story(),
            0..42 => self.edit_story(),
            42..52 => self.transition(),
            52..70 => self.movement(),
            70..78 => Command::DeleteStories {
                stories: self.selection(),
            },
            78..84 => Command::RestoreStories {
                stories: self.selection(),
            },
            84..86 => Command::RenameProject { name: self.name() },
            86..90 => self.several(),
            90..97 => self.framing(),
            _ => self.wild(),
        }
    }

    pub(crate) fn new_story(&mut self) -> Command {
        let id = StoryId(self.dice.bits());
        let story_type = self.story_type();
        let after = if self.dice.percent(40) {
            Some(self.story())
        } else {
            None
        };
        Command::CreateStory(NewStory {
            id,
            title: self.title(),
            story_type,
            panel: self.panel(),
            after,
            estimate: (story_type.awaits_estimate() && self.dice.percent(70)).then(|| self.estimate()),
            description: Description::default(),
            labels: Default::default(),
        })
    }

    /// What a client might ask for.
    pub(crate) fn modest(&mut self) -> Command {
        match self.dice.below(10) {
            0..5 if self.stories.len() < MOST_STORIES => Command::CreateStory(NewStory {
                id: StoryId(self.dice.bits()),
                title: self.title(),
                story_type: self.story_type(),
                panel: Panel::Icebox,
                after: None,
                estimate: None,
                description: Description::default(),
                labels: Default::default(),
            }),
            0..7 => Command::EditStory {
                id: self.story(),
                edits: vec![Edit::CommentAdded(self.remark(None))],
            },
            7..9 => Command::EditStory {
                id: self.story(),
                edits: vec![Edit::Title(self.title())],
            },
            _ => Command::TransitionStory {
                id: self.story(),
                transition: Transition::Accept,
                comment: None,
            },
        }
    }

    // What a page would not offer, but anyone can send.
    fn wild(&mut self) -> Command {
        match self.dice.below(6) {
            0 => Command::DeleteStories {
                stories: vec![StoryId(self.dice.bits())],
            },
            1 => {
                let id = self.story();
                Command::MoveStories {
                    stories: vec![id],
                    panel: self.panel(),
                    after: Some(id),
                    current: None,
                }
            }
            2 => Command::EditStory {
                id: self.story(),
                edits: vec![Edit::Estimate(Some(Estimate(77)))],
            },
            3 => Command::DeleteStories { stories: Vec::new() },
            4 => Command::Join { role: Role::Owner },
            _ => Command::Leave {
                id: ActorId(Bits128(1)),
            },
        }
    }

    fn number(&mut self) -> u64 {
        *self.fresh += 1;
        *self.fresh
    }

    fn title(&mut self) -> Title {
        Title::new(&format!("t{}", self.number())).expect("a letter and a number are a title")
    }

    fn name(&mut self) -> Name {
        Name::new(&format!("n{}", self.number())).expect("a letter and a number are a name")
    }

    fn estimate(&mut self) -> Estimate {
        Estimate(*self.dice.pick(&[0, 1, 2, 3]).unwrap_or(&1))
    }

    fn story_type(&mut self) -> StoryType {
        *self.dice.pick(&StoryType::ALL).unwrap_or(&StoryType::Bug)
    }

    fn panel(&mut self) -> Panel {
        if self.dice.percent(65) {
            Panel::Backlog
        } else {
            Panel::Icebox
        }
    }

    fn story(&mut self) -> StoryId {
        let anchors_gone = self.dice.percent(12);
        let stories: &[StoryId] = self.stories;
        let living: Vec<StoryId> = match self.view {
            Some(view) if !anchors_gone => stories.iter().copied().filter(|id| view.story(*id).is_some()).collect(),
            Some(_) | None => stories.to_vec(),
        };
        match self.dice.pick(&living) {
            Some(id) => *id,
            None => StoryId(self.dice.bits()),
        }
    }

    fn seen(&self, id: StoryId) -> Option<&Arc<Story>> {
        self.view.and_then(|view| view.story(id))
    }

    fn selection(&mut self) -> Vec<StoryId> {
        let mut stories = vec![self.story()];
        if self.dice.percent(30) {
            let other = self.story();
            if !stories.contains(&other) {
                stories.push(other);
            }
        }
        stories
    }

    fn edit_story(&mut self) -> Command {
        let id = self.story();
        let edits = self.edits(id);
        Command::EditStory { id, edits }
    }

    fn edits(&mut self, id: StoryId) -> Vec<Edit> {
        let count = 1 + self.dice.below(2);
        let edit = |_| match self.dice.percent(45) {
            true => self.part(id),
            false => self.edit(),
        };
        (0..count).map(edit).collect()
    }

    /// Several stories edited or moved on by one command.
    fn several(&mut self) -> Command {
        let stories = self.selection();
        if self.dice.percent(40) {
            let transition = self
                .dice
                .pick(&[Transition::Start, Transition::Finish, Transition::Deliver]);
            let transition = *transition.unwrap_or(&Transition::Start);
            return Command::TransitionStories { stories, transition };
        }
        let edits = |id| StoryEdits {
            id,
            edits: self.edits(id),
        };
        Command::EditStories {
            stories: stories.into_iter().map(edits).collect(),
        }
    }

    fn edit(&mut self) -> Edit {
        match self.dice.below(10) {
            0..4 => Edit::Title(self.title()),
            4..6 => Edit::LabelAdded(self.label()),
            6 => {
                let id = self.story();
                let label = self.seen(id).and_then(|story| story.labels.first().cloned());
                Edit::LabelRemoved(label.unwrap_or_else(|| self.label()))
            }
            7 if self.dice.percent(40) => Edit::Description(self.description()),
            7 => self.revision(),
            8 => Edit::Estimate(if self.dice.percent(80) {
                Some(self.estimate())
            } else {
                None
            }),
            _ => Edit::Type(self.story_type()),
        }
    }

    fn label(&mut self) -> Label {
        Label::new(&format!("l{}", self.number())).expect("a letter and a number are a label")
    }

    // Some are too long for an event.
    fn description(&mut self) -> Description {
        let times = if self.dice.percent(10) { 1_500 } else { 2 };
        let text = format!("word{}\n", self.number()).repeat(times);
        Description::new(&text).expect("lines of words are a description")
    }

    // One line of what was seen is written anew, or one is added: two people who do so at once are merged, or clash.
    fn revision(&mut self) -> Edit {
        let id = self.story();
        if let Some(conflict) = self.seen(id).and_then(|story| story.conflicts.first().cloned()) {
            return Edit::ConflictDropped(conflict);
        }
        let from = self.seen(id).map(|story| story.description.clone()).unwrap_or_default();
        let mut lines: Vec<String> = from.as_str().lines().take(20).map(str::to_owned).collect();
        let line = format!("line {}", self.number());
        match self.dice.below(lines.len() + 2) {
            place if place < lines.len() => lines[place] = line,
            _ => lines.push(line),
        }
        let to = Description::new(&lines.join("\n")).expect("a few lines are a description");
        Edit::DescriptionRevised { from, to }
    }

    fn transition(&mut self) -> Command {
        let id = self.story();
        let open = self.seen(id).map_or(&[][..], |story| story.transitions());
        let transition = self.dice.pick(open).copied().unwrap_or(Transition::Start);
        Command::TransitionStory {
            id,
            transition,
            comment: (transition == Transition::Reject).then(|| self.remark(None)),
        }
    }

    fn movement(&mut self) -> Command {
        let mut stories = self.selection();
        // One that can be moved is worth more than a refusal.
        stories.retain(|id| self.seen(*id).is_some_and(|story| story.state != State::Accepted));
        let after = if self.dice.percent(80) {
            Some(self.anchor())
        } else {
            None
        };
        let after = after.filter(|id| !stories.contains(id));
        Command::MoveStories {
            stories,
            panel: self.panel(),
            after,
            current: self.dice.percent(25).then(|| self.dice.percent(50)),
        }
    }

    // Often one that is deleted, or will be.
    fn anchor(&mut self) -> StoryId {
        match self.dice.pick(self.stories) {
            Some(id) => *id,
            None => StoryId(self.dice.bits()),
        }
    }
}
