//! The field in which one writes. Knows what was typed, and keeps it until the server has it.

use pusher_channels::{browser::Channel, yew::use_trigger};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    api::{self, Failure},
    conversation::{TYPING, now},
};
use crate::wire::{Message, Text};

/// The others are told at most so often that one is typing, in milliseconds: more seldom than they forget it.
const TELL_EVERY: f64 = 2_000.0;

#[derive(PartialEq, Properties)]
pub struct WriteProps {
    pub channel: Channel,
    /// Called with what the server took.
    pub said: Callback<Message>,
    pub failed: Callback<Failure>,
}

#[component]
pub fn Write(props: &WriteProps) -> Html {
    let text = use_state(String::new);
    let told = use_mut_ref(|| None::<f64>);
    let trigger = use_trigger(&props.channel);
    let typed = {
        let (text, told) = (text.setter(), told.clone());
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlInputElement>().value());
            let now = now();
            if told.borrow().is_none_or(|last| now - last >= TELL_EVERY) {
                // Nothing depends on it: where it cannot be told, nobody sees it.
                let sent = trigger.trigger(TYPING, &());
                told.replace(sent.is_ok().then_some(now));
            }
        })
    };
    let send = {
        let (text, said, failed) = (text.clone(), props.said.clone(), props.failed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            // The next word is typing anew.
            told.replace(None);
            let (text, said, failed) = (text.clone(), said.clone(), failed.clone());
            spawn_local(async move {
                match say(&text).await {
                    Ok(message) => {
                        text.set(String::new());
                        said.emit(message);
                    }
                    Err(failure) => failed.emit(failure),
                }
            });
        })
    };
    html! {
        <form class="write" onsubmit={send}>
            <input aria-label="Message" autocomplete="off" value={(*text).clone()} oninput={typed} />
            <button type="submit" class="main">{ "Send" }</button>
        </form>
    }
}

async fn say(typed: &str) -> Result<Message, Failure> {
    let text = Text::new(typed).map_err(Failure::Other)?;
    api::say(&text).await
}
