//! The sheet of epics: their order, how far each is, and what is typed there. What is typed stays on the page while the sheet is
//! closed.

mod progress;

use super::Board;
use super::after::{Order, Then};
use super::may::Deed;
use super::msg::{Effect, EpicsMsg, Now, SearchMsg, Target};
use super::phrases;
use super::scene::epics::{EpicForm, EpicLine, EpicsScene};
use super::write::{sentence, told};
use backlog::search;
use backlog::{Change, Command, Description, Epic, EpicId, EpicWords, Label, Name, Problem, Recorded, Title};
use std::collections::BTreeMap;

/// What is open and typed on the sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct EpicsDesk {
    // Of epics, and under none of the one to be.
    typed: BTreeMap<Option<EpicId>, Typed>,
    open: Option<EpicId>,
    adding: bool,
}

/// What is typed of an epic.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    // None while it follows the name.
    label: Option<String>,
    description: String,
    problem: Option<String>,
    // Who changed the epic meanwhile.
    by: Option<Name>,
    // The epic as the command makes it that is on its way.
    saving: Option<(EpicId, EpicWords)>,
}

impl EpicsDesk {
    /// Whether anything is typed that is not saved.
    pub(super) fn holds_typed(&self) -> bool {
        self.typed.values().any(|typed| typed.saving.is_none())
    }
}

impl Typed {
    fn of(epic: Option<&Epic>) -> Typed {
        epic.map_or_else(Typed::default, |epic| Typed {
            name: epic.words.name.as_str().to_owned(),
            label: Some(epic.words.label.as_str().to_owned()),
            description: epic.words.description.as_str().to_owned(),
            ..Typed::default()
        })
    }

    fn label(&self) -> String {
        self.label.clone().unwrap_or_else(|| label_of(&self.name))
    }

    fn differs(&self, epic: Option<&Epic>) -> bool {
        let as_is = Typed::of(epic);
        let label = self.label.clone().unwrap_or_default();
        (&self.name, &self.description) != (&as_is.name, &as_is.description)
            || label != as_is.label.clone().unwrap_or_default()
    }

    fn words(&self) -> Result<EpicWords, Problem> {
        Ok(EpicWords {
            name: Title::new(&self.name).map_err(|problem| named("name", problem))?,
            label: Label::new(&self.label())?,
            description: Description::new(&self.description)?,
        })
    }
}

/// An epic's name is checked as a title and called a name.
fn named(field: &'static str, problem: Problem) -> Problem {
    match problem {
        Problem::Empty { .. } => Problem::Empty { field },
        Problem::TooLong { max, got, .. } => Problem::TooLong { field, max, got },
        Problem::Forbidden { character, .. } => Problem::Forbidden { field, character },
        other => other,
    }
}

/// The label that a name suggests.
fn label_of(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").replace(',', "")
}

impl Board {
    pub(super) fn epics_changed(&mut self, msg: EpicsMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            EpicsMsg::Clicked(id) => {
                let is_open = self.epics.open == Some(id);
                self.epics.open = (!is_open).then_some(id);
                out.push(Effect::Focus(if is_open { Target::Epic(id) } else { Target::EpicName }));
            }
            EpicsMsg::AddClicked => {
                self.epics.adding = !self.epics.adding;
                out.extend(self.epics.adding.then_some(Effect::Focus(Target::EpicName)));
                self.epics.open = None;
            }
            EpicsMsg::NameTyped(id, text) => self.on_epic(id, |typed| typed.name = text),
            EpicsMsg::LabelTyped(id, text) => self.on_epic(id, |typed| typed.label = Some(text)),
            EpicsMsg::DescriptionTyped(id, text) => self.on_epic(id, |typed| typed.description = text),
            EpicsMsg::Saved(id) => self.epic_saved(id, now, out),
            EpicsMsg::Dropped(id) => self.epic_dropped(id, out),
            EpicsMsg::StoriesClicked(id) => {
                if let Some(label) = self.epic(Some(id)).map(|epic| epic.words.label.clone()) {
                    self.search_changed(SearchMsg::Asked(search::for_label(&label)), now, out);
                }
            }
            EpicsMsg::MovedUp(id) => self.epic_moved((id, Step::Up), now, out),
            EpicsMsg::MovedDown(id) => self.epic_moved((id, Step::Down), now, out),
            EpicsMsg::Removed(id) => self.epic_removed(id, now, out),
        }
        out.push(Effect::Render);
    }

    fn epic(&self, id: Option<EpicId>) -> Option<&Epic> {
        self.replica.view()?.epic(id?)
    }

    fn on_epic(&mut self, id: Option<EpicId>, change: impl FnOnce(&mut Typed)) {
        let as_is = Typed::of(self.epic(id));
        let typed = self.epics.typed.entry(id).or_insert(as_is);
        change(typed);
        typed.problem = None;
        typed.saving = None;
    }

    fn epic_saved(&mut self, id: Option<EpicId>, now: Now, out: &mut Vec<Effect>) {
        let typed = match self.epics.typed.get(&id) {
            Some(typed) if typed.saving.is_some() => return,
            Some(typed) => typed.clone(),
            None => Typed::of(self.epic(id)),
        };
        let is_as_it_was = id.is_some() && !typed.differs(self.epic(id));
        if is_as_it_was {
            return self.epic_dropped(id, out);
        }
        let put = id.unwrap_or_else(|| now.epic_id());
        let given = typed
            .words()
            .map_err(|problem| sentence(&problem.to_string()))
            .and_then(|words| {
                let command = Command::PutEpic {
                    id: put,
                    words: words.clone(),
                };
                let then = Then::Told(self.phrase(&command).done_capital());
                let given = self.give(Order::new(command, then), now, out);
                given.map(|()| words).map_err(|reason| told(&reason))
            });
        let typed = self.epics.typed.entry(id).or_insert(typed);
        match given {
            Ok(words) => typed.saving = Some((put, words)),
            Err(problem) => typed.problem = Some(problem),
        }
    }

    fn epic_dropped(&mut self, id: Option<EpicId>, out: &mut Vec<Effect>) {
        self.epics.typed.remove(&id);
        match id {
            Some(id) => {
                self.epics.open = None;
                out.push(Effect::Focus(Target::Epic(id)));
            }
            None => {
                self.epics.adding = false;
                out.push(Effect::Focus(Target::AddEpic));
            }
        }
    }

    fn epic_moved(&mut self, (id, step): (EpicId, Step), now: Now, out: &mut Vec<Effect>) {
        let Some(view) = self.replica.view() else { return };
        let epics = view.epics();
        let Some(here) = epics.iter().position(|epic| epic.id == id) else {
            return;
        };
        let after = match step {
            Step::Up if here == 0 => return,
            Step::Up => here.checked_sub(2).map(|place| epics[place].id),
            Step::Down => match epics.get(here + 1) {
                Some(next) => Some(next.id),
                None => return,
            },
        };
        let to = if step == Step::Up { here } else { here + 2 };
        let name = phrases::quoted(&epics[here].words.name);
        let order = Order::new(
            Command::MoveEpic { id, after },
            Then::Told(format!("Moved the epic {name}")),
        );
        out.push(Effect::Announce(format!("{to} of {}.", epics.len())));
        self.give_or_notify(order, now, out);
        out.push(Effect::Focus(Target::Epic(id)));
    }

    fn epic_removed(&mut self, id: EpicId, now: Now, out: &mut Vec<Effect>) {
        let Some(epic) = self.epic(Some(id)) else { return };
        let words = format!(
            "Removed the epic {}. Its stories keep the label “{}”.",
            phrases::quoted(&epic.words.name),
            epic.words.label.as_str()
        );
        self.give_or_notify(Order::new(Command::RemoveEpic { id }, Then::Told(words)), now, out);
        out.push(Effect::Focus(Target::AddEpic));
    }

    /// Someone else changed an epic: whoever types in it is told. Of one that is gone, what was typed is kept as the text of a new one.
    pub(super) fn epics_hear(&mut self, recorded: &Recorded, out: &mut Vec<Effect>) {
        let by = &recorded.actor.name;
        match &recorded.change {
            Change::EpicPut { epic } => {
                if let Some(typed) = self.epics.typed.get_mut(&Some(epic.id)) {
                    typed.by = Some(by.clone());
                }
            }
            Change::EpicRemoved { id } => {
                let typed = self
                    .epics
                    .typed
                    .remove(&Some(*id))
                    .filter(|typed| typed.saving.is_none());
                if let Some(typed) = typed {
                    let what = format!("{} removed the epic that you were changing.", by.as_str());
                    let kept = format!("{}\n{}\n{}", typed.name, typed.label(), typed.description);
                    self.notify(what, Some(kept), out);
                }
            }
            _ => {}
        }
    }

    /// Closes the forms of what is so by now.
    pub(super) fn epics_follow(&mut self) {
        let Some(view) = self.replica.view() else { return };
        let is_there = |(id, words): &(EpicId, EpicWords)| view.epic(*id).is_some_and(|epic| epic.words == *words);
        let saved: Vec<Option<EpicId>> = self
            .epics
            .typed
            .iter()
            .filter(|(_, typed)| typed.saving.as_ref().is_some_and(is_there))
            .map(|(id, _)| *id)
            .collect();
        for id in saved {
            self.epics.typed.remove(&id);
            match id {
                Some(id) if self.epics.open == Some(id) => self.epics.open = None,
                Some(_) => {}
                None => self.epics.adding = false,
            }
        }
    }

    pub(super) fn epics_scene(&self) -> Option<EpicsScene> {
        let (layout, view) = self.layout.as_ref().zip(self.replica.view())?;
        let known = progress::of(view, &layout.plan);
        let line = |(epic, (progress, end)): (&Epic, _)| {
            let typed = self.epics.typed.get(&Some(epic.id));
            EpicLine {
                id: epic.id,
                number: epic.number,
                name: epic.words.name.as_str().to_owned(),
                label: epic.words.label.as_str().to_owned(),
                description: epic.words.description.as_str().to_owned(),
                progress,
                end,
                form: (self.epics.open == Some(epic.id)).then(|| self.epic_form(Some(epic.id))),
                unsaved: typed.is_some_and(|typed| typed.differs(Some(epic))),
            }
        };
        let begun = self.epics.typed.get(&None).is_some_and(|typed| typed.differs(None));
        Some(EpicsScene {
            epics: view.epics().iter().zip(known).map(line).collect(),
            adding: self.epics.adding.then(|| self.epic_form(None)),
            begun: begun && !self.epics.adding,
            edits: self.rights().may(Deed::Epics),
        })
    }

    fn epic_form(&self, id: Option<EpicId>) -> EpicForm {
        let as_is = || Typed::of(self.epic(id));
        let typed = self.epics.typed.get(&id).cloned().unwrap_or_else(as_is);
        let by = typed.by.as_ref().zip(self.epic(id));
        EpicForm {
            label: typed.label(),
            note: by.map(|(by, epic)| {
                let (name, label) = (phrases::quoted(&epic.words.name), epic.words.label.as_str());
                format!(
                    "{} changed it meanwhile: {name}, label “{label}”. What you typed is still here.",
                    by.as_str()
                )
            }),
            name: typed.name,
            description: typed.description,
            problem: typed.problem,
        }
    }
}

/// Which way an epic is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Up,
    Down,
}
