//! The page: asks for the name, then shows the conversation. Knows who this is; the rest is the conversation's.

mod api;
mod conversation;
mod write;

use pusher_channels::yew::ChannelsProvider;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::wire::{self, Name, Person};
use api::Failure;
use conversation::Conversation;

/// Puts the page into the document.
pub fn mount() {
    console_error_panic_hook::set_once();
    yew::Renderer::<Page>::new().render();
}

/// What the page knows of its person.
#[derive(Clone, PartialEq)]
enum Visitor {
    /// It was not answered yet who this is.
    Awaited,
    /// The server does not know; a sentence if something went wrong.
    Unknown(Option<String>),
    /// This is who.
    Known(Person),
}

#[component]
fn Page() -> Html {
    let visitor = use_state(|| Visitor::Awaited);
    use_effect_with((), {
        let visitor = visitor.setter();
        move |()| {
            spawn_local(async move {
                visitor.set(match api::me().await {
                    Ok(person) => Visitor::Known(person),
                    Err(Failure::Unknown) => Visitor::Unknown(None),
                    Err(Failure::Other(sentence)) => Visitor::Unknown(Some(sentence)),
                });
            });
        }
    });
    let forgotten = use_callback(visitor.setter(), |(), visitor| {
        visitor.set(Visitor::Unknown(Some(
            "The server was started anew: please enter again.".to_owned(),
        )));
    });
    let entered = use_callback(visitor.setter(), |person, visitor| visitor.set(Visitor::Known(person)));
    match &*visitor {
        Visitor::Awaited => html! { <main><p class="quiet">{ "One moment …" }</p></main> },
        Visitor::Unknown(problem) => html! { <Door problem={problem.clone()} {entered} /> },
        // Connected only from here on: before, nobody is there to be shown as present.
        Visitor::Known(me) => html! {
            <ChannelsProvider app_key={wire::KEY}>
                <Conversation me={me.clone()} {forgotten} />
            </ChannelsProvider>
        },
    }
}

#[derive(PartialEq, Properties)]
struct DoorProps {
    problem: Option<String>,
    entered: Callback<Person>,
}

/// Asks for the name.
#[component]
fn Door(props: &DoorProps) -> Html {
    let field = use_node_ref();
    let problem = use_state(|| props.problem.clone());
    let enter = {
        let (field, problem, entered) = (field.clone(), problem.clone(), props.entered.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = field.cast::<HtmlInputElement>().map(|field| field.value());
            let (problem, entered) = (problem.clone(), entered.clone());
            spawn_local(async move {
                match come_in(&typed.unwrap_or_default()).await {
                    Ok(person) => entered.emit(person),
                    Err(sentence) => problem.set(Some(sentence)),
                }
            });
        })
    };
    html! {
        <main class="door">
            <h1>{ "Chat" }</h1>
            if let Some(sentence) = &*problem {
                <p class="problem" role="alert">{ sentence }</p>
            }
            <form onsubmit={enter}>
                <label for="name">{ "What are you called?" }</label>
                <input id="name" ref={field} autocomplete="nickname" />
                <button type="submit" class="main">{ "Enter" }</button>
            </form>
        </main>
    }
}

async fn come_in(typed: &str) -> Result<Person, String> {
    let name = Name::new(typed)?;
    api::enter(&name).await.map_err(|failure| match failure {
        Failure::Unknown => "The server did not take the name.".to_owned(),
        Failure::Other(sentence) => sentence,
    })
}
