//! What the page does with the channel client: it hears one channel and adds what it is told. Once by the handles, once by hooks.

use pusher_channels::ChannelName;
use yew::prelude::*;

use super::{Items, Told};

const CHANNEL: &str = "private-items";
const EVENT: &str = "added";

/// Adds each item that the channel tells of.
#[cfg(feature = "hooks")]
#[hook]
pub fn use_additions(items: UseReducerDispatcher<Items>) {
    use pusher_channels::yew::{use_channel, use_event};

    let name = use_memo((), |()| ChannelName::new(CHANNEL).expect("letters and a hyphen"));
    let channel = use_channel(&name);
    use_event(&channel, EVENT, move |item| items.dispatch(Told::Added(item)));
}

/// Adds each item that the channel tells of.
#[cfg(not(feature = "hooks"))]
#[hook]
pub fn use_additions(items: UseReducerDispatcher<Items>) {
    use pusher_channels::browser::{Channels, Options};

    use_effect_with((), move |()| {
        let channels = Channels::connect(Options::same_origin("key"));
        let channel = channels.subscribe(&ChannelName::new(CHANNEL).expect("letters and a hyphen"));
        let binding = channel.bind(EVENT, move |item| items.dispatch(Told::Added(item)));
        move || drop(binding)
    });
}
