//! What is typed and not yet saved. A draft outlives the closing of its form and every change of others: a field that was
//! not touched follows the story, a field that was keeps its text and says who overtook it.

mod asides;
mod stored;

use super::column::Column;
use super::may::{Deed, Rights};
use super::phrases;
use super::scene::Overtaken;
use super::scene::parts::DescriptionView;
use backlog::command::NewStory;
use backlog::{Command, Description, Edit, Estimate, Label, Name, Problem, Settings, Story, StoryId, StoryType, Title};
use std::collections::BTreeSet;
use std::sync::Arc;

pub use asides::{Asides, Typed, standing};

/// The text of one open or once opened story.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is a draft of.
    pub subject: Subject,
    /// The title as typed.
    pub title: String,
    /// The type as chosen.
    pub story_type: StoryType,
    /// The estimate as chosen.
    pub estimate: Option<Estimate>,
    /// The description as typed.
    pub description: String,
    /// The description that the writing began from. While it differs from the story's, saving merges both.
    pub description_from: String,
    /// Whether the description is read or written in.
    pub view: DescriptionView,
    /// The labels as typed.
    pub labels: String,
    /// The texts that are begun beside these fields; each is sent for itself.
    pub asides: Asides,
    /// Why it could not be saved.
    pub problem: Option<String>,
    /// What others did meanwhile to fields that were touched.
    pub overtaken: Vec<Overtaken>,
    /// Whether it is being saved.
    pub saving: Saving,
    /// Counts what was typed.
    pub edition: u32,
    /// The edition that the device was last told to keep.
    pub asked: u32,
    /// The edition that the device holds.
    pub written: u32,
}

/// Whether a draft's command waits for the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// It does not.
    No,
    /// It does, with this description.
    UnderWay(String),
    /// It does, and was typed in since; the description is the one that was saved.
    TypedSince(String),
}

/// What a draft is of.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A story to be, at the top of a column.
    New(Column),
    /// A story, as it was when the draft last looked.
    Story(Arc<Story>),
}

impl Draft {
    /// An empty form.
    pub fn new(column: Column) -> Draft {
        Draft {
            subject: Subject::New(column),
            title: String::new(),
            story_type: StoryType::Feature,
            estimate: None,
            description: String::new(),
            description_from: String::new(),
            view: DescriptionView::Source,
            labels: String::new(),
            asides: Asides::default(),
            problem: None,
            overtaken: Vec::new(),
            saving: Saving::No,
            edition: 0,
            asked: 0,
            written: 0,
        }
    }

    /// A form that says what the story says.
    pub fn of(story: &Arc<Story>) -> Draft {
        Draft {
            subject: Subject::Story(story.clone()),
            title: story.title.as_str().to_owned(),
            story_type: story.story_type,
            estimate: story.estimate,
            description: story.description.as_str().to_owned(),
            description_from: story.description.as_str().to_owned(),
            view: DescriptionView::of(story.description.as_str()),
            labels: spelled(&story.labels),
            asides: Asides::default(),
            problem: None,
            overtaken: Vec::new(),
            saving: Saving::No,
            edition: 0,
            asked: 0,
            written: 0,
        }
    }

    /// Whether it is of that story.
    pub fn is_of(&self, id: StoryId) -> bool {
        match &self.subject {
            Subject::New(_) => false,
            Subject::Story(story) => story.id == id,
        }
    }

    /// Something was typed or chosen.
    pub fn touched(&mut self) {
        self.problem = None;
        self.edition += 1;
        if let Saving::UnderWay(description) = &mut self.saving {
            self.saving = Saving::TypedSince(std::mem::take(description));
        }
    }

    /// Goes on with a story that was saved while one went on typing.
    pub fn go_on_with(&mut self, story: &Arc<Story>) {
        if let Saving::UnderWay(description) | Saving::TypedSince(description) =
            std::mem::replace(&mut self.saving, Saving::No)
        {
            self.description_from = description;
        }
        self.subject = Subject::Story(story.clone());
        self.overtaken.clear();
        self.edition += 1;
    }

    /// What was typed and chosen, a line for each field that was touched.
    pub fn words(&self) -> String {
        let fields = self.fields().into_iter();
        let asides = self.asides.unsaved().map(|(_, typed)| typed.text.clone());
        fields.chain(asides).collect::<Vec<_>>().join("\n")
    }

    /// What was typed and cannot be saved by someone with these rights; none where all of it can.
    pub fn stranded(&self, rights: Rights) -> Option<String> {
        let kept = |aside| !rights.may(Deed::of_aside(aside));
        let fields = self.fields().into_iter().filter(|_| !rights.may(Deed::Word));
        let asides = self.asides.unsaved().filter(|(aside, _)| kept(*aside));
        let all: Vec<String> = fields.chain(asides.map(|(_, typed)| typed.text.clone())).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// What was typed and chosen in the fields that were touched.
    fn fields(&self) -> Vec<String> {
        let Subject::Story(story) = &self.subject else {
            let fields = [self.title.as_str(), self.description.as_str(), self.labels.as_str()];
            let filled = fields.into_iter().filter(|field| !field.is_empty());
            return filled.map(str::to_owned).collect();
        };
        let fields = [
            (self.title != story.title.as_str()).then(|| self.title.clone()),
            (self.story_type != story.story_type).then(|| phrases::type_word(self.story_type).to_owned()),
            (self.estimate != story.estimate).then(|| phrases::estimate_words(self.estimate)),
            self.is_revised(story).then(|| self.description.clone()),
            (self.labels != spelled(&story.labels)).then(|| self.labels.clone()),
        ];
        fields.into_iter().flatten().collect()
    }

    /// The title of the story that it is of, where that is there.
    pub fn title_of_story(&self) -> Option<String> {
        match &self.subject {
            Subject::New(_) => None,
            Subject::Story(story) => Some(story.title.as_str().to_owned()),
        }
    }

    /// The column of a story to be.
    pub fn column(&self) -> Option<Column> {
        match self.subject {
            Subject::New(column) => Some(column),
            Subject::Story(_) => None,
        }
    }

    /// Whether anything was typed that the story does not say.
    pub fn is_unsaved(&self) -> bool {
        match &self.subject {
            Subject::New(_) => !(self.title.trim().is_empty() && self.description.is_empty() && self.labels.is_empty()),
            Subject::Story(story) => self.differs_from(story) || self.asides.unsaved().next().is_some(),
        }
    }

    /// Whether it holds anything that is nowhere else for certain.
    pub fn is_needed(&self) -> bool {
        self.is_unsaved() || self.asides.are_under_way()
    }

    /// The same texts beside a form that says what the story says, where there are any.
    pub fn left_beside(&self, story: &Arc<Story>) -> Option<Draft> {
        let mut draft = Draft::of(story);
        draft.asides = self.asides.clone();
        draft.edition = self.edition + 1;
        draft.is_needed().then_some(draft)
    }

    fn differs_from(&self, story: &Story) -> bool {
        self.title != story.title.as_str()
            || self.story_type != story.story_type
            || self.estimate != story.estimate
            || self.is_revised(story)
            || self.labels != spelled(&story.labels)
    }

    fn is_revised(&self, story: &Story) -> bool {
        self.description != self.description_from && self.description != story.description.as_str()
    }

    /// The command that saves it; none where there is nothing to save.
    pub fn command(
        &self,
        id: StoryId,
        after: Option<StoryId>,
        (settings, rights): (&Settings, Rights),
    ) -> Result<Option<Command>, Problem> {
        let title = Title::new(&self.title)?;
        let description = Description::new(&self.description)?;
        let labels = labels(&self.labels)?;
        let carries = settings.carries_points(self.story_type);
        let estimates = rights.may(Deed::Estimate);
        let estimate = self.estimate.filter(|_| carries && estimates);
        match &self.subject {
            Subject::New(column) => Ok(Some(Command::CreateStory(NewStory {
                id,
                title,
                story_type: self.story_type,
                panel: column.panel(),
                after,
                estimate,
                description,
                labels,
            }))),
            Subject::Story(story) => {
                let mut edits = Vec::new();
                edits.extend((title != story.title).then_some(Edit::Title(title)));
                edits.extend((self.story_type != story.story_type).then_some(Edit::Type(self.story_type)));
                edits.extend((estimates && estimate != story.estimate).then_some(Edit::Estimate(estimate)));
                if self.is_revised(story) {
                    let from = Description::new(&self.description_from)?;
                    let to = description;
                    edits.push(Edit::DescriptionRevised { from, to });
                }
                edits.extend(labels.difference(&story.labels).cloned().map(Edit::LabelAdded));
                edits.extend(story.labels.difference(&labels).cloned().map(Edit::LabelRemoved));
                Ok((!edits.is_empty()).then_some(Command::EditStory { id, edits }))
            }
        }
    }

    /// Takes over what others made of the story.
    pub fn follow(&mut self, now: &Arc<Story>, by: Option<&Name>) {
        let Subject::Story(before) = &self.subject else { return };
        if Arc::ptr_eq(before, now) {
            return;
        }
        let before = before.clone();
        let fields = [
            follow(
                "title",
                &mut self.title,
                before.title.as_str().to_owned(),
                now.title.as_str().to_owned(),
            ),
            follow(
                "description",
                &mut self.description,
                self.description_from.clone(),
                now.description.as_str().to_owned(),
            )
            .filter(|_| before.description != now.description),
            follow(
                "labels",
                &mut self.labels,
                spelled(&before.labels),
                spelled(&now.labels),
            ),
        ];
        for (field, theirs) in fields.into_iter().flatten() {
            self.overtaken.retain(|overtaken| overtaken.field != field);
            self.overtaken.push(Overtaken {
                field,
                by: by.cloned(),
                theirs,
            });
        }
        if self.description == now.description.as_str() {
            self.description_from.clone_from(&self.description);
        }
        self.asides.follow(now);
        if self.story_type == before.story_type {
            self.story_type = now.story_type;
        }
        if self.estimate == before.estimate {
            self.estimate = now.estimate;
        }
        self.subject = Subject::Story(now.clone());
    }
}

// An untouched field follows; a touched one stays, and what the others wrote is told.
fn follow(field: &'static str, mine: &mut String, before: String, now: String) -> Option<(&'static str, String)> {
    if before == now || *mine == now {
        return None;
    }
    if *mine == before {
        *mine = now;
        return None;
    }
    Some((field, now))
}

fn spelled(labels: &BTreeSet<Label>) -> String {
    let labels: Vec<&str> = labels.iter().map(Label::as_str).collect();
    labels.join(", ")
}

fn labels(text: &str) -> Result<BTreeSet<Label>, Problem> {
    text.split(',')
        .filter(|label| !label.trim().is_empty())
        .map(Label::new)
        .collect()
}
