//! What a file would bring to one project: the import, ready to be asked for, and the report that people read before they agree.
//! Both come out of one pass, so that what is shown is what is done.

mod here;
mod ids;
mod people;
mod rings;
mod scale;
mod story;

use crate::notes;
use crate::reading::{DraftEpic, DraftStory, File};
use backlog::api::import::{Accepted, Estimates, Report, Tally, Velocities};
use backlog::plan::Terms;
use backlog::{
    ActorId, Command, Day, Epic, EpicWords, Hand, Import, ImportId, Label, Millis, Name, Panel, Project, ProjectId,
    State, Story, Zone, plan,
};
use here::Here;
use ids::Ids;
use people::People;
use scale::Scaling;
use std::collections::{BTreeMap, HashMap, HashSet};

pub use people::UnknownMember;

/// Where an import goes, and by whose hand.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its identity.
    pub id: ProjectId,
    /// Where its days begin.
    pub zone: &'a Zone,
    /// Who imports, and when.
    pub hand: Hand<'a>,
}

/// What whoever imports has chosen.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The identity of the import; all others in it follow from it.
    pub id: ImportId,
    /// Who is meant by a name. All other names are kept.
    pub people: BTreeMap<Name, ActorId>,
    /// What becomes of estimates that the project's scale does not hold.
    pub estimates: Estimates,
}

impl Choices {
    /// An import with nothing chosen.
    pub fn none(id: ImportId) -> Choices {
        Choices {
            id,
            people: BTreeMap::new(),
            estimates: Estimates::default(),
        }
    }
}

/// What a file would bring.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The import.
    pub import: Import,
    /// What people are told of it.
    pub report: Report,
}

/// Says what a file would bring to a project. Fails where the choices name someone who is not in the project.
pub fn prepare(file: &File, place: &Place<'_>, choices: &Choices) -> Result<Prepared, UnknownMember> {
    let mut people = People::new(place, choices)?;
    let here = Here::new(place);
    let mut report = Report {
        rows: file.rows,
        left_out: file.left_out.clone(),
        losses: file.losses.clone(),
        ..Report::default()
    };
    let drafts: Vec<&DraftStory> = file
        .stories
        .iter()
        .filter(|draft| !here.has(draft, &mut report))
        .collect();
    let scaling = Scaling::new(&drafts, place.project, choices.estimates);
    let ids = Ids(choices.id);
    let mut making = story::Making {
        place,
        ids,
        numbers: story::numbers(&drafts, ids),
        here: &here,
        people: &mut people,
        scaling: &scaling,
        losses: &mut report.losses,
    };
    let mut stories: Vec<Story> = drafts.iter().map(|draft| making.story(draft)).collect();
    let lines: Vec<u32> = drafts.iter().map(|draft| draft.line).collect();
    rings::open(&mut stories, &lines, &mut report.losses);
    let epics = epics(&file.epics, &here, (place, ids), &mut report);
    let (found, kept) = people.end();
    report.people = found;
    report.stories = tallies(&stories);
    report.epics = epics.len() as u32;
    report.accepted = accepted(&stories, place.zone);
    let import = Import {
        id: choices.id,
        people: kept,
        scale: scaling.taken(),
        epics,
        stories,
    };
    report.scale = scaling.told();
    [&mut report.left_out, &mut report.here, &mut report.losses]
        .into_iter()
        .for_each(notes::settle);
    report.velocity = velocities(place, &import);
    Ok(Prepared { import, report })
}

/// The moment that stands for a day: its noon, but not one that is still to come today.
fn moment(place: &Place<'_>, day: Day) -> Millis {
    let noon = place.zone.noon(day);
    if place.zone.day(place.hand.at) == day {
        noon.min(place.hand.at)
    } else {
        noon
    }
}

/// The epics whose labels are not taken.
fn epics(drafts: &[DraftEpic], here: &Here, (place, ids): (&Place<'_>, Ids), report: &mut Report) -> Vec<Epic> {
    let mut taken: HashMap<&Label, u32> = HashMap::new();
    let mut epics = Vec::new();
    for draft in drafts {
        let label = draft.label.as_str();
        if here.has_epic(&draft.label) {
            let says = format!("An epic with the label {} is here already.", notes::quoted(label));
            notes::add(&mut report.here, draft.line, says);
        } else if let Some(line) = taken.get(&draft.label) {
            let says = format!(
                "The epic of line {line} has the label {} already.",
                notes::quoted(label)
            );
            notes::add(&mut report.left_out, draft.line, says);
        } else {
            taken.insert(&draft.label, draft.line);
            draft.losses.tell(&mut report.losses, draft.line);
            epics.push(Epic {
                id: ids.epic(draft.line),
                number: 0,
                origin: draft.origin,
                words: EpicWords {
                    name: draft.name.clone(),
                    label: draft.label.clone(),
                    description: draft.description.clone(),
                },
                created_at: draft.created.map_or(place.hand.at, |day| moment(place, day)),
            });
        }
    }
    epics
}

fn tallies(stories: &[Story]) -> Vec<Tally> {
    let mut counts: BTreeMap<_, u32> = BTreeMap::new();
    for story in stories {
        *counts.entry((story.story_type, story.state)).or_default() += 1;
    }
    let tally = |((story_type, state), count)| Tally {
        story_type,
        state,
        count,
    };
    counts.into_iter().map(tally).collect()
}

fn accepted(stories: &[Story], zone: &Zone) -> Option<Accepted> {
    let days = || {
        stories
            .iter()
            .filter_map(|story| story.accepted_at)
            .map(|at| zone.day(at))
    };
    let done = stories.iter().filter(|story| story.state == State::Accepted);
    let points = done
        .filter_map(|story| story.estimate)
        .map(|estimate| u32::from(estimate.0));
    Some(Accepted {
        first: days().min()?,
        last: days().max()?,
        points: points.sum(),
    })
}

/// The velocity without and with the import. One that the project refuses changes nothing.
fn velocities(place: &Place<'_>, import: &Import) -> Velocities {
    let before = velocity(place, place.project);
    let mut with = place.project.clone();
    let command = Command::ImportStories(Box::new(import.clone()));
    let change = with.decide(&command, place.hand);
    let is_in = change.is_ok_and(|change| with.apply(&change, place.hand).is_ok());
    Velocities {
        before,
        after: if is_in { velocity(place, &with) } else { before },
    }
}

fn velocity(place: &Place<'_>, project: &Project) -> u32 {
    let facts: Vec<_> = project.order(Panel::Backlog).map(|slot| project.facts(slot)).collect();
    let terms = Terms::new(project.settings(), place.zone, place.zone.day(place.hand.at));
    plan(&facts, &terms).velocity
}

/// Labels as a set, to look up.
fn labels_of(epics: &[Epic]) -> HashSet<Label> {
    epics.iter().map(|epic| epic.words.label.clone()).collect()
}

#[cfg(test)]
mod tests;
