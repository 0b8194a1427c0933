//! The forecast: what of the plan whoever waits for the work wants to know. Made of what the page's plan knows, and of nothing else.

use super::Board;
use super::layout::Layout;
use super::scene::forecast::{Coming, ComingStory, ForecastScene, Later, PaceScene, ReleaseLine};
use super::velocity::window;
use backlog::plan::Iteration;
use backlog::project::Slot;
use backlog::{Panel, Project};

/// So many iterations are listed; what comes later is too uncertain to be read line by line.
const MOST_ITERATIONS: usize = 12;
/// So many stories of an iteration are listed.
const MOST_STORIES: usize = 60;

impl Board {
    pub(super) fn forecast_scene(&self) -> Option<ForecastScene> {
        let (layout, view) = self.layout.as_ref().zip(self.replica.view())?;
        let order: Vec<Slot> = view.order(Panel::Backlog).collect();
        let plan = &layout.plan;
        let coming = || std::iter::once(&plan.current).chain(&plan.future);
        let listed = coming().take(MOST_ITERATIONS);
        Some(ForecastScene {
            project: view.name().as_str().to_owned(),
            today: layout.today,
            pace: PaceScene {
                points: layout.pace.velocity,
                volatility: layout.pace.volatility,
                what_if: self.trial.what_if().map(|velocity| velocity.get().into()),
                window: window(layout, view.settings()).into(),
            },
            releases: releases(layout, view, &order),
            iterations: listed.map(|iteration| described(iteration, (view, &order))).collect(),
            later: later(coming().skip(MOST_ITERATIONS)),
        })
    }
}

fn releases(layout: &Layout, view: &Project, order: &[Slot]) -> std::rc::Rc<[ReleaseLine]> {
    let slots = layout
        .plan
        .releases
        .iter()
        .map(|release| (order[release.place], release));
    let line = |(slot, release)| {
        let story = view.at(slot);
        Some(ReleaseLine {
            id: story.id,
            number: story.number,
            title: story.title.as_str().to_owned(),
            due: super::draw::due(story, Some(release), || None)?,
        })
    };
    slots.filter_map(line).collect()
}

fn described(iteration: &Iteration, (view, order): (&Project, &[Slot])) -> Coming {
    let slots = &order[iteration.stories.clone()];
    let story = |slot: &Slot| {
        let story = view.at(*slot);
        ComingStory {
            line: super::parts::story_line(story),
            story_type: story.story_type,
        }
    };
    Coming {
        number: iteration.number,
        start: iteration.start,
        last: iteration.last_day(),
        points: iteration.points,
        stories: slots.iter().take(MOST_STORIES).map(story).collect(),
        more: slots.len().saturating_sub(MOST_STORIES),
    }
}

fn later<'a>(iterations: impl Iterator<Item = &'a Iteration>) -> Option<Later> {
    iterations.fold(None, |known: Option<Later>, iteration| {
        Some(Later {
            stories: known.map_or(0, |known| known.stories) + iteration.stories.len(),
            until: iteration.last_day(),
        })
    })
}
