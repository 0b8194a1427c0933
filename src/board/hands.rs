//! Hands: focus, keys and scrolling. Moving stories is in `motion`.

use super::Board;
use super::column::Column;
use super::msg::{Effect, Key, Now, Target};
use super::window::Window;
use backlog::StoryId;

impl Board {
    pub(super) fn story_focused(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        let before = self.focus.replace(id);
        if before != Some(id) {
            self.selection.focus_went_on(before);
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

    /// Scrolls a row into sight with the least movement.
    pub(super) fn reveal(&mut self, column: Column, row: usize, out: &mut Vec<Effect>) {
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
        // Where one column is shown at a time, a sheet stands in its place.
        self.sheet = None;
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
            Key::Escape if self.help => self.help_closed(out),
            Key::Escape if self.attention.is_open() => self.tray_closed(out),
            Key::Escape if self.iteration_escaped(out) || self.velocity_escaped(now, out) => {}
            Key::Escape if self.selection.has_menu() => self.close_selection_menu(out),
            Key::Escape if self.drafts.open().is_none() && self.selection.is_shown() => self.clear_selection(out),
            Key::Escape if self.search.shows_saved() => self.saved_toggled(out),
            Key::Escape if self.drafts.open().is_none() && self.search.has_text() => self.look_for_nothing(now, out),
            Key::Escape => self.form_closed(now, out),
            Key::Save => self.draft_saved(now, out),
            Key::Undo => self.undo_pressed(now, out),
            Key::Help => {
                self.help = !self.help;
                out.push(Effect::Render);
            }
            Key::Search => out.push(Effect::Focus(Target::Search)),
            Key::Select => self.select_focused(out),
            Key::SelectOn(by) => self.select_on(by, out),
            Key::SelectColumn => self.select_column(out),
            Key::ToSelection => self.go_to_selection(out),
            Key::Panel(column) => self.panel_toggled(column, now, out),
            Key::Sheet(sheet) => self.sheet_toggled(sheet, out),
        }
    }

    pub(super) fn help_closed(&mut self, out: &mut Vec<Effect>) {
        self.help = false;
        out.push(Effect::Render);
    }

    pub(super) fn focused_column(&self) -> Column {
        self.focus
            .and_then(|id| self.find(id))
            .map_or(self.shown, |(column, _)| column)
    }

    /// The stories of a column, in order.
    pub(super) fn stories_of(&self, column: Column) -> Vec<StoryId> {
        let (Some(layout), Some(view)) = (&self.layout, self.replica.view()) else {
            return Vec::new();
        };
        layout.rows(column).slots().map(|slot| view.at(slot).id).collect()
    }

    fn step(&mut self, by: isize, out: &mut Vec<Effect>) {
        if let Some(id) = self.stepped(by) {
            self.focus_on(id, out);
        }
    }

    /// The story so many rows below the one that has the focus, or above it; the column's first where none has it.
    pub(super) fn stepped(&self, by: isize) -> Option<StoryId> {
        let stories = self.stories_of(self.focused_column());
        let here = self.focus.and_then(|id| stories.iter().position(|other| *other == id));
        let there = match here {
            Some(here) => here.saturating_add_signed(by).min(stories.len().saturating_sub(1)),
            None => 0,
        };
        stories.get(there).copied()
    }

    fn step_aside(&mut self, by: isize, out: &mut Vec<Effect>) {
        let column = self.column_aside(by);
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

    /// The next column on that side with a story to go to, or else the one beside.
    fn column_aside(&self, by: isize) -> Column {
        let here = self.focused_column();
        let columns = self.columns();
        let aside: Vec<Column> = (1..=columns.len() as isize)
            .map(|steps| beside(&columns, here, steps * by))
            .collect();
        let held = |column: &Column| *column != here && !self.stories_of(*column).is_empty();
        let held = aside.iter().copied().find(held);
        held.or(aside.first().copied()).unwrap_or(here)
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
}

/// The one of these columns that stands so far beside another one; the outermost is its own neighbour.
pub(super) fn beside(columns: &[Column], column: Column, by: isize) -> Column {
    let here = columns.iter().position(|other| *other == column).unwrap_or_default();
    let there = here.saturating_add_signed(by).min(columns.len().saturating_sub(1));
    columns.get(there).copied().unwrap_or(column)
}
