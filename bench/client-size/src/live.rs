//! What the page does with the channel client: it hears one channel and adds what it is told. Once by the handles, once by hooks.

use yew::prelude::*;

use super::Items;
#[cfg(feature = "channels")]
use super::Told;

#[cfg(feature = "channels")]
const EVENT: &str = "added";

#[cfg(feature = "channels")]
fn channel() -> pusher_channels::ChannelName {
    pusher_channels::ChannelName::new("private-items").expect("letters and a hyphen")
}

/// Without the client nothing is added.
#[cfg(not(feature = "channels"))]
#[hook]
pub fn use_additions(_items: UseReducerDispatcher<Items>) {}

/// Adds each item that the channel tells of.
#[cfg(feature = "hooks")]
#[hook]
pub fn use_additions(items: UseReducerDispatcher<Items>) {
    use pusher_channels::yew::{use_channel, use_event};

    let name = use_memo((), |()| channel());
    let channel = use_channel(&name);
    use_event(&channel, EVENT, move |item| items.dispatch(Told::Added(item)));
}

/// Adds each item that the channel tells of.
#[cfg(all(feature = "channels", not(feature = "hooks")))]
#[hook]
pub fn use_additions(items: UseReducerDispatcher<Items>) {
    use pusher_channels::browser::{Channels, Options};

    use_effect_with((), move |()| {
        let channels = Channels::connect(Options::same_origin("key"));
        let channel = channels.subscribe(&channel());
        let binding = channel.bind(EVENT, move |item| items.dispatch(Told::Added(item)));
        move || drop(binding)
    });
}
