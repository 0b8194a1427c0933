//! Numbered events and the connection's vitals, as components see them. Knows no wire.

use ::yew::prelude::*;
use gloo_timers::callback::Interval;

use super::{
    connection::{use_channels, use_connection_state},
    kept::use_bindings,
};
use crate::{
    browser::{Channel, Resume},
    client::Vitals,
};

/// How often [`use_vitals`] looks, in milliseconds: people read it.
const LOOK_EVERY_MS: u32 = 1000;

/// How far a channel is whose events are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// Nothing is missing that one knows of.
    Level,
    /// Events may be missing and are being fetched: what is shown may not be the newest.
    CatchingUp,
    /// Events were missing and could not be fetched; the reason is for people. The application loads its state anew.
    NotResumable(String),
}

/// Tells the numbered events of a channel in their order and each once while the component is there, as
/// [`Channel::resume_with`] does. `make` is called once for each channel. The component is rendered again when it changes how
/// far the channel is.
#[hook]
pub fn use_resume(channel: &Channel, make: impl FnOnce() -> Resume) -> Resumption {
    let resumption = use_state_eq(|| Resumption::Level);
    let setter = resumption.setter();
    use_bindings(channel.clone(), move |channel| {
        let (level, lost) = (setter.clone(), setter.clone());
        vec![
            channel.bind_catching_up(move || setter.set(Resumption::CatchingUp)),
            channel.bind_caught_up(move || level.set(Resumption::Level)),
            channel.bind_not_resumable(move |reason| lost.set(Resumption::NotResumable(reason.to_owned()))),
            // Last, so that what it causes at once is heard.
            channel.resume_with(make()),
        ]
    });
    (*resumption).clone()
}

/// How well the connection does. Looked at once a second and with each new state of the connection; the component is rendered
/// again when it differs.
///
/// # Panics
/// As [`use_channels`].
#[hook]
pub fn use_vitals() -> Vitals {
    let channels = use_channels();
    let _ = use_connection_state();
    let seen = use_state_eq(|| channels.vitals());
    let setter = seen.setter();
    let vitals = channels.vitals();
    use_effect_with(channels, move |channels| {
        let channels = channels.clone();
        let looking = Interval::new(LOOK_EVERY_MS, move || setter.set(channels.vitals()));
        move || drop(looking)
    });
    vitals
}
