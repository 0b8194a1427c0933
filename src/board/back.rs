//! Taking back: the last own command, or the one that a toast tells of. Says what was taken back, or why nothing was.

use super::Board;
use super::after::{Order, Then};
use super::msg::{Effect, Now};
use super::phrases::{self, Titles};
use super::scene::ToastWay;
use backlog::undo::Aspect;
use backlog::{Command, Mid, StoryId};
use replica::{NotUndone, Undo};

impl Board {
    pub(super) fn undo_pressed(&mut self, now: Now, out: &mut Vec<Effect>) {
        let undo = self.replica.undo_last();
        self.take_back(undo, now, out);
    }

    pub(super) fn undo_clicked(&mut self, mid: Mid, now: Now, out: &mut Vec<Effect>) {
        self.toast = None;
        let undo = self.replica.undo(mid);
        self.take_back(undo, now, out);
    }

    fn take_back(&mut self, undo: Result<Undo, NotUndone>, now: Now, out: &mut Vec<Effect>) {
        match undo {
            Ok(undo) => {
                let done = phrases::phrase(&undo.command, self.titles(&undo.commands)).done;
                let mut orders = orders(&undo, &done).into_iter().enumerate();
                let given = orders.try_for_each(|(place, order)| self.give(order, now.after(place), out));
                if let Err(refusal) = given {
                    let words = format!("Not undone: {done}. {refusal}");
                    self.tell_toast(words, self.way_to_history(&undo.command), out);
                }
            }
            Err(NotUndone::Nothing) => {
                self.tell_toast("Nothing to undo on this device".to_owned(), None, out);
            }
            Err(NotUndone::Overtaken { command, aspects }) => {
                let words = format!("Not undone: {}", overtaken(&command, &aspects, self.titles(&[])));
                self.tell_toast(words, self.way_to_history(&command), out);
            }
        }
    }

    /// The way to the history of the story that a command is about. A deleted one has no form to show it in.
    fn way_to_history(&self, command: &Command) -> Option<ToastWay> {
        let story = story_of(command)?;
        self.replica.view()?.story(story)?;
        Some(ToastWay::History(story))
    }

    pub(super) fn tell_toast(&mut self, words: String, way: Option<ToastWay>, out: &mut Vec<Effect>) {
        out.push(Effect::Announce(words.clone()));
        self.show_toast(words, way);
        out.push(Effect::Render);
    }
}

/// What takes a command back, in order. What was done is said once the last of it is kept.
fn orders(undo: &Undo, done: &str) -> Vec<Order> {
    let last = undo.commands.len().saturating_sub(1);
    let order = |(place, command): (usize, &Command)| Order {
        command: command.clone(),
        undoes: Some(undo.mid),
        replaces: None,
        then: match place == last {
            true => Then::Undone {
                words: format!("Undone: {done}"),
                story: story_of(command),
            },
            false => Then::Nothing,
        },
    };
    undo.commands.iter().enumerate().map(order).collect()
}

/// The story that a command is about, where it is one.
fn story_of(command: &Command) -> Option<StoryId> {
    match command.stories().as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// What was changed since, in words: `the title of “Cart” was changed since`.
fn overtaken(command: &Command, aspects: &[Aspect], titles: Titles<'_>) -> String {
    let stories = command.stories();
    let which = match command {
        Command::RenameProject { .. } => return "the project was renamed since".to_owned(),
        Command::DeleteImport { .. } | Command::RestoreImport { .. } => "what was imported".to_owned(),
        _ if stories.is_empty() => {
            let words: Vec<String> = aspects.iter().map(Aspect::to_string).collect();
            let words = phrases::listed(words.iter().map(String::as_str));
            return format!("someone changed the {words} since");
        }
        _ => titles.of_all(&stories),
    };
    if aspects.contains(&Aspect::Existence) {
        return match command {
            Command::DeleteStories { .. } | Command::DeleteImport { .. } => format!("{which} was brought back since"),
            _ => format!("{which} was deleted since"),
        };
    }
    let words: Vec<String> = aspects.iter().map(Aspect::to_string).collect();
    let were = match words.len() {
        1 => "was",
        _ => "were",
    };
    let words = phrases::listed(words.iter().map(String::as_str));
    format!("the {words} of {which} {were} changed since")
}
