//! What was just done, and the way back where there is one. Out of the way of the columns, and the last thing that Tab
//! reaches.

use super::maybe;
use crate::board::msg::{AttentionMsg, Msg, PastMsg};
use crate::board::scene::{Toast, ToastWay};
use yew::prelude::*;

/// What the toast says.
#[derive(Properties, PartialEq)]
pub struct ToastBarProps {
    /// The toast.
    pub toast: Toast,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The toast.
#[component]
pub fn ToastBar(props: &ToastBarProps) -> Html {
    let ToastBarProps { toast, dispatch } = props;
    let way = toast.way.map(|way| {
        let (word, clicked) = match way {
            ToastWay::Undo(mid) => ("Undo", dispatch.reform(move |_| Msg::Past(PastMsg::UndoClicked(mid)))),
            ToastWay::Attention => (
                "See why",
                dispatch.reform(|_| Msg::Attention(AttentionMsg::LightClicked)),
            ),
            ToastWay::History(story) => (
                "See the history",
                dispatch.reform(move |_| Msg::Past(PastMsg::HistoryOpened(story))),
            ),
        };
        html! { <button type="button" class="button" onclick={clicked}>{ word }</button> }
    });
    html! {
        <aside class="toast" aria-label="Just done">
            <p class="toast-words" dir="auto" title={toast.words.clone()}>{ toast.words.clone() }</p>
            { maybe(way) }
            <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::ToastDismissed)}>
                { "Dismiss" }
            </button>
        </aside>
    }
}
