//! The search: what is typed into its field, and which stories have a row because of it. Stories are looked through at every letter; their
//! texts are made beforehand, in slices, so that nothing waits. What a search means is the domain's affair.

mod list;
mod saved;
mod seen;
mod stories;

use super::Board;
use super::column::Column;
use super::msg::{Effect, Now, SearchKey, SearchMsg, Target};
use super::still::Bearings;
use backlog::StoryId;
use backlog::search::{Index, Mistake, Search};
use list::List;
use saved::SavedDesk;
use std::collections::HashSet;

/// What is looked for, and how far that is.
#[derive(Debug, Default)]
pub struct SearchDesk {
    text: String,
    // Where the caret stands, in bytes.
    caret: usize,
    // What the last text that meant something asks for.
    asked: Option<Search>,
    mistakes: Vec<Mistake>,
    index: Index,
    reading: Reading,
    // What the visitor has worked on since the text was typed stays in sight, whether it is still found or not.
    held: HashSet<StoryId>,
    before: Option<Before>,
    news: News,
    list: List,
    saved: SavedDesk,
}

/// How far the texts of the stories are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    /// They never were.
    #[default]
    Never,
    /// The first time, of which a slice follows with the next frame.
    First,
    /// Some are behind; a slice follows with the next frame.
    Behind,
    /// They were, when last looked at.
    Done,
}

/// How the page stood before one searched.
#[derive(Clone, Copy, Debug)]
struct Before {
    tops: [i32; 4],
    shown: Column,
}

/// Whether what was found is told to those who hear the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum News {
    #[default]
    Told,
    ToTell,
}

impl SearchDesk {
    /// Whether rows are left out because of it.
    pub fn is_on(&self) -> bool {
        self.asked.is_some() && matches!(self.reading, Reading::Behind | Reading::Done)
    }

    /// Whether anything stands in its field.
    pub fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// Keeps stories in sight until something else is typed.
    pub fn hold(&mut self, stories: impl IntoIterator<Item = StoryId>) {
        if self.asked.is_some() {
            self.held.extend(stories);
        }
    }

    fn write(&mut self, text: String, caret: usize) {
        self.held.clear();
        self.news = News::ToTell;
        match Search::parse(&text) {
            Ok(search) => {
                self.mistakes.clear();
                self.asked = Some(search).filter(|search| !search.is_blank());
            }
            // While one types what means nothing yet, the page stays as it is.
            Err(mistakes) => self.mistakes = mistakes,
        }
        (self.text, self.caret) = (text, caret);
    }
}

impl Board {
    pub(super) fn search_changed(&mut self, msg: SearchMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            SearchMsg::Focused => {
                self.search.list.open();
                self.read_stories(out);
                self.offer(out);
            }
            SearchMsg::Left => {
                self.search.list.leave();
                out.push(Effect::Render);
            }
            SearchMsg::Typed(text, units) => {
                let caret = byte_of(&text, units);
                self.search.list.open();
                self.look_for((text, caret), now, out);
                self.offer(out);
            }
            SearchMsg::CaretMoved(units) => {
                let caret = byte_of(&self.search.text, units);
                if std::mem::replace(&mut self.search.caret, caret) != caret {
                    self.offer(out);
                }
            }
            SearchMsg::KeyPressed(key) => self.search_key_pressed(key, now, out),
            SearchMsg::Picked(place) => self.picked(place, now, out),
            SearchMsg::Cleared => {
                self.look_for_nothing(now, out);
                out.push(Effect::Focus(Target::Search));
            }
            SearchMsg::Asked(text) => self.asked(text, now, out),
            SearchMsg::SavedToggled
            | SearchMsg::Run(_)
            | SearchMsg::NameTyped(..)
            | SearchMsg::NameSaved(_)
            | SearchMsg::RenameToggled(_)
            | SearchMsg::Removed(_) => self.saved_changed(msg, now, out),
        }
    }

    fn search_key_pressed(&mut self, key: SearchKey, now: Now, out: &mut Vec<Effect>) {
        match key {
            SearchKey::Up | SearchKey::Down if self.search.list.step(key) => out.push(Effect::Render),
            SearchKey::Enter | SearchKey::Tab if self.search.list.active().is_some() => {
                let place = self.search.list.active().unwrap_or_default();
                self.picked(place, now, out);
            }
            SearchKey::Down | SearchKey::Enter => self.go_to_found(out),
            SearchKey::Up | SearchKey::Tab => {}
            SearchKey::Escape if self.search.list.close() => out.push(Effect::Render),
            SearchKey::Escape => {
                self.look_for_nothing(now, out);
                self.back_from_search(out);
            }
        }
    }

    /// Looks for what was typed.
    fn look_for(&mut self, (text, caret): (String, usize), now: Now, out: &mut Vec<Effect>) {
        let before = self.search.asked.clone();
        self.search.write(text, caret);
        out.extend([Effect::Render, Effect::AwaitPause]);
        if self.search.asked != before {
            self.read_stories(out);
            self.show_found(now, out);
        }
    }

    /// Looks for what something else on the page wants looked for.
    fn asked(&mut self, text: String, now: Now, out: &mut Vec<Effect>) {
        let caret = text.len();
        self.look_for((text, caret), now, out);
        self.search.list.close();
        out.push(Effect::PutCaret(units(&self.search.text)));
    }

    pub(super) fn look_for_nothing(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.look_for((String::new(), 0), now, out);
    }

    fn back_from_search(&mut self, out: &mut Vec<Effect>) {
        let here = self.focus.filter(|id| self.find(*id).is_some());
        if let Some(id) = here.or_else(|| self.first_found().map(|(_, id)| id)) {
            self.focus_on(id, out);
        }
    }

    /// Lays the page out for another search, from the top; for none, as it was before.
    fn show_found(&mut self, now: Now, out: &mut Vec<Effect>) {
        let was = self.search.before;
        match (was, self.search.is_on()) {
            (None, false) => return,
            (None, true) => {
                let tops = self.windows.map(|window| window.top);
                let shown = self.shown;
                self.search.before = Some(Before { tops, shown });
                self.scroll_all([0; 4], out);
            }
            (Some(_), true) => self.scroll_all([0; 4], out),
            (Some(_), false) => self.search.before = None,
        }
        self.lay_out(now, out);
        match was.filter(|_| !self.search.is_on()) {
            Some(before) => self.show_as_before(before, out),
            None => self.show_a_column_of_found(),
        }
    }

    fn show_as_before(&mut self, before: Before, out: &mut Vec<Effect>) {
        self.scroll_all(before.tops, out);
        self.shown = before.shown;
        // What one has come to is seen where it stands.
        let here = self.form_place().or_else(|| self.find(self.focus?));
        if let Some((column, row)) = here {
            self.shown = column;
            self.reveal(column, row, out);
        }
        Column::ALL.into_iter().for_each(|column| self.take_bearings(column));
    }

    /// Scrolls all columns but the one that one writes in.
    fn scroll_all(&mut self, tops: [i32; 4], out: &mut Vec<Effect>) {
        let written_in = self.form_place().map(|(column, _)| column);
        for column in Column::ALL.into_iter().filter(|column| Some(*column) != written_in) {
            let top = tops[column.index()];
            self.bearings[column.index()] = Bearings::default();
            self.windows[column.index()].top = top;
            out.push(Effect::Scroll(column, top));
        }
    }

    // Where one column is shown at a time, it is one that holds something.
    fn show_a_column_of_found(&mut self) {
        if let Some((column, _)) = self.first_found() {
            self.shown = column;
        }
    }

    /// The first story that has a row: in the column shown alone, or else in the nearest to the present.
    fn first_found(&self) -> Option<(Column, StoryId)> {
        let (layout, view) = (self.layout.as_ref()?, self.replica.view()?);
        let columns = [
            self.shown,
            Column::Current,
            Column::Backlog,
            Column::Icebox,
            Column::Done,
        ];
        columns.into_iter().find_map(|column| {
            let slot = layout.rows(column).slots().next()?;
            Some((column, view.at(slot).id))
        })
    }

    fn go_to_found(&mut self, out: &mut Vec<Effect>) {
        self.search.list.close();
        out.push(Effect::Render);
        if let Some((column, id)) = self.first_found() {
            self.shown = column;
            self.focus_on(id, out);
        }
    }
}

/// The byte of a place that the browser counts in units of UTF-16; the end of the text where it lies beyond.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, character) in text.char_indices() {
        if left < character.len_utf16() {
            return at;
        }
        left -= character.len_utf16();
    }
    text.len()
}

/// The length of a text in the browser's units.
fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}
