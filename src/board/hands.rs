//! Hands: focus, keys, scrolling, and moving stories by pointer or keys.

use super::Board;
use super::column::Column;
use super::motion::{Hand, Motion, Place};
use super::msg::{Effect, Key, Now, Target};
use super::window::Window;
use backlog::{Command, StoryId};

impl Board {
    pub(super) fn story_focused(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        if self.focus.replace(id) != Some(id) {
            out.push(Effect::Render);
        }
    }

    /// Moves the keyboard focus to a story's row and brings it into sight.
    pub(super) fn focus_on(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        let Some((column, row)) = self.find(id) else { return };
        self.focus = Some(id);
        self.reveal(column, row, out);
        out.extend([Effect::Render, Effect::Focus(Target::Story(id))]);
    }

    fn reveal(&mut self, column: Column, row: usize, out: &mut Vec<Effect>) {
        let Some(layout) = &self.layout else { return };
        let heights = self.heights(layout, column);
        let window = &mut self.windows[column.index()];
        if let Some(top) = window.reveal(&heights, row) {
            window.top = top;
            out.push(Effect::Scroll(column, top));
        }
    }

    pub(super) fn column_chosen(&mut self, column: Column, out: &mut Vec<Effect>) {
        self.shown = column;
        out.push(Effect::Render);
    }

    pub(super) fn scrolled(&mut self, column: Column, window: Window, out: &mut Vec<Effect>) {
        let window = Window {
            top: window.top.max(0),
            height: window.height.max(0),
        };
        let before = std::mem::replace(&mut self.windows[column.index()], window);
        self.take_bearings(column);
        let Some(layout) = &self.layout else { return };
        let (heights, count) = (self.heights(layout, column), layout.rows(column).keys.len());
        if before.rows(&heights, count) != window.rows(&heights, count) {
            out.push(Effect::Render);
        }
    }

    pub(super) fn row_measured(&mut self, height: i32, out: &mut Vec<Effect>) {
        if height > 0 && self.row_height != height {
            self.row_height = height;
            out.push(Effect::Render);
        }
    }

    pub(super) fn form_measured(&mut self, height: i32, out: &mut Vec<Effect>) {
        if height > 0 && self.form_height != height {
            self.form_height = height;
            out.push(Effect::Render);
        }
    }

    pub(super) fn key_pressed(&mut self, key: Key, now: Now, out: &mut Vec<Effect>) {
        if self.motion.is_some() {
            return self.key_in_motion(key, now, out);
        }
        match key {
            Key::Add => self.add_clicked(self.focused_column(), now, out),
            Key::Up => self.step(-1, out),
            Key::Down => self.step(1, out),
            Key::First => self.step(isize::MIN, out),
            Key::Last => self.step(isize::MAX, out),
            Key::Left => self.step_aside(-1, out),
            Key::Right => self.step_aside(1, out),
            Key::Enter => {
                if let Some(id) = self.focus {
                    self.story_opened(id, now, out);
                }
            }
            Key::PickUp => self.pick_up(out),
            Key::Escape => self.form_closed(now, out),
            Key::Save => self.draft_saved(now, out),
        }
    }

    fn focused_column(&self) -> Column {
        self.focus
            .and_then(|id| self.find(id))
            .map_or(self.shown, |(column, _)| column)
    }

    fn stories_of(&self, column: Column) -> Vec<StoryId> {
        let (Some(layout), Some(view)) = (&self.layout, self.replica.view()) else {
            return Vec::new();
        };
        layout.rows(column).slots().map(|slot| view.at(slot).id).collect()
    }

    fn step(&mut self, by: isize, out: &mut Vec<Effect>) {
        let column = self.focused_column();
        let stories = self.stories_of(column);
        let here = self.focus.and_then(|id| stories.iter().position(|other| *other == id));
        let there = match here {
            Some(here) => here.saturating_add_signed(by).min(stories.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(id) = stories.get(there) {
            self.focus_on(*id, out);
        }
    }

    fn step_aside(&mut self, by: isize, out: &mut Vec<Effect>) {
        let column = beside(self.focused_column(), by);
        self.shown = column;
        let Some(layout) = &self.layout else { return };
        let first = self.heights(layout, column).row_at(self.windows[column.index()].top);
        let in_sight = layout.rows(column).keys.iter().skip(first).find_map(|key| key.slot());
        if let Some((slot, view)) = in_sight.zip(self.replica.view()) {
            let id = view.at(slot).id;
            self.focus_on(id, out);
        }
        out.push(Effect::Render);
    }

    /// The story that takes the focus when this one goes: the next, or else the one before.
    pub(super) fn neighbour(&self, id: StoryId) -> Option<StoryId> {
        let (column, _) = self.find(id)?;
        let stories = self.stories_of(column);
        let here = stories.iter().position(|other| *other == id)?;
        stories
            .get(here + 1)
            .or_else(|| stories.get(here.checked_sub(1)?))
            .copied()
    }

    fn pick_up(&mut self, out: &mut Vec<Effect>) {
        let Some((id, (column, _))) = self.focus.and_then(|id| Some((id, self.find(id)?))) else {
            return;
        };
        let place = Place {
            column,
            after: self.story_above(id, column),
        };
        self.motion = Some(Motion {
            story: id,
            hand: Hand::Keys,
            target: Some(place),
        });
        self.announce_place("picked up", out);
        out.push(Effect::Render);
    }

    fn story_above(&self, id: StoryId, column: Column) -> Option<StoryId> {
        let stories = self.stories_of(column);
        let here = stories.iter().position(|other| *other == id)?;
        stories.get(here.checked_sub(1)?).copied()
    }

    fn key_in_motion(&mut self, key: Key, now: Now, out: &mut Vec<Effect>) {
        match key {
            Key::Up => self.carry(-1, out),
            Key::Down => self.carry(1, out),
            Key::First => self.carry(isize::MIN, out),
            Key::Last => self.carry(isize::MAX, out),
            Key::Left => self.carry_aside(-1, out),
            Key::Right => self.carry_aside(1, out),
            Key::Enter | Key::PickUp => self.drop_motion(now, out),
            Key::Escape => self.cancel_motion(out),
            Key::Add | Key::Save => {}
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
        let others: Vec<StoryId> = self
            .stories_of(place.column)
            .into_iter()
            .filter(|id| *id != story)
            .collect();
        // How many stories of the column stand above the place.
        let above = place
            .after
            .and_then(|id| others.iter().position(|other| *other == id))
            .map_or(0, |row| row + 1);
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

    fn carry_aside(&mut self, by: isize, out: &mut Vec<Effect>) {
        let Some(Motion {
            target: Some(place), ..
        }) = self.motion
        else {
            return;
        };
        let column = beside(place.column, by);
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
        self.announce_place("", out);
        out.push(Effect::Render);
    }

    fn announce_place(&self, what: &str, out: &mut Vec<Effect>) {
        let Some(Motion {
            story,
            target: Some(place),
            ..
        }) = self.motion
        else {
            return;
        };
        let others: Vec<StoryId> = self
            .stories_of(place.column)
            .into_iter()
            .filter(|id| *id != story)
            .collect();
        let above = place
            .after
            .and_then(|id| others.iter().position(|other| *other == id))
            .map_or(0, |row| row + 1);
        let at = format!("{} {} of {}", place.column.title(), above + 1, others.len() + 1);
        let words = match (what, self.replica.view().and_then(|view| view.story(story))) {
            ("", _) | (_, None) => at,
            (what, Some(story)) => {
                format!(
                    "{}: {what}. {at}. Arrows move it, Enter drops it, Escape puts it back.",
                    story.title.as_str()
                )
            }
        };
        out.push(Effect::Announce(words));
    }

    pub(super) fn drag_started(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        if self.find(id).is_some() {
            self.motion = Some(Motion {
                story: id,
                hand: Hand::Pointer,
                target: None,
            });
            out.push(Effect::Render);
        }
    }

    pub(super) fn drag_moved(&mut self, over: Option<(Column, i32)>, out: &mut Vec<Effect>) {
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
        };
        match self.command(command, now, out) {
            Ok(()) => {
                let landed = self.find(story).map_or(place.column, |(column, _)| column);
                out.push(Effect::Announce(format!("Moved to {}.", landed.title())));
                self.focus_on(story, out);
            }
            Err(reason) => self.notify(reason.to_string(), None, out),
        }
    }
}

fn beside(column: Column, by: isize) -> Column {
    let index = column.index().saturating_add_signed(by).min(Column::ALL.len() - 1);
    Column::ALL[index]
}
