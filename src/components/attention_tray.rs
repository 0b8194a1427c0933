//! What needs a person: own commands that were refused or that the server lost, each whole, with why and what to do.

use super::{clock_words, maybe};
use crate::board::msg::{AttentionMsg, Msg, PastMsg};
use crate::board::scene::attention::{Entry, Tray, Way};
use yew::prelude::*;

/// What the tray shows.
#[derive(Properties, PartialEq)]
pub struct AttentionTrayProps {
    /// The tray.
    pub tray: Tray,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The tray.
#[component]
pub fn AttentionTray(props: &AttentionTrayProps) -> Html {
    let AttentionTrayProps { tray, dispatch } = props;
    let empty = tray.entries.is_empty().then(|| {
        html! { <p class="tray-empty">{ "Nothing needs your attention: all of it is seen to." }</p> }
    });
    html! {
        <section class="tray" role="dialog" aria-labelledby="tray-title" data-reading="true">
            <div class="tray-head">
                <h2 id="tray-title" tabindex="-1">{ "Needs attention" }</h2>
                <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::Attention(AttentionMsg::Closed))}>
                    { "Close" }
                </button>
            </div>
            { maybe(empty) }
            <ul class="tray-entries">{ for tray.entries.iter().map(|shown| entry(shown, dispatch)) }</ul>
        </section>
    }
}

fn entry(entry: &Entry, dispatch: &Callback<Msg>) -> Html {
    let answer = entry.answer.as_ref().map(|answer| {
        html! { <p class="tray-answer" role="alert">{ answer.clone() }</p> }
    });
    html! {
        <li key={entry.mid.0.0} class="tray-entry">
            <h3 class="tray-wish" dir="auto">{ entry.wish.clone() }</h3>
            <p class="tray-why">{ entry.why.clone() }{ " " }{ entry.advice }</p>
            <p class="tray-when">
                { "You did this on " }{ clock_words::date_and_time(entry.at) }
                { ". It is kept until you see to it." }
            </p>
            { typed(entry, dispatch) }
            { maybe(answer) }
            { buttons(entry, dispatch) }
        </li>
    }
}

fn typed(entry: &Entry, dispatch: &Callback<Msg>) -> Html {
    if entry.typed.is_empty() {
        return html! {};
    }
    let field = |(name, text): &(&'static str, String)| {
        html! { <><dt>{ *name }</dt><dd dir="auto">{ text.clone() }</dd></> }
    };
    let whole = whole(&entry.typed);
    html! {
        <div class="tray-typed">
            <dl>{ for entry.typed.iter().map(field) }</dl>
            <button type="button" class="button quiet" aria-label={format!("Copy the text of: {}", entry.wish)}
                onclick={dispatch.reform(move |_| Msg::Past(PastMsg::CopyClicked(whole.clone())))}>{ "Copy" }</button>
        </div>
    }
}

/// All that was typed, as one text.
fn whole(typed: &[(&'static str, String)]) -> String {
    match typed {
        [(_, text)] => text.clone(),
        many => {
            let lines: Vec<String> = many.iter().map(|(name, text)| format!("{name}: {text}")).collect();
            lines.join("\n")
        }
    }
}

fn buttons(entry: &Entry, dispatch: &Callback<Msg>) -> Html {
    let again = match entry.way {
        Way::TryAgain => Some("Try again"),
        Way::RestoreAndApply => Some("Restore the story and apply"),
        Way::ApplyAgain => Some("Apply again"),
        Way::AddAnew => Some("Add as a new story"),
        Way::Closed => None,
        Way::Fulfilled => return fine(entry, dispatch),
    };
    let mid = entry.mid;
    let again = again.map(|again| {
        html! {
            <button type="button" class="button strong" aria-label={format!("{again}: {}", entry.wish)}
                onclick={dispatch.reform(move |_| Msg::Attention(AttentionMsg::TriedAgain(mid)))}>{ again }</button>
        }
    });
    html! {
        <div class="tray-buttons">
            { maybe(again) }
            <button type="button" class="button quiet danger" aria-label={format!("Throw away: {}", entry.wish)}
                onclick={dispatch.reform(move |_| Msg::Attention(AttentionMsg::ThrownAway(mid)))}>
                { "Throw away" }
            </button>
            <p class="tray-gone">{ "Throwing it away cannot be undone." }</p>
        </div>
    }
}

// What is so already can only be taken note of.
fn fine(entry: &Entry, dispatch: &Callback<Msg>) -> Html {
    let mid = entry.mid;
    html! {
        <div class="tray-buttons">
            <button type="button" class="button" aria-label={format!("Fine: {}", entry.wish)}
                onclick={dispatch.reform(move |_| Msg::Attention(AttentionMsg::ThrownAway(mid)))}>{ "Fine" }</button>
        </div>
    }
}
