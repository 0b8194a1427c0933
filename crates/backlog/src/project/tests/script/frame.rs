//! How settings and imports are written: `scale=0/5/10`, `length@5=2`, `story=a:feature:started:2`.

use super::edits::read_day;
use super::reading::{read_estimate, read_word};
use super::showing::show_word;
use super::{bits, id};
use crate::settings::{Strength, Velocity, Weekday, Weeks, Window};
use crate::{
    ActorId, CustomScale, Description, Epic, EpicId, EpicWords, Import, ImportId, Label, Millis, Name, Person,
    PointScale, SettingEdit, State, Story, Title, ZoneName,
};

pub(super) fn read_setting(word: &str) -> SettingEdit {
    let (setting, value) = word.split_once('=').expect("SETTING=VALUE");
    let number = || value.parse::<u16>().expect("a number");
    let unless_none = || (value != "none").then(number);
    match setting.split_once('@') {
        Some(("length", iteration)) => SettingEdit::Length {
            iteration: iteration.parse().expect("a number"),
            weeks: unless_none().map(|weeks| Weeks::new(weeks).unwrap()),
        },
        Some(("strength", iteration)) => SettingEdit::Strength {
            iteration: iteration.parse().expect("a number"),
            strength: unless_none().map(|percent| Strength::new(percent).unwrap()),
        },
        Some(_) => panic!("not a setting: {word:?}"),
        None => match setting {
            "scale" => SettingEdit::Scale(read_scale(value)),
            "pointed" => SettingEdit::Pointed(read_word(value)),
            "weeks" => SettingEdit::IterationWeeks(Weeks::new(number()).unwrap()),
            "weekday" => SettingEdit::StartWeekday(Weekday::new(number()).unwrap()),
            "started" => SettingEdit::StartedOn(read_day(value)),
            "zone" => SettingEdit::TimeZone(ZoneName::new(value).unwrap()),
            "window" => SettingEdit::VelocityWindow(Window::new(number()).unwrap()),
            "velocity" => SettingEdit::InitialVelocity(Velocity::new(number()).unwrap()),
            "planning" => SettingEdit::Planning(read_word(value)),
            _ => panic!("not a setting: {word:?}"),
        },
    }
}

/// Reads `fibonacci`, or a team's own scale like `0/5/10`.
fn read_scale(text: &str) -> PointScale {
    if !text.contains('/') {
        return read_word(text);
    }
    let points = text.split('/').map(|points| points.parse().expect("points")).collect();
    PointScale::Custom(CustomScale::new(points).unwrap())
}

pub(super) fn show_setting(edit: &SettingEdit) -> String {
    let or_none = |number: Option<u16>| number.map_or("none".to_owned(), |number| number.to_string());
    match edit {
        SettingEdit::Scale(PointScale::Custom(scale)) => {
            let points: Vec<u16> = scale.clone().into();
            let points: Vec<String> = points.iter().map(u16::to_string).collect();
            format!("scale={}", points.join("/"))
        }
        SettingEdit::Scale(scale) => format!("scale={}", show_word(scale)),
        SettingEdit::Pointed(pointed) => format!("pointed={}", show_word(pointed)),
        SettingEdit::IterationWeeks(weeks) => format!("weeks={}", weeks.get()),
        SettingEdit::StartWeekday(weekday) => format!("weekday={}", weekday.get()),
        SettingEdit::StartedOn(day) => {
            let (year, month, day) = day.date();
            format!("started={year}-{month:02}-{day:02}")
        }
        SettingEdit::TimeZone(zone) => format!("zone={zone}"),
        SettingEdit::VelocityWindow(window) => format!("window={}", window.get()),
        SettingEdit::InitialVelocity(velocity) => format!("velocity={}", velocity.get()),
        SettingEdit::Planning(planning) => format!("planning={}", show_word(planning)),
        SettingEdit::Length { iteration, weeks } => format!("length@{iteration}={}", or_none(weeks.map(Weeks::get))),
        SettingEdit::Strength { iteration, strength } => {
            format!("strength@{iteration}={}", or_none(strength.map(Strength::get)))
        }
    }
}

/// Reads what an import brings, word by word: `person=cy`, `scale=fibonacci`, `epic=e:label`, `story=a:feature:started:2`, the last
/// with its owner where there is one: `story=a:bug:started:none:cy`.
pub(super) fn read_import(id: ImportId, brought: &[&str]) -> Import {
    let mut import = Import {
        id,
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories: Vec::new(),
    };
    for word in brought {
        match word.split_once('=').expect("WHAT=..") {
            ("person", name) => import.people.push(Person {
                id: ActorId(bits(name)),
                name: Name::new(name).unwrap(),
            }),
            ("scale", scale) => import.scale = Some(read_scale(scale)),
            ("epic", epic) => import.epics.push(read_epic(epic)),
            ("story", story) => import.stories.push(read_story(story)),
            _ => panic!("not to be imported: {word:?}"),
        }
    }
    import
}

fn read_epic(word: &str) -> Epic {
    let (name, label) = word.split_once(':').expect("epic=ID:LABEL");
    Epic {
        id: EpicId(bits(name)),
        number: 0,
        origin: None,
        words: EpicWords {
            name: Title::new(name).unwrap(),
            label: Label::new(label).unwrap(),
            description: Description::default(),
        },
        created_at: Millis(7),
    }
}

/// Reads `a:feature:accepted:2`, `a:bug:started:none:cy`. What is accepted was so at the moment 9, and all was created at 7.
fn read_story(word: &str) -> Story {
    let words: Vec<&str> = word.split(':').collect();
    let [name, story_type, state, points, ref owners @ ..] = words[..] else {
        panic!("not a story to import: {word:?}")
    };
    let title = Title::new(name).unwrap();
    let state: State = read_word(state);
    Story {
        estimate: read_estimate(points),
        owners: owners.iter().map(|name| ActorId(bits(name))).collect(),
        accepted_at: (state == State::Accepted).then_some(Millis(9)),
        ..Story::new(id(name), title, (read_word(story_type), state), Millis(7))
    }
}
