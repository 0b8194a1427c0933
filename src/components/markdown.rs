//! A text in Markdown, as it reads.

use crate::board::msg::{Msg, PartsMsg};
use crate::board::scene::markdown::{Reading, Readings};
use yew::prelude::*;

/// A text as it reads; until the server has said how, and without a server, as it is written. A number in it leads to its story.
pub fn markdown(text: &str, readings: &Readings, dispatch: &Callback<Msg>) -> Html {
    match readings.of(text) {
        Reading::Ready(html) => html! {
            <div key="markdown" class="markdown" dir="auto" onclick={follow(dispatch)}>
                { Html::from_html_unchecked(html.clone().into()) }
            </div>
        },
        Reading::Asked | Reading::Unavailable => html! {
            <div key="source" class="source" dir="auto">{ text.to_owned() }</div>
        },
    }
}

// A link to a story opens it here; with a key held down, or by another button, it is a link like all others.
fn follow(dispatch: &Callback<Msg>) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if let Some(number) = story_number(&event).filter(|_| is_plain) {
            event.prevent_default();
            dispatch.emit(Msg::Parts(PartsMsg::NumberFollowed(number)));
        }
    })
}

fn story_number(event: &MouseEvent) -> Option<u32> {
    let target: web_sys::Element = event.target_dyn_into()?;
    let link = target.closest("a.story-link").ok()??;
    link.get_attribute("data-number")?.parse().ok()
}
