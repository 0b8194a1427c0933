//! The list of projects, and the form that begins another. Knows the list, not where it comes from.

use super::frame::{frame, unavailable, waiting};
use super::maybe;
use backlog::api::{ProjectSummary, SessionKind};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the page shows.
pub struct ProjectListView {
    /// As what one is here.
    pub kind: SessionKind,
    /// Who is here, and the ways on.
    pub aside: Html,
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
pub fn project_list_view(props: &ProjectListView) -> Html {
    let may_begin = match props.kind {
        SessionKind::Open | SessionKind::Account => true,
        SessionKind::Guest => false,
    };
    // A guest whose link was taken back reads only that.
    let shut_out =
        props.kind == SessionKind::Guest && props.projects.as_ref().is_some_and(|projects| projects.is_empty());
    let body = html! {<>
        { maybe((!shut_out).then(|| open_door(props.kind))) }
        { listed(props) }
        { maybe(may_begin.then(|| creation(props))) }
    </>};
    frame("Projects", props.aside.clone(), body)
}

fn open_door(kind: SessionKind) -> Html {
    let words = match kind {
        SessionKind::Open => "Open: whoever can reach this address can read and change everything here.",
        SessionKind::Guest => "You are here by a public link: you can read, and change nothing.",
        SessionKind::Account => return html! {},
    };
    html! { <p class="list-open">{ words }</p> }
}

fn listed(props: &ProjectListView) -> Html {
    let Some(projects) = props.projects.as_ref() else {
        return if props.unavailable { unavailable() } else { waiting() };
    };
    if projects.is_empty() {
        return html! {
            <p class="list-empty">{ empty(props.kind) }</p>
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

fn empty(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Open => "There is no project yet. Name the first one; its backlog opens at once.",
        SessionKind::Account => {
            "You are in no project yet. Name one of your own; its backlog opens at once. Or ask the owner of a project for an invitation."
        }
        SessionKind::Guest => "The public link by which you are here was taken back.",
    }
}

fn creation(props: &ProjectListView) -> Html {
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
