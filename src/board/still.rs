//! Holding still: whatever others change, what one reads or types stays where it is on the screen.
//!
//! After each layout the rows in sight are remembered with their places; after the next, most of them say how far everything
//! has moved, and the column is scrolled by as much. Most, not the first: that may be the very one that was moved.

use super::Board;
use super::column::Column;
use super::layout::RowKey;
use super::msg::Effect;
use backlog::StoryId;

/// The rows in sight, and where each began, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Bearings(Vec<(Landmark, i32)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landmark {
    NewForm,
    Story(StoryId),
}

/// Enough to find one that survives a change of many stories.
const MOST_LANDMARKS: usize = 40;

impl Board {
    /// Remembers where the rows in sight are. The open form comes first: where one writes is where one looks.
    pub(super) fn take_bearings(&mut self, column: Column) {
        let Some((layout, view)) = self.layout.as_ref().zip(self.replica.view()) else {
            return;
        };
        let heights = self.heights(layout, column);
        let keys = &layout.rows(column).keys;
        let first = heights.row_at(self.windows[column.index()].top);
        // At the very top one expects to see what is new, unless one is writing.
        let in_sight = match self.windows[column.index()].top {
            0 => 0..0,
            _ => first..keys.len().min(first + MOST_LANDMARKS),
        };
        let form = heights.form.map(|(row, _)| row);
        let landmark = |row: usize| {
            let landmark = match keys.get(row)? {
                RowKey::NewForm => Landmark::NewForm,
                RowKey::Story(slot, _) => Landmark::Story(view.at(*slot).id),
                RowKey::Iteration(_) | RowKey::Gap(_) => return None,
            };
            Some((landmark, heights.top_of(row)))
        };
        self.bearings[column.index()] = Bearings(form.into_iter().chain(in_sight).filter_map(landmark).collect());
    }

    /// Scrolls a column so that what was in sight is where it was.
    pub(super) fn hold_still(&mut self, column: Column, out: &mut Vec<Effect>) {
        let Some((layout, view)) = self.layout.as_ref().zip(self.replica.view()) else {
            return;
        };
        let rows = layout.rows(column);
        let heights = self.heights(layout, column);
        let row_of = |landmark: Landmark| match landmark {
            Landmark::NewForm => rows.keys.iter().position(|key| *key == RowKey::NewForm),
            Landmark::Story(id) => rows.row_of(view.slot(id)?),
        };
        let moves = self.bearings[column.index()].0.iter();
        let moves: Vec<i32> = moves
            .filter_map(|(landmark, top)| Some(heights.top_of(row_of(*landmark)?) - top))
            .collect();
        let moved = match heights.form {
            // Where one writes is where one looks; the form is the first landmark.
            Some(_) => moves.first().copied(),
            None => most_frequent(&moves),
        };
        let window = &mut self.windows[column.index()];
        let top = (window.top + moved.unwrap_or(0)).max(0);
        if top != window.top {
            window.top = top;
            out.push(Effect::Scroll(column, top));
        }
    }
}

/// The value that most have; of several such, the one that comes first.
fn most_frequent(values: &[i32]) -> Option<i32> {
    let count = |value: &i32| values.iter().filter(|other| *other == value).count();
    // `max_by_key` takes the last of equals, so the first must come last.
    values.iter().rev().max_by_key(|value| count(value)).copied()
}
