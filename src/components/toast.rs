//! What was just done, and the way back where there is one. Out of the way of the columns, and the last thing that Tab
//! reaches.

use super::maybe;
use crate::board::msg::Msg;
use crate::board::scene::Toast;
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
    let undo = toast.undo.map(|_| {
        html! {
            <button type="button" class="button" onclick={dispatch.reform(|_| Msg::UndoClicked)}>{ "Undo" }</button>
        }
    });
    html! {
        <aside class="toast" aria-label="Just done">
            <p class="toast-words" dir="auto">{ toast.words.clone() }</p>
            { maybe(undo) }
            <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::ToastDismissed)}>
                { "Dismiss" }
            </button>
        </aside>
    }
}
