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
    let fetch = use_callback((all.dispatcher(), props.fetched.clone()), |(), (all, fetched)| {
        let (all, fetched) = (all.clone(), fetched.clone());
        spawn_local(async move {
            match api::orders().await {
                Ok(snapshot) => {
                    all.dispatch(AllMsg::Fetched(snapshot));
                    fetched.emit(None);
                }
                Err(failure) => fetched.emit(Some(failure)),
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
            <NewOrder {saved} done={props.done.clone()} />
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
    done: Callback<Option<Failure>>,
}

/// Keeps what was typed until the server has it.
#[component]
fn NewOrder(props: &NewOrderProps) -> Html {
    let field = use_node_ref();
    // One at a time: Enter pressed twice does not order twice.
    let busy = use_mut_ref(|| false);
    let submit = {
        let (field, saved, done) = (field.clone(), props.saved.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            if busy.replace(true) {
                return;
            }
            let (saved, done, busy) = (saved.clone(), done.clone(), busy.clone());
            spawn_local(async move {
                let typed = field.value();
                let answer = create(&typed).await;
                busy.replace(false);
                match answer {
                    Ok(order) => {
                        // What was typed since is kept.
                        if field.value() == typed {
                            field.set_value("");
                        }
                        saved.emit(order);
                        done.emit(None);
                    }
                    Err(failure) => done.emit(Some(failure)),
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
