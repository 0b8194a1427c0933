//! Estimates that the project's scale does not hold: the scale that would hold them, or the nearest that the project has.

use crate::reading::DraftStory;
use backlog::api::import::{Estimates, Rescaling};
use backlog::{CustomScale, Estimate, Panel, PointScale, Project};
use std::collections::BTreeSet;

/// What is done about estimates.
#[derive(Debug)]
pub(super) struct Scaling {
    /// The scale by which the project will estimate.
    scale: PointScale,
    told: Option<Rescaling>,
    choice: Estimates,
}

impl Scaling {
    pub fn new(drafts: &[&DraftStory], project: &Project, choice: Estimates) -> Scaling {
        let own = &project.settings().scale;
        let estimates = || drafts.iter().filter_map(|draft| draft.estimate);
        let strange: Vec<u16> = estimates()
            .filter(|estimate| !own.holds(*estimate))
            .map(|estimate| estimate.0)
            .collect();
        if strange.is_empty() {
            return Scaling {
                scale: own.clone(),
                told: None,
                choice,
            };
        }
        let used: BTreeSet<u16> = estimates().map(|estimate| estimate.0).chain(used(project)).collect();
        let offered = holding(&used, own);
        let points: BTreeSet<u16> = strange.iter().copied().collect();
        Scaling {
            scale: match (choice, &offered) {
                (Estimates::Kept, Some(scale)) => scale.clone(),
                (Estimates::Kept, None) | (Estimates::Nearest, _) => own.clone(),
            },
            told: Some(Rescaling {
                points: points.into_iter().collect(),
                stories: strange.len() as u32,
                offered,
            }),
            choice,
        }
    }

    /// The estimate as the project will have it.
    pub fn fit(&self, estimate: Estimate) -> Estimate {
        self.scale.nearest(estimate)
    }

    /// What people are told.
    pub fn told(self) -> Option<Rescaling> {
        self.told
    }

    /// The scale that the import brings.
    pub fn taken(&self) -> Option<PointScale> {
        let told = self.told.as_ref()?;
        match self.choice {
            Estimates::Kept => told.offered.clone(),
            Estimates::Nearest => None,
        }
    }
}

/// The points of the project's stories.
fn used(project: &Project) -> impl Iterator<Item = u16> {
    let slots = project.order(Panel::Backlog).chain(project.order(Panel::Icebox));
    slots.filter_map(|slot| project.at(slot).estimate.map(|estimate| estimate.0))
}

/// A scale that has all these points: one that everyone knows, or else the project's own with more points.
fn holding(points: &BTreeSet<u16>, own: &PointScale) -> Option<PointScale> {
    let has_all = |scale: &PointScale| points.iter().all(|points| scale.holds(Estimate(*points)));
    let known = [PointScale::Linear, PointScale::PowersOfTwo, PointScale::Fibonacci];
    let more: BTreeSet<u16> = points.iter().chain(own.points()).copied().collect();
    let custom = |points: &BTreeSet<u16>| CustomScale::new(points.iter().copied().collect()).ok();
    known
        .into_iter()
        .find(has_all)
        .or_else(|| custom(&more).or_else(|| custom(points)).map(PointScale::Custom))
}
