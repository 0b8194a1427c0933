//! The page: shows what the model knows and fetches when the model wants it. HTTP is the truth, the channel makes it fast: without
//! a connection everything still works, only what others do comes later.

mod api;
mod compose;

use std::rc::Rc;

use gloo_timers::callback::Interval;
use pusher_channels::{
    ChannelName, State,
    yew::{ChannelsProvider, use_channel, use_channels, use_connection_state, use_event, use_subscribed},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    model::{Model, Msg},
    wire::{self, Change, Post},
};
use compose::{Compose, Sending};

/// Milliseconds between two looks at the posts while there is no connection.
const PACE: u32 = 5_000;

/// A text of more characters than this is scrolled in itself.
const LONG: usize = 600;

/// How the page hears of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variant {
    /// The event tells that there was one; the page fetches.
    Refetch,
    /// The event carries it.
    Data,
}

/// Puts the page into the document.
pub fn mount() {
    console_error_panic_hook::set_once();
    yew::Renderer::<Page>::new().render();
}

impl Reducible for Model {
    type Action = Msg;

    fn reduce(self: Rc<Self>, msg: Msg) -> Rc<Self> {
        let mut model = Rc::unwrap_or_clone(self);
        model.update(msg);
        Rc::new(model)
    }
}

/// Connects; what is inside shares the connection.
#[component]
fn Page() -> Html {
    html! { <ChannelsProvider app_key={wire::KEY}><Posts /></ChannelsProvider> }
}

#[component]
fn Posts() -> Html {
    let model = use_reducer(Model::default);
    // Why the posts could not be fetched, and why the person's wish was not done.
    let trouble = use_state(|| None::<String>);
    let problem = use_state(|| None::<String>);
    let variant = use_state(|| Variant::Refetch);
    let state = use_connection_state();
    use_live(*variant, state, &model);
    use_fetch(&model, &trouble);

    let ask = use_ask(&model, &problem);
    let (post, remove) = (ask.reform(Ask::Post), ask.reform(Ask::Remove));
    let read = use_callback(model.dispatcher(), |_: MouseEvent, model| model.dispatch(Msg::NewsRead));
    let choose = use_callback(variant.setter(), |chosen, variant| variant.set(chosen));
    html! {
        <main>
            <header>
                <h1>{ "Posts" }</h1>
                <p class="lamp" data-state={state.as_str()} role="status">{ state_words(state) }</p>
            </header>
            { switch(*variant, &choose) }
            <p class="quiet tally">{ tally(&model) }</p>
            <div role="status">
                if let [.., latest] = model.news() {
                    <p class="notice">
                        <span>{ news_words(model.news().len(), latest) }</span>
                        <button type="button" onclick={read}>{ "Read" }</button>
                    </p>
                }
            </div>
            { for [&*trouble, &*problem].into_iter().flatten().map(|sentence| html! {
                <p class="problem" role="alert">{ sentence }</p>
            }) }
            <Compose {post} />
            if let Some(posts) = model.posts() {
                { for posts.map(|post| article(post, &remove)) }
            } else {
                <p class="quiet">{ "Fetching the posts …" }</p>
            }
        </main>
    }
}

/// What the person asks of the server.
enum Ask {
    Post(Sending),
    Remove(u32),
}

/// Fetches the posts whenever the model wants them, one request at a time.
#[hook]
fn use_fetch(model: &UseReducerHandle<Model>, trouble: &UseStateHandle<Option<String>>) {
    let (dispatcher, trouble) = (model.dispatcher(), trouble.setter());
    use_effect_with(model.wants_posts(), move |wanted| {
        if !wanted {
            return;
        }
        dispatcher.dispatch(Msg::Asked);
        spawn_local(async move {
            match api::posts().await {
                Ok(snapshot) => {
                    dispatcher.dispatch(Msg::Fetched(snapshot));
                    trouble.set(None);
                }
                Err(sentence) => {
                    dispatcher.dispatch(Msg::FetchFailed);
                    trouble.set(Some(sentence));
                }
            }
        });
    });
}

/// Hears the channel of this variant, and looks every few seconds while there is no connection. Another variant moves the
/// subscription; what was triggered before it stands was missed.
#[hook]
fn use_live(variant: Variant, state: State, model: &UseReducerHandle<Model>) {
    let name = use_memo(variant, |variant| {
        let name = match variant {
            Variant::Refetch => wire::BARE_CHANNEL,
            Variant::Data => wire::FULL_CHANNEL,
        };
        ChannelName::new(name).expect("the channels' names are legal")
    });
    let channel = use_channel(&name);
    let (heard, subscribed, looked) = (model.dispatcher(), model.dispatcher(), model.dispatcher());
    use_event(&channel, wire::CHANGED, move |change: Change| {
        heard.dispatch(Msg::Heard(change))
    });
    use_subscribed(&channel, move || subscribed.dispatch(Msg::Doubted));
    use_effect_with(state == State::Connected, move |connected| {
        let look = (!connected).then(|| Interval::new(PACE, move || looked.dispatch(Msg::Doubted)));
        move || drop(look)
    });
}

/// Sends what the person asks for.
#[hook]
fn use_ask(model: &UseReducerHandle<Model>, problem: &UseStateHandle<Option<String>>) -> Callback<Ask> {
    let held = (use_channels(), model.dispatcher(), problem.setter());
    use_callback(held, |ask, (channels, model, problem)| {
        let (own, model, problem) = (channels.socket_id(), model.clone(), problem.clone());
        spawn_local(async move {
            let answer = match ask {
                Ask::Post(sending) => {
                    let answer = api::post(&sending.content, own).await;
                    sending.answered.emit(answer.is_ok().then_some(sending.content));
                    answer
                }
                Ask::Remove(id) => api::remove(id, own).await,
            };
            match answer {
                Ok(change) => {
                    model.dispatch(Msg::Answered(change));
                    problem.set(None);
                }
                Err(sentence) => {
                    model.dispatch(Msg::Doubted);
                    problem.set(Some(sentence));
                }
            }
        });
    })
}

fn switch(chosen: Variant, choose: &Callback<Variant>) -> Html {
    let choice = |variant: Variant, words: &'static str| {
        html! {
            <label>
                <input type="radio" name="variant" checked={chosen == variant} onchange={choose.reform(move |_| variant)} />
                { words }
            </label>
        }
    };
    html! {
        <fieldset>
            <legend class="unseen">{ "How this window hears of a change" }</legend>
            { choice(Variant::Refetch, "An event, then a request") }
            { choice(Variant::Data, "The data in the event") }
        </fieldset>
    }
}

fn article(post: &Post, remove: &Callback<u32>) -> Html {
    let (id, title, text) = (post.id, post.content.title(), post.content.text());
    let is_long = text.chars().count() > LONG;
    html! {
        <article key={id}>
            <h2>{ title }</h2>
            if !text.is_empty() {
                <p tabindex={is_long.then_some("0")}>{ text }</p>
            }
            <button type="button" aria-label={format!("Remove {title}")} onclick={remove.reform(move |_| id)}>{ "Remove" }</button>
        </article>
    }
}

fn tally(model: &Model) -> String {
    let count = |number: u32, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
    let (heard, requests) = (
        count(model.heard(), "event", "events"),
        count(model.requests(), "request", "requests"),
    );
    format!("{heard} heard, {requests} made")
}

fn news_words(count: usize, latest: &str) -> String {
    match count {
        1 => format!("New: {latest}"),
        _ => format!("{count} new posts, the latest: {latest}"),
    }
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Initialized | State::Connecting => "Connecting",
        State::Connected => "Live",
        State::Unavailable | State::Failed | State::Disconnected => "Not live: changes of others come later",
    }
}
