//! The texts that are begun beside the fields of a form: a comment, a task, a reason. They outlive the closing of the form and
//! every change of others; what a text was to change may be gone by then, and the text then waits where a new one is written.

use crate::board::msg::Aside;
use crate::board::phrases::parts::date;
use backlog::{Story, Transition};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text, and what stood in its place when it was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// What it was begun from; empty for something new.
    pub from: String,
}

impl Typed {
    fn is_unsaved(&self) -> bool {
        self.text != self.from && !(self.from.is_empty() && self.text.trim().is_empty())
    }
}

/// The texts beside a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asides {
    typed: BTreeMap<Aside, Typed>,
    // What was sent and is not yet on the device as a command.
    sent: Vec<(Aside, Typed)>,
    /// Why one of them could not be sent.
    pub problem: Option<(Aside, String)>,
}

impl Asides {
    /// Those that were kept as text.
    pub fn read(kept: Vec<(Aside, Typed)>) -> Asides {
        Asides {
            typed: kept.into_iter().collect(),
            ..Asides::default()
        }
    }

    /// Those that are worth keeping, also what was sent a moment ago.
    pub fn to_keep(&self) -> Vec<(Aside, Typed)> {
        let mut kept: BTreeMap<Aside, Typed> = self.sent.iter().cloned().collect();
        kept.extend(self.unsaved().map(|(aside, typed)| (aside, typed.clone())));
        kept.into_iter().collect()
    }

    /// The text in a place that is open.
    pub fn get(&self, aside: Aside) -> Option<&Typed> {
        self.typed.get(&aside)
    }

    /// The text in a place; empty where nothing was begun.
    pub fn text(&self, aside: Aside) -> &str {
        self.typed.get(&aside).map_or("", |typed| typed.text.as_str())
    }

    /// Opens a place with what stands there; what was typed there before is still there.
    pub fn open(&mut self, aside: Aside, from: &str) {
        self.typed.entry(aside).or_insert_with(|| Typed {
            text: from.to_owned(),
            from: from.to_owned(),
        });
    }

    /// A text was typed in a place with that in it.
    pub fn type_in(&mut self, (aside, from): (Aside, &str), text: String) {
        self.open(aside, from);
        if let Some(typed) = self.typed.get_mut(&aside) {
            typed.text = text;
        }
        self.forgive(aside);
    }

    /// Closes a place and gives up what was typed there.
    pub fn drop(&mut self, aside: Aside) {
        self.typed.remove(&aside);
        self.forgive(aside);
    }

    /// A text is on its way.
    pub fn send(&mut self, aside: Aside) {
        if let Some(typed) = self.typed.remove(&aside) {
            self.sent.push((aside, typed));
        }
        self.forgive(aside);
    }

    /// A text that was sent could not go.
    pub fn take_back(&mut self, aside: Aside) {
        if let Some(place) = self.sent.iter().rposition(|(sent, _)| *sent == aside) {
            let (aside, typed) = self.sent.remove(place);
            self.typed.entry(aside).or_insert(typed);
        }
    }

    /// The device holds the command that a text became. Those of one place go in order.
    pub fn kept(&mut self, aside: Aside) {
        if let Some(place) = self.sent.iter().position(|(sent, _)| *sent == aside) {
            self.sent.remove(place);
        }
    }

    /// Whether a text is on its way.
    pub fn are_under_way(&self) -> bool {
        !self.sent.is_empty()
    }

    fn forgive(&mut self, aside: Aside) {
        self.problem = self.problem.take().filter(|(of, _)| *of != aside);
    }

    /// The texts that are not sent.
    pub fn unsaved(&self) -> impl Iterator<Item = (Aside, &Typed)> {
        // What a link leads to is chosen, and says nothing without its address.
        let is_text = |aside: &Aside| *aside != Aside::LinkKind;
        let unsaved = self
            .typed
            .iter()
            .filter(move |(aside, typed)| is_text(aside) && typed.is_unsaved());
        unsaved.map(|(aside, typed)| (*aside, typed))
    }

    /// Lets texts whose place is gone wait where something new is written, and texts that nobody touched follow the story.
    pub fn follow(&mut self, now: &Story) {
        let places: Vec<Aside> = self.typed.keys().copied().collect();
        for aside in places {
            match (standing(now, aside), home(aside)) {
                (Some(from), _) => self.refresh(aside, from),
                (None, Some(home)) => self.move_home(aside, home),
                (None, None) => {}
            }
        }
    }

    fn refresh(&mut self, aside: Aside, from: String) {
        if let Some(typed) = self.typed.get_mut(&aside)
            && (typed.text == typed.from || typed.text == from)
        {
            typed.text.clone_from(&from);
            typed.from = from;
        }
    }

    fn move_home(&mut self, aside: Aside, home: Aside) {
        let Some(typed) = self.typed.remove(&aside).filter(Typed::is_unsaved) else {
            return;
        };
        let waiting = self.typed.entry(home).or_default();
        if !waiting.text.trim().is_empty() {
            waiting.text.push_str(if home == Aside::Comment { "\n\n" } else { " " });
        }
        waiting.text.push_str(&typed.text);
    }
}

/// What a story says in a place; none where the place is gone.
pub fn standing(story: &Story, aside: Aside) -> Option<String> {
    match aside {
        Aside::Reworded(id) => {
            let comment = story.said().find(|comment| comment.id == id);
            comment.map(|comment| comment.text.as_str().to_owned())
        }
        Aside::TaskReworded(id) => {
            let task = story.tasks.iter().find(|task| task.id == id);
            task.map(|task| task.text.as_str().to_owned())
        }
        Aside::Reason if !story.transitions().contains(&Transition::Reject) => None,
        Aside::Deadline => Some(story.deadline.map(date).unwrap_or_default()),
        Aside::Comment
        | Aside::Task
        | Aside::Blocker
        | Aside::Review
        | Aside::LinkKind
        | Aside::Link
        | Aside::LinkName
        | Aside::Reason => Some(String::new()),
    }
}

/// Where a text waits whose place is gone.
fn home(aside: Aside) -> Option<Aside> {
    match aside {
        Aside::Reworded(_) | Aside::Reason => Some(Aside::Comment),
        Aside::TaskReworded(_) => Some(Aside::Task),
        Aside::Comment
        | Aside::Task
        | Aside::Blocker
        | Aside::Review
        | Aside::LinkKind
        | Aside::Link
        | Aside::LinkName
        | Aside::Deadline => None,
    }
}
