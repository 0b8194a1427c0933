//! The list of projects, and the form that begins another. Knows the list, not where it comes from.

use super::icons;
use super::maybe;
use backlog::api::ProjectSummary;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct ProjectListViewProps {
    /// The projects, once they are known.
    pub projects: Option<Rc<Vec<ProjectSummary>>>,
    /// What is being typed as the name of a new project.
    pub draft: String,
    /// Why it cannot be made.
    pub problem: Option<String>,
    /// Whether the server does not answer.
    pub unavailable: bool,
    /// Takes what is typed.
    pub on_typed: Callback<String>,
    /// Takes the wish to make it.
    pub on_created: Callback<()>,
}

/// The list of projects.
#[component]
pub fn ProjectListView(props: &ProjectListViewProps) -> Html {
    html! {
        <div class="page-list">
            <header class="list-head">
                <p class="list-mark">{ icons::mark() }{ "Truestory" }</p>
                <h1>{ "Projects" }</h1>
            </header>
            <main>
                { listed(props) }
                { creation(props) }
            </main>
        </div>
    }
}

fn listed(props: &ProjectListViewProps) -> Html {
    let Some(projects) = props.projects.as_ref() else {
        return if props.unavailable { unavailable() } else { waiting() };
    };
    if projects.is_empty() {
        return html! {
            <p class="list-empty">{ "There is no project yet. Name the first one; its backlog opens at once." }</p>
        };
    }
    html! {<>
        { maybe(props.unavailable.then(unavailable)) }
        <ul class="list" role="list">{ for projects.iter().map(entry) }</ul>
    </>}
}

fn entry(project: &ProjectSummary) -> Html {
    let changes = match project.rev {
        0 => "No changes yet".to_owned(),
        1 => "1 change".to_owned(),
        many => format!("{many} changes"),
    };
    html! {
        <li key={project.id.to_string()}>
            <a class="list-entry" href={format!("/projects/{}", project.id)}>
                <span class="list-name" dir="auto">{ project.name.as_str().to_owned() }</span>
                <span class="list-changes" aria-hidden="true">{ changes }</span>
            </a>
        </li>
    }
}

fn waiting() -> Html {
    html! {
        <div class="ghosts" aria-busy="true" aria-label="Loading" role="group">
            <span class="ghost w3"></span><span class="ghost w4"></span><span class="ghost w2"></span>
        </div>
    }
}

fn unavailable() -> Html {
    html! {
        <p class="list-unavailable" role="status">
            <strong>{ "The server does not answer. " }</strong>{ "This page keeps trying and comes back by itself." }
        </p>
    }
}

fn creation(props: &ProjectListViewProps) -> Html {
    let on_typed = props
        .on_typed
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let on_created = props.on_created.reform(|event: SubmitEvent| event.prevent_default());
    let described = props.problem.as_ref().map(|_| "project-problem");
    html! {
        <form class="list-new" onsubmit={on_created}>
            <label for="new-project">{ "New project" }</label>
            <div class="list-new-line">
                <input id="new-project" class="field" type="text" autocomplete="off" dir="auto"
                    value={props.draft.clone()} oninput={on_typed}
                    aria-invalid={described.map(|_| "true")} aria-describedby={described} />
                <button type="submit" class="button strong">{ "Create project" }</button>
            </div>
            { maybe(props.problem.as_ref().map(|problem| html! {
                <p id="project-problem" class="problem" role="alert">{ problem.clone() }</p>
            })) }
        </form>
    }
}
