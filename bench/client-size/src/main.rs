//! A list that is fetched, as pages have it; with features the same list is told of what was added. Only its size is measured.

use gloo_net::http::Request;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

mod live;

use live::use_additions;

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
    #[cfg_attr(
        not(feature = "channels"),
        expect(dead_code, reason = "without the client nobody is told")
    )]
    Added(Item),
}

impl Reducible for Items {
    type Action = Told;

    fn reduce(self: std::rc::Rc<Self>, told: Told) -> std::rc::Rc<Self> {
        match told {
            Told::All(items) => Self(items).into(),
            Told::Added(item) => Self(self.0.iter().cloned().chain([item]).collect()).into(),
        }
    }
}

#[component]
fn List() -> Html {
    let items = use_reducer(Items::default);
    let dispatcher = items.dispatcher();
    use_effect_with((), move |()| spawn_local(fetch(dispatcher)));
    use_additions(items.dispatcher());
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
    let page = html! { <pusher_channels::yew::ChannelsProvider app_key="key"><List /></pusher_channels::yew::ChannelsProvider> };
    #[cfg(not(feature = "hooks"))]
    let page = html! { <List /> };
    page
}

fn main() {
    yew::Renderer::<Page>::new().render();
}
