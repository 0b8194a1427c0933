//! The lines between stories: one above each iteration, and one for iterations in a row that hold no story.

use super::{clock_words, words};
use crate::board::msg::{Msg, PlanningMsg};
use crate::board::scene::plan::{GapLine, IterationLine};
use yew::prelude::*;

/// What the line says.
#[derive(Properties, PartialEq)]
pub struct IterationRuleProps {
    /// The iteration.
    pub line: IterationLine,
    /// Whether what differs in it can be set.
    pub sets: bool,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// A fine rule with an iteration's number, days and points; all of it opens what can be set of it. An item of the list that has no
/// place among the stories.
#[component]
pub fn IterationRule(props: &IterationRuleProps) -> Html {
    html! { <li class="iteration" role="listitem">{ iteration_button((&props.line, props.sets), &props.dispatch) }</li> }
}

/// An iteration's number, days and points; as the button that opens what can be set of it, where anything can.
pub fn iteration_button((line, sets): (&IterationLine, bool), dispatch: &Callback<Msg>) -> Html {
    let number = line.number;
    let on_clicked = dispatch.reform(move |_| Msg::Planning(PlanningMsg::IterationClicked(number)));
    let pause = || html! { <span class="sr-only">{ ", " }</span> };
    let words = html! {<>
            <span class="iteration-days">{ clock_words::range(line.start, line.last) }</span>{ pause() }
            <span class="iteration-number">{ format!("Iteration {number}") }</span>{ pause() }
            { for differs(line).map(|differs| html! {<>
                <span class="iteration-differs">{ differs }</span>{ pause() }
            </>}) }
            <span class="iteration-points">{ points(line) }</span>
    </>};
    if !sets {
        return html! { <span class="iteration-line is-read">{ words }</span> };
    }
    html! {
        <button type="button" class="iteration-line" data-iteration={number.to_string()}
            aria-expanded={line.is_open.to_string()} title="Length and team strength of this iteration" onclick={on_clicked}>
            { words }
        </button>
    }
}

fn points(line: &IterationLine) -> String {
    match line.capacity {
        Some(capacity) => format!("{} of {}", line.points, words::points(capacity)),
        None => words::points(line.points),
    }
}

fn differs(line: &IterationLine) -> Option<String> {
    let weeks = line.weeks.map(words::weeks);
    let strength = line.strength.map(|strength| format!("{strength} % strength"));
    let differs: Vec<String> = [weeks, strength].into_iter().flatten().collect();
    (!differs.is_empty()).then(|| differs.join(", "))
}

/// The quiet line of iterations without a story.
pub fn empty_iterations(line: &GapLine) -> Html {
    let days = clock_words::range(line.start, line.last_day);
    let which = match line.last - line.first {
        0 => format!("Iteration {}", line.first),
        _ => format!("Iterations {}\u{2013}{}", line.first, line.last),
    };
    let what = if line.is_over {
        "nothing accepted"
    } else {
        "nothing planned"
    };
    html! {
        <li key={format!("empty-{}", line.first)} class="iteration is-empty" role="presentation">
            <span class="iteration-empty">{ format!("{which}, {what}, {days}") }</span>
        </li>
    }
}
