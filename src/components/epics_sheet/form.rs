//! The form of an epic, or of one to be.

use crate::board::msg::{EpicsMsg, Msg};
use crate::board::scene::epics::EpicForm;
use crate::components::maybe;
use backlog::EpicId;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The form; `id` is none of one to be.
pub fn epic_form(id: Option<EpicId>, form: &EpicForm, dispatch: &Callback<Msg>) -> Html {
    let said = |msg: EpicsMsg| dispatch.reform(move |_: MouseEvent| Msg::Epics(msg.clone()));
    let on_saved = dispatch.reform(move |event: SubmitEvent| {
        event.prevent_default();
        Msg::Epics(EpicsMsg::Saved(id))
    });
    html! {
        <form class="epic-form" onsubmit={on_saved} aria-label={if id.is_some() { "Epic" } else { "New epic" }}>
            { line("Name", "epic-name", &form.name, typed(dispatch, move |text| EpicsMsg::NameTyped(id, text))) }
            { line("Label", "epic-label", &form.label, typed(dispatch, move |text| EpicsMsg::LabelTyped(id, text))) }
            <label class="labelled">
                <span>{ "Description" }</span>
                <textarea class="field" rows="3" dir="auto" data-field="epic-description" value={form.description.clone()}
                    oninput={dispatch.reform(move |event: InputEvent| {
                        let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
                        Msg::Epics(EpicsMsg::DescriptionTyped(id, text))
                    })} />
            </label>
            { maybe(form.problem.as_ref().map(|problem| html! {
                <p class="problem" role="alert">{ problem.clone() }</p>
            })) }
            { maybe(form.note.as_ref().map(|note| html! { <p class="settings-note" role="status">{ note.clone() }</p> })) }
            <p class="epic-buttons">
                <button type="submit" class="button strong">{ if id.is_some() { "Save" } else { "Add epic" } }</button>
                <button type="button" class="button quiet" onclick={said(EpicsMsg::Dropped(id))}>{ "Cancel" }</button>
                { maybe(id.map(|id| html! {
                    <button type="button" class="button quiet danger epic-remove" onclick={said(EpicsMsg::Removed(id))}
                        title="Its stories keep their label">{ "Remove epic" }</button>
                })) }
            </p>
        </form>
    }
}

fn typed(dispatch: &Callback<Msg>, msg: impl Fn(String) -> EpicsMsg + 'static) -> Callback<InputEvent> {
    dispatch.reform(move |event: InputEvent| Msg::Epics(msg(event.target_unchecked_into::<HtmlInputElement>().value())))
}

fn line(label: &'static str, field: &'static str, text: &str, on_typed: Callback<InputEvent>) -> Html {
    html! {
        <label class="labelled">
            <span>{ label }</span>
            <input class="field" type="text" autocomplete="off" dir="auto" data-field={field} value={text.to_owned()}
                oninput={on_typed} />
        </label>
    }
}
