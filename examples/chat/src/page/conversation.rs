//! The conversation: what was said, who is here, who is typing. HTTP is the truth, the channel makes it fast: without a connection one
//! still talks, only what others say comes later.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use pusher_channels::{
    ChannelName, Members, State,
    browser::Channel,
    yew::{use_channel, use_client_event, use_connection_state, use_event, use_presence, use_subscribed},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::{
    api::{self, Failure},
    write::Write,
};
use crate::{
    model::{Model, Msg},
    wire::{self, Message, Name, Person},
};

/// Told from page to page while somebody writes.
pub const TYPING: &str = "client-typing";
/// Milliseconds between two looks at what was said while there is no connection.
const PACE: u32 = 5_000;
/// Milliseconds between two looks at who is still typing.
const TICK: u32 = 500;

impl Reducible for Model {
    type Action = Msg;

    fn reduce(self: Rc<Self>, msg: Msg) -> Rc<Self> {
        let mut model = Rc::unwrap_or_clone(self);
        model.update(msg);
        Rc::new(model)
    }
}

#[derive(PartialEq, Properties)]
pub struct ConversationProps {
    pub me: Person,
    /// Called when the server does not know this person any more.
    pub forgotten: Callback<()>,
}

#[component]
pub fn Conversation(props: &ConversationProps) -> Html {
    let model = use_reducer(Model::default);
    // Why nothing could be fetched, and why what one said was not taken.
    let trouble = use_state(|| None::<String>);
    let problem = use_state(|| None::<String>);
    let name = use_memo((), |()| {
        ChannelName::new(wire::CHANNEL).expect("the channel's name is legal")
    });
    let channel = use_channel(&name);
    let state = use_connection_state();
    let members = use_presence(&channel);
    let failed = use_callback(
        (props.forgotten.clone(), problem.setter()),
        |failure, (forgotten, problem)| match failure {
            Failure::Unknown => forgotten.emit(()),
            Failure::Other(sentence) => problem.set(Some(sentence)),
        },
    );
    let fetch = use_fetch(&model, &trouble, &props.forgotten);
    use_live(&channel, &model, &fetch);
    use_refusals(&channel, &props.forgotten);
    use_ticks(&model, state, &fetch);
    let said = use_callback((model.dispatcher(), problem.setter()), |message, (model, problem)| {
        model.dispatch(Msg::Said(message));
        problem.set(None);
    });
    html! {
        <main>
            <header>
                <h1>{ "Chat" }</h1>
                <p class="lamp" data-state={state.as_str()} role="status">{ state_words(state) }</p>
            </header>
            { people(&members, &props.me) }
            <Log model={(*model).clone()} me={props.me.clone()} />
            <p class="quiet typing" role="status">{ typing(&model, &members) }</p>
            { for [&*trouble, &*problem].into_iter().flatten().map(|sentence| html! {
                <p class="problem" role="alert">{ sentence }</p>
            }) }
            <Write {channel} {said} {failed} />
        </main>
    }
}

/// Fetches what is missing, and says so for as long as that fails.
#[hook]
fn use_fetch(
    model: &UseReducerHandle<Model>,
    trouble: &UseStateHandle<Option<String>>,
    forgotten: &Callback<()>,
) -> Callback<()> {
    let (dispatcher, trouble, forgotten) = (model.dispatcher(), trouble.setter(), forgotten.clone());
    let fetch = use_callback(model.complete(), move |(), after| {
        let (dispatcher, trouble, forgotten) = (dispatcher.clone(), trouble.clone(), forgotten.clone());
        let after = *after;
        spawn_local(async move {
            match api::history(after).await {
                Ok(history) => {
                    dispatcher.dispatch(Msg::Fetched(history));
                    trouble.set(None);
                }
                Err(Failure::Unknown) => forgotten.emit(()),
                Err(Failure::Other(sentence)) => trouble.set(Some(sentence)),
            }
        });
    });
    use_effect_with(model.missing(), {
        let fetch = fetch.clone();
        move |missing| {
            if missing.is_some() {
                fetch.emit(());
            }
        }
    });
    // The first time: what was said before one came.
    use_effect_with((), {
        let fetch = fetch.clone();
        move |()| fetch.emit(())
    });
    fetch
}

/// Hears what is said and who is typing.
#[hook]
fn use_live(channel: &Channel, model: &UseReducerHandle<Model>, fetch: &Callback<()>) {
    let (said, typed, fetch) = (model.dispatcher(), model.dispatcher(), fetch.clone());
    use_event(channel, wire::SAID, move |message: Message| {
        said.dispatch(Msg::Said(message))
    });
    use_client_event(channel, TYPING, move |(), by| {
        if let Some(user_id) = by {
            typed.dispatch(Msg::Typed(user_id.to_owned(), now()));
        }
    });
    // What was said before the subscription stood was missed.
    use_subscribed(channel, move || fetch.emit(()));
}

/// Hears that this person may not hear the channel: the server was started anew and does not know them.
#[hook]
fn use_refusals(channel: &Channel, forgotten: &Callback<()>) {
    use_effect_with((channel.clone(), forgotten.clone()), |(channel, forgotten)| {
        let forgotten = forgotten.clone();
        let binding = channel.on_subscription_failed(move |failure| {
            if failure.status == Some(401) {
                forgotten.emit(());
            }
        });
        move || drop(binding)
    });
}

/// Looks who is still typing, and without a connection what was said.
#[hook]
fn use_ticks(model: &UseReducerHandle<Model>, state: State, fetch: &Callback<()>) {
    use_effect_with(model.typing().next().is_some(), {
        let model = model.dispatcher();
        move |somebody| {
            let tick = somebody.then(|| Interval::new(TICK, move || model.dispatch(Msg::TimePassed(now()))));
            move || drop(tick)
        }
    });
    use_effect_with((state == State::Connected, fetch.clone()), |(connected, fetch)| {
        let fetch = fetch.clone();
        let look = (!connected).then(|| Interval::new(PACE, move || fetch.emit(())));
        move || drop(look)
    });
}

fn people(members: &Members, me: &Person) -> Html {
    let person = |user_id: &str| {
        let name = name_of(members, user_id)?;
        let you = if user_id == me.user_id { " (you)" } else { "" };
        Some(html! { <li key={user_id}>{ name }{ you }</li> })
    };
    html! {
        <ul class="people" aria-label="Who is here">
            { for members.iter().filter_map(|member| person(&member.user_id)) }
        </ul>
    }
}

fn typing(model: &Model, members: &Members) -> String {
    let names = model.typing().filter_map(|user_id| name_of(members, user_id));
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("{one} is typing …"),
        [most @ .., last] => format!("{} and {last} are typing …", most.join(", ")),
    }
}

/// The server put the name into the authorisation; it comes with the member.
fn name_of(members: &Members, user_id: &str) -> Option<Name> {
    let info = members.get(user_id)?.user_info.as_ref()?;
    serde_json::from_str(info.as_str()).ok()
}

#[derive(PartialEq, Properties)]
struct LogProps {
    model: Model,
    me: Person,
}

/// What was said; the latest is in sight.
#[component]
fn Log(props: &LogProps) -> Html {
    let log = use_node_ref();
    let latest = props.model.messages().and_then(Iterator::last);
    use_effect_with((log.clone(), latest.map(|message| message.number)), |(log, _)| {
        if let Some(log) = log.cast::<Element>() {
            log.set_scroll_top(log.scroll_height());
        }
    });
    let Some(messages) = props.model.messages() else {
        return html! { <div class="log"><p class="quiet">{ "Fetching what was said …" }</p></div> };
    };
    let line = |message: &Message| {
        let own = (message.by.user_id == props.me.user_id).then_some("own");
        html! {
            <li key={message.number} class={classes!(own)}>
                <b>{ message.by.name.to_string() }</b>
                <span>{ message.text.to_string() }</span>
            </li>
        }
    };
    html! {
        <div class="log" ref={log} tabindex="0" role="log" aria-label="What was said">
            <ol>{ for messages.map(line) }</ol>
            if latest.is_none() {
                <p class="quiet">{ "Nobody said anything yet." }</p>
            }
        </div>
    }
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Initialized | State::Connecting => "Connecting",
        State::Connected => "Live",
        State::Unavailable | State::Failed | State::Disconnected => "Not live: what others say comes later",
    }
}

/// Milliseconds since the page began.
#[expect(clippy::disallowed_methods, reason = "the page is where time comes from")]
pub fn now() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}
