//! The stories that are selected, so that something can be done to all of them at once. They are known by their ids: a selection
//! outlives every change of the page, and loses only what is deleted.

mod bulk;
mod fit;
mod menus;

pub use bulk::TOO_MANY;
pub use fit::Fit;

use super::Board;
use super::may::Deed;
use super::msg::{Click, Effect, Menu, Now, SelectionMsg, Target};
use backlog::{Panel, Story, StoryId};
use std::collections::HashSet;
use std::sync::Arc;

/// What is selected, and what is open in its bar.
#[derive(Debug, Default)]
pub struct Selection {
    stories: HashSet<StoryId>,
    // The story that was chosen last; Shift reaches from it.
    anchor: Option<StoryId>,
    reach: Option<Reach>,
    // The story that had the focus before the one that has it.
    came_from: Option<StoryId>,
    taps: Taps,
    menu: Option<Menu>,
    label: String,
    owner: String,
    problem: Option<String>,
}

/// What Shift has reached, to be let go where it reaches elsewhere.
#[derive(Debug)]
struct Reach {
    end: StoryId,
    stories: Vec<StoryId>,
}

/// What a tap on a closed story does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Taps {
    /// It opens it.
    #[default]
    Open,
    /// It selects it.
    Select,
}

impl Selection {
    /// Whether a story is selected.
    pub fn holds(&self, id: StoryId) -> bool {
        self.stories.contains(&id)
    }

    /// Whether its bar and the marks of the stories are shown.
    pub fn is_shown(&self) -> bool {
        !self.stories.is_empty() || self.taps == Taps::Select
    }

    /// Whether a menu of its bar is open.
    pub fn has_menu(&self) -> bool {
        self.menu.is_some()
    }

    /// The focus went on from a story.
    pub fn focus_went_on(&mut self, from: Option<StoryId>) {
        self.came_from = from;
    }

    fn toggle(&mut self, id: StoryId) {
        if !self.stories.remove(&id) {
            self.stories.insert(id);
        }
        self.anchor = Some(id);
        self.reach = None;
    }

    fn reach(&mut self, stories: Vec<StoryId>, end: StoryId) {
        for id in self.reach.take().into_iter().flat_map(|reach| reach.stories) {
            self.stories.remove(&id);
        }
        self.stories.extend(&stories);
        self.reach = Some(Reach { end, stories });
    }

    fn text_mut(&mut self) -> Option<&mut String> {
        match self.menu? {
            Menu::Labels => Some(&mut self.label),
            Menu::Owners => Some(&mut self.owner),
            Menu::Place | Menu::Step | Menu::Estimate | Menu::Type | Menu::Priority => None,
        }
    }
}

impl Board {
    pub(super) fn selection_changed(&mut self, msg: SelectionMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            SelectionMsg::Clicked(id, click) => self.row_clicked((id, click), now, out),
            SelectionMsg::Held(_) if !self.rights().may_select() => {}
            SelectionMsg::Held(id) => {
                self.selection.taps = Taps::Select;
                self.selection.stories.insert(id);
                self.selection.anchor = Some(id);
                self.tell_selection(out);
            }
            SelectionMsg::TappingToggled => match self.selection.is_shown() {
                true => self.clear_selection(out),
                false if !self.may_select(out) => {}
                false => {
                    self.selection.taps = Taps::Select;
                    self.tell_selection(out);
                }
            },
            SelectionMsg::Cleared => self.clear_selection(out),
            SelectionMsg::MenuToggled(menu) => self.menu_toggled(menu, out),
            SelectionMsg::Left => self.selection_left(out),
            SelectionMsg::Typed(text) => {
                if let Some(typed) = self.selection.text_mut() {
                    *typed = text;
                    self.selection.problem = None;
                }
                out.push(Effect::Render);
            }
            SelectionMsg::Entered => self.text_entered(now, out),
            SelectionMsg::Chosen(bulk) => self.bulk_chosen(&bulk, now, out),
        }
    }

    fn row_clicked(&mut self, (id, click): (StoryId, Click), now: Now, out: &mut Vec<Effect>) {
        self.selection.menu = None;
        let selects = (click, self.selection.taps) != (Click::Plain, Taps::Open);
        if selects && !self.may_select(out) {
            return;
        }
        match (click, self.selection.taps) {
            (Click::Plain, Taps::Open) => self.story_opened(id, now, out),
            (Click::Plain, Taps::Select) | (Click::Toggle, _) => {
                self.selection.toggle(id);
                self.focus_on(id, out);
                self.tell_selection(out);
            }
            (Click::Reach, _) => {
                // The click itself has brought the focus here.
                let before = self.focus.filter(|focus| *focus != id).or(self.selection.came_from);
                let from = self.selection.anchor.or(before).unwrap_or(id);
                self.reach_to(from, id, out);
            }
        }
    }

    /// Whether anything can be done to several stories. If not, that is said.
    fn may_select(&mut self, out: &mut Vec<Effect>) -> bool {
        self.rights().may_select() || self.is_offered(Deed::Word, out)
    }

    /// Selects all from one story to another one of the same column.
    fn reach_to(&mut self, from: StoryId, to: StoryId, out: &mut Vec<Effect>) {
        let Some((column, _)) = self.find(to) else { return };
        let stories = self.stories_of(column);
        let place = |id: StoryId| stories.iter().position(|other| *other == id);
        let Some(end) = place(to) else { return };
        let (anchor, start) = place(from).map_or((to, end), |start| (from, start));
        let reached = stories[start.min(end)..=start.max(end)].to_vec();
        self.selection.anchor = Some(anchor);
        self.selection.reach(reached, to);
        self.focus_on(to, out);
        self.tell_selection(out);
    }

    /// The story that has the focus is selected, or is not any more.
    pub(super) fn select_focused(&mut self, out: &mut Vec<Effect>) {
        if !self.may_select(out) {
            return;
        }
        if let Some(id) = self.focus.filter(|id| self.find(*id).is_some()) {
            self.selection.toggle(id);
            self.tell_selection(out);
        }
    }

    /// Selects on from where the focus is.
    pub(super) fn select_on(&mut self, by: isize, out: &mut Vec<Effect>) {
        if !self.may_select(out) {
            return;
        }
        let Some(to) = self.stepped(by) else { return };
        let focus = self.focus.filter(|id| self.find(*id).is_some()).unwrap_or(to);
        let goes_on = self.selection.reach.as_ref().is_some_and(|reach| reach.end == focus);
        let from = self.selection.anchor.filter(|_| goes_on).unwrap_or(focus);
        if !goes_on {
            // What was reached from elsewhere stays.
            self.selection.reach = None;
        }
        self.reach_to(from, to, out);
    }

    /// Selects the column that has the focus, as far as it is shown.
    pub(super) fn select_column(&mut self, out: &mut Vec<Effect>) {
        if !self.may_select(out) {
            return;
        }
        let stories = self.stories_of(self.focused_column());
        self.selection.stories.extend(stories);
        self.selection.reach = None;
        self.tell_selection(out);
    }

    /// Brings the keyboard to the bar.
    pub(super) fn go_to_selection(&mut self, out: &mut Vec<Effect>) {
        if self.selection.is_shown() {
            out.push(Effect::Focus(Target::SelectionBar));
        }
    }

    pub(super) fn clear_selection(&mut self, out: &mut Vec<Effect>) {
        let was = self.selection.stories.len();
        self.selection = Selection {
            // What was typed in the bar is there again with the next selection.
            label: std::mem::take(&mut self.selection.label),
            owner: std::mem::take(&mut self.selection.owner),
            ..Selection::default()
        };
        if was > 0 {
            out.push(Effect::Announce("Nothing selected.".to_owned()));
        }
        self.back_to_rows(out);
        out.push(Effect::Render);
    }

    /// Closes the menu of the bar; the focus goes back to what opened it.
    pub(super) fn close_selection_menu(&mut self, out: &mut Vec<Effect>) {
        if let Some(menu) = self.selection.menu.take() {
            self.selection.problem = None;
            out.extend([Effect::Render, Effect::Focus(Target::SelectionMenu(menu))]);
        }
    }

    fn selection_left(&mut self, out: &mut Vec<Effect>) {
        match self.selection.menu {
            Some(_) => self.close_selection_menu(out),
            None => self.back_to_rows(out),
        }
    }

    fn back_to_rows(&mut self, out: &mut Vec<Effect>) {
        let here = self.focus.filter(|id| self.find(*id).is_some());
        if let Some(id) = here {
            self.focus_on(id, out);
        }
    }

    fn menu_toggled(&mut self, menu: Menu, out: &mut Vec<Effect>) {
        if self.selection.menu == Some(menu) {
            return self.close_selection_menu(out);
        }
        self.selection.menu = Some(menu);
        self.selection.problem = None;
        out.extend([Effect::Render, Effect::Focus(Target::SelectionChoice)]);
    }

    fn tell_selection(&mut self, out: &mut Vec<Effect>) {
        if self.selection.stories.is_empty() {
            self.selection.menu = None;
        }
        let words = match self.selection.stories.len() {
            0 => "Nothing selected.".to_owned(),
            many => format!("{many} selected."),
        };
        out.extend([Effect::Announce(words), Effect::Render]);
    }

    /// Lets go of the stories that are deleted.
    pub(super) fn selection_follows(&mut self, out: &mut Vec<Effect>) {
        let Some(view) = self.replica.view() else { return };
        let before = self.selection.stories.len();
        self.selection.stories.retain(|id| view.story(*id).is_some());
        if self.selection.stories.len() < before {
            self.tell_selection(out);
        }
    }

    /// The selected stories, in the order of the backlog and then of the icebox.
    pub(super) fn selected(&self) -> Vec<Arc<Story>> {
        let Some(view) = self.replica.view().filter(|_| !self.selection.stories.is_empty()) else {
            return Vec::new();
        };
        let slots = view.order(Panel::Backlog).chain(view.order(Panel::Icebox));
        let stories = slots.map(|slot| view.at(slot));
        stories
            .filter(|story| self.selection.holds(story.id))
            .cloned()
            .collect()
    }
}
