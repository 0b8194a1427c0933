//! The header of the project's page: which project, how fast it goes, how the connection is, who one is.

use super::{ConnectionLight, icons, maybe, words};
use crate::board::msg::Msg;
use crate::board::scene::{Header, NameDraft};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the header shows.
#[derive(Properties, PartialEq)]
pub struct BoardHeaderProps {
    /// The header.
    pub header: Header,
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
            { maybe(velocity.map(velocity_words)) }
            <ConnectionLight light={light.clone()} />
            { own_name(props) }
        </header>
    }
}

fn velocity_words(velocity: u32) -> Html {
    let spelled = format!("{} per iteration", words::points(velocity));
    html! {
        <p class="top-velocity" title={spelled}>
            <span class="top-term">{ "Velocity " }</span><span class="top-number">{ velocity }</span>
        </p>
    }
}

fn own_name(props: &BoardHeaderProps) -> Html {
    if let Some(draft) = &props.header.name_draft {
        return name_form(draft, &props.dispatch);
    }
    let Some(name) = &props.header.name else {
        return html! {};
    };
    html! {
        <button type="button" class="button quiet top-name" title="Change your name"
            onclick={props.dispatch.reform(|_| Msg::NameOpened)}>
            <span class="sr-only">{ "Your name: " }</span><span dir="auto">{ name.as_str().to_owned() }</span>
        </button>
    }
}

fn name_form(draft: &NameDraft, dispatch: &Callback<Msg>) -> Html {
    let on_saved = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::NameSaved
    });
    let on_typed =
        dispatch.reform(|event: InputEvent| Msg::NameTyped(event.target_unchecked_into::<HtmlInputElement>().value()));
    let closed = dispatch.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            closed.emit(Msg::NameClosed);
        }
    });
    let described = draft.problem.as_ref().map(|_| "name-problem");
    html! {
        <form class="top-name-form" onsubmit={on_saved}>
            <input class="field" data-field="name" type="text" aria-label="Your name" autocomplete="nickname" dir="auto"
                value={draft.text.clone()} oninput={on_typed} onkeydown={on_key}
                aria-invalid={described.map(|_| "true")} aria-describedby={described} />
            <button type="submit" class="button">{ "Save name" }</button>
            <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::NameClosed)}>
                { "Cancel" }
            </button>
            { maybe(draft.problem.as_ref().map(|problem| html! {
                <p id="name-problem" class="problem" role="alert">{ problem.clone() }</p>
            })) }
        </form>
    }
}
