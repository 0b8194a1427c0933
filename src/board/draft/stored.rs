//! A draft as text for the device, and back. Knows the form; never where it is kept.

use super::{Asides, Draft, Saving, Subject, Typed};
use crate::board::column::Column;
use crate::board::msg::Aside;
use crate::board::scene::parts::DescriptionView;
use backlog::{Estimate, Millis, Story, StoryType};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The form in which a draft is written. A page that reads a later one leaves it alone.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored {
    form: u32,
    subject: StoredSubject,
    title: String,
    story_type: StoryType,
    estimate: Option<Estimate>,
    description: String,
    description_from: String,
    labels: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    asides: Vec<(Aside, Typed)>,
    #[serde(default)]
    at: Millis,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredSubject {
    /// A story to be, by the key of its column.
    New(String),
    /// A story, as it was when the draft last looked.
    Story(Box<Story>),
}

impl Draft {
    /// The text to write to the device at that time.
    pub fn to_text(&self, at: Millis) -> String {
        let stored = Stored {
            form: FORM,
            subject: match &self.subject {
                Subject::New(column) => StoredSubject::New(column.key().to_owned()),
                Subject::Story(story) => StoredSubject::Story(Box::new(Story::clone(story))),
            },
            title: self.title.clone(),
            story_type: self.story_type,
            estimate: self.estimate,
            description: self.description.clone(),
            description_from: self.description_from.clone(),
            labels: self.labels.clone(),
            asides: self.asides.to_keep(),
            at,
        };
        backlog::api::to_json(&stored)
    }

    /// Reads what [`Draft::to_text`] wrote, and when. None where it is of a later page or damaged: it must be left where it is.
    pub fn from_text(text: &str) -> Option<(Draft, Millis)> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        let subject = match stored.subject {
            StoredSubject::New(key) => Subject::New(Column::from_key(&key)?),
            StoredSubject::Story(story) => Subject::Story(Arc::new(*story)),
        };
        let draft = Draft {
            subject,
            view: match stored.description == stored.description_from {
                true => DescriptionView::of(&stored.description),
                false => DescriptionView::Source,
            },
            title: stored.title,
            story_type: stored.story_type,
            estimate: stored.estimate,
            description: stored.description,
            description_from: stored.description_from,
            labels: stored.labels,
            asides: Asides::read(stored.asides),
            problem: None,
            overtaken: Vec::new(),
            saving: Saving::No,
            edition: 1,
            asked: 1,
            written: 1,
        };
        (stored.form == FORM).then_some((draft, stored.at))
    }
}
