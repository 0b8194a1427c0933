//! A story on its way to another place, by pointer or by keys. Where it would land is kept as an anchor, "after that
//! story", so that it stays right while others change the list.

use super::Board;
use super::after::{Order, Then};
use super::column::Column;
use super::hands::beside;
use super::layout::current_flag;
use super::msg::{Effect, Key, Now};
use super::write::told;
use backlog::{Command, Rejection, State, StoryId};

/// A story on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The story.
    pub story: StoryId,
    /// What moves it.
    pub hand: Hand,
    /// Where it would land; none while the pointer is over no column.
    pub target: Option<Place>,
}

/// The keys that carry a story.
pub const CARRYING: &str = "Arrows move it, Enter drops it, Escape puts it back.";

/// What moves a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Mouse, pen or finger.
    Pointer,
    /// The keyboard.
    Keys,
}

/// A place in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The column.
    pub column: Column,
    /// The story of this column that it follows; none for the column's top.
    pub after: Option<StoryId>,
}

impl Board {
    pub(super) fn pick_up(&mut self, out: &mut Vec<Effect>) {
        let Some((id, (column, _))) = self.focus.and_then(|id| Some((id, self.find(id)?))) else {
            return;
        };
        let place = Place {
            column,
            after: self.story_above(id, column),
        };
        if let Some(motion) = self.lift(id, Hand::Keys, out) {
            motion.target = Some(place);
            self.announce_lift(id, out);
        }
    }

    fn announce_lift(&self, id: StoryId, out: &mut Vec<Effect>) {
        if let Some((story, at)) = self
            .replica
            .view()
            .and_then(|view| view.story(id))
            .zip(self.target_in_words())
        {
            let title = story.title.as_str();
            out.push(Effect::Announce(format!("{title}: picked up. {at}. {CARRYING}")));
        }
    }

    fn story_above(&self, id: StoryId, column: Column) -> Option<StoryId> {
        let stories = self.stories_of(column);
        let here = stories.iter().position(|other| *other == id)?;
        stories.get(here.checked_sub(1)?).copied()
    }

    pub(super) fn key_in_motion(&mut self, key: Key, now: Now, out: &mut Vec<Effect>) {
        match key {
            Key::Up => self.carry(-1, out),
            Key::Down => self.carry(1, out),
            Key::First => self.carry(isize::MIN, out),
            Key::Last => self.carry(isize::MAX, out),
            Key::Left => self.carry_aside(-1, out),
            Key::Right => self.carry_aside(1, out),
            Key::Enter | Key::PickUp => self.drop_motion(now, out),
            Key::Escape => self.cancel_motion(out),
            Key::Add | Key::Save | Key::Undo | Key::Help => {}
        }
    }

    fn carry(&mut self, by: isize, out: &mut Vec<Effect>) {
        let Some(Motion {
            story,
            target: Some(place),
            ..
        }) = self.motion
        else {
            return;
        };
        let (others, above) = self.standing(story, place);
        let wanted = above.saturating_add_signed(by).min(others.len());
        let after = wanted.checked_sub(1).and_then(|row| others.get(row)).copied();
        self.carry_to(
            Place {
                column: place.column,
                after,
            },
            out,
        );
    }

    /// The other stories of a place's column, and how many of them stand above the place.
    fn standing(&self, story: StoryId, place: Place) -> (Vec<StoryId>, usize) {
        let mut others = self.stories_of(place.column);
        others.retain(|id| *id != story);
        let above = place.after.and_then(|id| others.iter().position(|other| *other == id));
        (others, above.map_or(0, |row| row + 1))
    }

    fn carry_aside(&mut self, by: isize, out: &mut Vec<Effect>) {
        let Some(Motion {
            target: Some(place), ..
        }) = self.motion
        else {
            return;
        };
        let columns: Vec<Column> = self
            .columns()
            .into_iter()
            .filter(|column| column.takes_stories())
            .collect();
        let column = beside(&columns, place.column, by);
        if column != place.column {
            self.shown = column;
            self.carry_to(Place { column, after: None }, out);
        }
    }

    fn carry_to(&mut self, place: Place, out: &mut Vec<Effect>) {
        if let Some(motion) = &mut self.motion {
            motion.target = Some(place);
        }
        let row = place.after.and_then(|id| self.find(id)).map_or(0, |(_, row)| row);
        self.reveal(place.column, row, out);
        out.extend(self.target_in_words().map(Effect::Announce));
        out.push(Effect::Render);
    }

    /// Where the moved story would land.
    fn target_in_words(&self) -> Option<String> {
        let Motion { story, target, .. } = self.motion?;
        let place = target?;
        let (others, above) = self.standing(story, place);
        Some(format!(
            "{} {} of {}",
            place.column.title(),
            above + 1,
            others.len() + 1
        ))
    }

    pub(super) fn drag_started(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        self.lift(id, Hand::Pointer, out);
    }

    /// Sets a story in motion, unless it is bound to its place.
    fn lift(&mut self, story: StoryId, hand: Hand, out: &mut Vec<Effect>) -> Option<&mut Motion> {
        let state = self.replica.view()?.story(story)?.state;
        out.push(Effect::Render);
        if state == State::Accepted {
            let words = Rejection::AlreadyAccepted.to_string();
            out.push(Effect::Announce(words.clone()));
            self.show_toast(words, None);
            return None;
        }
        Some(self.motion.insert(Motion {
            story,
            hand,
            target: None,
        }))
    }

    pub(super) fn drag_moved(&mut self, over: Option<(Column, i32)>, out: &mut Vec<Effect>) {
        let over = over.filter(|(column, _)| column.takes_stories());
        let target = over.map(|(column, y)| self.place_at(column, y));
        if let Some(motion) = &mut self.motion
            && motion.target != target
        {
            motion.target = target;
            out.push(Effect::Render);
        }
    }

    /// The place between the two stories that are nearest to a pixel.
    fn place_at(&self, column: Column, y: i32) -> Place {
        let none = Place { column, after: None };
        let (Some(layout), Some(view)) = (&self.layout, self.replica.view()) else {
            return none;
        };
        let rows = &layout.rows(column).keys;
        let heights = self.heights(layout, column);
        let boundary = heights.row_at(y.saturating_add(self.row_height / 2)).min(rows.len());
        let moved = self.motion.map(|motion| motion.story);
        let above = rows[..boundary]
            .iter()
            .rev()
            .filter_map(|key| key.slot())
            .map(|slot| view.at(slot).id);
        Place {
            column,
            after: above.into_iter().find(|id| Some(*id) != moved),
        }
    }

    pub(super) fn cancel_motion(&mut self, out: &mut Vec<Effect>) {
        if let Some(motion) = self.motion.take() {
            if motion.hand == Hand::Keys {
                out.push(Effect::Announce("Put back.".to_owned()));
                self.focus_on(motion.story, out);
            }
            out.push(Effect::Render);
        }
    }

    pub(super) fn drop_motion(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(Motion {
            story,
            target: Some(place),
            ..
        }) = self.motion
        else {
            return self.cancel_motion(out);
        };
        self.motion = None;
        out.push(Effect::Render);
        let here = self.find(story).map(|(column, _)| Place {
            column,
            after: self.story_above(story, column),
        });
        if here == Some(place) {
            return;
        }
        let after = match (place.column, place.after) {
            // The backlog's top is below what is in Current.
            (Column::Backlog, None) => self
                .stories_of(Column::Current)
                .into_iter()
                .rev()
                .find(|id| *id != story),
            (_, after) => after,
        };
        let command = Command::MoveStories {
            stories: vec![story],
            panel: place.column.panel(),
            after,
            current: self.replica.view().and_then(|view| current_flag(place.column, view.settings())),
        };
        let then = Then::Moved(story, here.map(|here| here.column));
        if let Err(reason) = self.give(Order::new(command, then), now, out) {
            self.notify(told(&reason), None, out);
        }
    }
}
