//! The bar of the selected stories: how many they are, and what can be done to all of them at once.

use super::{icons, maybe};
use crate::board::msg::{Bulk, Menu, Msg, SelectionMsg};
use crate::board::scene::selection::{Choice, MenuScene, SelectionScene};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct SelectionBarProps {
    /// The bar.
    pub scene: SelectionScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The bar.
#[component]
pub fn SelectionBar(props: &SelectionBarProps) -> Html {
    let SelectionBarProps { scene, dispatch } = props;
    let told = dispatch.reform(Msg::Selection);
    let left = told.clone();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            left.emit(SelectionMsg::Left);
        }
    };
    html! {
        <div id="selection" class="selection" role="group" aria-label="Selected stories" data-reading="true" onkeydown={on_key}>
            <p class="selection-words">
                <strong>{ scene.words.clone() }</strong>
                { maybe(scene.aside.as_ref().map(|aside| html! { <span class="selection-aside">{ aside }</span> })) }
            </p>
            <div class="selection-doings">
                { for scene.doings.menus.iter().map(|menu| menu_button(*menu, scene, &told)) }
                { maybe(scene.doings.deletes.then(|| html! {
                    <button type="button" class="button quiet selection-delete" disabled={!scene.ready}
                        onclick={told.reform(|_| SelectionMsg::Chosen(Bulk::Delete))}>{ "Delete" }</button>
                })) }
            </div>
            <button type="button" class="button quiet selection-clear" title="Select nothing (Escape)"
                onclick={told.reform(|_| SelectionMsg::Cleared)}>{ "Clear" }</button>
        </div>
    }
}

fn menu_button(menu: Menu, scene: &SelectionScene, told: &Callback<SelectionMsg>) -> Html {
    let open = scene.menu.as_ref().filter(|open| open.menu == menu);
    html! {
        <div class="selection-doing" key={menu.key()}>
            <button type="button" class="button quiet" data-menu={menu.key()} disabled={!scene.ready}
                aria-expanded={open.is_some().to_string()} onclick={told.reform(move |_| SelectionMsg::MenuToggled(menu))}>
                { menu.title() }{ icons::more() }
            </button>
            { maybe(open.map(|open| menu_body(open, told))) }
        </div>
    }
}

fn menu_body(scene: &MenuScene, told: &Callback<SelectionMsg>) -> Html {
    let choice = |choice: &Choice| choice_button(choice, told);
    html! {
        <div id="selection-menu" class="selection-menu" role="group" aria-label={scene.menu.title()}
            onkeydown={Callback::from(walk)}>
            { maybe(scene.text.as_ref().map(|text| field(scene, text, told))) }
            { maybe(scene.problem.as_ref().map(|problem| html! {
                <p id="selection-problem" class="problem" role="alert">{ problem }</p>
            })) }
            <div class="selection-choices">
                { for scene.choices.iter().map(choice) }
                { maybe(scene.choices.is_empty().then(|| html! { <p class="selection-none">{ "Nothing like that" }</p> })) }
                { maybe(scene.more.map(|more| html! { <p class="selection-none">{ more }</p> })) }
            </div>
        </div>
    }
}

fn field(scene: &MenuScene, text: &str, told: &Callback<SelectionMsg>) -> Html {
    let typed =
        told.reform(|event: InputEvent| SelectionMsg::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
    let entered = told.clone();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            entered.emit(SelectionMsg::Entered);
        }
    };
    let (label, hint) = match scene.menu {
        Menu::Labels => ("Label", "Label to add or remove"),
        _ => ("Person", "Person to add or remove"),
    };
    html! {
        <input type="text" class="field selection-field" aria-label={label} placeholder={hint} value={text.to_owned()}
            autocomplete="off" spellcheck="false" dir="auto" aria-invalid={scene.problem.as_ref().map(|_| "true")}
            aria-describedby={scene.problem.as_ref().map(|_| "selection-problem")} oninput={typed} onkeydown={on_key} />
    }
}

fn choice_button(choice: &Choice, told: &Callback<SelectionMsg>) -> Html {
    let chosen = choice
        .bulk
        .clone()
        .map(|bulk| told.reform(move |_: MouseEvent| SelectionMsg::Chosen(bulk.clone())));
    html! {
        <button type="button" key={choice.words.clone()} class="selection-choice" disabled={choice.bulk.is_none()}
            onclick={chosen}>
            <span class="selection-what" dir="auto">{ choice.words.clone() }</span>
            { maybe(choice.detail.as_ref().map(|detail| html! { <span class="selection-detail">{ detail }</span> })) }
        </button>
    }
}

// The arrows walk over what can be chosen, and back to the field.
fn walk(event: KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(menu) = target.and_then(|target| target.closest("#selection-menu").ok().flatten()) else {
        return;
    };
    let Ok(stops) = menu.query_selector_all("input, button:enabled") else {
        return;
    };
    let stops: Vec<HtmlElement> = (0..stops.length())
        .filter_map(|place| stops.item(place)?.dyn_into().ok())
        .collect();
    let here = gloo_utils::document().active_element();
    let here = stops.iter().position(|stop| here.as_ref() == Some(stop.as_ref()));
    let there = match (here, down) {
        (Some(here), true) => here + 1,
        (Some(here), false) => here.saturating_sub(1),
        (None, _) => 0,
    };
    event.prevent_default();
    if let Some(stop) = stops.get(there.min(stops.len().saturating_sub(1))) {
        // An element of the page that is shown can be focused.
        let _focused = stop.focus();
    }
}
