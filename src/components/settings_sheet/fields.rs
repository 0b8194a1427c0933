//! The kinds of rows on the sheet: a field that is typed and saved, and a choice that applies at once.

use crate::board::msg::{Msg, Setting, SettingsMsg};
use crate::board::scene::settings::TypedSetting;
use crate::components::maybe;
use backlog::SettingEdit;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is typed in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Numbers.
    Numbers,
    /// A day.
    Date,
    /// One of the list of that id.
    OneOf(&'static str),
}

/// One of several values of a setting.
pub struct Choice {
    /// What it sets.
    pub edit: SettingEdit,
    /// Whether it is so.
    pub is_on: bool,
    /// What it is called.
    pub words: AttrValue,
    /// What follows from it.
    pub follows: Option<&'static str>,
}

/// A field with its label, and its buttons while it is not saved.
pub fn typed(
    (label, setting): (&'static str, Setting),
    (scene, kind): (&TypedSetting, Kind),
    dispatch: &Callback<Msg>,
) -> Html {
    let on_typed = dispatch.reform(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Settings(SettingsMsg::Typed(setting, typed))
    });
    let on_saved = dispatch.reform(move |event: SubmitEvent| {
        event.prevent_default();
        Msg::Settings(SettingsMsg::Saved(setting))
    });
    let (kind, mode, list) = match kind {
        Kind::Text => ("text", None, None),
        Kind::Numbers => ("text", Some("numeric"), None),
        Kind::Date => ("date", None, None),
        Kind::OneOf(list) => ("text", None, Some(list)),
    };
    let problem_id = format!("{}-problem", setting.key());
    let described = scene.problem.as_ref().map(|_| problem_id.clone());
    html! {
        <form class="setting" onsubmit={on_saved}>
            <label class="labelled">
                <span>{ label }</span>
                <input class="field" data-field={setting.key()} type={kind} inputmode={mode} {list} autocomplete="off" dir="auto"
                    value={scene.text.clone()} oninput={on_typed}
                    aria-invalid={described.as_ref().map(|_| "true")} aria-describedby={described} />
            </label>
            { maybe(scene.problem.as_ref().map(|problem| html! {
                <p id={problem_id} class="problem" role="alert">{ problem.clone() }</p>
            })) }
            { maybe(scene.note.as_ref().map(|note| html! {
                <p class="settings-note" role="status">{ note.clone() }</p>
            })) }
            { maybe(scene.effect.as_ref().map(|effect| html! {
                <p class="settings-note" role="status">{ effect.clone() }</p>
            })) }
            { maybe(scene.unsaved.then(|| buttons(label, setting, dispatch))) }
        </form>
    }
}

fn buttons(label: &'static str, setting: Setting, dispatch: &Callback<Msg>) -> Html {
    let dropped = dispatch.reform(move |_| Msg::Settings(SettingsMsg::Dropped(setting)));
    html! {
        <span class="setting-buttons">
            <button type="submit" class="button strong" aria-label={format!("Save {}", label.to_lowercase())}>{ "Save" }</button>
            <button type="button" class="button quiet" onclick={dropped}
                aria-label={format!("Cancel {}", label.to_lowercase())}>{ "Cancel" }</button>
        </span>
    }
}

/// Values of which one is chosen with a click.
pub fn choices((legend, name): (&'static str, &'static str), choices: &[Choice], dispatch: &Callback<Msg>) -> Html {
    html! {
        <fieldset class="setting setting-choices">
            <legend>{ legend }</legend>
            { for choices.iter().map(|choice| radio(name, choice, dispatch)) }
        </fieldset>
    }
}

fn radio(name: &'static str, choice: &Choice, dispatch: &Callback<Msg>) -> Html {
    let edit = choice.edit.clone();
    let on_chosen = dispatch.reform(move |_: Event| Msg::Settings(SettingsMsg::Chosen(edit.clone())));
    html! {
        <label key={choice.words.to_string()} class="setting-choice">
            <input type="radio" {name} checked={choice.is_on} onchange={on_chosen} />
            <span>{ choice.words.clone() }</span>
            { maybe(choice.follows.map(|follows| html! { <span class="setting-follows">{ follows }</span> })) }
        </label>
    }
}
