//! Estimates and the scales they are taken from.

use serde::{Deserialize, Serialize};

/// The size of a story, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Estimate(pub u16);

/// The points that a project estimates in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointScale {
    /// 0, 1, 2, 3.
    #[default]
    Linear,
    /// 0, 1, 2, 4, 8.
    PowersOfTwo,
    /// 0, 1, 2, 3, 5, 8.
    Fibonacci,
}

impl PointScale {
    /// The points of the scale, rising.
    pub fn points(&self) -> &'static [u16] {
        match self {
            PointScale::Linear => &[0, 1, 2, 3],
            PointScale::PowersOfTwo => &[0, 1, 2, 4, 8],
            PointScale::Fibonacci => &[0, 1, 2, 3, 5, 8],
        }
    }

    /// Whether the scale has these points.
    pub fn holds(&self, estimate: Estimate) -> bool {
        self.points().contains(&estimate.0)
    }
}
