//! The iteration that is open for change: its length and the team's strength in it.

use super::Board;
use super::after::{Order, Then};
use super::column::Column;
use super::layout::{Layout, RowKey};
use super::msg::{Effect, Now, PlanningMsg, Target};
use super::phrases;
use super::scene::plan::IterationForm;
use super::write::{sentence, told};
use backlog::settings::{Override, Strength, Weeks};
use backlog::{Command, SettingEdit, Settings};

/// An iteration that is open for change.
#[derive(Clone, Debug)]
pub(super) struct OpenIteration {
    number: u32,
    weeks: Option<u16>,
    strength: String,
    problem: Option<String>,
    // As it was when it was opened.
    before: Override,
}

impl OpenIteration {
    fn new(number: u32, settings: &Settings) -> OpenIteration {
        let before = settings.overrides.get(&number).copied().unwrap_or_default();
        OpenIteration {
            number,
            weeks: before.weeks.map(Weeks::get),
            strength: settings.strength(number).get().to_string(),
            problem: None,
            before,
        }
    }

    /// What is to be said, as the edits of one command.
    fn edits(&self) -> Result<Vec<SettingEdit>, String> {
        let iteration = self.number;
        let weeks = self.weeks.map(Weeks::new).transpose();
        let weeks = weeks.map_err(|problem| sentence(&problem.to_string()))?;
        let percent = self.strength.trim().trim_end_matches('%').trim_end().parse::<u16>();
        let strength = percent.ok().and_then(|percent| Strength::new(percent).ok());
        let strength = strength.ok_or("Team strength is a whole number of per cent between 0 and 200.")?;
        let strength = Some(strength).filter(|strength| *strength != Strength::default());
        let length = SettingEdit::Length { iteration, weeks };
        let strong = SettingEdit::Strength { iteration, strength };
        let (old_weeks, old_strength) = (self.before.weeks, self.before.strength.unwrap_or_default());
        let is_other = [weeks != old_weeks, strength.unwrap_or_default() != old_strength];
        let edits = [length, strong].into_iter().zip(is_other);
        Ok(edits.filter_map(|(edit, is_other)| is_other.then_some(edit)).collect())
    }
}

impl Board {
    pub(super) fn planning_changed(&mut self, msg: PlanningMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            PlanningMsg::VelocityClicked => self.velocity_clicked(out),
            PlanningMsg::WhatIfTyped(text) => self.what_if_typed(text, now, out),
            PlanningMsg::WhatIfReverted => self.what_if_reverted(now, out),
            PlanningMsg::IterationClicked(number) => self.iteration_clicked(number, out),
            PlanningMsg::WeeksChosen(weeks) => self.on_iteration(out, |open| open.weeks = weeks),
            PlanningMsg::StrengthTyped(text) => self.on_iteration(out, |open| open.strength = text),
            PlanningMsg::IterationSaved => self.iteration_saved(now, out),
            PlanningMsg::IterationReset => self.iteration_reset(now, out),
            PlanningMsg::IterationClosed => self.iteration_closed(out),
        }
    }

    fn iteration_clicked(&mut self, number: u32, out: &mut Vec<Effect>) {
        if self.open_iteration.as_ref().is_some_and(|open| open.number == number) {
            return self.iteration_closed(out);
        }
        if let Some(view) = self.replica.view() {
            self.open_iteration = Some(OpenIteration::new(number, view.settings()));
            out.extend([Effect::Render, Effect::Focus(Target::Strength)]);
        }
    }

    fn on_iteration(&mut self, out: &mut Vec<Effect>, change: impl FnOnce(&mut OpenIteration)) {
        if let Some(open) = &mut self.open_iteration {
            change(open);
            open.problem = None;
            out.push(Effect::Render);
        }
    }

    fn iteration_saved(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(open) = &self.open_iteration else { return };
        let done = match open.edits() {
            Ok(edits) => self.set_iteration(edits, now, out),
            Err(problem) => Err(problem),
        };
        self.iteration_done(done, out);
    }

    fn iteration_reset(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(open) = &self.open_iteration else { return };
        let edits = reset(open.number);
        let done = self.set_iteration(edits, now, out);
        self.iteration_done(done, out);
    }

    fn iteration_done(&mut self, done: Result<(), String>, out: &mut Vec<Effect>) {
        match (done, &mut self.open_iteration) {
            (Ok(()), _) => self.iteration_closed(out),
            (Err(problem), Some(open)) => open.problem = Some(problem),
            (Err(_), None) => {}
        }
        out.push(Effect::Render);
    }

    fn set_iteration(&mut self, edits: Vec<SettingEdit>, now: Now, out: &mut Vec<Effect>) -> Result<(), String> {
        if edits.is_empty() {
            return Ok(());
        }
        let command = Command::EditSettings { edits };
        let then = Then::Told(self.phrase(&command).done_capital());
        let given = self.give(Order::new(command, then), now, out);
        given.map_err(|reason| told(&reason))
    }

    fn iteration_closed(&mut self, out: &mut Vec<Effect>) {
        if let Some(open) = self.open_iteration.take() {
            out.extend([Effect::Render, Effect::Focus(Target::Iteration(open.number))]);
        }
    }

    /// Escape closes the form. Answers whether it had something to do.
    pub(super) fn iteration_escaped(&mut self, out: &mut Vec<Effect>) -> bool {
        let is_open = self.open_iteration.is_some();
        self.iteration_closed(out);
        is_open
    }

    /// Whether an iteration is open for change.
    pub(super) fn is_iteration_open(&self, number: u32) -> bool {
        self.open_iteration.as_ref().is_some_and(|open| open.number == number)
    }

    /// The form of the open iteration, for the column that shows its line.
    pub(super) fn iteration_form(&self, layout: &Layout, column: Column) -> Option<IterationForm> {
        let (open, view) = self.open_iteration.as_ref().zip(self.replica.view())?;
        let settings = view.settings();
        let own = settings.overrides.get(&open.number).copied().unwrap_or_default();
        let is_current = open.number == layout.plan.current.number;
        let row = layout.rows(column).keys.iter().position(|key| match key {
            RowKey::Iteration(index) => layout.iteration(*index).number == open.number,
            RowKey::NewForm | RowKey::Gap(_) | RowKey::Story(..) => false,
        });
        let at = match (column, row) {
            (Column::Current, _) if is_current => None,
            (_, Some(row)) => Some(self.heights(layout, column).top_of(row + 1)),
            // Its line went while one was typing.
            (Column::Backlog, None) if open.number > layout.plan.current.number => {
                Some(self.windows[column.index()].top)
            }
            (Column::Done, None) if open.number < layout.plan.current.number => Some(self.windows[column.index()].top),
            (_, None) => return None,
        };
        let note = (own != open.before).then(|| {
            let (strength, weeks) = (settings.strength(open.number), settings.weeks(open.number));
            format!(
                "Changed meanwhile: {}, {} %.",
                phrases::weeks(weeks.get()),
                strength.get()
            )
        });
        Some(IterationForm {
            number: open.number,
            weeks: open.weeks,
            usual: settings.iteration_weeks.get(),
            strength: open.strength.clone(),
            problem: open.problem.clone(),
            note,
            differs: own != Override::default(),
            at,
        })
    }
}

/// What makes an iteration like the others.
pub(super) fn reset(iteration: u32) -> Vec<SettingEdit> {
    let (weeks, strength) = (None, None);
    vec![
        SettingEdit::Length { iteration, weeks },
        SettingEdit::Strength { iteration, strength },
    ]
}
