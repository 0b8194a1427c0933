//! Stories on their way to another place, by pointer or by keys: one, or all that are selected, as one block. Where they would
//! land is kept as an anchor, "after that story", so that it stays right while others change the list.

use super::Board;
use super::after::{Landing, Order, Then};
use super::column::Column;
use super::hands::beside;
use super::layout::current_flag;
use super::may::Deed;
use super::msg::{Bulk, Effect, Key, Now, Spot};
use super::selection::{Fit, TOO_MANY};
use super::write::told;
use backlog::{Command, Panel, Rejection, State, StoryId};
use std::collections::HashSet;
use std::rc::Rc;

/// Stories on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The story that the hand has hold of.
    pub story: StoryId,
    /// All of them, in order.
    pub stories: Rc<[StoryId]>,
    /// What is said of those that were selected and stay.
    pub rest: Option<String>,
    /// What moves them.
    pub hand: Hand,
    /// Where they would land; none while the pointer is over no column.
    pub target: Option<Place>,
}

impl Motion {
    /// Whether a story is on its way.
    pub fn holds(&self, id: StoryId) -> bool {
        self.stories.contains(&id)
    }
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
        if self.lift(id, Hand::Keys, out).is_some() {
            let after = self.story_above(id, column);
            self.set_target(Some(Place { column, after }));
            self.announce_lift(out);
        }
    }

    fn announce_lift(&self, out: &mut Vec<Effect>) {
        if let Some((motion, at)) = self.motion.as_ref().zip(self.target_in_words()) {
            let title = self.replica.view().and_then(|view| view.story(motion.story));
            let what = match (motion.stories.len(), title) {
                (1, Some(story)) => story.title.as_str().to_owned(),
                (many, _) => format!("{many} stories"),
            };
            out.push(Effect::Announce(format!("{what}: picked up. {at}. {CARRYING}")));
        }
    }

    /// The story above one in its column that stays where it is.
    fn story_above(&self, id: StoryId, column: Column) -> Option<StoryId> {
        let stories = self.stories_of(column);
        let here = stories.iter().position(|other| *other == id)?;
        stories[..here].iter().rev().find(|id| self.stays(**id)).copied()
    }

    /// Whether a story is not on its way.
    fn stays(&self, id: StoryId) -> bool {
        self.motion.as_ref().is_none_or(|motion| !motion.holds(id))
    }

    fn target(&self) -> Option<Place> {
        self.motion.as_ref()?.target
    }

    fn set_target(&mut self, target: Option<Place>) {
        if let Some(motion) = &mut self.motion {
            motion.target = target;
        }
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
            Key::Add
            | Key::Save
            | Key::Undo
            | Key::Search
            | Key::Help
            | Key::Select
            | Key::SelectOn(_)
            | Key::SelectColumn
            | Key::ToSelection
            | Key::Panel(_)
            | Key::Sheet(_) => {}
        }
    }

    fn carry(&mut self, by: isize, out: &mut Vec<Effect>) {
        let Some(Place { column, after }) = self.target() else {
            return;
        };
        let (others, above) = self.standing(Place { column, after });
        let wanted = above.saturating_add_signed(by).min(others.len());
        let after = wanted.checked_sub(1).and_then(|row| others.get(row)).copied();
        self.carry_to(Place { column, after }, out);
    }

    /// The other stories of a place's column, and how many of them stand above the place.
    fn standing(&self, place: Place) -> (Vec<StoryId>, usize) {
        let mut others = self.stories_of(place.column);
        others.retain(|id| self.stays(*id));
        let above = place.after.and_then(|id| others.iter().position(|other| *other == id));
        (others, above.map_or(0, |row| row + 1))
    }

    fn carry_aside(&mut self, by: isize, out: &mut Vec<Effect>) {
        let Some(place) = self.target() else {
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
        self.set_target(Some(place));
        let row = place.after.and_then(|id| self.find(id)).map_or(0, |(_, row)| row);
        self.reveal(place.column, row, out);
        out.extend(self.target_in_words().map(Effect::Announce));
        out.push(Effect::Render);
    }

    /// Where what is moved would land.
    fn target_in_words(&self) -> Option<String> {
        let place = self.target()?;
        let (others, above) = self.standing(place);
        let all = others.len() + self.motion.as_ref()?.stories.len();
        Some(format!("{} {} of {all}", place.column.title(), above + 1))
    }

    pub(super) fn drag_started(&mut self, id: StoryId, out: &mut Vec<Effect>) {
        self.lift(id, Hand::Pointer, out);
    }

    /// Sets a story in motion, unless it is bound to its place; and with it, where it is selected, all that are.
    fn lift(&mut self, story: StoryId, hand: Hand, out: &mut Vec<Effect>) -> Option<()> {
        if !self.is_offered(Deed::Move, out) {
            return None;
        }
        let one = self.replica.view()?.story(story)?.clone();
        out.push(Effect::Render);
        let all = match self.selection.holds(story) {
            true => self.selected(),
            false => vec![one.clone()],
        };
        let refusal = match (one.state, all.len()) {
            (State::Accepted, _) => Some(Rejection::AlreadyAccepted.to_string()),
            (_, many) if many > Command::MAX_STORIES => Some(TOO_MANY.to_owned()),
            _ => None,
        };
        if let Some(words) = refusal {
            self.tell_toast(words, None, out);
            return None;
        }
        // Any place will do: what may move at all may move anywhere.
        let fit = Fit::new(&Bulk::Move(Spot::Icebox), &all, self.judge()?);
        self.motion = Some(Motion {
            story,
            rest: fit.rest(),
            stories: fit.stories.into(),
            hand,
            target: None,
        });
        Some(())
    }

    pub(super) fn drag_moved(&mut self, over: Option<(Column, i32)>, out: &mut Vec<Effect>) {
        let over = over.filter(|(column, _)| column.takes_stories());
        let target = over.map(|(column, y)| self.place_at(column, y));
        if self.target() != target {
            self.set_target(target);
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
        let above = rows[..boundary]
            .iter()
            .rev()
            .filter_map(|key| key.slot())
            .map(|slot| view.at(slot).id);
        Place {
            column,
            after: above.into_iter().find(|id| self.stays(*id)),
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
        let Some(place) = self.target() else {
            return self.cancel_motion(out);
        };
        let Some(motion) = self.motion.take() else { return };
        out.push(Effect::Render);
        let Some((command, then)) = self.landing(&motion, place) else {
            return;
        };
        if let Err(reason) = self.give(Order::new(command, then), now, out) {
            self.notify(told(&reason), None, out);
        }
    }

    /// The command that lands them there, and what follows; none where they stand there already.
    fn landing(&self, motion: &Motion, place: Place) -> Option<(Command, Then)> {
        let Place { column, after } = place;
        let settings = self.replica.view()?.settings();
        let (stories, rest) = self.still_moving(motion);
        let here = self.stories_of(column);
        if arranged(&here, &stories, after) == here {
            return None;
        }
        let then = Then::Moved(Landing {
            stories: stories.clone(),
            from: self.find(motion.story).map(|(column, _)| column),
            rest,
            focus: Some(motion.story),
        });
        let command = Command::MoveStories {
            after: match (column, after) {
                // The backlog's top is below what is in Current.
                (Column::Backlog, None) => self.last_of_current(&stories),
                (_, after) => after,
            },
            stories,
            panel: column.panel(),
            current: current_flag(column, settings),
        };
        Some((command, then))
    }

    /// Those of the stories that can still move, and what is said of the others.
    fn still_moving(&self, motion: &Motion) -> (Vec<StoryId>, Option<String>) {
        let story = |id: &StoryId| self.replica.view()?.story(*id);
        let moves = |id: &&StoryId| story(id).is_some_and(|story| story.state != State::Accepted);
        let stories: Vec<StoryId> = motion.stories.iter().filter(moves).copied().collect();
        let gone = match motion.stories.len() - stories.len() {
            0 => None,
            // The refusal says why.
            all if all == motion.stories.len() => return (motion.stories.to_vec(), None),
            1 => Some("1 was deleted or accepted meanwhile.".to_owned()),
            many => Some(format!("{many} were deleted or accepted meanwhile.")),
        };
        let rest: Vec<String> = motion.rest.iter().cloned().chain(gone).collect();
        (stories, (!rest.is_empty()).then(|| rest.join(" ")))
    }

    /// The last story of the current iteration, whether it is shown or not, but none of these.
    pub(super) fn last_of_current(&self, but: &[StoryId]) -> Option<StoryId> {
        let (layout, view) = (self.layout.as_ref()?, self.replica.view()?);
        let current = layout.plan.current.stories.clone();
        let slots: Vec<_> = view
            .order(Panel::Backlog)
            .skip(current.start)
            .take(current.len())
            .collect();
        let mut ids = slots.into_iter().rev().map(|slot| view.at(slot).id);
        ids.find(|id| !but.contains(id))
    }
}

/// A list as it would be with these stories, as one block, after that one of the others; none stands for the top.
pub(super) fn arranged(list: &[StoryId], block: &[StoryId], after: Option<StoryId>) -> Vec<StoryId> {
    let moved: HashSet<&StoryId> = block.iter().collect();
    let mut all: Vec<StoryId> = list.iter().filter(|id| !moved.contains(id)).copied().collect();
    let above = after.and_then(|id| all.iter().position(|other| *other == id));
    let at = above.map_or(0, |row| row + 1);
    all.splice(at..at, block.iter().copied());
    all
}
