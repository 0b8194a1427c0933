//! Events, as components hear them. Knows no connection.

use std::rc::Rc;

use ::yew::prelude::*;
use serde::de::DeserializeOwned;

use super::kept::{use_bindings, use_newest};
use crate::{
    browser::{Channel, Reading},
    client::read_data,
};

/// Calls with the data of each event of this name, read from its JSON as [`Channel::bind`] reads it, while the component is
/// there.
#[hook]
pub fn use_event<T: DeserializeOwned + 'static>(channel: &Channel, event: &str, handler: impl Fn(T) + 'static) {
    use_reading(channel, event, Rc::new(move |data| read_data(data).map(&handler)));
}

/// Calls with the data of each event of this name, as it was triggered, while the component is there.
#[hook]
pub fn use_raw_event(channel: &Channel, event: &str, handler: impl Fn(&str) + 'static) {
    use_reading(
        channel,
        event,
        Rc::new(move |data| {
            handler(data);
            Ok(())
        }),
    );
}

/// Calls with the name and the data of each event of the channel, in their order, while the component is there.
#[hook]
pub fn use_all_events(channel: &Channel, handler: impl Fn(&str, &str) + 'static) {
    let newest = use_newest::<Rc<dyn Fn(&str, &str)>>(Rc::new(handler));
    use_bindings(channel.clone(), move |channel| {
        vec![channel.bind_all(move |event, data| newest.get()(event, data))]
    });
}

/// The part of the hooks above that is the same for every type.
#[hook]
fn use_reading(channel: &Channel, event: &str, reading: Rc<Reading>) {
    let newest = use_newest(reading);
    use_bindings((channel.clone(), event.to_owned()), move |(channel, event)| {
        vec![channel.bind_reading(event, Rc::new(move |data| newest.get()(data)))]
    });
}
