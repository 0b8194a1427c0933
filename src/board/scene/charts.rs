//! The charts, as values.

use backlog::StoryId;
use backlog::api::charts::Charts;
use std::rc::Rc;

/// The sheet of charts.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartsScene {
    /// The figures; none until the server has told them.
    pub figures: Option<Rc<Charts>>,
    /// Why they are not there, or not of now.
    pub trouble: Option<String>,
    /// The release that is drawn.
    pub release: Option<StoryId>,
    /// The charts that are read as tables.
    pub tables: Vec<Chart>,
}

/// A chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chart {
    /// Points by iteration.
    Velocity,
    /// A release on its way.
    BurnUp,
    /// How long stories take.
    CycleTime,
    /// How many stories were in which state.
    States,
}

impl Chart {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Chart::Velocity => "Velocity",
            Chart::BurnUp => "Release burn-up",
            Chart::CycleTime => "Cycle time",
            Chart::States => "Stories by state",
        }
    }

    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Chart::Velocity => "velocity",
            Chart::BurnUp => "burn-up",
            Chart::CycleTime => "cycle-time",
            Chart::States => "states",
        }
    }
}
