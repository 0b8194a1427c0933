//! Who hears which channel, and for how long.

use pusher_channels::{
    State, Subscription,
    yew::{ChannelsProvider, use_channel, use_channels, use_connection_state, use_subscribed, use_vitals},
};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::{
    page::Page,
    stage::{NO_ORDERS, ORDERS, Stage, Told, name},
};

/// Hears the channel of the word and shows how far it is.
#[component]
fn Hears(told: &Told) -> Html {
    let channel = use_channel(&name(&told.word));
    let log = told.log.clone();
    use_subscribed(&channel, move || log.note("fetch"));
    let far = match channel.subscription() {
        Subscription::Subscribed => "heard",
        Subscription::Unsent | Subscription::Authorizing | Subscription::Pending => "not heard",
    };
    html! { format!("{} {far}", told.word) }
}

#[wasm_bindgen_test]
async fn a_component_hears_its_channel_while_it_is_there() {
    let stage = Stage::<Hears>::new("orders").await;
    assert_eq!(stage.text(), "orders not heard");
    stage.page.say_success("orders");
    stage.settle().await;
    assert_eq!(stage.text(), "orders heard");
    stage.page.close(1006, "");
    stage.settle().await;
    assert_eq!(stage.text(), "orders not heard");
    stage.page.fire("online");
    stage.page.say_hello("3.4");
    stage.page.say_success("orders");
    stage.settle().await;
    assert_eq!(stage.text(), "orders heard");
    assert_eq!(stage.log.take(), ["fetch", "fetch"]);
    stage.leave().await;
}

#[wasm_bindgen_test]
async fn another_name_moves_the_subscription() {
    let mut stage = Stage::<Hears>::new("orders").await;
    stage.page.say_success("orders");
    stage.tell("orders").await;
    assert_eq!(stage.page.sent(), [ORDERS]);
    stage.tell("stories").await;
    assert_eq!(
        stage.page.sent(),
        [
            ORDERS,
            r#"{"event":"pusher:subscribe","data":{"auth":"","channel":"stories"}}"#,
            NO_ORDERS
        ]
    );
    assert_eq!(stage.text(), "stories not heard");
    stage.page.say_success("stories");
    stage.settle().await;
    assert_eq!(stage.text(), "stories heard");
    stage.leave().await;
}

/// One component for each letter of the word, all on one channel.
#[component]
fn Many(told: &Told) -> Html {
    let hears = |letter: char| {
        let told = Told {
            word: "orders".into(),
            log: told.log.clone(),
        };
        html! { <Hears key={letter.to_string()} ..told /> }
    };
    told.word.chars().map(hears).collect()
}

#[wasm_bindgen_test]
async fn components_share_a_subscription_and_the_last_one_ends_it() {
    let mut stage = Stage::<Many>::new("ab").await;
    stage.page.say_success("orders");
    stage.settle().await;
    assert_eq!(stage.text(), "orders heardorders heard");
    stage.tell("b").await;
    assert_eq!(stage.page.sent(), [ORDERS]);
    // Whoever comes later finds the subscription and fetches once.
    stage.log.take();
    stage.tell("bc").await;
    assert_eq!(stage.log.take(), ["fetch"]);
    stage.tell("").await;
    assert_eq!(stage.page.sent(), [ORDERS, NO_ORDERS]);
    stage.leave().await;
}

/// Shows the connection's state and counts its renderings.
#[component]
fn Light(told: &Told) -> Html {
    told.log.note("rendered");
    let vitals = use_vitals();
    let lag = vitals.lag.map_or("unknown", |_| "known");
    let state = use_connection_state();
    html! { format!("{state} lag {lag}") }
}

#[wasm_bindgen_test]
async fn the_connection_is_shown() {
    let stage = Stage::<Light>::new("").await;
    assert_eq!(stage.text(), "connected lag unknown");
    stage.page.fire("offline");
    stage.page.say(r#"{"event":"pusher:pong"}"#);
    stage.log.take();
    // Two states between two renderings are one rendering.
    stage.page.close(1006, "");
    stage.page.fire("online");
    stage.page.say_hello("3.4");
    stage.page.fire("offline");
    stage.page.say(r#"{"event":"pusher:pong"}"#);
    stage.settle().await;
    assert_eq!(stage.text(), "connected lag known");
    assert_eq!(stage.log.take(), ["rendered"]);
    stage.page.close(4001, "no");
    stage.settle().await;
    assert_eq!(stage.text(), "failed lag unknown");
    stage.leave().await;
}

/// Connects by key and host.
#[component]
fn Whole() -> Html {
    html! { <ChannelsProvider app_key="k" host="h:1"><Inside /></ChannelsProvider> }
}

#[component]
fn Inside() -> Html {
    let channels = use_channels();
    html! { (channels.state() == State::Connecting).to_string() }
}

#[wasm_bindgen_test]
async fn a_provider_connects_by_key_and_host() {
    let page = Page::new();
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    let app = yew::Renderer::<Whole>::with_root(root.clone()).render();
    yew::scheduler::flush().await;
    assert!(page.url().starts_with("ws://h:1/app/k?protocol=7&"), "{}", page.url());
    assert_eq!(root.text_content().unwrap(), "true");
    app.destroy();
    yew::scheduler::flush().await;
    assert!(page.is_closed());
}
