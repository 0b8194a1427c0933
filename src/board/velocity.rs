//! The velocity as one looks at it: where it comes from, and another one that is tried out on this page alone. The one that is
//! tried out is never stored and never sent.

use super::Board;
use super::layout::Layout;
use super::msg::{Effect, Now, Target};
use super::phrases;
use super::scene::plan::{Sample, VelocityForm, VelocityScene};
use backlog::Settings;
use backlog::settings::Velocity;

/// What one looks at.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    is_open: bool,
    typed: String,
    problem: Option<String>,
    what_if: Option<Velocity>,
}

impl Trial {
    /// The velocity that is tried out.
    pub(super) fn what_if(&self) -> Option<Velocity> {
        self.what_if
    }
}

impl Board {
    pub(super) fn velocity_clicked(&mut self, out: &mut Vec<Effect>) {
        self.trial.is_open = !self.trial.is_open;
        let target = match self.trial.is_open {
            true => Target::WhatIf,
            false => Target::Velocity,
        };
        out.extend([Effect::Render, Effect::Focus(target)]);
    }

    pub(super) fn what_if_typed(&mut self, text: String, now: Now, out: &mut Vec<Effect>) {
        let read = read_velocity(&text);
        self.trial.typed = text;
        self.trial.problem = read.as_ref().err().cloned();
        // While one types what makes no velocity, the page stays as it is.
        if let Ok(what_if) = read {
            self.try_out(what_if, now, out);
        }
        out.push(Effect::Render);
    }

    pub(super) fn what_if_reverted(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.trial = Trial {
            what_if: self.trial.what_if,
            ..Trial::default()
        };
        self.try_out(None, now, out);
        out.extend([Effect::Render, Effect::Focus(Target::Velocity)]);
    }

    fn try_out(&mut self, what_if: Option<Velocity>, now: Now, out: &mut Vec<Effect>) {
        if self.trial.what_if != what_if {
            self.trial.what_if = what_if;
            let words = what_if.map_or_else(
                || "Planned by the measured velocity again.".to_owned(),
                |velocity| {
                    format!(
                        "What if: planned by {} per iteration.",
                        phrases::points(velocity.get().into())
                    )
                },
            );
            out.push(Effect::Announce(words));
            self.lay_out(now, out);
        }
    }

    /// Escape takes back what is tried out, or closes where the velocity comes from. Answers whether it had something to do.
    pub(super) fn velocity_escaped(&mut self, now: Now, out: &mut Vec<Effect>) -> bool {
        let is_shown = self.trial.is_open || self.trial.what_if.is_some();
        if is_shown {
            self.what_if_reverted(now, out);
        }
        is_shown
    }

    pub(super) fn velocity_scene(&self) -> Option<VelocityScene> {
        let (layout, view) = self.layout.as_ref().zip(self.replica.view())?;
        Some(VelocityScene {
            points: layout.pace.velocity,
            volatility: layout.pace.volatility,
            what_if: self.trial.what_if.map(|velocity| velocity.get().into()),
            form: self.trial.is_open.then(|| self.velocity_form(layout, view.settings())),
        })
    }

    fn velocity_form(&self, layout: &Layout, settings: &Settings) -> VelocityForm {
        let window: Vec<Sample> = window(layout, settings);
        VelocityForm {
            is_initial: window.iter().all(|sample| sample.points == 0),
            window: window.into(),
            typed: self.trial.typed.clone(),
            problem: self.trial.problem.clone(),
        }
    }
}

fn read_velocity(text: &str) -> Result<Option<Velocity>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let points = text.parse::<u16>().ok().and_then(|points| Velocity::new(points).ok());
    let sentence = || "A velocity is a whole number between 1 and 10,000.".to_owned();
    points.map(Some).ok_or_else(sentence)
}

/// The iterations that the velocity follows from, latest first: as the planner takes them.
pub(super) fn window(layout: &Layout, settings: &Settings) -> Vec<Sample> {
    let done = &layout.plan.done;
    let sample = |number: u32| {
        let days = layout.plan.calendar.days(number);
        let place = done.binary_search_by_key(&number, |iteration| iteration.number);
        Sample {
            number,
            start: days.start,
            last: days.end.plus(-1),
            points: place.map_or(0, |place| done[place].points),
            strength: settings.strength(number).get(),
            weeks: settings.weeks(number).get(),
        }
    };
    (1..layout.plan.current.number)
        .rev()
        .filter(|number| settings.strength(*number).get() > 0)
        .take(settings.velocity_window.get().into())
        .map(sample)
        .collect()
}
