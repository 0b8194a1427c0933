//! A list that is fetched, as pages have it; with features the same list is told of what was added. Only its size is measured.

use gloo_net::http::Request;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[cfg(feature = "channels")]
mod live;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Item {
    id: u64,
    name: String,
    quantity: u32,
}

#[derive(Default, PartialEq, Eq)]
struct Items(Vec<Item>);

enum Told {
    All(Vec<Item>),
    #[cfg(feature = "channels")]
    Added(Item),
}

impl Reducible for Items {
    type Action = Told;

    fn reduce(self: std::rc::Rc<Self>, told: Told) -> std::rc::Rc<Self> {
        match told {
            Told::All(items) => Self(items).into(),
            #[cfg(feature = "channels")]
            Told::Added(item) => Self(self.0.iter().cloned().chain([item]).collect()).into(),
        }
    }
}

#[component]
fn List() -> Html {
    let items = use_reducer(Items::default);
    let dispatcher = items.dispatcher();
    use_effect_with((), move |()| spawn_local(fetch(dispatcher)));
    #[cfg(feature = "channels")]
    live::use_additions(items.dispatcher());
    let line = |item: &Item| html! { <li key={item.id}>{ format!("{} × {}", item.quantity, item.name) }</li> };
    html! { <ul>{ for items.0.iter().map(line) }</ul> }
}

async fn fetch(items: UseReducerDispatcher<Items>) {
    if let Ok(answer) = Request::get("/items").send().await
        && let Ok(all) = answer.json().await
    {
        items.dispatch(Told::All(all));
    }
}

#[component]
fn Page() -> Html {
    #[cfg(feature = "hooks")]
    return html! { <pusher_channels::yew::ChannelsProvider app_key="key"><List /></pusher_channels::yew::ChannelsProvider> };
    #[cfg(not(feature = "hooks"))]
    html! { <List /> }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
