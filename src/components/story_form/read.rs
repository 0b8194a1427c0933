//! An open story for whoever may not write in it: text, to be read, selected and copied.

use crate::board::msg::{Msg, PastMsg};
use crate::board::scene::Form;
use crate::components::markdown::markdown;
use crate::components::{icons, maybe, words};
use backlog::Estimate;
use yew::prelude::*;

/// The title, which takes the focus as its field would.
pub fn title(form: &Form) -> Html {
    let title = form.story.as_ref().map_or("New story", |story| story.title.as_str());
    html! { <h3 class="form-title read-title" data-field="title" tabindex="-1" dir="auto">{ title.to_owned() }</h3> }
}

/// The type and the points.
pub fn facts(form: &Form) -> Html {
    let story_type = form.story.as_ref().map_or(form.story_type, |story| story.story_type);
    html! {
        <p class="read-facts">
            { icons::story_type(story_type) }
            <span>{ words::story_type_capital(story_type) }</span>
            { points(form) }
        </p>
    }
}

/// The points, where there are any.
pub fn points(form: &Form) -> Html {
    let points = form.story.as_ref().and_then(|story| story.estimate);
    maybe(
        points.map(|Estimate(points)| html! { <span class="read-points">{ words::points(u32::from(points)) }</span> }),
    )
}

/// The labels, where there are any.
pub fn labels(form: &Form) -> Html {
    let labels = form.story.as_ref().map(|story| &story.labels);
    let Some(labels) = labels.filter(|labels| !labels.is_empty()) else {
        return html! {};
    };
    html! {
        <div class="form-field" role="group" aria-label="Labels">
            <span class="read-label" aria-hidden="true">{ "Labels" }</span>
            <span class="read-labels">
                { for labels.iter().map(|label| html! { <span class="chip" dir="auto">{ label.as_str().to_owned() }</span> }) }
            </span>
        </div>
    }
}

/// The description as it reads, where there is one.
pub fn description(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let text = form.story.as_ref().map_or("", |story| story.description.as_str());
    if text.trim().is_empty() {
        return html! {};
    }
    let readings = form.parts.as_ref().map(|parts| parts.readings.clone());
    html! {
        <div class="form-field">
            <span class="read-label" aria-hidden="true">{ "Description" }</span>
            <div class="read-text" role="group" aria-label="Description">
                { markdown(text, &readings.unwrap_or_default(), dispatch) }
            </div>
        </div>
    }
}

/// What was typed before one might not write here any more.
pub fn stranded(text: &str, dispatch: &Callback<Msg>) -> Html {
    let copied = text.to_owned();
    html! {
        <div class="note" role="note">
            <p class="note-words">
                { "You had typed this, and your role in the project does not let you save it. It stays on this page until you discard it." }
            </p>
            <blockquote class="conflict-text" dir="auto">{ text.to_owned() }</blockquote>
            <div class="note-buttons">
                <button type="button" class="button quiet"
                    onclick={dispatch.reform(move |_| Msg::Past(PastMsg::CopyClicked(copied.clone())))}>{ "Copy" }</button>
            </div>
        </div>
    }
}
