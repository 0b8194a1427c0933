//! Something that went wrong and needs a person: what happened, what was kept, and the way on.

use super::maybe;
use crate::board::msg::{Msg, PastMsg};
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
    let Notice {
        what, kept, deleted, ..
    } = &props.notice;
    let copied = kept.clone().map(|text| {
        let clicked = props
            .dispatch
            .reform(move |_| Msg::Past(PastMsg::CopyClicked(text.clone())));
        html! { <button type="button" class="button" onclick={clicked}>{ "Copy" }</button> }
    });
    let restored = deleted.map(|story| {
        let clicked = props
            .dispatch
            .reform(move |_| Msg::Past(PastMsg::DeletedRestored(story)));
        html! { <button type="button" class="button" onclick={clicked}>{ "Restore the story" }</button> }
    });
    let kept = kept.as_ref().map(|kept| {
        html! { <p class="notice-kept">{ "You had typed: " }<q dir="auto">{ kept.clone() }</q></p> }
    });
    html! {
        <div class="notice" role="alert">
            <div class="notice-words">
                <p class="notice-what">{ what.clone() }</p>
                { kept }
            </div>
            { maybe(restored) }
            { maybe(copied) }
            <button type="button" class="button" onclick={props.dispatch.reform(|_| Msg::NoticeDismissed)}>
                { "Dismiss" }
            </button>
        </div>
    }
}
