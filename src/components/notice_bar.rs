//! Something that went wrong and needs a person: what happened, what was kept, and the way on.

use crate::board::msg::Msg;
use crate::board::scene::Notice;
use yew::prelude::*;

/// What the bar says.
#[derive(Properties, PartialEq)]
pub struct NoticeBarProps {
    /// The notice.
    pub notice: Notice,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The notice.
#[component]
pub fn NoticeBar(props: &NoticeBarProps) -> Html {
    let Notice { what, kept, .. } = &props.notice;
    let kept = kept.as_ref().map(|kept| {
        html! { <p class="notice-kept">{ "You had typed: " }<q dir="auto">{ kept.clone() }</q></p> }
    });
    html! {
        <div class="notice" role="alert">
            <div class="notice-words">
                <p class="notice-what">{ what.clone() }</p>
                { kept }
            </div>
            <button type="button" class="button" onclick={props.dispatch.reform(|_| Msg::NoticeDismissed)}>
                { "Dismiss" }
            </button>
        </div>
    }
}
