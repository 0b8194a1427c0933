//! The state of the connection, in words and by a shape.

use crate::board::scene::{Light, LightKind};
use yew::prelude::*;

/// What the light shows.
#[derive(Properties, PartialEq)]
pub struct ConnectionLightProps {
    /// The state.
    pub light: Light,
}

/// The connection light.
#[component]
pub fn ConnectionLight(props: &ConnectionLightProps) -> Html {
    let kind = match props.light.kind {
        LightKind::Connecting => "connecting",
        LightKind::Live => "live",
        LightKind::Polling => "polling",
        LightKind::Offline => "offline",
    };
    html! {
        <p class="light" role="status" data-light={kind}>
            <span class="light-lamp" aria-hidden="true"></span>
            <span class="light-words">{ props.light.words.clone() }</span>
        </p>
    }
}
