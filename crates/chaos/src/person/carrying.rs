//! What a person does to what stories carry, and to the project besides them.

use super::{LABELS, LINES, Person};
use backlog::settings::Weeks;
use backlog::{
    ActorId, Blocker, Command, Description, Edit, EpicId, EpicWords, Label, Line, Obstacle, PartId, Planning,
    PointScale, Pointed, Priority, Project, Remark, SettingEdit, Story, StoryEdits, Task, Title, Transition, Words,
};
use std::sync::Arc;

impl Person {
    /// Something that a story carries, more, less or different.
    pub(super) fn carried(&mut self, project: &Project, story: &Story) -> Option<Edit> {
        match self.dice.below(10) {
            0..3 => self.task(story),
            3..6 => self.comment(story),
            6 | 7 => self.owner(project),
            8 => self.blocker(story),
            _ => Some(Edit::Priority(
                self.dice.pick(&[None, Some(Priority::P1)]).copied().flatten(),
            )),
        }
    }

    fn task(&mut self, story: &Story) -> Option<Edit> {
        let ids: Vec<PartId> = story.tasks.iter().map(|task| task.id).collect();
        let (one, other) = (self.dice.pick(&ids).copied(), self.dice.pick(&ids).copied());
        Some(match (self.dice.below(5), one) {
            (0, Some(id)) => Edit::TaskTicked {
                id,
                done: self.dice.percent(70),
            },
            (1, Some(id)) => Edit::TaskMoved { id, after: other },
            (2, Some(id)) => Edit::TaskRemoved(id),
            (_, _) => {
                let task = Task {
                    id: PartId(self.dice.bits()),
                    text: Line::new(&self.words("Task")).ok()?,
                    done: false,
                };
                Edit::TaskAdded { task, after: other }
            }
        })
    }

    fn comment(&mut self, story: &Story) -> Option<Edit> {
        let ids: Vec<PartId> = story.comments.iter().map(|comment| comment.id).collect();
        let one = self.dice.pick(&ids).copied();
        let text = Words::new(&self.words("Comment")).ok()?;
        // Someone else's cannot be changed; that is refused.
        Some(match (self.dice.below(6), one) {
            (0, Some(id)) => Edit::CommentReworded(Remark { id, text }),
            (1, Some(id)) => Edit::CommentRemoved(id),
            (2, Some(id)) => Edit::CommentRestored(id),
            (_, _) => {
                let id = PartId(self.dice.bits());
                Edit::CommentAdded(Remark { id, text })
            }
        })
    }

    fn owner(&mut self, project: &Project) -> Option<Edit> {
        let people: Vec<ActorId> = project.people().keys().copied().collect();
        let person = *self.dice.pick(&people)?;
        Some(match self.dice.percent(60) {
            true => Edit::OwnerAdded(person),
            false => Edit::OwnerRemoved(person),
        })
    }

    fn blocker(&mut self, story: &Story) -> Option<Edit> {
        let ids: Vec<PartId> = story.blockers.iter().map(|blocker| blocker.id).collect();
        let one = self.dice.pick(&ids).copied();
        Some(Edit::BlockerPut(Blocker {
            id: one.unwrap_or(PartId(self.dice.bits())),
            what: Obstacle::Text(Line::new(self.dice.pick(&LINES)?).ok()?),
            resolved: self.dice.percent(40),
        }))
    }

    /// Several stories at once.
    pub(super) fn several(&mut self, stories: &[Arc<Story>]) -> Option<Command> {
        let (one, other) = (self.dice.pick(stories)?.id, self.dice.pick(stories)?.id);
        let mut chosen = vec![one, other];
        chosen.dedup();
        if self.dice.percent(50) {
            let transition = Transition::Start;
            return Some(Command::TransitionStories {
                stories: chosen,
                transition,
            });
        }
        let label = self.label()?;
        let edits = chosen.into_iter().map(|id| StoryEdits {
            id,
            edits: vec![Edit::LabelAdded(label.clone())],
        });
        Some(Command::EditStories {
            stories: edits.collect(),
        })
    }

    /// How the project plans, or its epics.
    pub(super) fn framing(&mut self, project: &Project) -> Option<Command> {
        let ids: Vec<EpicId> = project.epics().iter().map(|epic| epic.id).collect();
        let (one, other) = (self.dice.pick(&ids).copied(), self.dice.pick(&ids).copied());
        Some(match (self.dice.below(8), one) {
            (0, Some(id)) => Command::RemoveEpic { id },
            (1, Some(id)) => Command::MoveEpic {
                id,
                after: other.filter(|other| *other != id),
            },
            (2..5, _) => Command::PutEpic {
                id: one
                    .filter(|_| self.dice.percent(40))
                    .unwrap_or(EpicId(self.dice.bits())),
                words: EpicWords {
                    name: Title::new(&self.words("Epic")).ok()?,
                    label: Label::new(self.dice.pick(&LABELS)?).ok()?,
                    description: Description::default(),
                },
            },
            (_, _) => Command::EditSettings {
                edits: vec![self.setting()?],
            },
        })
    }

    fn setting(&mut self) -> Option<SettingEdit> {
        Some(match self.dice.below(7) {
            0 => SettingEdit::Scale(PointScale::Fibonacci),
            1 => SettingEdit::Scale(PointScale::Linear),
            2 => SettingEdit::Pointed(Pointed::FeaturesBugsAndChores),
            3 => SettingEdit::Pointed(Pointed::Features),
            4 => SettingEdit::Planning(Planning::Manual),
            5 => SettingEdit::Planning(Planning::Automatic),
            _ => SettingEdit::IterationWeeks(Weeks::new(1 + self.dice.below(4) as u16).ok()?),
        })
    }
}
