//! A project that one is not in any more: what is so, and what the server never had, to be copied.

use super::maybe;
use crate::board::msg::{Msg, PastMsg};
use crate::board::scene::{RemovedScene, Unsent};
use yew::prelude::*;

/// The sentence, and what is offered once.
pub fn removed(scene: &RemovedScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <div class="sentence removed" data-reading="true">
            <h2>{ scene.what }</h2>
            <p>{ scene.then }</p>
            <a class="button" href="/">{ "See all projects" }</a>
            { maybe((!scene.unsent.is_empty()).then(|| unsent(&scene.unsent, dispatch))) }
        </div>
    }
}

fn unsent(all: &[Unsent], dispatch: &Callback<Msg>) -> Html {
    let text = all.iter().map(in_words).collect::<Vec<_>>().join("\n\n");
    let copied = dispatch.reform(move |_| Msg::Past(PastMsg::CopyClicked(text.clone())));
    html! {
        <section class="removed-unsent" aria-label="What the server never had">
            <h3>{ "What the server never had" }</h3>
            <p>{ "It goes with this page. Copy what you want to keep." }</p>
            <ul>{ for all.iter().map(line) }</ul>
            <button type="button" class="button" onclick={copied}>{ "Copy all of it" }</button>
        </section>
    }
}

fn in_words(unsent: &Unsent) -> String {
    match &unsent.text {
        Some(text) => format!("{}:\n{text}", unsent.what),
        None => unsent.what.clone(),
    }
}

fn line(unsent: &Unsent) -> Html {
    html! {
        <li>
            <span dir="auto">{ unsent.what.clone() }</span>
            { for unsent.text.as_ref().map(|text| html! { <blockquote class="conflict-text" dir="auto">{ text.clone() }</blockquote> }) }
        </li>
    }
}
