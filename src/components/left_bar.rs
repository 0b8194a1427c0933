//! What an earlier visitor left on this device: take it over, or throw it away after a second click.

use crate::board::msg::{LeftMsg, Msg};
use crate::board::scene::{LeftScene, LeftWay};
use yew::prelude::*;

/// What the bar says.
#[derive(Properties, PartialEq)]
pub struct LeftBarProps {
    /// What was left.
    pub left: LeftScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The bar.
#[component]
pub fn LeftBar(props: &LeftBarProps) -> Html {
    let LeftScene { words, way } = &props.left;
    // The last button never stands where the one that was just clicked did: a double click throws nothing away.
    let (question, choices) = match way {
        LeftWay::Offered => (
            "",
            [
                ("Take them over", LeftMsg::TakenOver),
                ("Throw them away", LeftMsg::ThrowAwayClicked),
            ],
        ),
        LeftWay::Asked => (
            " Throwing them away cannot be undone.",
            [
                ("Throw away for good", LeftMsg::ThrownAway),
                ("Keep them", LeftMsg::Spared),
            ],
        ),
    };
    let button = |(words, msg): (&'static str, LeftMsg)| {
        let onclick = props.dispatch.reform(move |_| Msg::Left(msg.clone()));
        html! { <button key={words} type="button" class="button" {onclick}>{ words }</button> }
    };
    html! {
        <div class="notice" role="alert" data-notice="left">
            <div class="notice-words"><p class="notice-what">{ words.clone() }{ question }</p></div>
            { for choices.into_iter().map(button) }
        </div>
    }
}
