//! Who sits in front of a client: looks at what it shows and decides what to do next. Few stories and many hands, so that commands
//! collide. Knows the project as it is seen; nothing of servers.

mod carrying;

use crate::dice::Dice;
use backlog::command::NewStory;
use backlog::{
    Command, Description, Edit, Estimate, Label, Name, Panel, PartId, Project, Remark, Story, StoryId, StoryType,
    Title, Transition, Words,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// From so many stories on more are deleted than created.
const MANY: usize = 60;
const LABELS: [&str; 5] = ["shop", "checkout", "mail", "launch", "accounts"];
const LINES: [&str; 6] = [
    "As a visitor I want it quick.",
    "It must work without a network.",
    "Ask the office first.",
    "The figures are in the shared folder.",
    "Only on Mondays.",
    "See the other story.",
];
const TYPES: [StoryType; 4] = [StoryType::Feature, StoryType::Bug, StoryType::Chore, StoryType::Release];

/// A person, with a source of ideas.
#[derive(Clone, Debug)]
pub struct Person {
    dice: Dice,
    name: String,
    turn: u32,
}

impl Person {
    /// A person who signs what they write with that name.
    pub fn new(name: String, dice: Dice) -> Person {
        Person { dice, name, turn: 0 }
    }

    /// The person's own chance, for what is not a command.
    pub fn dice(&mut self) -> &mut Dice {
        &mut self.dice
    }

    /// What the person wants done to what they see; none where nothing comes to mind.
    pub fn wish(&mut self, project: &Project) -> Option<Command> {
        self.turn += 1;
        let stories: Vec<Arc<Story>> = [Panel::Backlog, Panel::Icebox]
            .into_iter()
            .flat_map(|panel| project.order(panel))
            .map(|slot| project.at(slot).clone())
            .collect();
        let Some(story) = self.dice.pick(&stories).cloned() else {
            return self.create(&stories);
        };
        match self.dice.below(100) {
            0..16 if stories.len() < MANY => self.create(&stories),
            0..38 => Some(Command::EditStory {
                id: story.id,
                edits: self.edits(&story)?,
            }),
            38..54 => Some(Command::EditStory {
                id: story.id,
                edits: vec![self.carried(project, &story)?],
            }),
            54..68 => self.step(&story),
            68..82 => self.move_some(&story, &stories),
            82..86 => self.several(&stories),
            86..90 => self.framing(project),
            90..96 => Some(Command::DeleteStories {
                stories: vec![story.id],
            }),
            96..98 => Some(Command::RestoreStories {
                stories: vec![story.id],
            }),
            _ => Some(Command::RenameProject {
                name: Name::new(&self.words("Project")).ok()?,
            }),
        }
    }

    fn words(&self, of: &str) -> String {
        format!("{of} by {} {}", self.name, self.turn)
    }

    fn create(&mut self, stories: &[Arc<Story>]) -> Option<Command> {
        let story_type = *self.dice.pick(&TYPES)?;
        let panel = self.panel();
        let after = self.dice.pick(stories).filter(|story| story.panel() == panel);
        let estimate = story_type.awaits_estimate().then(|| self.estimate());
        Some(Command::CreateStory(NewStory {
            id: StoryId(self.dice.bits()),
            title: Title::new(&self.words("Story")).ok()?,
            story_type,
            panel,
            after: after.map(|story| story.id),
            estimate,
            description: Description::new(&LINES.join("\n")).ok()?,
            labels: BTreeSet::new(),
        }))
    }

    fn edits(&mut self, story: &Story) -> Option<Vec<Edit>> {
        let edit = match self.dice.below(10) {
            0..4 => Edit::Title(Title::new(&self.words("Title")).ok()?),
            4..7 => Edit::DescriptionRevised {
                from: story.description.clone(),
                to: self.rewritten(&story.description)?,
            },
            7 if story.story_type.awaits_estimate() => Edit::Estimate(Some(self.estimate())),
            7 | 8 => Edit::LabelAdded(self.label()?),
            _ => Edit::LabelRemoved(self.label()?),
        };
        Some(vec![edit])
    }

    /// The text with one line changed, or one more.
    fn rewritten(&mut self, text: &Description) -> Option<Description> {
        let words = self.words("Line");
        let mut lines: Vec<&str> = text.as_str().lines().collect();
        let place = self.dice.below(lines.len() + 1);
        match lines.get_mut(place) {
            Some(line) => *line = &words,
            None => lines.push(&words),
        }
        Description::new(&lines.join("\n")).ok()
    }

    fn step(&mut self, story: &Story) -> Option<Command> {
        let transition = *self.dice.pick(story.transitions())?;
        let remark = Remark {
            id: PartId(self.dice.bits()),
            text: Words::new(&self.words("Reason")).ok()?,
        };
        Some(Command::TransitionStory {
            id: story.id,
            transition,
            comment: (transition == Transition::Reject).then_some(remark),
        })
    }

    fn move_some(&mut self, story: &Story, stories: &[Arc<Story>]) -> Option<Command> {
        let panel = self.panel();
        let after = self.dice.pick(stories).filter(|other| other.id != story.id);
        Some(Command::MoveStories {
            stories: vec![story.id],
            panel,
            after: after.map(|story| story.id),
            current: self.dice.percent(20).then(|| self.dice.percent(50)),
        })
    }

    fn panel(&mut self) -> Panel {
        match self.dice.percent(70) {
            true => Panel::Backlog,
            false => Panel::Icebox,
        }
    }

    fn estimate(&mut self) -> Estimate {
        Estimate(self.dice.below(4) as u16)
    }

    fn label(&mut self) -> Option<Label> {
        Label::new(self.dice.pick(&LABELS)?).ok()
    }
}
