//! What something would do to each of several stories: which of them it changes, which are so already, and which it must
//! leave out, with the reason. So that all of it is one command that goes through.

use crate::board::may::{Deed, Judge};
use crate::board::msg::Bulk;
use crate::board::phrases::{state_word, type_word};
use backlog::{Edit, Settings, State, Story, StoryEdits, StoryId, Transition};
use std::sync::Arc;

/// What would come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The stories that it changes, in their order.
    pub stories: Vec<StoryId>,
    /// How many are so already.
    pub already: usize,
    /// How many it must leave out.
    pub left_out: usize,
    /// Why, each reason once.
    pub reasons: Vec<String>,
}

enum Verdict {
    Changes,
    IsSo,
    Cannot(String),
}

impl Fit {
    /// What would come of doing it to these stories.
    pub fn new(bulk: &Bulk, stories: &[Arc<Story>], judge: Judge<'_>) -> Fit {
        let mut fit = Fit::default();
        let (deed, settings) = (Deed::of_bulk(bulk), judge.view.settings());
        for story in stories {
            let verdict = match judge.may(deed, story.id) {
                true => verdict(bulk, story, settings),
                false => Verdict::Cannot(judge.reason(deed)),
            };
            match verdict {
                Verdict::Changes => fit.stories.push(story.id),
                Verdict::IsSo => fit.already += 1,
                Verdict::Cannot(reason) => {
                    fit.left_out += 1;
                    if !fit.reasons.contains(&reason) {
                        fit.reasons.push(reason);
                    }
                }
            }
        }
        fit
    }

    /// How many of the stories it is about, where that is not all of them, or why it is about none.
    pub fn detail(&self) -> Option<String> {
        let (open, all) = (self.stories.len(), self.stories.len() + self.already + self.left_out);
        match (open, self.left_out) {
            (0, 0) => Some("done already".to_owned()),
            (0, _) if self.already > 0 => Some("nothing to do".to_owned()),
            (0, _) => Some(self.reasons.join("; ")),
            (open, _) if open == all => None,
            (open, _) => Some(format!("{open} of {all}")),
        }
    }

    /// That some were left out, as a sentence of its own.
    pub fn rest(&self) -> Option<String> {
        let were = match self.left_out {
            0 => return None,
            1 => "1 was left out".to_owned(),
            many => format!("{many} were left out"),
        };
        Some(format!("{were}: {}.", self.reasons.join("; ")))
    }
}

/// The same edit for each story.
pub fn edit_each(stories: &[StoryId], edit: &Edit) -> Vec<StoryEdits> {
    let one = |id: &StoryId| StoryEdits {
        id: *id,
        edits: vec![edit.clone()],
    };
    stories.iter().map(one).collect()
}

fn verdict(bulk: &Bulk, story: &Story, settings: &Settings) -> Verdict {
    match bulk {
        Bulk::Move(_) => moved(story),
        Bulk::Step(transition) => stepped(*transition, story),
        Bulk::Estimate(Some(_)) if !settings.carries_points(story.story_type) => {
            Verdict::Cannot(format!("a {} carries no points", type_word(story.story_type)))
        }
        Bulk::Estimate(None) if story.story_type.awaits_estimate() && is_begun(story.state) => {
            Verdict::Cannot("a feature that was started keeps its estimate".to_owned())
        }
        Bulk::Estimate(estimate) => so(story.estimate, *estimate),
        Bulk::Label(label) if story.labels.contains(label) => Verdict::IsSo,
        Bulk::Label(_) => room(story.labels.len(), (Story::MAX_LABELS, "labels")),
        Bulk::Unlabel(label) => so(story.labels.contains(label), false),
        Bulk::Own(person) if story.owners.contains(person) => Verdict::IsSo,
        Bulk::Own(_) => room(story.owners.len(), (Story::MAX_OWNERS, "owners")),
        Bulk::Disown(person) => so(story.owners.contains(person), false),
        Bulk::Type(story_type) if !story_type.has_state(story.state) => {
            let (state, word) = (state_word(story.state), type_word(*story_type));
            Verdict::Cannot(format!("a {word} is never {state}"))
        }
        Bulk::Type(story_type) => so(story.story_type, *story_type),
        Bulk::Priority(priority) => so(story.priority, *priority),
        Bulk::Delete => Verdict::Changes,
    }
}

/// Changes it where the two differ.
fn so<T: PartialEq>(is: T, to_be: T) -> Verdict {
    if is == to_be { Verdict::IsSo } else { Verdict::Changes }
}

fn room(has: usize, (most, of): (usize, &str)) -> Verdict {
    if has < most {
        Verdict::Changes
    } else {
        Verdict::Cannot(format!("a story has at most {most} {of}"))
    }
}

fn moved(story: &Story) -> Verdict {
    if story.state == State::Accepted {
        Verdict::Cannot("an accepted story keeps its place".to_owned())
    } else {
        Verdict::Changes
    }
}

fn stepped(transition: Transition, story: &Story) -> Verdict {
    if !story.transitions().contains(&transition) {
        let (state, word) = (state_word(story.state), type_word(story.story_type));
        return Verdict::Cannot(format!("this step is not open to {} {word}", with_article(state)));
    }
    let waits = transition == Transition::Start && story.story_type.awaits_estimate() && story.estimate.is_none();
    if waits {
        Verdict::Cannot("a feature is estimated before it is started".to_owned())
    } else {
        Verdict::Changes
    }
}

fn is_begun(state: State) -> bool {
    match state {
        State::Unscheduled | State::Unstarted => false,
        State::Started | State::Finished | State::Delivered | State::Accepted | State::Rejected => true,
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word}")
}
