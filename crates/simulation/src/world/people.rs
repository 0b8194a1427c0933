//! People: they give commands on the page in front of them, take some back, and see to what needs their attention.

use super::World;
use super::network::short;
use crate::book::{Effect, Given as Entry};
use crate::commands::Source;
use crate::counters::Counter;
use crate::random::Dice;
use crate::store::actor;
use backlog::{Command, Mid, Millis};
use replica::{Given, Input, Stage, Undo};

/// How often someone thinks of something else where their role does not allow it.
const MOST_TRIES: usize = 6;

/// A command that someone wants to give.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) command: Command,
    pub(crate) undoes: Option<Mid>,
    pub(crate) replaces: Option<Mid>,
}

impl From<Command> for Wish {
    fn from(command: Command) -> Wish {
        Wish {
            command,
            undoes: None,
            replaces: None,
        }
    }
}

impl World {
    /// A page that someone sits in front of.
    fn page_in_use(&self, dice: &mut Dice) -> Option<usize> {
        let in_use: Vec<usize> = (0..self.tabs.len()).filter(|tab| self.is_in_use(*tab)).collect();
        dice.pick(&in_use).copied()
    }

    fn is_in_use(&self, tab: usize) -> bool {
        let tab = &self.tabs[tab];
        let seen = tab.page.as_ref().is_some_and(|page| page.replica.view().is_some());
        seen && !self.devices[tab.device].asleep
    }

    pub(crate) fn command(&mut self, dice: &mut Dice) {
        let Some(tab) = self.page_in_use(dice) else { return };
        let Some(page) = &self.tabs[tab].page else { return };
        let mut source = Source {
            dice,
            view: page.replica.view(),
            stories: self.truths[self.tabs[tab].project].stories(),
            fresh: &mut self.fresh,
        };
        let mut command = source.command();
        // Mostly what the page offers, now and then anything.
        let by = actor(self.tabs[tab].person).id;
        let tries = if source.dice.percent(80) { MOST_TRIES } else { 0 };
        for _ in 0..tries {
            if page.replica.may(&command, by).is_ok() {
                break;
            }
            command = source.modest();
        }
        self.give(tab, command.into(), dice);
    }

    pub(crate) fn new_story(&mut self, project: Option<usize>) -> Command {
        let stories = project.map_or(&[][..], |project| self.truths[project].stories());
        let mut source = Source {
            dice: &mut self.dice,
            view: None,
            stories,
            fresh: &mut self.fresh,
        };
        source.new_story()
    }

    pub(crate) fn give(&mut self, tab: usize, wish: Wish, dice: &mut Dice) {
        let Wish {
            command,
            undoes,
            replaces,
        } = wish;
        let mid = Mid(dice.bits());
        let effect = match (self.is_calm(), dice.below(100)) {
            (true, _) | (false, 4..) => Effect::Sound,
            (false, 0..3) => Effect::Unreadable,
            (false, 3) => Effect::Breaking,
        };
        let (person, project) = (self.tabs[tab].person, self.tabs[tab].project);
        let clock = self.devices[self.tabs[tab].device].clock;
        let now = self.now;
        self.note(|| format!("{now:>7} tab {tab}: gives {} {command:?}", short(mid)));
        let given = Given {
            mid,
            command: command.clone(),
            by: actor(person),
            at: Millis(now as i64 + clock),
            undoes,
            replaces,
        };
        self.tell(tab, Input::Commanded(given.into()));
        let taken = self.tabs[tab]
            .page
            .as_ref()
            .is_some_and(|page| page.replica.kept(mid).is_some());
        if !taken {
            return;
        }
        self.count(Counter::Commands);
        self.book.enter(
            mid,
            Entry {
                person,
                project,
                command,
                kept: false,
                released: false,
                effect,
            },
        );
        if let Some(old) = replaces {
            self.count(Counter::AppliedAgain);
            self.book.release(old);
        }
    }

    pub(crate) fn undo(&mut self, dice: &mut Dice) {
        let Some(tab) = self.page_in_use(dice) else { return };
        let Some(page) = &self.tabs[tab].page else { return };
        let Ok(Undo { mid, commands, .. }) = page.replica.undo_last() else {
            return;
        };
        self.count(Counter::Undone);
        for command in commands {
            let wish = Wish {
                undoes: Some(mid),
                ..command.into()
            };
            self.give(tab, wish, dice);
        }
    }

    pub(crate) fn attend(&mut self, dice: &mut Dice) {
        let Some(tab) = self.page_in_use(dice) else { return };
        let Some(page) = &self.tabs[tab].page else { return };
        let waiting: Vec<(Mid, Command)> = page
            .replica
            .attention()
            .map(|kept| (kept.mid, kept.command.clone()))
            .collect();
        let Some((mid, command)) = dice.pick(&waiting).cloned() else {
            return;
        };
        if dice.percent(50) {
            self.count(Counter::Dismissed);
            let now = self.now;
            self.note(|| format!("{now:>7} tab {tab}: dismisses {}", short(mid)));
            self.book.release(mid);
            self.tell(tab, Input::Dismissed(mid));
        } else {
            let wish = Wish {
                replaces: Some(mid),
                ..command.into()
            };
            self.give(tab, wish, dice);
        }
    }

    /// Whether a page has something that waits for the server.
    pub(crate) fn has_pending(&self, tab: usize) -> bool {
        let replica = self.tabs[tab].page.as_ref().map(|page| &page.replica);
        replica.is_some_and(|replica| replica.pending().any(|kept| kept.stage == Stage::Pending))
    }
}
