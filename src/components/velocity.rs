//! The velocity in the header: what it is, where it comes from, and another one to try out.

use super::{clock_words, maybe, words};
use crate::board::msg::{Msg, PlanningMsg};
use crate::board::scene::plan::{Sample, VelocityForm, VelocityScene};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The velocity, and below it where it comes from.
pub fn velocity(scene: &VelocityScene, dispatch: &Callback<Msg>) -> Html {
    let points = scene.what_if.unwrap_or(scene.points);
    let term = match scene.what_if {
        Some(_) => "What if ",
        None => "Velocity ",
    };
    let spelled = format!(
        "{} per iteration: where it comes from, and what if",
        words::points(points)
    );
    let clicked = dispatch.reform(|_| Msg::Planning(PlanningMsg::VelocityClicked));
    html! {<>
        <button type="button" class={classes!("button", "quiet", "top-velocity", scene.what_if.map(|_| "is-what-if"))}
            data-to="velocity" aria-expanded={scene.form.is_some().to_string()} title={spelled} onclick={clicked}>
            <span class="top-term">{ term }</span><span class="top-number">{ points }</span>
            { maybe((scene.volatility > 0 && scene.what_if.is_none()).then(|| html! {
                <span class="top-volatility">{ format!("±{} %", scene.volatility) }</span>
            })) }
        </button>
        { maybe(scene.form.as_ref().map(|form| origin(form, scene, dispatch))) }
    </>}
}

/// That the page is planned by another velocity, and the way back.
pub fn what_if_bar(scene: &VelocityScene, dispatch: &Callback<Msg>) -> Html {
    let Some(what_if) = scene.what_if else {
        return html! {};
    };
    let reverted = dispatch.reform(|_| Msg::Planning(PlanningMsg::WhatIfReverted));
    html! {
        <p class="what-if" data-what-if={what_if.to_string()}>
            <span>
                <strong>{ format!("What if: {what_if} instead of {}.", scene.points) }</strong>
                { " The page is planned by it for you alone." }
            </span>
            <button type="button" class="button" onclick={reverted}>{ format!("Back to {}", scene.points) }</button>
        </p>
    }
}

fn origin(form: &VelocityForm, scene: &VelocityScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <section class="top-origin" aria-label="Velocity" data-reading="true" onkeydown={closed_by_escape(dispatch)}>
            <p class="origin-words">{ origin_words(form, scene) }</p>
            { maybe((!form.window.is_empty()).then(|| table(form))) }
            { what_if(form, scene, dispatch) }
        </section>
    }
}

fn closed_by_escape(dispatch: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            dispatch.emit(Msg::Planning(PlanningMsg::WhatIfReverted));
        }
    })
}

fn origin_words(form: &VelocityForm, scene: &VelocityScene) -> String {
    let points = words::points(scene.points);
    match (form.is_initial, form.window.len()) {
        (true, 0) => format!("No iteration is over yet: the initial velocity of {points} counts."),
        (true, _) => format!("Nothing was accepted in these iterations: the initial velocity of {points} counts."),
        (false, 1) => format!("{points} per iteration, from the last one."),
        (false, many) => format!(
            "{points} per iteration, from the last {many}; they differ by {} % of their mean.",
            scene.volatility
        ),
    }
}

fn table(form: &VelocityForm) -> Html {
    html! {
        <table class="origin-table">
            <thead><tr>
                <th scope="col">{ "Iteration" }</th><th scope="col">{ "Accepted" }</th><th scope="col">{ "Strength" }</th>
            </tr></thead>
            <tbody>{ for form.window.iter().map(row) }</tbody>
        </table>
    }
}

fn row(sample: &Sample) -> Html {
    let weeks = (sample.weeks > 1).then(|| format!(", {}", words::weeks(sample.weeks)));
    let days = clock_words::range(sample.start, sample.last);
    html! {
        <tr key={sample.number}>
            <td>{ format!("{}: {days}{}", sample.number, weeks.unwrap_or_default()) }</td>
            <td>{ words::points(sample.points) }</td>
            <td>{ format!("{} %", sample.strength) }</td>
        </tr>
    }
}

fn what_if(form: &VelocityForm, scene: &VelocityScene, dispatch: &Callback<Msg>) -> Html {
    let on_typed = dispatch.reform(|event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Planning(PlanningMsg::WhatIfTyped(typed))
    });
    let on_done = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::Planning(PlanningMsg::VelocityClicked)
    });
    let described = form.problem.as_ref().map_or("what-if-follows", |_| "what-if-problem");
    html! {
        <form class="origin-what-if" onsubmit={on_done}>
            <label class="labelled">
                <span>{ "What if it were" }</span>
                <input class="field" data-field="what-if" type="text" inputmode="numeric" autocomplete="off"
                    placeholder={scene.points.to_string()} value={form.typed.clone()} oninput={on_typed}
                    aria-invalid={form.problem.as_ref().map(|_| "true")} aria-describedby={described} />
            </label>
            <button type="submit" class="button">{ "Look at it" }</button>
            { maybe(form.problem.as_ref().map(|problem| html! {
                <p id="what-if-problem" class="problem" role="alert">{ problem.clone() }</p>
            })) }
            <p id="what-if-follows" class="origin-follows">
                { "The page is planned by it as you type: for you alone, and never stored. Escape goes back." }
            </p>
        </form>
    }
}
