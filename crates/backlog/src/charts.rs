//! A project's history as figures: what it looked like at the end of each day. Pure: changes come in as they were recorded; what
//! comes out is the same however often they were handed over in parts.
//!
//! What an import brings was done before it came: of the days before the import, its stories' own dates tell.

mod iterations;
mod past;

use crate::api::charts::{BurnDay, BurnUp, Charts, DayFigures, MAX_DAYS, MAX_RELEASES, STATES};
use crate::plan::{Plan, ReleaseDate};
use crate::project::{Facts, Unfit};
use crate::{Change, Day, ImportId, Panel, Project, Recorded, State, Story, StoryId, StoryType, Terms, Zone, plan};
use past::Past;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a history looks like from day to day.
#[derive(Clone, Debug)]
pub struct Chronicle {
    project: Project,
    zone: Zone,
    rev: u64,
    // The day of the last change; what the project is at its end is not known before another day's change.
    day: Option<Day>,
    days: Vec<DayFigures>,
    burns: BTreeMap<StoryId, Burn>,
    // What imports tell of the days before them, unless they were taken back.
    pasts: BTreeMap<ImportId, Past>,
    gone: BTreeMap<ImportId, Past>,
}

impl Chronicle {
    /// A project without a history, in that zone.
    pub fn new(project: Project, zone: Zone) -> Chronicle {
        Chronicle {
            project,
            zone,
            rev: 0,
            day: None,
            days: Vec::new(),
            burns: BTreeMap::new(),
            pasts: BTreeMap::new(),
            gone: BTreeMap::new(),
        }
    }

    /// The revision up to which it was told.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// Where its days begin.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Takes the next change of the history. After one that does not fit, nothing more can be told.
    pub fn follow(&mut self, recorded: &Recorded) -> Result<(), Unfit> {
        if recorded.rev != self.rev + 1 {
            return Err(Unfit);
        }
        // A clock that was set back opens no day twice.
        let day = self.zone.day(recorded.at).max(self.day.unwrap_or(Day(i32::MIN)));
        if self.day.is_some_and(|last| last < day) {
            self.close_day();
        }
        self.day = Some(day);
        self.remember(&recorded.change, day);
        self.project.apply(&recorded.change, recorded.hand())?;
        self.rev = recorded.rev;
        Ok(())
    }

    /// Keeps what an import tells of the time before it.
    fn remember(&mut self, change: &Change, day: Day) {
        match change {
            Change::StoriesImported(import) => {
                let past = Past::of(&import.stories, (&self.project, &self.zone), day);
                self.pasts.insert(import.id, past);
            }
            Change::ImportDeleted { id } => {
                if let Some(past) = self.pasts.remove(id) {
                    self.gone.insert(*id, past);
                }
            }
            Change::ImportRestored { id } => {
                if let Some(past) = self.gone.remove(id) {
                    self.pasts.insert(*id, past);
                }
            }
            _ => {}
        }
    }

    fn close_day(&mut self) {
        let Some(day) = self.day else { return };
        self.days.push(figures(day, &self.project));
        for (release, above, day) in burns(day, &self.project) {
            let burn = self.burns.entry(release).or_default();
            // Once the release before it is accepted, a release covers less, and what was before is another story.
            if burn.above != above {
                *burn = Burn {
                    above,
                    days: Vec::new(),
                };
            }
            burn.days.push(day);
        }
    }

    /// The figures as of a day.
    pub fn charts(&self, today: Day) -> Charts {
        let mut now = self.clone();
        now.close_day();
        let order: Vec<Arc<Story>> = {
            let slots = now.project.order(Panel::Backlog);
            slots.map(|slot| now.project.at(slot).clone()).collect()
        };
        let facts: Vec<Facts> = {
            let slots = now.project.order(Panel::Backlog);
            slots.map(|slot| now.project.facts(slot)).collect()
        };
        let plan = plan(&facts, &Terms::new(now.project.settings(), &now.zone, today));
        let stories: Vec<(&Story, Facts)> = order.iter().map(|story| &**story).zip(facts).collect();
        Charts {
            rev: now.rev,
            today,
            iterations: iterations::figures(&stories, &plan, now.project.settings()),
            untimed: iterations::untimed(&stories),
            releases: now.releases(&stories, &plan),
            days: thinned(past::before(now.pasts.values(), now.days)),
        }
    }

    fn releases(&self, stories: &[(&Story, Facts)], plan: &Plan) -> Vec<BurnUp> {
        let burn_up = |release: &ReleaseDate| {
            let (story, _) = stories[release.place];
            BurnUp {
                story: story.id,
                number: story.number,
                title: story.title.clone(),
                deadline: story.deadline,
                date: release.date,
                early: release.early,
                late: release.late,
                days: thinned(self.burns.get(&story.id).map_or(Vec::new(), |burn| burn.days.clone())),
            }
        };
        plan.releases.iter().take(MAX_RELEASES).map(burn_up).collect()
    }
}

/// How a release came along.
#[derive(Clone, Debug, Default)]
struct Burn {
    // The last accepted release above it.
    above: Option<StoryId>,
    days: Vec<BurnDay>,
}

/// Of a long series evenly many, the last always among them.
fn thinned<T>(series: Vec<T>) -> Vec<T> {
    let step = series.len().div_ceil(MAX_DAYS).max(1);
    let last = series.len().saturating_sub(1);
    let kept = series.into_iter().enumerate();
    kept.filter(|(place, _)| (last - place).is_multiple_of(step))
        .map(|(_, one)| one)
        .collect()
}

fn figures(day: Day, project: &Project) -> DayFigures {
    let mut figures = DayFigures {
        day,
        stories: [0; 7],
        points: [0; 7],
    };
    for panel in [Panel::Backlog, Panel::Icebox] {
        for slot in project.order(panel) {
            let facts = project.facts(slot);
            if facts.story_type != StoryType::Release {
                let place = place_of(facts.state);
                figures.stories[place] += 1;
                figures.points[place] += points(&facts);
            }
        }
    }
    figures
}

/// The releases that are not accepted, with the last accepted one above: each covers what stands between the two.
fn burns(day: Day, project: &Project) -> Vec<(StoryId, Option<StoryId>, BurnDay)> {
    let (mut scope, mut accepted) = (0, 0);
    let mut above = None;
    let mut burns = Vec::new();
    for slot in project.order(Panel::Backlog) {
        let facts = project.facts(slot);
        match (facts.story_type, facts.state) {
            (StoryType::Release, State::Accepted) => {
                (scope, accepted) = (0, 0);
                above = Some(project.at(slot).id);
            }
            (StoryType::Release, _) => {
                let burn = BurnDay { day, scope, accepted };
                burns.push((project.at(slot).id, above, burn));
            }
            (_, State::Accepted) => {
                scope += points(&facts);
                accepted += points(&facts);
            }
            _ => scope += points(&facts),
        }
    }
    burns
}

fn place_of(state: State) -> usize {
    let place = STATES.iter().position(|other| *other == state);
    place.expect("the table holds every state")
}

fn points(facts: &Facts) -> u32 {
    facts.points.map_or(0, u32::from)
}

#[cfg(test)]
mod tests;
