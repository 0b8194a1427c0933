//! What is typed and not yet saved. A draft outlives the closing of its form and every change of others: a field that was
//! not touched follows the story, a field that was keeps its text and says who overtook it.

use super::column::Column;
use super::scene::Overtaken;
use backlog::command::NewStory;
use backlog::{Command, Description, Edit, Estimate, Label, Name, Problem, Story, StoryId, StoryType, Title};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    /// The labels as typed.
    pub labels: String,
    /// Why it could not be saved.
    pub problem: Option<String>,
    /// What others did meanwhile to fields that were touched.
    pub overtaken: Vec<Overtaken>,
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
            labels: String::new(),
            problem: None,
            overtaken: Vec::new(),
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
            labels: spelled(&story.labels),
            problem: None,
            overtaken: Vec::new(),
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
            Subject::Story(story) => self.differs_from(story),
        }
    }

    fn differs_from(&self, story: &Story) -> bool {
        self.title != story.title.as_str()
            || self.story_type != story.story_type
            || self.estimate != story.estimate
            || self.description != story.description.as_str()
            || self.labels != spelled(&story.labels)
    }

    /// The command that saves it; none where there is nothing to save.
    pub fn command(&self, id: StoryId, after: Option<StoryId>) -> Result<Option<Command>, Problem> {
        let title = Title::new(&self.title)?;
        let description = Description::new(&self.description)?;
        let labels = labels(&self.labels)?;
        let estimate = self.estimate.filter(|_| self.story_type.is_estimated());
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
                edits.extend((estimate != story.estimate).then_some(Edit::Estimate(estimate)));
                edits.extend((description != story.description).then_some(Edit::Description(description)));
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
                before.description.as_str().to_owned(),
                now.description.as_str().to_owned(),
            ),
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

/// All drafts, and which of them is open.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    open: Option<StoryId>,
    kept: BTreeMap<StoryId, Draft>,
}

impl Drafts {
    /// The open draft.
    pub fn open(&self) -> Option<(StoryId, &Draft)> {
        self.open.and_then(|id| Some((id, self.kept.get(&id)?)))
    }

    /// The open draft, to write in.
    pub fn open_mut(&mut self) -> Option<&mut Draft> {
        self.kept.get_mut(&self.open?)
    }

    /// The column that shows the form of a story to be.
    pub fn new_form(&self) -> Option<Column> {
        self.open()?.1.column()
    }

    /// Whether a story to be was begun in a column and is not open.
    pub fn is_begun(&self, column: Column) -> bool {
        let begun = |(id, draft): (&StoryId, &Draft)| self.open != Some(*id) && draft.column() == Some(column);
        self.kept.iter().any(begun)
    }

    /// Opens a story; what was typed into it before is still there.
    pub fn open_story(&mut self, story: &Arc<Story>) {
        self.close();
        self.kept.entry(story.id).or_insert_with(|| Draft::of(story));
        self.open = Some(story.id);
    }

    /// Opens the form of a story to be; one that was begun in that column before, or an empty one.
    pub fn open_new(&mut self, column: Column, fresh: StoryId) {
        self.close();
        let begun = self
            .kept
            .iter()
            .find_map(|(id, draft)| (draft.column() == Some(column)).then_some(*id));
        let id = begun.unwrap_or(fresh);
        self.kept.entry(id).or_insert_with(|| Draft::new(column));
        self.open = Some(id);
    }

    /// Closes the open form. What is not saved is kept.
    pub fn close(&mut self) -> Option<StoryId> {
        let id = self.open.take()?;
        if !self.is_unsaved(id) {
            self.kept.remove(&id);
        }
        Some(id)
    }

    /// Forgets a draft: it was saved, thrown away, or its story is gone.
    pub fn forget(&mut self, id: StoryId) {
        self.kept.remove(&id);
        self.open = self.open.filter(|open| *open != id);
    }

    /// Whether text typed into a story is not saved.
    pub fn is_unsaved(&self, id: StoryId) -> bool {
        self.kept.get(&id).is_some_and(Draft::is_unsaved)
    }

    /// Whether text typed anywhere is not saved.
    pub fn any_unsaved(&self) -> bool {
        self.kept.values().any(Draft::is_unsaved)
    }

    /// Every draft, to let it follow its story.
    pub fn all_mut(&mut self) -> impl Iterator<Item = (StoryId, &mut Draft)> {
        self.kept.iter_mut().map(|(id, draft)| (*id, draft))
    }
}
