//! Texts in Markdown as they read.

use std::collections::HashMap;
use std::rc::Rc;

/// How a text reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The server has not been asked or has not answered; the text shows as it is written.
    Asked,
    /// As HTML of the server's, which cleaned it: it may be shown as it is.
    Ready(Rc<str>),
    /// Nobody can say at the moment; the text shows as it is written.
    Unavailable,
}

/// How texts read, by the texts. Cheap to clone and to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings(Rc<HashMap<Rc<str>, Known>>);

/// What is known of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    reading: Reading,
    // The people that the text may name, as a number that differs where they do.
    people: u64,
}

impl Readings {
    /// How a text reads.
    pub fn of(&self, text: &str) -> &Reading {
        self.0.get(text).map_or(&Reading::Asked, |known| &known.reading)
    }

    /// Whether nothing need be asked about a text while these people are known.
    pub fn knows(&self, text: &str, people: u64) -> bool {
        self.0.get(text).is_some_and(|known| known.people == people)
    }

    /// A text was rendered.
    pub fn ready(&mut self, text: Rc<str>, (html, people): (Rc<str>, u64)) {
        let reading = Reading::Ready(html);
        Rc::make_mut(&mut self.0).insert(text, Known { reading, people });
    }

    /// A text could not be rendered. An earlier rendering goes on showing.
    pub fn failed(&mut self, text: Rc<str>, people: u64) {
        let unknown = Known {
            reading: Reading::Unavailable,
            people,
        };
        let known = Rc::make_mut(&mut self.0).entry(text).or_insert(unknown);
        known.people = people;
    }

    /// Forgets what could not be rendered, so that it is asked for again. Whether there was any.
    pub fn forget_failures(&mut self) -> bool {
        let before = self.0.len();
        if self.0.values().any(|known| known.reading == Reading::Unavailable) {
            Rc::make_mut(&mut self.0).retain(|_, known| known.reading != Reading::Unavailable);
        }
        self.0.len() < before
    }

    /// The bytes of all texts and their HTML.
    pub fn size(&self) -> usize {
        let html = |known: &Known| match &known.reading {
            Reading::Ready(html) => html.len(),
            Reading::Asked | Reading::Unavailable => 0,
        };
        self.0.iter().map(|(text, known)| text.len() + html(known)).sum()
    }

    /// Forgets all but these texts.
    pub fn keep(&mut self, texts: &[&str]) {
        Rc::make_mut(&mut self.0).retain(|text, _| texts.contains(&&**text));
    }
}
