//! The header of the project's page: which project, how fast it goes, how the connection is, who one is.

use super::account_form::account_form;
use super::search_field::SearchField;
use super::velocity::velocity as velocity_button;
use super::{ConnectionLight, icons, maybe};
use crate::board::msg::Msg;
use crate::board::scene::search::SearchScene;
use crate::board::scene::{Header, Standing};
use backlog::Role;
use yew::prelude::*;

/// What the header shows.
#[derive(Properties, PartialEq)]
pub struct BoardHeaderProps {
    /// The header.
    pub header: Header,
    /// The search.
    pub search: SearchScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The header.
#[component]
pub fn BoardHeader(props: &BoardHeaderProps) -> Html {
    let Header {
        project,
        velocity,
        light,
        ..
    } = &props.header;
    let project = project
        .as_ref()
        .map_or_else(|| "Truestory".to_owned(), |name| name.as_str().to_owned());
    html! {
        <header class="top">
            <a class="top-home" href="/">{ icons::mark() }<span>{ "Projects" }</span></a>
            <h1 class="top-project" dir="auto" title={project.clone()}>{ project }</h1>
            { maybe(props.header.standing.and_then(standing)) }
            { maybe(velocity.as_ref().map(|scene| velocity_button(scene, &props.dispatch))) }
            <SearchField scene={props.search.clone()} dispatch={props.dispatch.clone()} />
            <ConnectionLight light={light.clone()} attention={props.header.attention} dispatch={props.dispatch.clone()} />
            { maybe(props.header.people.clone().map(|address| html! {
                <a class="button quiet top-people" href={address} title="Who is in this project">{ "People" }</a>
            })) }
            { own_name(props) }
        </header>
    }
}

/// What one is, where that is less than whoever builds it.
fn standing(standing: Standing) -> Option<Html> {
    let (word, title) = match standing.role {
        Role::Owner | Role::Member => return None,
        Role::Client => (
            "Client",
            "You are a client here: you add ideas to the Icebox, comment, and accept or reject what is delivered",
        ),
        Role::Viewer => ("Viewer", "You are a viewer here: you see everything and change nothing"),
    };
    Some(html! {
        <span class="top-role" {title}><span class="sr-only">{ "Your role: " }</span>{ word }<span class="sr-only">{ format!(". {title}.") }</span></span>
    })
}

// The form floats below the name, which stays where it is and closes it too.
fn own_name(props: &BoardHeaderProps) -> Html {
    let BoardHeaderProps { header, dispatch, .. } = props;
    let form = header.name_draft.as_ref();
    let clicked = match form {
        Some(_) => dispatch.reform(|_| Msg::NameClosed),
        None => dispatch.reform(|_| Msg::NameOpened),
    };
    let button = header.name.as_ref().map(|name| {
        html! {
            <button type="button" class="button quiet top-name" title="Your name, and what this device keeps"
                aria-expanded={form.is_some().to_string()} onclick={clicked}>
                <span class="sr-only">{ "Your name: " }</span><span dir="auto">{ name.as_str().to_owned() }</span>
            </button>
        }
    });
    html! {<>
        { maybe(button) }
        { maybe(form.map(|draft| account_form(header, draft, dispatch))) }
    </>}
}
