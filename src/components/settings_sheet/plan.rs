//! What of the sheet is about time: iterations, velocity, and what differs in single iterations.

use super::fields::{Choice, Kind, choices, typed};
use crate::board::may::Deed;
use crate::board::msg::{Msg, Setting, SettingsMsg};
use crate::board::phrases::settings::WEEKDAYS;
use crate::board::scene::settings::{OverrideLine, SettingsScene};
use crate::components::select::Select;
use crate::components::{clock_words, maybe, words};
use backlog::settings::{Weekday, Weeks, Window};
use backlog::{Planning, SettingEdit};
use yew::prelude::*;

/// How iterations lie in time.
pub fn iterations(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section class="settings-group" aria-label="Iterations">
            <h3>{ "Iterations" }</h3>
            <div class="settings-pair">
                { numbered("Length", (1..=4, scene.weeks), (words::weeks, |weeks| {
                    Weeks::new(weeks).ok().map(SettingEdit::IterationWeeks)
                }), dispatch) }
                { numbered("First day", (0..=6, scene.weekday), (weekday, |days| {
                    Weekday::new(days).ok().map(SettingEdit::StartWeekday)
                }), dispatch) }
            </div>
            { typed(("First day of the project", Setting::StartedOn), (&scene.started_on, Kind::Date), dispatch) }
            { typed(("Time zone", Setting::TimeZone), (&scene.time_zone, Kind::OneOf("time-zones")), dispatch) }
            <datalist id="time-zones">
                { for scene.zones.iter().map(|zone| html! { <option key={zone.clone()} value={zone.clone()} /> }) }
            </datalist>
            { planning(scene, dispatch) }
        </section>
    }
}

fn planning(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    let choice = |planning: Planning, words: &'static str, follows: &'static str| Choice {
        edit: SettingEdit::Planning(planning),
        is_on: scene.planning == planning,
        words: words.into(),
        follows: Some(follows),
    };
    choices(
        ("What stands in Current", "planning"),
        &[
            choice(Planning::Automatic, "The velocity decides", "As many stories as fit."),
            choice(
                Planning::Manual,
                "The team decides",
                "What is dragged there, or started.",
            ),
        ],
        dispatch,
    )
}

/// How the velocity comes about.
pub fn velocity(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section class="settings-group" aria-label="Velocity">
            <h3>{ "Velocity" }</h3>
            <div class="settings-pair">
                { numbered("Measured over", (1..=4, scene.window), (window, |iterations| {
                    Window::new(iterations).ok().map(SettingEdit::VelocityWindow)
                }), dispatch) }
                { typed(("Until something is done", Setting::InitialVelocity), (&scene.initial_velocity, Kind::Numbers), dispatch) }
            </div>
        </section>
    }
}

pub(super) fn weekday(days: u16) -> String {
    WEEKDAYS.get(usize::from(days)).copied().unwrap_or_default().to_owned()
}

pub(super) fn window(iterations: u16) -> String {
    match iterations {
        1 => "the last iteration".to_owned(),
        many => format!("the last {many} iterations"),
    }
}

/// What a number is called, and what choosing it sets.
type WordsAndEdit = (fn(u16) -> String, fn(u16) -> Option<SettingEdit>);

/// A choice among a few numbers, each in words; `edit` says what each of them sets.
fn numbered(
    label: &'static str,
    (numbers, chosen): (std::ops::RangeInclusive<u16>, u16),
    (words, edit): WordsAndEdit,
    dispatch: &Callback<Msg>,
) -> Html {
    let dispatch = dispatch.clone();
    let on_chosen = Callback::from(move |value: String| {
        if let Some(edit) = value.parse().ok().and_then(edit) {
            dispatch.emit(Msg::Settings(SettingsMsg::Chosen(edit)));
        }
    });
    let option = |number: u16| (number.to_string().into(), words(number).into());
    let options: Vec<(AttrValue, AttrValue)> = numbers.map(option).collect();
    html! { <Select {label} {options} value={chosen.to_string()} {on_chosen} /> }
}

/// The iterations that differ from the others.
pub fn overrides(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    let resets = scene.rights.may(Deed::Iteration);
    let what = match scene.overrides.is_empty() {
        true if !resets => html! { <p class="settings-note">{ "None." }</p> },
        true => html! {
            <p class="settings-note">{ "None. The line of an iteration opens its length and team strength." }</p>
        },
        false => {
            html! { <ul class="settings-overrides">{ for scene.overrides.iter().map(|line| own((line, resets), dispatch)) }</ul> }
        }
    };
    html! {
        <section class="settings-group" aria-label="Iterations that differ">
            <h3>{ "Iterations that differ" }</h3>
            { what }
        </section>
    }
}

fn own((line, resets): (&OverrideLine, bool), dispatch: &Callback<Msg>) -> Html {
    let number = line.number;
    let differs = [
        line.weeks.map(words::weeks),
        line.strength.map(|strength| format!("{strength} % strength")),
    ];
    let differs: Vec<String> = differs.into_iter().flatten().collect();
    html! {
        <li key={number}>
            <span>{ format!("Iteration {number}, {}: {}", clock_words::range(line.start, line.last), differs.join(", ")) }</span>
            { maybe(resets.then(|| html! {
                <button type="button" class="button quiet" aria-label={format!("Reset iteration {number}")}
                    onclick={dispatch.reform(move |_| Msg::Settings(SettingsMsg::OverrideReset(number)))}>{ "Reset" }</button>
            })) }
        </li>
    }
}
