//! API tokens: those that one has made, and the form that makes another.

use super::{Line, lines, part};
use crate::components::asked::Asked;
use crate::components::form::{Choice, Field, Form, Kind};
use crate::components::frame::trouble;
use crate::components::once::Once;
use crate::components::{clock_words, maybe};
use crate::forms::{Filled, FormState};
use backlog::api::ProjectSummary;
use backlog::api::account::{Reach, TokenSeen};
use backlog::id::Bits128;
use backlog::{Millis, ProjectId};
use yew::prelude::*;

/// What stands there of one's API tokens.
pub struct TokensView {
    /// The tokens; none until they are known.
    pub tokens: Option<Vec<TokenSeen>>,
    /// The projects that a token may be for.
    pub projects: Vec<ProjectSummary>,
    /// The present.
    pub now: Millis,
    /// A token just made.
    pub fresh: Option<AttrValue>,
    /// How the form stands.
    pub state: FormState,
    /// Counts the tokens that it made: after each it is empty again.
    pub edition: u32,
    /// What went wrong with the list.
    pub trouble: Option<String>,
    /// Takes what was typed.
    pub on_submitted: Callback<Filled>,
    /// Takes the wish to take one back.
    pub on_revoked: Callback<Bits128>,
    /// Copies the fresh one.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see the fresh one no more.
    pub on_done: Callback<()>,
}

/// The API tokens.
pub fn tokens_view(props: &TokensView) -> Html {
    let tokens = props.tokens.as_ref();
    let tokens = tokens.map(|tokens| tokens.iter().map(|token| line(props, token)).collect());
    part(
        "tokens",
        (
            "API tokens",
            "For programs that read or write in your name. A token can do no more than you can, and only in the projects that you choose.",
        ),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { lines("API tokens", "", tokens) }
            { maybe(props.fresh.as_ref().map(|secret| html! {
                <Once label="The new token" secret={secret.clone()} on_copied={props.on_copied.clone()} on_done={props.on_done.clone()}
                    note="Copy it now: it is shown this once. Programs send it as “Authorization: Bearer” and the token." />
            })) }
            { form(props) }
        </>},
    )
}

fn line(props: &TokensView, token: &TokenSeen) -> Line {
    let id = token.id;
    let reach = match token.reach {
        Reach::Read => "Reads",
        Reach::Write => "Reads and writes",
    };
    let used = token.seen.map_or_else(
        || "never used".to_owned(),
        |seen| format!("last used {}", clock_words::ago(seen, props.now)),
    );
    let projects: Vec<String> = token.projects.iter().map(|id| name_of(props, *id)).collect();
    let follows = "A program that uses it is refused from then on.";
    Line {
        key: id.to_string(),
        sign: html! {},
        title: html! { token.name.as_str().to_owned() },
        facts: format!("{reach} {}, {used}", projects.join(", ")),
        hands: html! {
            <Asked words="Revoke" label={format!("Revoke {}", token.name.as_str())} yes="Revoke it" {follows}
                on_confirmed={props.on_revoked.reform(move |()| id)} />
        },
    }
}

fn name_of(props: &TokensView, id: ProjectId) -> String {
    let project = props.projects.iter().find(|project| project.id == id);
    project.map_or_else(
        || "a project that is gone".to_owned(),
        |project| project.name.as_str().to_owned(),
    )
}

fn form(props: &TokensView) -> Html {
    if props.projects.is_empty() {
        return html! { <p class="list-empty">{ "A token is for certain projects, and you are in none yet." }</p> };
    }
    let reach = vec![Choice::new("read", "Read"), Choice::new("write", "Read and write")];
    let project = |project: &ProjectSummary| Choice::new(project.id.to_string(), project.name.as_str().to_owned());
    let fields = vec![
        Field::new("name", "What it is for", Kind::Text),
        Field::new("reach", "What it may do", Kind::One(reach)).with("read"),
        Field::new(
            "projects",
            "In which projects",
            Kind::Any(props.projects.iter().map(project).collect()),
        ),
    ];
    html! {
        <Form key={props.edition} id="token" {fields} action="Make a token" state={props.state.clone()}
            on_submitted={props.on_submitted.clone()} />
    }
}
