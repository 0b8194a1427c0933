//! The line above an iteration's stories.

use super::{clock_words, words};
use crate::board::scene::IterationLine;
use yew::prelude::*;

/// What the line says.
#[derive(Properties, PartialEq)]
pub struct IterationRuleProps {
    /// The iteration.
    pub line: IterationLine,
}

/// A fine rule with an iteration's number, days and points. It is no item of the list: the list holds stories.
#[component]
pub fn IterationRule(props: &IterationRuleProps) -> Html {
    let IterationLine {
        number,
        start,
        last,
        points,
    } = props.line;
    html! {
        <li class="iteration" role="presentation">
            <span class="iteration-days">{ clock_words::range(start, last) }</span>
            <span class="iteration-number">{ format!("Iteration {number}") }</span>
            <span class="iteration-points">{ words::points(points) }</span>
        </li>
    }
}
