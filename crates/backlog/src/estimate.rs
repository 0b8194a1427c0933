//! Estimates and the scales they are taken from.

use crate::Problem;
use serde::{Deserialize, Serialize};

/// The size of a story, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Estimate(pub u16);

/// The points that a project estimates in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointScale {
    /// 0, 1, 2, 3.
    #[default]
    Linear,
    /// 0, 1, 2, 4, 8.
    PowersOfTwo,
    /// 0, 1, 2, 3, 5, 8.
    Fibonacci,
    /// The team's own.
    Custom(CustomScale),
}

/// A team's own scale: 2 to 20 different points, rising, at most 1,000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minItems" = 2, "maxItems" = 20)))]
#[serde(try_from = "Vec<u16>", into = "Vec<u16>")]
pub struct CustomScale(Vec<u16>);

impl CustomScale {
    /// The most points that one story of any scale can have.
    pub const MOST_POINTS: u16 = 1_000;

    /// Takes the points, rising.
    pub fn new(points: Vec<u16>) -> Result<Self, Problem> {
        let rising = points.windows(2).all(|pair| pair[0] < pair[1]);
        let small = points.iter().all(|points| *points <= Self::MOST_POINTS);
        if rising && small && (2..=20).contains(&points.len()) {
            Ok(CustomScale(points))
        } else {
            Err(Problem::NotAScale)
        }
    }
}

impl TryFrom<Vec<u16>> for CustomScale {
    type Error = Problem;
    fn try_from(points: Vec<u16>) -> Result<Self, Problem> {
        Self::new(points)
    }
}

impl From<CustomScale> for Vec<u16> {
    fn from(scale: CustomScale) -> Self {
        scale.0
    }
}

impl PointScale {
    /// The points of the scale, rising.
    pub fn points(&self) -> &[u16] {
        match self {
            PointScale::Linear => &[0, 1, 2, 3],
            PointScale::PowersOfTwo => &[0, 1, 2, 4, 8],
            PointScale::Fibonacci => &[0, 1, 2, 3, 5, 8],
            PointScale::Custom(scale) => &scale.0,
        }
    }

    /// Whether the scale has these points.
    pub fn holds(&self, estimate: Estimate) -> bool {
        self.points().contains(&estimate.0)
    }
    /// The nearest points that the scale has; of two equally near ones the larger, since work is seldom less than it seems.
    pub fn nearest(&self, estimate: Estimate) -> Estimate {
        let distance = |points: &&u16| (points.abs_diff(estimate.0), u16::MAX - **points);
        let nearest = self.points().iter().min_by_key(distance);
        nearest.map_or(estimate, |points| Estimate(*points))
    }
}

#[cfg(test)]
mod tests;
