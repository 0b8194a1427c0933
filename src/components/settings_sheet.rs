//! The sheet of the project's settings: one row each, applied for itself.

mod fields;
mod plan;
mod read;

use crate::board::may::Deed;
use crate::board::msg::{Msg, Setting, SettingsMsg};
use crate::board::scene::settings::SettingsScene;
use backlog::{Pointed, SettingEdit};
use fields::{Choice, Kind, choices, typed};
use yew::prelude::*;

/// The scales that are offered by name.
const SCALES: [(&str, &str); 3] = [
    ("Linear", "0, 1, 2, 3"),
    ("Powers of two", "0, 1, 2, 4, 8"),
    ("Fibonacci", "0, 1, 2, 3, 5, 8"),
];

/// What the sheet shows.
pub fn settings_sheet(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    if !scene.rights.may(Deed::Settings) {
        return read::settings(scene, dispatch);
    }
    html! {
        <div class="settings">
            <section class="settings-group" aria-label="Project">
                <h3>{ "Project" }</h3>
                { typed(("Name", Setting::Name), (&scene.name, Kind::Text), dispatch) }
            </section>
            <section class="settings-group" aria-label="Points">
                <h3>{ "Points" }</h3>
                { scale(scene, dispatch) }
                { pointed(scene, dispatch) }
            </section>
            { plan::iterations(scene, dispatch) }
            { plan::velocity(scene, dispatch) }
            { plan::overrides(scene, dispatch) }
        </div>
    }
}

fn scale(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    let preset = |(name, points): (&'static str, &'static str)| {
        let is_on = scene.scale.text == points;
        html! {
            <button key={name} type="button" class="button settings-preset" aria-pressed={is_on.to_string()} title={points}
                onclick={dispatch.reform(move |_| Msg::Settings(SettingsMsg::Typed(Setting::Scale, points.to_owned())))}>
                { name }
            </button>
        }
    };
    html! {
        <div class="setting">
            <p class="settings-presets" role="group" aria-label="Scales">{ for SCALES.map(preset) }</p>
            { typed(("Point scale", Setting::Scale), (&scene.scale, Kind::Numbers), dispatch) }
        </div>
    }
}

fn pointed(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    let choice = |pointed: Pointed, words: &'static str, follows: &'static str| Choice {
        edit: SettingEdit::Pointed(pointed),
        is_on: scene.pointed == pointed,
        words: words.into(),
        follows: Some(follows),
    };
    choices(
        ("Which stories carry points", "pointed"),
        &[
            choice(Pointed::Features, "Features", "Velocity measures what users got."),
            choice(
                Pointed::FeaturesBugsAndChores,
                "Features, bugs and chores",
                "Velocity measures all work.",
            ),
        ],
        dispatch,
    )
}
