//! What takes back commands about a project's settings, epics, saved searches and imports.

use super::overtaken::{by, of_import, somebody};
use super::{carried_out, edits_of, put_back, put_values_back};
use crate::{Command, EpicId, ImportId, Panel, Project, SearchId, SettingEdit, Settings, State, Story, StoryId};
use std::collections::HashSet;

/// The settings before, the estimates that followed another scale, and the places of what was put by hand: planning by hand puts it
/// above the rest.
pub(super) fn settings_back(before: &Project, after: &Project) -> Vec<Command> {
    let edits = edits_back(before.settings(), after.settings());
    if edits.is_empty() {
        return Vec::new();
    }
    let followed = before.settings().scale != after.settings().scale;
    let panels = [Panel::Backlog, Panel::Icebox].into_iter();
    let slots = panels.flat_map(|panel| before.order(panel));
    let stories: Vec<&Story> = slots.map(|slot| &**before.at(slot)).collect();
    // Points that do not count cannot be given.
    let carries = |story: &&&Story| followed && before.settings().carries_points(story.story_type);
    let estimated = stories.iter().filter(carries);
    let estimates = estimated.filter_map(|story| edits_of(before, after, story.id));
    let by_hand = |story: &&&Story| story.current && story.state == State::Unstarted;
    let put_by_hand: HashSet<StoryId> = stories.iter().filter(by_hand).map(|story| story.id).collect();
    [Command::EditSettings { edits }]
        .into_iter()
        .chain(put_values_back(estimates.collect()))
        .chain(put_back(before, after, &put_by_hand))
        .collect()
}

fn edits_back(old: &Settings, new: &Settings) -> Vec<SettingEdit> {
    let mut edits = Vec::new();
    edits.extend((old.scale != new.scale).then(|| SettingEdit::Scale(old.scale.clone())));
    edits.extend((old.pointed != new.pointed).then_some(SettingEdit::Pointed(old.pointed)));
    edits.extend(
        (old.iteration_weeks != new.iteration_weeks).then_some(SettingEdit::IterationWeeks(old.iteration_weeks)),
    );
    edits.extend((old.start_weekday != new.start_weekday).then_some(SettingEdit::StartWeekday(old.start_weekday)));
    edits.extend((old.started_on != new.started_on).then_some(SettingEdit::StartedOn(old.started_on)));
    edits.extend((old.time_zone != new.time_zone).then(|| SettingEdit::TimeZone(old.time_zone.clone())));
    edits.extend(
        (old.velocity_window != new.velocity_window).then_some(SettingEdit::VelocityWindow(old.velocity_window)),
    );
    edits.extend(
        (old.initial_velocity != new.initial_velocity).then_some(SettingEdit::InitialVelocity(old.initial_velocity)),
    );
    edits.extend((old.planning != new.planning).then_some(SettingEdit::Planning(old.planning)));
    let mut set_apart: Vec<u32> = old.overrides.keys().chain(new.overrides.keys()).copied().collect();
    set_apart.sort_unstable();
    set_apart.dedup();
    for iteration in set_apart {
        let own = |settings: &Settings| settings.overrides.get(&iteration).copied().unwrap_or_default();
        let (before, after) = (own(old), own(new));
        let weeks = before.weeks;
        edits.extend((weeks != after.weeks).then_some(SettingEdit::Length { iteration, weeks }));
        let strength = before.strength;
        edits.extend((strength != after.strength).then_some(SettingEdit::Strength { iteration, strength }));
    }
    edits
}

pub(super) fn epic_back(before: &Project, after: &Project, id: EpicId) -> Vec<Command> {
    match (before.epic(id), after.epic(id)) {
        (Some(old), Some(new)) if old.words == new.words => Vec::new(),
        (Some(old), _) => vec![Command::PutEpic {
            id,
            words: old.words.clone(),
        }],
        (None, _) => vec![Command::RemoveEpic { id }],
    }
}

pub(super) fn epic_place_back(before: &Project, after: &Project, id: EpicId) -> Vec<Command> {
    let order = |project: &Project| project.epics().iter().map(|epic| epic.id).collect::<Vec<_>>();
    if order(before) == order(after) {
        return Vec::new();
    }
    vec![Command::MoveEpic {
        id,
        after: epic_above(before, id),
    }]
}

fn epic_above(project: &Project, id: EpicId) -> Option<EpicId> {
    let place = project.epics().iter().position(|epic| epic.id == id)?;
    place.checked_sub(1).map(|above| project.epics()[above].id)
}

/// An epic that went, where it was.
pub(super) fn epic_again(before: &Project, id: EpicId) -> Vec<Command> {
    let Some(epic) = before.epic(id) else { return Vec::new() };
    let words = epic.words.clone();
    let after = epic_above(before, id);
    vec![Command::PutEpic { id, words }, Command::MoveEpic { id, after }]
}

pub(super) fn search_back(before: &Project, after: &Project, id: SearchId) -> Vec<Command> {
    let find = |project: &Project| project.searches().iter().find(|search| search.id == id).cloned();
    match (find(before), find(after)) {
        (old, new) if old == new => Vec::new(),
        (Some(old), _) => vec![Command::SaveSearch {
            id,
            name: old.name,
            query: old.query,
        }],
        (None, _) => vec![Command::RemoveSearch { id }],
    }
}

/// What an import brought, as it was there before: `flip` deletes it or brings it back as a whole, the rest is what that does
/// too much.
pub(super) fn import_as_before(before: &Project, after: &Project, flip: (Command, ImportId)) -> Vec<Command> {
    let (flip, id) = flip;
    let stories: Vec<StoryId> = of_import(after, id).map(|story| story.id).collect();
    let is_there = |project: &Project, id: &StoryId| project.story(*id).is_some();
    let is_same = |id: &StoryId| is_there(before, id) == is_there(after, id);
    if stories.iter().all(is_same) && before.epics().len() == after.epics().len() {
        return Vec::new();
    }
    let mut commands = vec![flip];
    let mut flipped = after.clone();
    carried_out(&mut flipped, &commands[0], by(&somebody()));
    let (too_many, too_few): (Vec<StoryId>, Vec<StoryId>) = stories
        .into_iter()
        .filter(|id| is_there(before, id) != is_there(&flipped, id))
        .partition(|id| is_there(&flipped, id));
    let portions = |stories: Vec<StoryId>, command: fn(Vec<StoryId>) -> Command| -> Vec<Command> {
        let portions = stories.chunks(Command::MAX_STORIES);
        portions.map(|portion| command(portion.to_vec())).collect()
    };
    commands.extend(portions(too_many, |stories| Command::DeleteStories { stories }));
    commands.extend(portions(too_few, |stories| Command::RestoreStories { stories }));
    commands.extend(epics_as_before(before, &flipped));
    commands
}

/// An epic that comes back with its import comes back below the others, wherever it stood.
fn epics_as_before(before: &Project, now: &Project) -> Vec<Command> {
    let extra = now.epics().iter().filter(|epic| before.epic(epic.id).is_none());
    let mut commands: Vec<Command> = extra.map(|epic| Command::RemoveEpic { id: epic.id }).collect();
    let staying = now.epics().iter().filter(|epic| before.epic(epic.id).is_some());
    let mut order: Vec<EpicId> = staying.map(|epic| epic.id).collect();
    for (place, epic) in before.epics().iter().enumerate() {
        let (id, words) = (epic.id, epic.words.clone());
        if !order.contains(&id) {
            order.push(id);
            commands.push(Command::PutEpic { id, words });
        }
        if order[place] != id {
            order.retain(|other| *other != id);
            order.insert(place, id);
            let after = epic_above(before, id);
            commands.push(Command::MoveEpic { id, after });
        }
    }
    commands
}
