//! The list below the field: what may be meant, and which of it Enter takes.

use super::{Board, units};
use crate::board::msg::{Effect, Now, SearchKey};
use crate::board::scene::search::OfferLine;
use backlog::SavedSearch;
use backlog::search::{Completion, Known, Mistake, complete};

/// The most saved searches that an empty field offers.
const MOST_SAVED: usize = 8;

/// The list.
#[derive(Debug, Default)]
pub(super) struct List {
    state: State,
    offers: Vec<Offer>,
    active: Option<usize>,
}

/// Whether the list may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// One is not in the field.
    #[default]
    Away,
    /// One is in the field and wants no list.
    Closed,
    /// It may.
    Open,
}

#[derive(Clone, Debug)]
enum Offer {
    Completion(Completion),
    Saved(SavedSearch),
}

impl List {
    /// One is in the field, and has typed or come.
    pub fn open(&mut self) {
        self.state = State::Open;
    }

    /// One is not in the field any more.
    pub fn leave(&mut self) {
        *self = List::default();
    }

    /// Closes it. Whether there was something to close.
    pub fn close(&mut self) -> bool {
        let was_seen = self.state == State::Open && !self.offers.is_empty();
        if self.state == State::Open {
            self.state = State::Closed;
        }
        (self.offers, self.active) = (Vec::new(), None);
        was_seen
    }

    /// The choice that Enter takes.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// Goes to the next choice in a direction, from either end to the other. Whether there was any.
    pub fn step(&mut self, key: SearchKey) -> bool {
        let Some(last) = self.offers.len().checked_sub(1) else {
            return false;
        };
        self.active = match (key, self.active) {
            (SearchKey::Up, None | Some(0)) => Some(last),
            (SearchKey::Up, Some(place)) => Some(place - 1),
            (_, Some(place)) if place < last => Some(place + 1),
            (_, _) => Some(0),
        };
        true
    }

    /// Whether a mistake is told: while one is in the field, unless it is what the list would complete.
    pub fn tells(&self, mistake: &Mistake) -> bool {
        let completes = |offer: &Offer| match offer {
            Offer::Completion(offer) => offer.range.start <= mistake.at.end && mistake.at.start <= offer.range.end,
            Offer::Saved(_) => false,
        };
        self.state != State::Away && !self.offers.iter().any(completes)
    }

    /// What is offered, as it is seen.
    pub fn lines(&self) -> Vec<OfferLine> {
        self.offers.iter().map(Offer::line).collect()
    }
}

impl Offer {
    fn line(&self) -> OfferLine {
        match self {
            Offer::Completion(Completion { insert, words, .. }) => OfferLine {
                words: insert.trim_end().to_owned(),
                detail: words.clone(),
            },
            Offer::Saved(SavedSearch { name, query, .. }) => OfferLine {
                words: name.as_str().to_owned(),
                detail: query.as_str().to_owned(),
            },
        }
    }
}

impl Board {
    /// Offers what may be meant at the caret.
    pub(super) fn offer(&mut self, out: &mut Vec<Effect>) {
        out.push(Effect::Render);
        let Some(view) = self.replica.view() else { return };
        let search = &mut self.search;
        search.list.active = None;
        if search.list.state != State::Open {
            search.list.offers.clear();
            return;
        }
        let known = Known {
            project: view,
            labels: search.index.labels(view),
        };
        let completions = complete(&search.text, search.caret, known);
        let saved = view
            .searches()
            .iter()
            .take(MOST_SAVED)
            .filter(|_| search.text.is_empty());
        let saved = saved.cloned().map(Offer::Saved);
        search.list.offers = saved.chain(completions.into_iter().map(Offer::Completion)).collect();
    }

    /// Takes something that is offered.
    pub(super) fn picked(&mut self, place: usize, now: Now, out: &mut Vec<Effect>) {
        let Some(offer) = self.search.list.offers.get(place).cloned() else {
            return;
        };
        let mut text = self.search.text.clone();
        let caret = match offer {
            Offer::Completion(Completion { range, insert, .. }) => {
                let caret = range.start + insert.len();
                text.replace_range(range, &insert);
                caret
            }
            Offer::Saved(saved) => {
                text = saved.query.as_str().to_owned();
                text.len()
            }
        };
        let place = units(text.get(..caret).unwrap_or(&text));
        self.look_for((text, caret), now, out);
        self.offer(out);
        out.push(Effect::PutCaret(place));
    }
}
