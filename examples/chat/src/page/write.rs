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
    let field = use_node_ref();
    let told = use_mut_ref(|| None::<f64>);
    let trigger = use_trigger(&props.channel);
    let typed = {
        let told = told.clone();
        Callback::from(move |_: InputEvent| {
            let now = now();
            let is_due = told.borrow().is_none_or(|last| now - last >= TELL_EVERY);
            if is_due {
                // Nothing depends on it: where it cannot be told, nobody sees it.
                let sent = trigger.trigger(TYPING, &());
                told.replace(sent.is_ok().then_some(now));
            }
        })
    };
    // One at a time: Enter pressed twice does not say it twice.
    let busy = use_mut_ref(|| false);
    let send = {
        let (field, said, failed) = (field.clone(), props.said.clone(), props.failed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            if busy.replace(true) {
                return;
            }
            // The next word is typing anew.
            told.replace(None);
            let (said, failed, busy) = (said.clone(), failed.clone(), busy.clone());
            spawn_local(async move {
                let text = field.value();
                let answer = say(&text).await;
                busy.replace(false);
                match answer {
                    Ok(message) => {
                        // What was typed since is kept.
                        if field.value() == text {
                            field.set_value("");
                        }
                        said.emit(message);
                    }
                    Err(failure) => failed.emit(failure),
                }
            });
        })
    };
    html! {
        <form class="write" onsubmit={send}>
            <input ref={field} aria-label="Message" autocomplete="off" oninput={typed} />
            <button type="submit" class="main">{ "Send" }</button>
        </form>
    }
}

async fn say(typed: &str) -> Result<Message, Failure> {
    let text = Text::new(typed).map_err(Failure::Other)?;
    api::say(&text).await
}
