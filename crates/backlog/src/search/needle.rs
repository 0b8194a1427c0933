//! A text that is looked for in many others: with what is known of it beforehand, most of them need not be read.

use super::sieve::marks;
use super::texts::Texts;

/// What is looked for, as texts are compared.
pub(super) struct Needle {
    text: String,
    marks: Vec<u32>,
}

impl Needle {
    /// Ready to be looked for.
    pub fn new(text: String) -> Needle {
        let marks = marks(&text);
        Needle { text, marks }
    }

    /// What is looked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is in one of the texts of a story, of which `those` are some.
    pub fn is_among(&self, texts: &Texts, those: impl Fn(&Texts) -> &str) -> bool {
        texts.may_hold(&self.marks) && self.is_in(those(texts))
    }

    /// Whether it is there.
    pub fn is_in(&self, text: &str) -> bool {
        text.contains(&self.text)
    }
}
