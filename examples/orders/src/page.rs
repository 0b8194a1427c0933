//! The page: asks who it is, signs the connection in, and shows the part that the address names. Knows who is signed in and what they
//! were told; the orders are the parts' own.

mod all;
mod api;
mod live;
mod one;

use gloo_events::EventListener;
use pusher_channels::{
    State,
    yew::{ChannelsProvider, use_channels, use_connection_state, use_sign_in},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    route::Route,
    wire::{self, Assigned, CREW, Person},
};
use all::AllOrders;
use api::Failure;
use one::OneOrder;

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
    /// Nobody is signed in; a sentence if something went wrong.
    SignedOut(Option<String>),
    /// This is who.
    SignedIn(Person),
}

#[component]
fn Page() -> Html {
    let visitor = use_state(|| Visitor::Awaited);
    let answered = use_callback(visitor.setter(), |answer, visitor| {
        visitor.set(match answer {
            Ok(person) => Visitor::SignedIn(person),
            Err(Failure::SignedOut) => Visitor::SignedOut(None),
            Err(Failure::Gone) => Visitor::SignedOut(Some("The server does not answer as it should.".to_owned())),
            Err(Failure::Other(sentence)) => Visitor::SignedOut(Some(sentence)),
        });
    });
    use_effect_with((), {
        let answered = answered.clone();
        move |()| spawn_local(async move { answered.emit(api::me().await) })
    });
    match &*visitor {
        Visitor::Awaited => html! { <main><p class="quiet">{ "One moment …" }</p></main> },
        Visitor::SignedOut(problem) => html! { <Door problem={problem.clone()} {answered} /> },
        // Connected from here on, and only as long: who signs out is disconnected.
        Visitor::SignedIn(me) => html! {
            <ChannelsProvider app_key={wire::KEY}>
                <Workshop me={me.clone()} signed_out={answered.reform(|()| Err(Failure::SignedOut))} />
            </ChannelsProvider>
        },
    }
}

#[derive(PartialEq, Properties)]
struct DoorProps {
    problem: Option<String>,
    answered: Callback<Result<Person, Failure>>,
}

/// Asks who it is.
#[component]
fn Door(props: &DoorProps) -> Html {
    let sign_in = |id: &'static str| {
        let answered = props.answered.clone();
        move |_: MouseEvent| {
            let answered = answered.clone();
            spawn_local(async move { answered.emit(api::sign_in(id).await) });
        }
    };
    html! {
        <main class="door">
            <h1>{ "Orders" }</h1>
            if let Some(sentence) = &props.problem {
                <p class="problem" role="alert">{ sentence }</p>
            }
            <p>{ "Who are you?" }</p>
            { for CREW.map(|(id, name)| html! { <button type="button" class="main" onclick={sign_in(id)}>{ name }</button> }) }
        </main>
    }
}

/// What the parts of the page share.
#[derive(PartialEq, Properties)]
pub struct PartProps {
    /// Called with what came of fetching: a failure or none.
    pub fetched: Callback<Option<Failure>>,
    /// Called with what came of a wish of the person: a failure or none.
    pub done: Callback<Option<Failure>>,
    /// The order that is shown, where there is one.
    #[prop_or_default]
    pub id: u32,
}

#[derive(PartialEq, Properties)]
struct WorkshopProps {
    me: Person,
    signed_out: Callback<()>,
}

#[component]
fn Workshop(props: &WorkshopProps) -> Html {
    let state = use_connection_state();
    let (fetched, trouble) = use_problem(&props.signed_out);
    let (done, problem) = use_problem(&props.signed_out);
    let news = use_state(|| None::<Assigned>);
    let route = use_route();
    let _ = use_sign_in();
    use_told(&news, &props.signed_out);
    let sign_out = use_callback(props.signed_out.clone(), |_: MouseEvent, signed_out| {
        let signed_out = signed_out.clone();
        spawn_local(async move {
            api::sign_out().await;
            signed_out.emit(());
        });
    });
    html! {
        <main>
            <header>
                <h1>{ "Orders" }</h1>
                <p class="lamp" data-state={state.as_str()} role="status">{ state_words(state) }</p>
                <p class="quiet me">{ &props.me.name }<button type="button" onclick={sign_out}>{ "Sign out" }</button></p>
            </header>
            <div role="status">{ notice(&news) }</div>
            { for [trouble, problem].into_iter().flatten().map(|sentence| html! {
                <p class="problem" role="alert">{ sentence }</p>
            }) }
            // The key makes another order another component: what the one heard is unsubscribed, what the other hears subscribed.
            { match route {
                Route::All => html! { <AllOrders {fetched} {done} /> },
                Route::One(id) => html! { <OneOrder key={id} {id} {fetched} {done} /> },
            } }
        </main>
    }
}

/// Takes what came of something, and answers the sentence that stands for as long as it fails.
#[hook]
fn use_problem(signed_out: &Callback<()>) -> (Callback<Option<Failure>>, Option<String>) {
    let problem = use_state_eq(|| None::<String>);
    let came = use_callback(
        (signed_out.clone(), problem.setter()),
        |failure, (signed_out, problem)| match failure {
            None => problem.set(None),
            Some(Failure::SignedOut) => signed_out.emit(()),
            Some(Failure::Gone) => problem.set(Some("Somebody deleted this order.".to_owned())),
            Some(Failure::Other(sentence)) => problem.set(Some(sentence)),
        },
    );
    (came, (*problem).clone())
}

/// The part of the page that the address names.
#[hook]
fn use_route() -> Route {
    let route = use_state_eq(|| Route::of(&hash()));
    let setter = route.setter();
    use_effect_with((), move |()| {
        let listener = web_sys::window()
            .map(|window| EventListener::new(&window, "hashchange", move |_| setter.set(Route::of(&hash()))));
        move || drop(listener)
    });
    *route
}

fn hash() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default()
}

/// Hears what is for this person alone; and that the server does not know them any more.
#[hook]
fn use_told(news: &UseStateHandle<Option<Assigned>>, signed_out: &Callback<()>) {
    let (channels, news, signed_out) = (use_channels(), news.setter(), signed_out.clone());
    use_effect_with(channels, |channels| {
        let bindings = [
            channels.bind_user_event(wire::ASSIGNED, move |data| {
                if let Ok(assigned) = serde_json::from_str(data) {
                    news.set(Some(assigned));
                }
            }),
            channels.bind_sign_in_failed(move |failure| {
                if failure.status == Some(401) {
                    signed_out.emit(());
                }
            }),
        ];
        move || drop(bindings)
    });
}

fn notice(news: &UseStateHandle<Option<Assigned>>) -> Html {
    let Some(Assigned { order, by }) = news.as_ref() else {
        return Html::default();
    };
    let close = {
        let news = news.setter();
        move |_: MouseEvent| news.set(None)
    };
    html! {
        <p class="notice">
            <span>{ by }{ " gave you " }<a href={Route::One(order.id).href()}>{ order.title.to_string() }</a></span>
            <button type="button" onclick={close}>{ "Close" }</button>
        </p>
    }
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Initialized | State::Connecting => "Connecting",
        State::Connected => "Live",
        State::Unavailable | State::Failed | State::Disconnected => "Not live: changes of others come later",
    }
}

/// How far an order is, in words.
fn words(state: wire::State) -> &'static str {
    match state {
        wire::State::New => "New",
        wire::State::Making => "Being made",
        wire::State::Done => "Done",
    }
}
