//! The sheet of the project's settings. Each setting is applied for itself; what is typed in one stays until it is saved or
//! thrown away, whatever others change meanwhile.

use super::Board;
use super::after::{Order, Then};
use super::dates;
use super::iteration::reset;
use super::msg::{Effect, Now, Setting, SettingsMsg};
use super::scene::settings::{OverrideLine, SettingsScene, TypedSetting};
use super::write::{sentence, told};
use backlog::settings::{Strength, Velocity, Weeks};
use backlog::{
    Change, Command, CustomScale, Estimate, Name, Panel, PointScale, Problem, Project, Recorded, SettingEdit, ZoneName,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is typed on the sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct SettingsDesk {
    typed: BTreeMap<Setting, Typed>,
    // What the browser knows; none until it was asked.
    zones: Option<Rc<[String]>>,
}

/// A setting that is typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    text: String,
    problem: Option<String>,
    // Who set it meanwhile.
    by: Option<Name>,
    // Its command is on its way to the device.
    saving: bool,
}

impl SettingsDesk {
    /// Whether anything is typed that is not saved.
    pub(super) fn holds_typed(&self) -> bool {
        self.typed.values().any(|typed| !typed.saving)
    }

    /// Lets go of what is typed; answers what is saved nowhere.
    pub(super) fn give_up(&mut self) -> Vec<String> {
        let typed = std::mem::take(&mut self.typed).into_values();
        typed.filter(|typed| !typed.saving).map(|typed| typed.text).collect()
    }
}

impl Board {
    pub(super) fn settings_changed(&mut self, msg: SettingsMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            SettingsMsg::Typed(setting, text) => self.setting_typed(setting, text),
            SettingsMsg::Saved(setting) => self.setting_saved(setting, now, out),
            SettingsMsg::Dropped(setting) => {
                self.settings.typed.remove(&setting);
            }
            SettingsMsg::Chosen(edit) => self.tell_after(Command::EditSettings { edits: vec![edit] }, now, out),
            SettingsMsg::OverrideReset(number) => {
                let edits = reset(number);
                self.tell_after(Command::EditSettings { edits }, now, out);
            }
            SettingsMsg::ZonesListed(zones) => self.settings.zones = Some(zones.into()),
        }
        out.push(Effect::Render);
    }

    /// What the sheet needs when it opens.
    pub(super) fn settings_opened(&self, out: &mut Vec<Effect>) {
        if self.settings.zones.is_none() {
            out.push(Effect::ListZones);
        }
    }

    fn setting_typed(&mut self, setting: Setting, text: String) {
        let typed = self.settings.typed.entry(setting).or_default();
        typed.text = text;
        typed.problem = None;
        typed.saving = false;
    }

    fn setting_saved(&mut self, setting: Setting, now: Now, out: &mut Vec<Effect>) {
        let Some(text) = self.settings.typed.get(&setting).map(|typed| typed.text.clone()) else {
            return;
        };
        let given = self.read_setting(setting, &text).and_then(|(command, as_written)| {
            let then = Then::Told(self.phrase(&command).done_capital());
            let given = self.give(Order::new(command, then), now, out);
            given.map(|()| as_written).map_err(|reason| told(&reason))
        });
        if let Some(typed) = self.settings.typed.get_mut(&setting) {
            typed.saving = given.is_ok();
            if let Ok(as_written) = &given {
                typed.text.clone_from(as_written);
            }
            typed.problem = given.err();
        }
    }

    /// What was typed as a command, and as the project will write it.
    fn read_setting(&self, setting: Setting, text: &str) -> Result<(Command, String), String> {
        let told = |problem: Problem| sentence(&problem.to_string());
        let (edit, written) = match setting {
            Setting::Name => {
                let name = Name::new(text).map_err(told)?;
                let written = name.as_str().to_owned();
                return Ok((Command::RenameProject { name }, written));
            }
            Setting::Scale => {
                let scale = read_scale(text)?;
                let written = scale_words(&scale);
                (SettingEdit::Scale(scale), written)
            }
            Setting::StartedOn => {
                let day = dates::read(text).map_err(told)?;
                (SettingEdit::StartedOn(day), dates::written(day))
            }
            Setting::TimeZone => {
                let zone = self.read_zone(text)?;
                let written = zone.to_string();
                (SettingEdit::TimeZone(zone), written)
            }
            Setting::InitialVelocity => {
                let velocity = read_velocity(text)?;
                (SettingEdit::InitialVelocity(velocity), velocity.get().to_string())
            }
        };
        Ok((Command::EditSettings { edits: vec![edit] }, written))
    }

    fn read_zone(&self, text: &str) -> Result<ZoneName, String> {
        let text = text.trim();
        let known = self.settings.zones.as_deref().unwrap_or_default();
        let same = |zone: &&String| zone.eq_ignore_ascii_case(text);
        let name = match known.iter().find(same) {
            Some(zone) => zone.as_str(),
            None if known.is_empty() || text == "UTC" => text,
            None => {
                return Err(format!(
                    "No time zone is called “{text}”. Choose one of the list, like Europe/Berlin."
                ));
            }
        };
        ZoneName::new(name).map_err(|problem| sentence(&problem.to_string()))
    }

    /// Someone else changed the project: whoever types in the same setting is told.
    pub(super) fn settings_hear(&mut self, recorded: &Recorded) {
        let settings: Vec<Setting> = match &recorded.change {
            Change::ProjectRenamed { .. } => vec![Setting::Name],
            Change::SettingsEdited { edits } => edits.iter().filter_map(setting_of).collect(),
            _ => return,
        };
        for setting in settings {
            if let Some(typed) = self.settings.typed.get_mut(&setting) {
                typed.by = Some(recorded.actor.name.clone());
            }
        }
    }

    /// Lets go of what was typed and is so by now.
    pub(super) fn settings_follow(&mut self) {
        let Some(view) = self.replica.view() else { return };
        self.settings
            .typed
            .retain(|setting, typed| typed.text != value(*setting, view));
    }

    pub(super) fn settings_scene(&self) -> Option<SettingsScene> {
        let view = self.replica.view()?;
        let settings = view.settings();
        Some(SettingsScene {
            rights: self.rights(),
            name: self.typed_setting(Setting::Name, view),
            scale: TypedSetting {
                effect: self.scale_effect(view),
                ..self.typed_setting(Setting::Scale, view)
            },
            pointed: settings.pointed,
            weeks: settings.iteration_weeks.get(),
            weekday: settings.start_weekday.get(),
            started_on: self.typed_setting(Setting::StartedOn, view),
            time_zone: self.typed_setting(Setting::TimeZone, view),
            zones: self.settings.zones.clone().unwrap_or_default(),
            window: settings.velocity_window.get(),
            initial_velocity: self.typed_setting(Setting::InitialVelocity, view),
            planning: settings.planning,
            overrides: self.override_lines(view),
        })
    }

    fn typed_setting(&self, setting: Setting, view: &Project) -> TypedSetting {
        let now = value(setting, view);
        let Some(typed) = self.settings.typed.get(&setting) else {
            return TypedSetting {
                text: now,
                ..TypedSetting::default()
            };
        };
        let by = typed.by.as_ref();
        TypedSetting {
            text: typed.text.clone(),
            unsaved: !typed.saving,
            effect: None,
            problem: typed.problem.clone(),
            note: by.map(|by| {
                format!(
                    "{} set it to {now} meanwhile. What you typed is still here.",
                    by.as_str()
                )
            }),
        }
    }

    fn override_lines(&self, view: &Project) -> Rc<[OverrideLine]> {
        let Some(layout) = &self.layout else {
            return Rc::default();
        };
        let line = |(number, own): (&u32, &backlog::Override)| {
            let days = layout.plan.calendar.days(*number);
            OverrideLine {
                number: *number,
                start: days.start,
                last: days.end.plus(-1),
                weeks: own.weeks.map(Weeks::get),
                strength: own.strength.map(Strength::get),
            }
        };
        view.settings().overrides.iter().map(line).collect()
    }

    /// What the scale that is typed would do, in words.
    fn scale_effect(&self, view: &Project) -> Option<String> {
        let typed = self.settings.typed.get(&Setting::Scale)?;
        let scale = read_scale(&typed.text).ok().filter(|_| !typed.saving)?;
        let estimates = [Panel::Backlog, Panel::Icebox]
            .into_iter()
            .flat_map(|panel| view.order(panel))
            .filter_map(|slot| view.at(slot).estimate);
        let mut moves: BTreeMap<(u16, u16), usize> = BTreeMap::new();
        for estimate in estimates {
            let Estimate(nearest) = scale.nearest(estimate);
            if nearest != estimate.0 {
                *moves.entry((estimate.0, nearest)).or_default() += 1;
            }
        }
        Some(effect_words(&moves))
    }
}

fn effect_words(moves: &BTreeMap<(u16, u16), usize>) -> String {
    let moved = |((from, to), count): (&(u16, u16), &usize)| match moves.len() {
        1 => format!("{from} → {to}"),
        _ => format!("{from} → {to} ({count})"),
    };
    let list: Vec<String> = moves.iter().map(moved).collect();
    match moves.values().sum::<usize>() {
        0 => "No estimate changes.".to_owned(),
        1 => format!("1 story changes: {}.", list.join(", ")),
        many => format!("{many} stories change: {}.", list.join(", ")),
    }
}

/// A setting as the project has it.
fn value(setting: Setting, view: &Project) -> String {
    let settings = view.settings();
    match setting {
        Setting::Name => view.name().as_str().to_owned(),
        Setting::Scale => scale_words(&settings.scale),
        Setting::StartedOn => dates::written(settings.started_on),
        Setting::TimeZone => settings.time_zone.as_str().to_owned(),
        Setting::InitialVelocity => settings.initial_velocity.get().to_string(),
    }
}

/// The points of a scale, as one types them.
pub(super) fn scale_words(scale: &PointScale) -> String {
    let points: Vec<String> = scale.points().iter().map(u16::to_string).collect();
    points.join(", ")
}

fn read_scale(text: &str) -> Result<PointScale, String> {
    let numbers = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|part| !part.is_empty());
    let points: Result<Vec<u16>, _> = numbers.map(str::parse).collect();
    let mut points = points.map_err(|_| "Points are whole numbers from 0 to 1,000, separated by commas.".to_owned())?;
    points.sort_unstable();
    let known = [PointScale::Linear, PointScale::PowersOfTwo, PointScale::Fibonacci];
    if let Some(scale) = known.into_iter().find(|scale| scale.points() == points) {
        return Ok(scale);
    }
    let scale = CustomScale::new(points).map_err(|problem| sentence(&problem.to_string()))?;
    Ok(PointScale::Custom(scale))
}

fn read_velocity(text: &str) -> Result<Velocity, String> {
    let points = text.trim().parse::<u16>().ok();
    let velocity = points.and_then(|points| Velocity::new(points).ok());
    velocity.ok_or_else(|| "A velocity is a whole number between 1 and 10,000.".to_owned())
}

fn setting_of(edit: &SettingEdit) -> Option<Setting> {
    match edit {
        SettingEdit::Scale(_) => Some(Setting::Scale),
        SettingEdit::StartedOn(_) => Some(Setting::StartedOn),
        SettingEdit::TimeZone(_) => Some(Setting::TimeZone),
        SettingEdit::InitialVelocity(_) => Some(Setting::InitialVelocity),
        SettingEdit::Pointed(_)
        | SettingEdit::IterationWeeks(_)
        | SettingEdit::StartWeekday(_)
        | SettingEdit::VelocityWindow(_)
        | SettingEdit::Planning(_)
        | SettingEdit::Length { .. }
        | SettingEdit::Strength { .. } => None,
    }
}
