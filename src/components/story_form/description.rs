//! The description of an open story: read as it reads, or written in.

use super::fields::{DESCRIPTION, area_text, problem_of};
use crate::board::msg::{Msg, PartsMsg};
use crate::board::scene::Form;
use crate::board::scene::parts::DescriptionView;
use crate::components::markdown::markdown;
use crate::components::maybe;
use backlog::StoryId;
use yew::prelude::*;

/// The description.
pub fn description_field(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let id = format!("description-{}", form.id);
    let is_read = form.view == DescriptionView::Rendered && !form.description.trim().is_empty();
    let turn = form.story.as_ref().filter(|_| !form.description.trim().is_empty());
    let turn = turn.map(|story| {
        let word = if is_read { "Edit" } else { "Preview" };
        html! {
            <button type="button" class="button quiet part-add" data-to="description" aria-label={format!("{word} the description")}
                onclick={turned(story.id, dispatch)}>{ word }</button>
        }
    });
    html! {
        <div class="form-field">
            <div class="form-label">
                <label for={id.clone()}>{ "Description" }</label>
                { maybe(turn) }
            </div>
            { if is_read { read(form, dispatch) } else { written(id, form, dispatch) } }
        </div>
    }
}

fn turned(id: StoryId, dispatch: &Callback<Msg>) -> Callback<MouseEvent> {
    dispatch.reform(move |_| Msg::Parts(PartsMsg::DescriptionTurned(id)))
}

// A click into the text turns it to writing; one on a link in it, or at the end of selecting words, does not.
fn read(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let (id, dispatch_turn) = (form.id, dispatch.clone());
    let on_clicked = Callback::from(move |event: MouseEvent| {
        let target: web_sys::Element = event.target_unchecked_into();
        let on_link = target.closest("a, button").ok().flatten().is_some();
        let document = gloo_utils::document();
        let selects = document
            .get_selection()
            .ok()
            .flatten()
            .is_some_and(|selection| !selection.is_collapsed());
        if !on_link && !selects {
            dispatch_turn.emit(Msg::Parts(PartsMsg::DescriptionTurned(id)));
        }
    });
    let readings = form.parts.as_ref().map(|parts| parts.readings.clone());
    let text = markdown(&form.description, &readings.unwrap_or_default(), dispatch);
    html! {
        <div class="description-text" role="group" aria-label="Description, as it reads" onclick={on_clicked}>{ text }</div>
    }
}

fn written(id: String, form: &Form, dispatch: &Callback<Msg>) -> Html {
    let (described, problem) = problem_of(form, DESCRIPTION);
    html! {<>
        <div class="grow field" data-text={form.description.clone()}>
            <textarea {id} data-field="description" rows="3" dir="auto" placeholder="In Markdown" value={form.description.clone()}
                oninput={dispatch.reform(|event| Msg::DescriptionTyped(area_text(&event)))}
                aria-invalid={described.as_ref().map(|_| "true")} aria-describedby={described} />
        </div>
        { problem }
    </>}
}
