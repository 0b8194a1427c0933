//! What is done to all that is selected: always one command, so that one undo takes all of it back. What cannot take part is left
//! out, and that is said.

use super::fit::{Fit, edit_each};
use crate::board::Board;
use crate::board::after::{Landing, Order, Then};
use crate::board::column::Column;
use crate::board::layout::current_flag;
use crate::board::motion::arranged;
use crate::board::msg::{Bulk, Effect, Menu, Now, Spot, Target};
use crate::board::phrases;
use crate::board::write::told;
use backlog::{ActorId, Command, Edit, Label, StoryId};

/// Said where more is selected than one command takes.
pub const TOO_MANY: &str = "At most 1,000 stories can be changed at once. Select fewer to go on.";

impl Spot {
    fn column(self) -> Column {
        match self {
            Spot::TopOfCurrent => Column::Current,
            Spot::TopOfBacklog | Spot::BottomOfBacklog => Column::Backlog,
            Spot::Icebox => Column::Icebox,
        }
    }
}

impl Board {
    pub(super) fn bulk_chosen(&mut self, bulk: &Bulk, now: Now, out: &mut Vec<Effect>) {
        let stories = self.selected();
        let Some(judge) = self.judge() else { return };
        if stories.len() > Command::MAX_STORIES {
            return self.tell_toast(TOO_MANY.to_owned(), None, out);
        }
        let fit = Fit::new(bulk, &stories, judge);
        if let Some(reason) = fit.detail().filter(|_| fit.stories.is_empty()) {
            return self.tell_toast(format!("Nothing was changed: {reason}"), None, out);
        }
        let Some(command) = self.bulk_command(bulk, &fit.stories) else {
            return self.tell_toast("They stand there already".to_owned(), None, out);
        };
        let then = self.bulk_then(bulk, &command, fit);
        match self.give(Order::new(command, then), now, out) {
            Ok(()) => self.after_choice(bulk, out),
            Err(reason) => self.notify(told(&reason), None, out),
        }
    }

    /// The command; none where it would move stories to where they stand.
    fn bulk_command(&self, bulk: &Bulk, stories: &[StoryId]) -> Option<Command> {
        let edited = |edit: &Edit| Command::EditStories {
            stories: edit_each(stories, edit),
        };
        Some(match bulk {
            Bulk::Move(spot) => return self.move_to(*spot, stories),
            Bulk::Step(transition) => Command::TransitionStories {
                stories: stories.to_vec(),
                transition: *transition,
            },
            Bulk::Estimate(estimate) => edited(&Edit::Estimate(*estimate)),
            Bulk::Label(label) => edited(&Edit::LabelAdded(label.clone())),
            Bulk::Unlabel(label) => edited(&Edit::LabelRemoved(label.clone())),
            Bulk::Own(person) => edited(&Edit::OwnerAdded(*person)),
            Bulk::Disown(person) => edited(&Edit::OwnerRemoved(*person)),
            Bulk::Type(story_type) => edited(&Edit::Type(*story_type)),
            Bulk::Priority(priority) => edited(&Edit::Priority(*priority)),
            Bulk::Delete => Command::DeleteStories {
                stories: stories.to_vec(),
            },
        })
    }

    fn move_to(&self, spot: Spot, stories: &[StoryId]) -> Option<Command> {
        let view = self.replica.view()?;
        let (column, settings) = (spot.column(), view.settings());
        let order: Vec<StoryId> = view.order(column.panel()).map(|slot| view.at(slot).id).collect();
        let last = || order.iter().rev().find(|id| !stories.contains(id)).copied();
        let after = match spot {
            Spot::TopOfCurrent | Spot::Icebox => None,
            Spot::TopOfBacklog => self.last_of_current(stories),
            Spot::BottomOfBacklog => last(),
        };
        let current = current_flag(column, settings);
        let is_flagged = |id: &StoryId| current.is_none_or(|flag| view.story(*id).is_some_and(|s| s.current == flag));
        let stands = arranged(&order, stories, after) == order && stories.iter().all(is_flagged);
        (!stands).then(|| Command::MoveStories {
            stories: stories.to_vec(),
            panel: column.panel(),
            after,
            current,
        })
    }

    fn bulk_then(&self, bulk: &Bulk, command: &Command, fit: Fit) -> Then {
        let rest = fit.rest();
        if let Bulk::Move(_) = bulk {
            let from = fit.stories.first().and_then(|id| self.find(*id));
            return Then::Moved(Landing {
                from: from.map(|(column, _)| column),
                stories: fit.stories,
                rest,
                focus: None,
            });
        }
        let done = phrases::phrase(command, self.titles(&[])).done_capital();
        Then::Several {
            words: rest.map_or(done.clone(), |rest| format!("{done}. {rest}")),
            focus: match bulk {
                Bulk::Delete => self.unselected_neighbour(),
                _ => None,
            },
        }
    }

    /// Where the keyboard goes on when all that is selected goes: the next story of the column, or else the one before.
    fn unselected_neighbour(&self) -> Option<StoryId> {
        let stories = self.stories_of(self.focused_column());
        let is_selected = |id: &&StoryId| self.selection.holds(**id);
        let here = self
            .focus
            .and_then(|id| stories.iter().position(|other| *other == id))
            .or_else(|| stories.iter().position(|id| is_selected(&id)))?;
        let (above, below) = stories.split_at(here);
        let stays = |id: &&StoryId| !is_selected(id);
        below
            .iter()
            .find(stays)
            .or_else(|| above.iter().rev().find(stays))
            .copied()
    }

    /// One may go on giving labels and owners; anything else closes its menu.
    fn after_choice(&mut self, bulk: &Bulk, out: &mut Vec<Effect>) {
        match self.selection.menu {
            Some(Menu::Labels | Menu::Owners) if *bulk != Bulk::Delete => {
                if let Some(text) = self.selection.text_mut() {
                    text.clear();
                }
                self.selection.problem = None;
                out.extend([Effect::Render, Effect::Focus(Target::SelectionChoice)]);
            }
            Some(_) => self.close_selection_menu(out),
            None => {}
        }
    }

    /// Takes what was typed as a label or a person.
    pub(super) fn text_entered(&mut self, now: Now, out: &mut Vec<Effect>) {
        let chosen = match self.selection.menu {
            Some(Menu::Labels) => self.label_typed().map(Bulk::Label),
            Some(Menu::Owners) => self.person_typed().map(Bulk::Own),
            Some(Menu::Place | Menu::Step | Menu::Estimate | Menu::Type | Menu::Priority) | None => return,
        };
        match chosen {
            Ok(bulk) => self.bulk_chosen(&bulk, now, out),
            Err(problem) => {
                self.selection.problem = Some(problem);
                out.push(Effect::Render);
            }
        }
    }

    fn label_typed(&self) -> Result<Label, String> {
        let text = &self.selection.label;
        Label::new(text).map_err(|problem| {
            let then = if text.contains(',') {
                " Add one after the other."
            } else {
                ""
            };
            format!("{}.{then}", phrases::capital(&problem.to_string()))
        })
    }

    /// The only person whom the text fits.
    fn person_typed(&self) -> Result<ActorId, String> {
        let mut meant = self.people_like(&self.selection.owner);
        meant.retain(|(person, _)| !self.has_left(*person));
        match meant.as_slice() {
            [(one, _)] => Ok(*one),
            [] => Err("Nobody of this project is called that.".to_owned()),
            [..] => Err("Several people are called that: choose one of the list.".to_owned()),
        }
    }
}
