//! Texts as they read: the server renders those of the open story, one request at a time. What it has not rendered, and what it
//! cannot render at the moment, shows as it is written; that is asked for again once the server answers anything.

use super::Board;
use super::draft::{Draft, Subject};
use super::msg::{Effect, Failure};
use super::scene::markdown::Readings;
use super::scene::parts::DescriptionView;
use backlog::api::markdown::{MAX_TEXT, MAX_TEXTS};
use backlog::{Story, Version};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

/// The most bytes of texts in one request, as JSON: within what the server reads.
const MOST_SENT: usize = 200_000;
/// With more bytes than this of texts and HTML, those out of sight are forgotten.
const MOST_KEPT: usize = 8_000_000;

/// What is known of how texts read.
#[derive(Debug, Default)]
pub struct Markdown {
    readings: Readings,
    asked: Option<Asked>,
    // Where nothing was left to ask for.
    settled: Option<Look>,
}

/// A request under way.
#[derive(Debug)]
struct Asked {
    texts: Vec<Rc<str>>,
    people: u64,
}

/// What decides which texts are in sight: cheap to compare, since that is done with every message.
#[derive(Clone, Debug)]
struct Look {
    story: Arc<Story>,
    view: DescriptionView,
    version: Option<Version>,
}

impl PartialEq for Look {
    fn eq(&self, other: &Look) -> bool {
        Arc::ptr_eq(&self.story, &other.story) && self.view == other.view && self.version == other.version
    }
}

impl Markdown {
    /// How texts read.
    pub fn readings(&self) -> Readings {
        self.readings.clone()
    }

    /// The server answers: what it could not render before, it may now.
    pub fn try_again(&mut self) {
        if self.readings.forget_failures() {
            self.settled = None;
        }
    }

    /// The texts to ask for, of those in sight: as many as one request holds.
    fn missing(&self, sight: &[&str], people: u64) -> Vec<Rc<str>> {
        let mut texts: Vec<&str> = Vec::new();
        let mut room = MOST_SENT;
        let open = sight
            .iter()
            .filter(|text| !self.readings.knows(text, named_in(text, people)));
        for text in open.filter(|text| text.chars().count() <= MAX_TEXT) {
            let Some(left) = room.checked_sub(bytes_sent(text)).filter(|_| texts.len() < MAX_TEXTS) else {
                break;
            };
            if !texts.contains(text) {
                texts.push(text);
                room = left;
            }
        }
        texts.into_iter().map(Rc::from).collect()
    }

    fn answered(&mut self, asked: Asked, html: Vec<Rc<str>>) {
        for (text, html) in asked.texts.into_iter().zip(html) {
            let people = named_in(&text, asked.people);
            self.readings.ready(text, (html, people));
        }
    }

    fn failed(&mut self, asked: Asked) {
        for text in asked.texts {
            let people = named_in(&text, asked.people);
            self.readings.failed(text, people);
        }
    }
}

impl Board {
    /// Asks for what is in sight and not known.
    pub(super) fn markdown_follows(&mut self, out: &mut Vec<Effect>) {
        let Some((story, draft)) = self.open_story() else {
            return;
        };
        let look = Look {
            story: story.clone(),
            view: draft.view,
            version: self.replica.version(),
        };
        let waits = self.session.is_none() || self.markdown.asked.is_some();
        if waits || self.markdown.settled.as_ref() == Some(&look) {
            return;
        }
        let people = self.people_mark();
        let texts = self.markdown.missing(&in_sight(story, draft), people);
        if texts.is_empty() {
            self.markdown.settled = Some(look);
        } else {
            out.push(Effect::RenderTexts(texts.clone()));
            self.markdown.asked = Some(Asked { texts, people });
        }
    }

    /// The server rendered what it was asked for, or did not.
    pub(super) fn texts_rendered(&mut self, answer: Result<Vec<Rc<str>>, Failure>, out: &mut Vec<Effect>) {
        let Some(asked) = self.markdown.asked.take() else {
            return;
        };
        self.markdown.settled = None;
        match answer {
            Ok(html) if html.len() == asked.texts.len() => self.markdown.answered(asked, html),
            Ok(_) | Err(_) => self.markdown.failed(asked),
        }
        if self.markdown.readings.size() > MOST_KEPT {
            let mut readings = self.markdown.readings();
            readings.keep(
                &self
                    .open_story()
                    .map_or(Vec::new(), |(story, draft)| in_sight(story, draft)),
            );
            self.markdown.readings = readings;
        }
        out.push(Effect::Render);
    }

    fn open_story(&self) -> Option<(&Arc<Story>, &Draft)> {
        let (_, draft) = self.drafts.open()?;
        match &draft.subject {
            Subject::New(_) => None,
            Subject::Story(story) => Some((story, draft)),
        }
    }

    /// A number that is another one where other people are known, or by other names.
    fn people_mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.replica.view().map(backlog::Project::people).hash(&mut hasher);
        // Texts that name nobody have 0.
        hasher.finish().max(1)
    }
}

/// The texts of an open story that are shown as they read, what was said last first.
fn in_sight<'a>(story: &'a Story, draft: &'a Draft) -> Vec<&'a str> {
    let description = match draft.view {
        DescriptionView::Rendered => Some(draft.description.as_str()),
        DescriptionView::Source => None,
    };
    let said = story.said().rev().map(|comment| comment.text.as_str());
    let texts = description.into_iter().chain(said);
    texts.filter(|text| !text.trim().is_empty()).collect()
}

/// The mark of the people that a text may name.
fn named_in(text: &str, people: u64) -> u64 {
    if text.contains('@') { people } else { 0 }
}

/// What a text takes in JSON.
fn bytes_sent(text: &str) -> usize {
    let byte = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
        0..32 => 6,
        _ => 1,
    };
    text.bytes().map(byte).sum::<usize>() + "\"\",".len()
}
