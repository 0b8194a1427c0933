//! All orders, and the form for a new one. Hears the channel of all.

use std::rc::Rc;

use pusher_channels::yew::use_event;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{PartProps, api, api::Failure, live::use_live, words};
use crate::{
    model::{All, AllMsg},
    route::Route,
    wire::{self, Deleted, Order, Title},
};

impl Reducible for All {
    type Action = AllMsg;

    fn reduce(self: Rc<Self>, msg: AllMsg) -> Rc<Self> {
        let mut all = Rc::unwrap_or_clone(self);
        all.update(msg);
        Rc::new(all)
    }
}

#[component]
pub fn AllOrders(props: &PartProps) -> Html {
    let all = use_reducer(All::default);
    let fetch = use_callback((all.dispatcher(), props.failed.clone()), |(), (all, failed)| {
        let (all, failed) = (all.clone(), failed.clone());
        spawn_local(async move {
            match api::orders().await {
                Ok(snapshot) => all.dispatch(AllMsg::Fetched(snapshot)),
                Err(failure) => failed.emit(Some(failure)),
            }
        });
    });
    let channel = use_live(wire::ALL, &fetch);
    let (created, updated, deleted) = (all.dispatcher(), all.dispatcher(), all.dispatcher());
    use_event(&channel, wire::CREATED, move |order: Order| {
        created.dispatch(AllMsg::Saved(order))
    });
    use_event(&channel, wire::UPDATED, move |order: Order| {
        updated.dispatch(AllMsg::Saved(order))
    });
    use_event(&channel, wire::DELETED, move |gone: Deleted| {
        deleted.dispatch(AllMsg::Deleted(gone))
    });
    use_effect_with((all.missing(), fetch), |(missing, fetch)| {
        if missing.is_some() {
            fetch.emit(());
        }
    });
    let saved = use_callback(all.dispatcher(), |order, all| all.dispatch(AllMsg::Saved(order)));
    html! {
        <>
            <NewOrder {saved} failed={props.failed.clone()} />
            if let Some(orders) = all.orders() {
                <ul class="orders">{ for orders.map(line) }</ul>
            } else {
                <p class="quiet">{ "Fetching the orders …" }</p>
            }
        </>
    }
}

fn line(order: &Order) -> Html {
    let owner = order.owner.as_deref().and_then(wire::name_of);
    html! {
        <li key={order.id}>
            <a href={Route::One(order.id).href()}>{ order.title.to_string() }</a>
            <span class="quiet">{ owner.unwrap_or_default() }</span>
            <span class="state">{ words(order.state) }</span>
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct NewOrderProps {
    saved: Callback<Order>,
    failed: Callback<Option<Failure>>,
}

/// Keeps what was typed until the server has it.
#[component]
fn NewOrder(props: &NewOrderProps) -> Html {
    let field = use_node_ref();
    let submit = {
        let (field, saved, failed) = (field.clone(), props.saved.clone(), props.failed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            let (saved, failed) = (saved.clone(), failed.clone());
            spawn_local(async move {
                match create(&field.value()).await {
                    Ok(order) => {
                        field.set_value("");
                        saved.emit(order);
                        failed.emit(None);
                    }
                    Err(failure) => failed.emit(Some(failure)),
                }
            });
        })
    };
    html! {
        <form class="new" onsubmit={submit}>
            <input ref={field} aria-label="What is ordered" placeholder="What is ordered" autocomplete="off" />
            <button type="submit" class="main">{ "Add" }</button>
        </form>
    }
}

async fn create(typed: &str) -> Result<Order, Failure> {
    let title = Title::new(typed).map_err(Failure::Other)?;
    api::create(&title).await
}
