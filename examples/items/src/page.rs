//! The page: shows what the model knows, and does what the person asks for. HTTP is the truth, the channel makes it fast: without a
//! connection everything still works, only what others do comes later.

mod api;
mod rows;

use std::rc::Rc;

use gloo_timers::callback::Interval;
use pusher_channels::{
    ChannelName, State,
    yew::{ChannelsProvider, use_channel, use_connection_state, use_event, use_subscribed},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    model::{Model, Msg},
    wire::{self, Change},
};
use rows::Rows;

/// Milliseconds between two looks at the table while there is no connection.
const PACE: u32 = 5_000;

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
    html! { <ChannelsProvider app_key={wire::KEY}><Items /></ChannelsProvider> }
}

#[component]
fn Items() -> Html {
    let model = use_reducer(Model::default);
    // Why the table could not be fetched, and why the person's wish was not done.
    let trouble = use_state(|| None::<String>);
    let problem = use_state(|| None::<String>);
    let fetch = use_fetch(&model, &trouble);
    let state = use_connection_state();
    use_live(&model, &fetch);
    use_effect_with(fetch.clone(), |fetch| fetch.emit(()));
    use_effect_with((model.missing(), fetch.clone()), |(missing, fetch)| {
        if missing.is_some() {
            fetch.emit(());
        }
    });
    use_effect_with((state == State::Connected, fetch.clone()), |(connected, fetch)| {
        let fetch = fetch.clone();
        let look = (!connected).then(|| Interval::new(PACE, move || fetch.emit(())));
        move || drop(look)
    });

    let write = use_callback(model.dispatcher(), |msg, model| model.dispatch(msg));
    let ask = use_ask(&model, &problem, &fetch);
    html! {
        <main>
            <header>
                <h1>{ "Items" }</h1>
                <p class="lamp" data-state={state.as_str()} role="status">{ state_words(state) }</p>
            </header>
            { for [&*trouble, &*problem].into_iter().flatten().map(|sentence| html! {
                <p class="problem" role="alert">{ sentence }</p>
            }) }
            if model.is_loaded() {
                <Rows model={(*model).clone()} {write} {ask} />
            } else {
                <p class="quiet">{ "Fetching the items …" }</p>
            }
        </main>
    }
}

/// What the person asks of the server.
pub enum Ask {
    /// Save what is being written.
    Save,
    /// Remove the item with this id.
    Remove(u32),
}

/// Fetches the table, and says so for as long as that fails.
#[hook]
fn use_fetch(model: &UseReducerHandle<Model>, trouble: &UseStateHandle<Option<String>>) -> Callback<()> {
    use_callback((model.dispatcher(), trouble.setter()), |(), (model, trouble)| {
        let (model, trouble) = (model.clone(), trouble.clone());
        spawn_local(async move {
            match api::items().await {
                Ok(snapshot) => {
                    model.dispatch(Msg::Fetched(snapshot));
                    trouble.set(None);
                }
                Err(sentence) => trouble.set(Some(sentence)),
            }
        });
    })
}

/// Hears the channel while the page is shown. Fetches each time the subscription succeeds, for what was triggered before was missed.
#[hook]
fn use_live(model: &UseReducerHandle<Model>, fetch: &Callback<()>) {
    let name = use_memo((), |()| {
        ChannelName::new(wire::CHANNEL).expect("the channel's name is legal")
    });
    let channel = use_channel(&name);
    let (model, fetch) = (model.dispatcher(), fetch.clone());
    use_event(&channel, wire::CHANGED, move |change: Change| {
        model.dispatch(Msg::Heard(change))
    });
    use_subscribed(&channel, move || fetch.emit(()));
}

/// Sends what the person asks for. What was written stays until the server has it.
#[hook]
fn use_ask(
    model: &UseReducerHandle<Model>,
    problem: &UseStateHandle<Option<String>>,
    fetch: &Callback<()>,
) -> Callback<Ask> {
    let (model, problem, fetch) = (model.clone(), problem.setter(), fetch.clone());
    // One wish at a time: Enter pressed twice does not add two items.
    let busy = use_mut_ref(|| false);
    Callback::from(move |ask| {
        if busy.replace(true) {
            return;
        }
        let (model, problem, fetch, busy) = (model.clone(), problem.clone(), fetch.clone(), busy.clone());
        spawn_local(async move {
            let done = carry_out(&model, ask).await;
            busy.replace(false);
            match done {
                Ok(()) => problem.set(None),
                Err(sentence) => {
                    problem.set(Some(sentence));
                    // It may be that the table here is not the one that the server has.
                    fetch.emit(());
                }
            }
        });
    })
}

async fn carry_out(model: &UseReducerHandle<Model>, ask: Ask) -> Result<(), String> {
    match ask {
        Ask::Save => {
            let Some(draft) = model.draft() else {
                return Ok(());
            };
            let save = draft.save()?;
            let change = match model.edited() {
                Some(id) => api::save(id, &save).await?,
                None => api::add(&save).await?,
            };
            model.dispatch(Msg::DraftSaved(draft.clone()));
            model.dispatch(Msg::Heard(change));
        }
        Ask::Remove(id) => model.dispatch(Msg::Heard(api::remove(id).await?)),
    }
    Ok(())
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Initialized | State::Connecting => "Connecting",
        State::Connected => "Live",
        State::Unavailable | State::Failed | State::Disconnected => "Not live: changes of others come later",
    }
}
