//! The bar of the selected stories and its menus, as they are shown: each choice with how many of the stories it is about.

use super::bulk::TOO_MANY;
use super::fit::Fit;
use crate::board::Board;
use crate::board::may::{Deed, Judge};
use crate::board::msg::{Bulk, Menu, Spot};
use crate::board::phrases;
use crate::board::scene::selection::{Choice, Doings, MenuScene, SelectionScene};
use backlog::{ActorId, Command, Estimate, Label, Panel, Priority, Project, Story, StoryType, Transition};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most choices in a menu with a field; the text finds the others.
const MOST_CHOICES: usize = 40;
/// The steps of a story's life, in the order in which they are offered.
const STEPS: [Transition; 6] = [
    Transition::Start,
    Transition::Finish,
    Transition::Deliver,
    Transition::Accept,
    Transition::Reject,
    Transition::Restart,
];

impl Board {
    /// The bar, while anything is selected or is to be.
    pub(in crate::board) fn selection_scene(&self) -> Option<SelectionScene> {
        let view = self.replica.view().filter(|_| self.selection.is_shown())?;
        let stories = self.selected();
        let too_many = stories.len() > Command::MAX_STORIES;
        Some(SelectionScene {
            words: self.counted(&stories, view),
            aside: match (stories.len(), too_many) {
                (0, _) => Some("Tap stories to select them.".to_owned()),
                (_, true) => Some(TOO_MANY.to_owned()),
                (_, false) => self.out_of_sight(stories.len()),
            },
            ready: !stories.is_empty() && !too_many,
            doings: self.doings(&stories),
            menu: self
                .selection
                .menu
                .filter(|_| !too_many)
                .and_then(|menu| self.menu_scene(menu, (&stories, view))),
        })
    }

    fn counted(&self, stories: &[Arc<Story>], view: &Project) -> String {
        let facts = stories
            .iter()
            .filter_map(|story| Some(view.facts(view.slot(story.id)?)));
        let points = facts.filter_map(|facts| facts.points).map(u32::from).sum();
        match stories.len() {
            0 => "Nothing selected".to_owned(),
            1 => format!("1 story, {}", phrases::points(points)),
            many => format!("{many} stories, {}", phrases::points(points)),
        }
    }

    /// That some of the selected stories are in no column that is shown.
    fn out_of_sight(&self, selected: usize) -> Option<String> {
        let shown = self.columns().into_iter().flat_map(|column| self.stories_of(column));
        let hidden = selected - shown.filter(|id| self.selection.holds(*id)).count();
        (hidden > 0).then(|| format!("{hidden} of them not shown"))
    }

    /// What can be done to at least one of the stories, or to any at all while none is selected.
    fn doings(&self, stories: &[Arc<Story>]) -> Doings {
        let (judge, rights) = (self.judge(), self.rights());
        let is_open = |deed: &Deed| match (stories, judge) {
            ([], _) | (_, None) => rights.may(*deed),
            (stories, Some(judge)) => stories.iter().any(|story| judge.may(*deed, story.id)),
        };
        let menus = Menu::ALL.into_iter();
        Doings {
            menus: menus.filter(|menu| Deed::of_menu(*menu).iter().any(is_open)).collect(),
            deletes: is_open(&Deed::Delete),
        }
    }

    fn menu_scene(&self, menu: Menu, (stories, view): (&[Arc<Story>], &Project)) -> Option<MenuScene> {
        let judge = self.judge()?;
        let fits = Fits { stories, judge };
        let (text, mut choices) = match menu {
            Menu::Place => (
                None,
                fits.all(Spot::ALL.map(|spot| (spot_words(spot), Bulk::Move(spot)))),
            ),
            Menu::Step => (None, fits.steps()),
            Menu::Estimate => (None, fits.estimates()),
            Menu::Labels => (Some(&self.selection.label), self.label_choices(&fits, view)),
            Menu::Owners => (Some(&self.selection.owner), self.owner_choices(&fits)),
            Menu::Type => (
                None,
                fits.all(StoryType::ALL.map(|one| (type_words(one), Bulk::Type(one)))),
            ),
            Menu::Priority => (None, fits.priorities()),
        };
        let more = text.is_some() && choices.len() > MOST_CHOICES;
        choices.truncate(if text.is_some() { MOST_CHOICES } else { choices.len() });
        Some(MenuScene {
            menu,
            text: text.cloned(),
            problem: self.selection.problem.clone(),
            choices,
            more: more.then_some("Type to find the others."),
        })
    }

    fn label_choices(&self, fits: &Fits, view: &Project) -> Vec<Choice> {
        let text = self.selection.label.trim().to_lowercase();
        let known = known_labels(view);
        let typed = Label::new(&text).ok().filter(|label| !known.contains(label));
        let mut choices = Vec::new();
        choices.extend(
            typed.map(|label| fits.choice(format!("Add “{}”, a new label", label.as_str()), Bulk::Label(label))),
        );
        let (first, then): (Vec<&Label>, Vec<&Label>) = known
            .iter()
            .filter(|label| label.as_str().contains(&text))
            .partition(|label| label.as_str().starts_with(&text));
        for label in first.into_iter().chain(then) {
            let (give, take) = (Bulk::Label(label.clone()), Bulk::Unlabel(label.clone()));
            choices.push(fits.choice(format!("Add “{}”", label.as_str()), give));
            choices.push(fits.choice(format!("Remove “{}”", label.as_str()), take));
            choices.retain(|choice| choice.bulk.is_some());
            if choices.len() > MOST_CHOICES {
                break;
            }
        }
        choices
    }

    fn owner_choices(&self, fits: &Fits) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (person, name) in self.people_like(&self.selection.owner) {
            // Whoever left is taken off what they own; nothing new is theirs.
            if !self.has_left(person) {
                choices.push(fits.choice(format!("Add {name}"), Bulk::Own(person)));
            }
            choices.push(fits.choice(format!("Remove {name}"), Bulk::Disown(person)));
        }
        choices.retain(|choice| choice.bulk.is_some());
        choices
    }

    pub(super) fn has_left(&self, person: ActorId) -> bool {
        self.replica.view().is_some_and(|view| view.has_left(person))
    }

    /// The people known in the project, also those who left, whose names hold a text, oneself first.
    pub(super) fn people_like(&self, text: &str) -> Vec<(ActorId, String)> {
        let (me, text) = (self.me(), text.trim().to_lowercase());
        let others = self.replica.view().into_iter().flat_map(|view| view.people());
        let others = others.filter(|(id, _)| **id != me.id);
        let mut others: Vec<(ActorId, String)> = others.map(|(id, name)| (*id, name.as_str().to_owned())).collect();
        others.sort_by_cached_key(|(_, name)| name.to_lowercase());
        let own = (me.id, format!("{} (you)", me.name.as_str()));
        let mut all = vec![own];
        all.extend(others);
        all.retain(|(_, name)| name.to_lowercase().contains(&text));
        all
    }
}

/// The labels of the living stories and of the epics.
fn known_labels(view: &Project) -> BTreeSet<Label> {
    let slots = view.order(Panel::Backlog).chain(view.order(Panel::Icebox));
    let labels = slots.flat_map(|slot| &view.at(slot).labels);
    let epics = view.epics().iter().map(|epic| &epic.words.label);
    labels.chain(epics).cloned().collect()
}

/// What each choice would do to the selected stories.
struct Fits<'a> {
    stories: &'a [Arc<Story>],
    judge: Judge<'a>,
}

impl Fits<'_> {
    fn choice(&self, words: String, bulk: Bulk) -> Choice {
        let fit = Fit::new(&bulk, self.stories, self.judge);
        Choice {
            words,
            detail: fit.detail(),
            bulk: (!fit.stories.is_empty()).then_some(bulk),
        }
    }

    fn all(&self, choices: impl IntoIterator<Item = (String, Bulk)>) -> Vec<Choice> {
        choices
            .into_iter()
            .map(|(words, bulk)| self.choice(words, bulk))
            .collect()
    }

    /// The steps that are open to at least one of them.
    fn steps(&self) -> Vec<Choice> {
        let mut steps = self.all(STEPS.map(|step| (step_words(step), Bulk::Step(step))));
        let first = steps[0].detail.clone();
        steps.retain(|choice| choice.bulk.is_some());
        if steps.is_empty() {
            steps.push(Choice {
                words: "No step is open to them".to_owned(),
                detail: first,
                bulk: None,
            });
        }
        steps
    }

    fn estimates(&self) -> Vec<Choice> {
        let points = self.judge.view.settings().scale.points().iter();
        let sizes = points.map(|points| {
            let words = phrases::points(u32::from(*points));
            (words, Bulk::Estimate(Some(Estimate(*points))))
        });
        let none = ("No estimate".to_owned(), Bulk::Estimate(None));
        self.all(sizes.chain([none]))
    }

    fn priorities(&self) -> Vec<Choice> {
        let some = Priority::ALL.map(|priority| {
            (
                phrases::parts::urgency(priority).to_owned(),
                Bulk::Priority(Some(priority)),
            )
        });
        let none = ("No priority".to_owned(), Bulk::Priority(None));
        self.all(some.into_iter().chain([none]))
    }
}

fn spot_words(spot: Spot) -> String {
    match spot {
        Spot::TopOfCurrent => "Top of Current",
        Spot::TopOfBacklog => "Top of Backlog",
        Spot::BottomOfBacklog => "Bottom of Backlog",
        Spot::Icebox => "Icebox",
    }
    .to_owned()
}

fn step_words(step: Transition) -> String {
    match step {
        Transition::Start => "Start",
        Transition::Finish => "Finish",
        Transition::Deliver => "Deliver",
        Transition::Accept => "Accept",
        Transition::Reject => "Reject",
        Transition::Restart => "Restart",
    }
    .to_owned()
}

fn type_words(story_type: StoryType) -> String {
    phrases::capital(phrases::type_word(story_type))
}
