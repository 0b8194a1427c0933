//! One order: how far it is and whose. Hears the channel of that order alone.

use std::rc::Rc;

use pusher_channels::yew::use_event;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
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
    let id = props.id;
    let ask = use_callback((one.dispatcher(), props.failed.clone()), move |ask, (one, failed)| {
        let (one, failed) = (one.clone(), failed.clone());
        spawn_local(async move {
            match carry_out(id, ask).await {
                Ok(msg) => one.dispatch(msg),
                Err(Failure::Gone) => one.dispatch(OneMsg::Deleted),
                Err(failure) => failed.emit(Some(failure)),
            }
        });
    });
    let fetch = use_memo(ask.clone(), |ask| ask.reform(|()| Ask::Look));
    let channel = use_live(&wire::channel_of(id), &fetch);
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
                One::Here(order) => card(order, &ask),
            } }
        </>
    }
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
    let give = {
        let (seen, state) = (order.rev, order.state);
        ask.reform(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
            let owner = (!chosen.is_empty()).then_some(chosen);
            Ask::Edit(Edit { state, owner, seen })
        })
    };
    let whose = |id: &str| order.owner.as_deref().unwrap_or_default() == id;
    html! {
        <section class="order">
            <h2>{ order.title.to_string() }</h2>
            <div role="group" aria-label="How far it is">
                { for [State::New, State::Making, State::Done].map(|state| step(order, state, ask)) }
            </div>
            <label>
                <span>{ "Whose" }</span>
                <select onchange={give}>
                    <option value="" selected={whose("")}>{ "Nobody’s" }</option>
                    { for CREW.map(|(id, name)| html! { <option value={id} selected={whose(id)}>{ name }</option> }) }
                </select>
            </label>
            <button type="button" onclick={ask.reform(|_| Ask::Delete)}>{ "Delete the order" }</button>
        </section>
    }
}

fn step(order: &Order, state: State, ask: &Callback<Ask>) -> Html {
    let (owner, seen) = (order.owner.clone(), order.rev);
    let is_so = order.state == state;
    let go = ask.reform(move |_| {
        let owner = owner.clone();
        Ask::Edit(Edit { state, owner, seen })
    });
    html! {
        <button type="button" class={classes!(is_so.then_some("main"))} aria-pressed={is_so.to_string()} onclick={go}>
            { words(state) }
        </button>
    }
}
