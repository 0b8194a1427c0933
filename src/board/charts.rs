//! The charts: when their figures are asked for, and which of them are looked at. What they are drawn from comes from the server,
//! since it is the whole history.

use super::Board;
use super::msg::{ChartsMsg, Effect, Failure};
use super::scene::charts::{Chart, ChartsScene};
use super::sheet::Sheet;
use backlog::api::charts::Charts;
use backlog::{Millis, StoryId};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The figures are asked for at most once in so many milliseconds, however fast the changes come.
const PAUSE: i64 = 5_000;

/// What is known for the charts.
#[derive(Debug, Default)]
pub struct ChartsState {
    figures: Option<Rc<Charts>>,
    asked_at: Option<Millis>,
    is_asking: bool,
    trouble: Option<String>,
    release: Option<StoryId>,
    tables: BTreeSet<Chart>,
}

impl Board {
    pub(super) fn charts_changed(&mut self, msg: ChartsMsg, out: &mut Vec<Effect>) {
        match msg {
            ChartsMsg::Answered(answer) => self.charts_answered(answer),
            ChartsMsg::ReleaseChosen(release) => self.charts.release = Some(release),
            ChartsMsg::TableToggled(chart) => {
                if !self.charts.tables.remove(&chart) {
                    self.charts.tables.insert(chart);
                }
            }
        }
        out.push(Effect::Render);
    }

    fn charts_answered(&mut self, answer: Result<Box<Charts>, Failure>) {
        let state = &mut self.charts;
        state.is_asking = false;
        match answer {
            Ok(figures) => {
                state.figures = Some(Rc::new(*figures));
                state.trouble = None;
            }
            Err(failure) => {
                let then = match state.figures {
                    Some(_) => "What you see is from before; this page keeps trying.",
                    None => "This page keeps trying.",
                };
                state.trouble = Some(format!("{} {then}", failure.sentence()));
            }
        }
    }

    /// Asks for figures while one looks at them and they are not of now.
    pub(super) fn charts_follow(&mut self, out: &mut Vec<Effect>) {
        let Some(version) = self.replica.version().filter(|_| self.sheet == Some(Sheet::Charts)) else {
            return;
        };
        let state = &mut self.charts;
        let is_current = state.figures.as_ref().is_some_and(|figures| figures.rev >= version.rev);
        let is_early = state.asked_at.is_some_and(|at| self.present.0 < at.0 + PAUSE);
        if is_current && state.trouble.is_none() || is_early || state.is_asking {
            return;
        }
        state.is_asking = true;
        state.asked_at = Some(self.present);
        out.push(Effect::FetchCharts);
    }

    pub(super) fn charts_scene(&self) -> ChartsScene {
        let state = &self.charts;
        let releases = state.figures.as_ref().map_or(&[][..], |figures| &figures.releases);
        let chosen = releases.iter().find(|release| Some(release.story) == state.release);
        ChartsScene {
            figures: state.figures.clone(),
            trouble: state.trouble.clone(),
            release: chosen.or(releases.first()).map(|release| release.story),
            tables: state.tables.iter().copied().collect(),
        }
    }
}
