//! The fields of an open story. Each shows what the draft holds and says what was typed or chosen.

use crate::board::msg::Msg;
use crate::board::scene::Form;
use crate::components::{icons, words};
use backlog::{Estimate, StoryType};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

// The fields by the names that a problem's sentence calls them.
const TITLE: &str = "title";
const LABEL: &str = "label";
/// The description.
pub const DESCRIPTION: &str = "description";

fn is_about(problem: &str, field: &str) -> bool {
    problem.to_lowercase().contains(field)
}

fn problem_id(form: &Form) -> String {
    format!("problem-{}", form.id)
}

fn sentence(form: &Form, problem: &str) -> Html {
    html! { <p id={problem_id(form)} class="problem" role="alert">{ problem.to_owned() }</p> }
}

/// What ties a field to its problem, and the problem itself, to stand beside the field.
pub fn problem_of(form: &Form, field: &str) -> (Option<String>, Html) {
    match form.problem.as_deref() {
        Some(problem) if is_about(problem, field) => (Some(problem_id(form)), sentence(form, problem)),
        Some(_) | None => (None, html! {}),
    }
}

/// A problem that is about none of the fields.
pub fn other_problem(form: &Form) -> Html {
    match form.problem.as_deref() {
        Some(problem) if [TITLE, LABEL, DESCRIPTION].iter().any(|field| is_about(problem, field)) => html! {},
        Some(problem) => sentence(form, problem),
        None => html! {},
    }
}

/// The title. It wraps and grows, yet is one line: Enter saves.
pub fn title_field(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let (described, problem) = problem_of(form, TITLE);
    html! {<>
        <div class="grow form-title" data-text={form.title.clone()}>
            <textarea data-field="title" rows="1" aria-label="Title" placeholder="What should be true?" dir="auto"
                autocomplete="off" enterkeyhint="done" value={form.title.clone()}
                oninput={dispatch.reform(|event| Msg::TitleTyped(area_text(&event)))} onkeydown={enter_saves(dispatch)}
                aria-invalid={described.as_ref().map(|_| "true")} aria-describedby={described} />
        </div>
        { problem }
    </>}
}

fn enter_saves(dispatch: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: KeyboardEvent| {
        // Enter also ends the choice of a character; with Ctrl or Cmd it is a shortcut of the whole page.
        let bare = !event.is_composing() && !event.ctrl_key() && !event.meta_key();
        if event.key() == "Enter" && bare {
            event.prevent_default();
            dispatch.emit(Msg::DraftSaved);
        }
    })
}

/// The type.
pub fn type_field(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let choice = |story_type: StoryType| {
        html! {
            <label key={words::story_type(story_type)} class="choice">
                <input type="radio" name={format!("type-{}", form.id)} checked={form.story_type == story_type}
                    onchange={dispatch.reform(move |_| Msg::TypeChosen(story_type))} />
                { icons::story_type(story_type) }
                <span class="choice-word">{ words::story_type_capital(story_type) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choices">
            <legend class="sr-only">{ "Type" }</legend>
            { for StoryType::ALL.map(choice) }
        </fieldset>
    }
}

/// The points; nothing where stories of the type carry none.
pub fn points_field(form: &Form, dispatch: &Callback<Msg>) -> Html {
    if form.scale.is_empty() {
        return html! {};
    }
    let choices = std::iter::once(None).chain(form.scale.iter().map(|points| Some(Estimate(*points))));
    html! {
        <fieldset class="choices points">
            <legend class="sr-only">{ "Points" }</legend>
            { for choices.map(|estimate| points_choice(form, estimate, dispatch)) }
            <span class="choices-unit" aria-hidden="true">{ "points" }</span>
        </fieldset>
    }
}

fn points_choice(form: &Form, estimate: Option<Estimate>, dispatch: &Callback<Msg>) -> Html {
    let (shown, spoken) = match estimate {
        None => ("–".to_owned(), "Not estimated".to_owned()),
        Some(Estimate(points)) => (points.to_string(), words::points(u32::from(points))),
    };
    html! {
        <label key={spoken.clone()} class="choice" title={spoken.clone()}>
            <input type="radio" name={format!("points-{}", form.id)} aria-label={spoken}
                checked={form.estimate == estimate}
                onchange={dispatch.reform(move |_| Msg::EstimateChosen(estimate))} />
            <span class="choice-word">{ shown }</span>
        </label>
    }
}

/// The labels, in one line.
pub fn labels_field(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let (described, problem) = problem_of(form, LABEL);
    let id = format!("labels-{}", form.id);
    let typed = dispatch
        .reform(|event: InputEvent| Msg::LabelsTyped(event.target_unchecked_into::<HtmlInputElement>().value()));
    html! {
        <div class="form-field">
            <label for={id.clone()}>{ "Labels" }</label>
            <input {id} data-field="labels" class="field" type="text" autocomplete="off" dir="auto" placeholder="Separated by commas"
                value={form.labels.clone()} oninput={typed}
                aria-invalid={described.as_ref().map(|_| "true")} aria-describedby={described} />
            { problem }
        </div>
    }
}

/// What stands in a text area.
pub fn area_text(event: &InputEvent) -> String {
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}
