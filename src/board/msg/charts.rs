//! What happens to the charts.

use super::Failure;
use crate::board::scene::charts::Chart;
use backlog::StoryId;
use backlog::api::charts::Charts;

/// What happened to the charts.
#[derive(Clone, Debug)]
pub enum ChartsMsg {
    /// The server told the figures, or did not.
    Answered(Result<Box<Charts>, Failure>),
    /// The release was chosen that is drawn.
    ReleaseChosen(StoryId),
    /// A chart was to be read as a table, or drawn again.
    TableToggled(Chart),
}
