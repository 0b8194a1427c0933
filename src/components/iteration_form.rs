//! What differs in one iteration: its length and the team's strength in it.

use super::select::Select;
use super::{maybe, words};
use crate::board::msg::{Msg, PlanningMsg};
use crate::board::scene::plan::IterationForm;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The form, at its place in the column.
pub fn iteration_form(form: &IterationForm, dispatch: &Callback<Msg>) -> Html {
    let said = |msg: PlanningMsg| dispatch.reform(move |_: MouseEvent| Msg::Planning(msg.clone()));
    let on_saved = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Planning(PlanningMsg::IterationSaved)
    });
    let style = form.at.map(|at| format!("inset-block-start:{at}px"));
    let title = format!("Iteration {}", form.number);
    html! {
        <form class={classes!("iteration-form", form.at.is_none().then_some("is-pinned"))} {style} aria-label={title.clone()}
            data-reading="true" onsubmit={on_saved} onkeydown={closed_by_escape(dispatch)}>
            <h3 class="iteration-form-title">{ title }</h3>
            { length(form, dispatch) }
            { strength(form, dispatch) }
            { maybe(form.problem.as_ref().map(|problem| html! {
                <p id="iteration-problem" class="problem" role="alert">{ problem.clone() }</p>
            })) }
            { maybe(form.note.as_ref().map(|note| html! { <p class="iteration-note">{ note.clone() }</p> })) }
            <p class="iteration-buttons">
                <button type="submit" class="button strong">{ "Save" }</button>
                <button type="button" class="button quiet" onclick={said(PlanningMsg::IterationClosed)}>{ "Cancel" }</button>
                { maybe(form.differs.then(|| html! {
                    <button type="button" class="button quiet" onclick={said(PlanningMsg::IterationReset)}>
                        { "Reset to usual" }
                    </button>
                })) }
            </p>
        </form>
    }
}

fn closed_by_escape(dispatch: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            dispatch.emit(Msg::Planning(PlanningMsg::IterationClosed));
        }
    })
}

fn length(form: &IterationForm, dispatch: &Callback<Msg>) -> Html {
    let on_chosen = dispatch.reform(|value: String| Msg::Planning(PlanningMsg::WeeksChosen(value.parse().ok())));
    let usual = (
        AttrValue::from(""),
        format!("Usual ({})", words::weeks(form.usual)).into(),
    );
    let other = |weeks: u16| (weeks.to_string().into(), words::weeks(weeks).into());
    let options: Vec<(AttrValue, AttrValue)> = [usual].into_iter().chain((1..=4).map(other)).collect();
    let value = form.weeks.map_or_else(String::new, |weeks| weeks.to_string());
    html! { <Select label="Length" {options} {value} {on_chosen} /> }
}

fn strength(form: &IterationForm, dispatch: &Callback<Msg>) -> Html {
    let on_typed = dispatch.reform(|event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Planning(PlanningMsg::StrengthTyped(typed))
    });
    let described = form.problem.as_ref().map(|_| "iteration-problem");
    html! {
        <label class="labelled">
            <span>{ "Team strength, %" }</span>
            <input class="field" data-field="strength" type="text" inputmode="numeric" autocomplete="off"
                value={form.strength.clone()} oninput={on_typed}
                aria-invalid={described.map(|_| "true")} aria-describedby={described} />
        </label>
    }
}
