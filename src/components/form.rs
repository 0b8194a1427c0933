//! A form with its fields, its problems and its button: the one that all pages of accounts use. The browser holds what is typed, so that
//! password managers can fill it in and nothing is lost on an error; what stands in it is read when it is sent.

mod field;

pub use field::{Choice, Field, Kind};

use super::frame::trouble;
use super::maybe;
use crate::forms::{Filled, FormState, Pace};
use field::field_view;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FormData, HtmlFormElement};
use yew::prelude::*;

/// What a form shows.
#[derive(Properties, PartialEq)]
pub struct FormProps {
    /// Its name in the page; its fields are `{id}-{name}`.
    pub id: &'static str,
    /// Its fields, from the first to the last.
    pub fields: Vec<Field>,
    /// How it stands.
    pub state: FormState,
    /// What its button says.
    pub action: AttrValue,
    /// Takes what stands in it when it is sent.
    pub on_submitted: Callback<Filled>,
    /// Takes what stands in it whenever that changes.
    #[prop_or_default]
    pub on_typed: Option<Callback<Filled>>,
    /// What stands between the fields and the button.
    #[prop_or_default]
    pub children: Html,
    /// What stands beside the button.
    #[prop_or_default]
    pub beside: Html,
}

/// A form.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let FormProps { id, fields, state, .. } = props;
    let (sent, pace) = (props.on_submitted.clone(), state.pace);
    let on_submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let (Pace::Ready, Some(filled)) = (pace, filled(&event)) {
            sent.emit(filled);
        }
    });
    let on_typed = props.on_typed.clone().map(|typed| {
        Callback::from(move |event: InputEvent| filled(&event).into_iter().for_each(|filled| typed.emit(filled)))
    });
    let field = |field: &Field| field_view(id, field, state.problem_of(field.name));
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let beside = state.problem_beside(&names);
    // The button keeps the focus while the server is asked; only a second sending is refused.
    html! {
        <form id={*id} class="fill" novalidate=true onsubmit={on_submit} oninput={on_typed}>
            { maybe(beside.map(trouble)) }
            { for fields.iter().map(field) }
            { props.children.clone() }
            <div class="fill-end">
                <button type="submit" class="button strong" aria-disabled={(pace == Pace::Asking).then_some("true")}>
                    { props.action.clone() }
                </button>
                { props.beside.clone() }
            </div>
        </form>
    }
}

fn filled(event: &Event) -> Option<Filled> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let form: HtmlFormElement = element.closest("form").ok()??.dyn_into().ok()?;
    let entries = js_sys::try_iter(&FormData::new_with_form(&form).ok()?.into()).ok()??;
    let pair = |entry: Result<JsValue, JsValue>| {
        let pair: Array = entry.ok()?.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    Some(Filled(entries.filter_map(pair).collect()))
}
