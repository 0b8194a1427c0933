//! Commands about a project itself: settings, epics, saved searches, imports.

use super::Source;
use backlog::settings::{Strength, Weeks};
use backlog::{
    Actor, ActorId, Command, Description, Epic, EpicId, EpicWords, Import, ImportId, Label, Millis, Person, Planning,
    PointScale, Pointed, Project, Query, SearchId, SettingEdit, State, Story, StoryId, StoryType,
};

impl Source<'_> {
    /// A command about the project itself.
    pub(super) fn framing(&mut self) -> Command {
        match self.dice.below(10) {
            0..4 => Command::EditSettings {
                edits: vec![self.setting()],
            },
            4..7 => self.about_epic(),
            7 => self.about_search(),
            _ => self.about_import(),
        }
    }

    fn setting(&mut self) -> SettingEdit {
        let weeks = |weeks| Weeks::new(weeks).expect("between 1 and 4");
        let iteration = 1 + self.dice.below(4) as u32;
        match self.dice.below(7) {
            0 => SettingEdit::Scale(PointScale::Fibonacci),
            1 => SettingEdit::Scale(PointScale::Linear),
            2 => SettingEdit::Pointed(*self.dice.pick(&POINTED).unwrap_or(&Pointed::Features)),
            3 => SettingEdit::Planning(*self.dice.pick(&PLANNING).unwrap_or(&Planning::Automatic)),
            4 => SettingEdit::IterationWeeks(weeks(1 + self.dice.below(4) as u16)),
            5 => SettingEdit::Length {
                iteration,
                weeks: self.dice.percent(60).then(|| weeks(2)),
            },
            _ => SettingEdit::Strength {
                iteration,
                strength: Strength::new(self.dice.below(201) as u16).ok(),
            },
        }
    }

    fn about_epic(&mut self) -> Command {
        let epics = self.view.map_or(&[][..], Project::epics);
        let one = self.dice.pick(epics).map(|epic| epic.id);
        let other = self.dice.pick(epics).map(|epic| epic.id);
        match (self.dice.below(10), one) {
            (0..2, Some(id)) => Command::RemoveEpic { id },
            (2..5, Some(id)) => Command::MoveEpic {
                id,
                after: other.filter(|other| *other != id),
            },
            (5..7, Some(id)) => Command::PutEpic {
                id,
                words: self.epic_words(),
            },
            _ => Command::PutEpic {
                id: EpicId(self.dice.bits()),
                words: self.epic_words(),
            },
        }
    }

    // Few labels, so that they are taken.
    fn epic_words(&mut self) -> EpicWords {
        let label = format!("e{}", self.dice.below(6));
        EpicWords {
            name: self.title(),
            label: Label::new(&label).expect("a letter and a number are a label"),
            description: Description::default(),
        }
    }

    fn about_search(&mut self) -> Command {
        let searches = self.view.map_or(&[][..], Project::searches);
        let one = self.dice.pick(searches).map(|search| search.id);
        match (self.dice.below(3), one) {
            (0, Some(id)) => Command::RemoveSearch { id },
            (_, one) => Command::SaveSearch {
                id: one.unwrap_or_else(|| SearchId(self.dice.bits())),
                name: self.line(),
                query: Query::new("label:a").expect("a line of words is a search"),
            },
        }
    }

    fn about_import(&mut self) -> Command {
        let imports = self.view.map_or(&[][..], Project::imports);
        let one = self.dice.pick(imports).map(|import| import.id);
        match (self.dice.below(3), one) {
            (0, Some(id)) => Command::DeleteImport { id },
            (1, Some(id)) => Command::RestoreImport { id },
            _ => Command::ImportStories(Box::new(self.import())),
        }
    }

    // Of one story to three; now and then one contradicts itself.
    fn import(&mut self) -> Import {
        let person = Actor {
            id: ActorId(self.dice.bits()),
            name: self.name(),
        };
        let count = 1 + self.dice.below(3);
        let stories = (0..count).map(|_| self.imported(&person)).collect();
        let epics = match self.dice.percent(50) {
            true => vec![Epic {
                id: EpicId(self.dice.bits()),
                number: 0,
                origin: Some(1),
                words: self.epic_words(),
                created_at: Millis(1),
            }],
            false => Vec::new(),
        };
        Import {
            id: ImportId(self.dice.bits()),
            people: vec![Person {
                id: person.id,
                name: person.name,
            }],
            scale: self.dice.percent(20).then_some(PointScale::PowersOfTwo),
            epics,
            stories,
        }
    }

    fn imported(&mut self, owner: &Actor) -> Story {
        let states = [State::Unscheduled, State::Unstarted, State::Started, State::Accepted];
        let state = *self.dice.pick(&states).unwrap_or(&State::Unstarted);
        let story_type = self.story_type();
        let id = StoryId(self.dice.bits());
        Story {
            owners: vec![owner.id],
            estimate: (story_type == StoryType::Feature).then_some(backlog::Estimate(2)),
            accepted_at: (state == State::Accepted).then(|| Millis(self.dice.below(1_000_000) as i64)),
            ..Story::new(id, self.title(), (story_type, state), Millis(1))
        }
    }
}

const POINTED: [Pointed; 2] = [Pointed::Features, Pointed::FeaturesBugsAndChores];
const PLANNING: [Planning; 2] = [Planning::Automatic, Planning::Manual];
