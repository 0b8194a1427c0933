//! How a part of the page stays true: it fetches when it is shown, each time its channel is subscribed, and every few seconds while
//! there is no connection. Knows no order.

use gloo_timers::callback::Interval;
use pusher_channels::{
    ChannelName, State,
    browser::Channel,
    yew::{use_channel, use_connection_state, use_subscribed},
};
use yew::prelude::*;

/// Milliseconds between two looks while there is no connection.
const PACE: u32 = 5_000;

/// Hears this channel as long as the component is there, and calls `fetch` whenever something may have been missed.
#[hook]
pub fn use_live(name: &str, fetch: &Callback<()>) -> Channel {
    let name = use_memo(name.to_owned(), |name| {
        ChannelName::new(name).expect("the names of the channels are legal")
    });
    let channel = use_channel(&name);
    use_subscribed(&channel, {
        let fetch = fetch.clone();
        move || fetch.emit(())
    });
    use_effect_with(fetch.clone(), |fetch| fetch.emit(()));
    let is_live = use_connection_state() == State::Connected;
    use_effect_with((is_live, fetch.clone()), |(is_live, fetch)| {
        let fetch = fetch.clone();
        let look = (!is_live).then(|| Interval::new(PACE, move || fetch.emit(())));
        move || drop(look)
    });
    channel
}
