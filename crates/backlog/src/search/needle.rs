//! Finds a text in many others quickly, also where the machine has no wide registers to do it with, as in a browser: from what stands
//! where the needle's end would, most places need not be looked at (Horspool's way).

use super::sieve::marks;
use super::texts::Texts;

/// What is looked for, as texts are compared.
pub(super) struct Needle {
    text: String,
    /// How far the next place is that may be an end of the needle, by the byte that stands at this one; none where it may be this.
    skips: [u8; 256],
    /// The same where it was not this one after all.
    again: u8,
    marks: Vec<u32>,
}

impl Needle {
    /// Ready to be looked for.
    pub fn new(text: String) -> Needle {
        let bytes = text.as_bytes();
        let mut skips = [0; 256];
        let mut again = 0;
        // A longer one is looked for as the standard library does it.
        if let Some((last, before)) = bytes.split_last().filter(|_| bytes.len() <= 255) {
            let length = bytes.len() as u8;
            skips = [length; 256];
            for (place, byte) in (1..=254).zip(before) {
                skips[usize::from(*byte)] = length - place;
            }
            again = skips[usize::from(*last)];
            skips[usize::from(*last)] = 0;
        }
        let marks = marks(&text);
        Needle {
            text,
            skips,
            again,
            marks,
        }
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
        match (self.text.as_bytes(), self.again) {
            ([], _) => true,
            ([one], _) => text.as_bytes().contains(one),
            (_, 0) => text.contains(&self.text),
            (needle, again) => self.is_found(needle, again, text.as_bytes()),
        }
    }

    fn is_found(&self, needle: &[u8], again: u8, text: &[u8]) -> bool {
        let mut end = needle.len() - 1;
        while let Some(byte) = text.get(end) {
            let skip = self.skips[usize::from(*byte)];
            if skip > 0 {
                end += usize::from(skip);
            } else if text[..=end].ends_with(needle) {
                return true;
            } else {
                end += usize::from(again);
            }
        }
        false
    }
}
