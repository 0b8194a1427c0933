//! The state of the connection, in words and by a shape.

use super::{clock_words, maybe};
use crate::board::msg::{AttentionMsg, Msg};
use crate::board::scene::{Age, Light, LightKind};
use yew::prelude::*;

/// What the light shows.
#[derive(Properties, PartialEq)]
pub struct ConnectionLightProps {
    /// The state.
    pub light: Light,
    /// How many own commands need a person: a click on the words opens the tray with them.
    pub attention: usize,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The connection light.
#[component]
pub fn ConnectionLight(props: &ConnectionLightProps) -> Html {
    let kind = match props.light.kind {
        LightKind::Connecting => "connecting",
        LightKind::Live => "live",
        LightKind::Polling => "polling",
        LightKind::Offline => "offline",
        LightKind::Attention => "attention",
    };
    // Outside of what is read aloud at each change: the time goes on.
    let age = props.light.age.map(|Age { at, now }| {
        html! { <span class="light-age">{ format!("as of {}", clock_words::moment(at, now)) }</span> }
    });
    html! {
        <div class="light" data-light={kind}>
            <span class="light-lamp" aria-hidden="true"></span>
            <p class="light-words" role="status" title={props.light.words.clone()}>{ words(props) }</p>
            { maybe(age) }
        </div>
    }
}

fn words(props: &ConnectionLightProps) -> Html {
    let words = html! { <span class="light-text">{ props.light.words.clone() }</span> };
    if props.attention == 0 {
        return words;
    }
    html! {
        <button type="button" class="light-button" data-to="tray" title="See what needs your attention"
            onclick={props.dispatch.reform(|_| Msg::Attention(AttentionMsg::LightClicked))}>{ words }</button>
    }
}
