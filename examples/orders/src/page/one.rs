//! One order: how far it is and whose. Hears the channel of that order alone.

use std::rc::Rc;

use pusher_channels::yew::use_event;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{PartProps, api, api::Failure, live::use_live, words};
use crate::{
    model::{One, OneMsg},
    route::Route,
    wire::{self, CREW, Deleted, Edit, Order, State},
};

impl Reducible for One {
    type Action = OneMsg;

    fn reduce(self: Rc<Self>, msg: OneMsg) -> Rc<Self> {
        let mut one = Rc::unwrap_or_clone(self);
        one.update(msg);
        Rc::new(one)
    }
}

/// What the person asks for.
enum Ask {
    Look,
    Edit(Edit),
    Delete,
}

#[component]
pub fn OneOrder(props: &PartProps) -> Html {
    let one = use_reducer(One::default);
    let (ask, is_busy) = use_ask(props, &one);
    let fetch = use_memo(ask.clone(), |ask| ask.reform(|()| Ask::Look));
    let channel = use_live(&wire::channel_of(props.id), &fetch);
    let (updated, deleted) = (one.dispatcher(), one.dispatcher());
    use_event(&channel, wire::UPDATED, move |order: Order| {
        updated.dispatch(OneMsg::Saved(order))
    });
    use_event(&channel, wire::DELETED, move |_: Deleted| {
        deleted.dispatch(OneMsg::Deleted)
    });
    html! {
        <>
            <p><a href={Route::All.href()}>{ "← All orders" }</a></p>
            { match &*one {
                One::Awaited => html! { <p class="quiet">{ "Fetching the order …" }</p> },
                One::Gone => html! { <p role="status">{ "There is no such order (any more)." }</p> },
                One::Here(order) => html! { <fieldset disabled={is_busy}>{ card(order, &ask) }</fieldset> },
            } }
        </>
    }
}

/// Does what the person asks for. While an answer is awaited nothing else should be asked: it would be about an order that was not
/// seen yet.
#[hook]
fn use_ask(props: &PartProps, one: &UseReducerHandle<One>) -> (Callback<Ask>, bool) {
    let busy = use_state(|| false);
    let held = (
        props.id,
        one.dispatcher(),
        busy.setter(),
        props.fetched.clone(),
        props.done.clone(),
    );
    let ask = use_callback(held, |ask, (id, one, busy, fetched, done)| {
        let (id, one, busy) = (*id, one.clone(), busy.clone());
        let (fetched, done) = (fetched.clone(), done.clone());
        spawn_local(async move {
            if matches!(ask, Ask::Look) {
                return show(carry_out(id, ask).await, &one, &fetched);
            }
            busy.set(true);
            let answer = carry_out(id, ask).await;
            busy.set(false);
            let is_refused = answer.is_err();
            show(answer, &one, &done);
            if is_refused {
                // It may be that the order here is not the one that the server has.
                show(carry_out(id, Ask::Look).await, &one, &fetched);
            }
        });
    });
    (ask, *busy)
}

fn show(answer: Result<OneMsg, Failure>, one: &UseReducerDispatcher<One>, came: &Callback<Option<Failure>>) {
    let (msg, failure) = match answer {
        Ok(msg) => (Some(msg), None),
        // That it is gone is shown in its place.
        Err(Failure::Gone) => (Some(OneMsg::Deleted), None),
        Err(failure) => (None, Some(failure)),
    };
    if let Some(msg) = msg {
        one.dispatch(msg);
    }
    came.emit(failure);
}

async fn carry_out(id: u32, ask: Ask) -> Result<OneMsg, Failure> {
    Ok(match ask {
        Ask::Look => OneMsg::Saved(api::order(id).await?),
        Ask::Edit(edit) => OneMsg::Saved(api::edit(id, &edit).await?),
        Ask::Delete => {
            api::delete(id).await?;
            OneMsg::Deleted
        }
    })
}

fn card(order: &Order, ask: &Callback<Ask>) -> Html {
    let crew = CREW.map(|(id, name)| (Some(id.to_owned()), name));
    let owners = std::iter::once((None, "Nobody’s")).chain(crew);
    html! {
        <>
            <h2>{ order.title.to_string() }</h2>
            <p role="group" aria-label="How far it is">
                <span class="quiet">{ "How far" }</span>
                { for [State::New, State::Making, State::Done].map(|state| {
                    let edit = Order { state, ..order.clone() };
                    choice(order, edit, words(state), ask)
                }) }
            </p>
            <p role="group" aria-label="Whose it is">
                <span class="quiet">{ "Whose" }</span>
                { for owners.map(|(owner, name)| {
                    let edit = Order { owner, ..order.clone() };
                    choice(order, edit, name, ask)
                }) }
            </p>
            <button type="button" onclick={ask.reform(|_| Ask::Delete)}>{ "Delete the order" }</button>
        </>
    }
}

/// A button that makes the order so.
fn choice(order: &Order, so: Order, words: &'static str, ask: &Callback<Ask>) -> Html {
    let is_so = *order == so;
    let make = ask.reform(move |_| {
        let Order { state, owner, rev, .. } = so.clone();
        Ask::Edit(Edit {
            state,
            owner,
            seen: rev,
        })
    });
    html! {
        <button type="button" class={classes!(is_so.then_some("main"))} aria-pressed={is_so.to_string()} onclick={make}>
            { words }
        </button>
    }
}
