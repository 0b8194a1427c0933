//! The header of the project's page: which project, how fast it goes, how the connection is, who one is.

use super::account_form::account_form;
use super::search_field::SearchField;
use super::velocity::velocity as velocity_button;
use super::{ConnectionLight, icons, maybe};
use crate::board::msg::Msg;
use crate::board::scene::Header;
use crate::board::scene::search::SearchScene;
use backlog::api::SessionKind;
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

// The form floats below the name, which stays where it is and closes it too.
fn own_name(props: &BoardHeaderProps) -> Html {
    let BoardHeaderProps { header, dispatch, .. } = props;
    let form = header.name_draft.as_ref();
    let clicked = match form {
        Some(_) => dispatch.reform(|_| Msg::NameClosed),
        None => dispatch.reform(|_| Msg::NameOpened),
    };
    let guest = (header.kind == Some(SessionKind::Guest)).then(|| "Guest".to_owned());
    let name = guest.or_else(|| header.name.as_ref().map(|name| name.as_str().to_owned()));
    let (before, title) = match header.kind {
        Some(SessionKind::Account) => ("Your account: ", "Your account, and what this device keeps"),
        Some(SessionKind::Open | SessionKind::Guest) | None => ("Your name: ", "Your name, and what this device keeps"),
    };
    let button = name.map(|name| {
        html! {
            <button type="button" class="button quiet top-name" {title}
                aria-expanded={form.is_some().to_string()} onclick={clicked}>
                <span class="sr-only">{ before }</span><span dir="auto">{ name }</span>
            </button>
        }
    });
    html! {<>
        { maybe(button) }
        { maybe(form.map(|draft| account_form(header, draft, dispatch))) }
    </>}
}
