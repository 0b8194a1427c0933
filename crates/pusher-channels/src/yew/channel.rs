//! One channel, as components see it. Knows no event.

use std::rc::Rc;

use ::yew::prelude::*;

use super::{
    connection::{use_channels, use_connection_state},
    kept::{use_bindings, use_newest},
};
use crate::{browser::Channel, client::Subscription, protocol::ChannelName};

/// Hears a channel while the component is there; another name moves the subscription.
///
/// The component is rendered again when the subscription comes to stand, fails or is lost, so that
/// [`Channel::subscription`] can be shown.
///
/// # Panics
/// As [`use_channels`](super::use_channels).
#[hook]
pub fn use_channel(name: &ChannelName) -> Channel {
    let channels = use_channels();
    let component = use_force_update();
    let _ = use_connection_state();
    let channel = use_memo((channels, name.clone()), |(channels, name)| channels.subscribe(name));
    let channel = Channel::clone(&channel);
    use_bindings(channel.clone(), move |channel| {
        let failed = component.clone();
        vec![
            channel.on_subscribed(move || component.force_update()),
            channel.on_subscription_failed(move |_| failed.force_update()),
        ]
    });
    channel
}

/// Calls when the subscription comes to stand, once right after mounting if it stands already, and again after each
/// reconnect. What was triggered before was missed: this is the place to fetch.
#[hook]
pub fn use_subscribed(channel: &Channel, handler: impl Fn() + 'static) {
    let newest = use_newest::<Rc<dyn Fn()>>(Rc::new(handler));
    let later = newest.clone();
    use_bindings(channel.clone(), move |channel| {
        vec![channel.on_subscribed(move || later.get()())]
    });
    use_effect_with(channel.clone(), move |channel| {
        if channel.subscription() == Subscription::Subscribed {
            newest.get()();
        }
    });
}
