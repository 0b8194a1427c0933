//! Stories looked through: their texts made in slices between two frames, and those that have a row.

use super::Reading;
use crate::board::Board;
use crate::board::layout::Shown;
use crate::board::msg::{Effect, Now};
use backlog::Plan;
use backlog::search::Context;

/// So many stories are read between two frames: some milliseconds in a browser.
const SLICE: usize = 500;

impl Board {
    /// Makes the texts of stories that are new or different, or a slice of them.
    pub(in crate::board) fn read_stories(&mut self, out: &mut Vec<Effect>) {
        let Some(view) = self.replica.view() else { return };
        let search = &mut self.search;
        if matches!(search.reading, Reading::First | Reading::Behind) {
            return;
        }
        let left = search.index.follow(view, SLICE);
        search.reading = match (left, search.reading) {
            (0, _) => Reading::Done,
            (_, Reading::Never | Reading::First) => Reading::First,
            (_, Reading::Behind | Reading::Done) => Reading::Behind,
        };
        if left > 0 {
            out.push(Effect::AwaitFrame);
        }
    }

    /// The next slice, before the browser paints.
    pub(in crate::board) fn search_goes_on(&mut self, now: Now, out: &mut Vec<Effect>) {
        let was = self.search.reading;
        self.search.reading = match was {
            Reading::First => Reading::Never,
            Reading::Behind => Reading::Done,
            Reading::Never | Reading::Done => return,
        };
        self.read_stories(out);
        if self.search.reading == Reading::Done && self.search.asked.is_some() {
            match was {
                Reading::First => self.show_found(now, out),
                Reading::Never | Reading::Behind | Reading::Done => self.lay_out(now, out),
            }
        }
    }

    /// Reads what is new before the page is laid out, where something is looked for.
    pub(in crate::board) fn search_follows(&mut self, out: &mut Vec<Effect>) {
        if self.search.asked.is_some() {
            self.read_stories(out);
        }
    }

    /// The stories that have a row: those that are found, and those that one is working on. All where nobody searches.
    pub(in crate::board) fn shown_stories(&self, plan: &Plan, now: Now) -> Option<Shown> {
        let view = self.replica.view()?;
        let search = self.search.asked.as_ref().filter(|_| self.search.is_on())?;
        let context = Context {
            project: view,
            plan: Some(plan),
            zone: self.days.zone(),
            today: self.today(now),
            me: self.account,
        };
        let mut stories = self.search.index.find(search, context);
        let found = stories.len();
        let written_in = self.drafts.open().map(|(id, _)| id);
        let carried = self.motion.iter().flat_map(|motion| motion.stories.iter().copied());
        let held = self.search.held.iter().copied().chain(written_in).chain(carried);
        held.filter_map(|id| view.slot(id))
            .for_each(|slot| stories.insert(slot));
        Some(Shown { stories, found })
    }
}
