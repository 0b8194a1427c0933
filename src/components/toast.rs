//! What was just done and can be taken back. Out of the way of the columns, and the last thing that Tab reaches.

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
    html! {
        <aside class="toast" aria-label="Just deleted">
            <p class="toast-words">{ "Deleted " }<bdi class="toast-title">{ toast.title.clone() }</bdi></p>
            <button type="button" class="button" onclick={dispatch.reform(|_| Msg::UndoClicked)}>{ "Undo" }</button>
            <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::ToastDismissed)}>
                { "Dismiss" }
            </button>
        </aside>
    }
}
