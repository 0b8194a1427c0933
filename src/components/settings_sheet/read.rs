//! The project's settings for whoever does not set them: text.

use super::plan::{overrides, weekday, window};
use crate::board::msg::Msg;
use crate::board::scene::settings::{SettingsScene, TypedSetting};
use crate::components::words;
use backlog::{Planning, Pointed};
use yew::prelude::*;

/// What is set, and what differs in single iterations.
pub fn settings(scene: &SettingsScene, dispatch: &Callback<Msg>) -> Html {
    let pointed = match scene.pointed {
        Pointed::Features => "Features",
        Pointed::FeaturesBugsAndChores => "Features, bugs and chores",
    };
    let planning = match scene.planning {
        Planning::Automatic => "The velocity decides",
        Planning::Manual => "The team decides",
    };
    let typed = |setting: &TypedSetting| setting.text.clone();
    let facts = [
        ("Name", typed(&scene.name)),
        ("Point scale", typed(&scene.scale)),
        ("Which stories carry points", pointed.to_owned()),
        ("Length of an iteration", words::weeks(scene.weeks)),
        ("Its first day", weekday(scene.weekday)),
        ("First day of the project", typed(&scene.started_on)),
        ("Time zone", typed(&scene.time_zone)),
        ("What stands in Current", planning.to_owned()),
        ("Velocity measured over", window(scene.window)),
        ("Until something is done", words_per_iteration(&scene.initial_velocity)),
    ];
    html! {
        <div class="settings">
            <p class="settings-note">{ "Owners of the project change these." }</p>
            <dl class="settings-facts">
                { for facts.into_iter().map(|(what, value)| html! { <div key={what}><dt>{ what }</dt><dd dir="auto">{ value }</dd></div> }) }
            </dl>
            { overrides(scene, dispatch) }
        </div>
    }
}

fn words_per_iteration(velocity: &TypedSetting) -> String {
    format!("{} points per iteration", velocity.text)
}
