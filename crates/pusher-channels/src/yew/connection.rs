//! The connection, as components see it. Knows no channel.

use ::yew::prelude::*;

use super::kept::use_bindings;
use crate::{browser::Channels, client::State};

/// The connection of the provider around the component.
///
/// # Panics
/// When there is none: a component that hears channels stands inside a [`ChannelsProvider`](super::ChannelsProvider).
#[hook]
pub fn use_channels() -> Channels {
    use_context::<Channels>().expect("a component that hears channels stands inside a <ChannelsProvider>")
}

/// The connection's state. The component is rendered again with each new one.
///
/// # Panics
/// As [`use_channels`].
#[hook]
pub fn use_connection_state() -> State {
    let channels = use_channels();
    let component = use_force_update();
    let state = channels.state();
    use_bindings(channels, move |channels| {
        vec![channels.bind_state(move |_| component.force_update())]
    });
    state
}
