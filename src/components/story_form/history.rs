//! The history of an open story: every step, newest first, and the way back to what a field said.

use crate::board::may::Rights;
use crate::board::msg::{Msg, PastMsg};
use crate::board::scene::past::{History, Line, Step};
use crate::components::{clock_words, maybe};
use backlog::{Edit, Story, StoryId};
use yew::prelude::*;

/// More characters than this are folded.
const SHORT: usize = 80;

/// The history, below the form.
pub fn history(history: &History, story: (&Story, Rights), dispatch: &Callback<Msg>) -> Html {
    let shown = match history {
        History::Asking => html! { <p class="history-words" role="status">{ "Asking the server…" }</p> },
        History::Unavailable(why) => html! { <p class="history-words" role="status">{ why.clone() }</p> },
        History::Steps(steps) => html! {
            <ul class="history-steps">{ for steps.iter().map(|shown| step(shown, story, dispatch)) }</ul>
        },
    };
    html! {
        <section class="history" aria-label="History" data-reading="true">
            <header class="history-head">
                <h3 id="history" tabindex="-1">{ "History" }</h3>
                <button type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::Past(PastMsg::HistoryClosed))}>
                    { "Close history" }
                </button>
            </header>
            { shown }
        </section>
    }
}

fn step(step: &Step, story: (&Story, Rights), dispatch: &Callback<Msg>) -> Html {
    html! {
        <li key={step.rev.to_string()} class="history-step">
            <p class="history-who">
                <strong dir="auto">{ step.who.as_str().to_owned() }</strong>
                <span class="history-when">{ clock_words::date_and_time(step.at) }</span>
            </p>
            { for step.lines.iter().map(|shown| line(shown, story, dispatch)) }
        </li>
    }
}

fn line(line: &Line, (story, rights): (&Story, Rights), dispatch: &Callback<Msg>) -> Html {
    let (was, is) = (line.before.as_deref(), line.after.as_deref());
    let before = was.map(|was| html! { <del dir="auto">{ text(was, is) }</del> });
    let after = is.map(|is| html! { <ins dir="auto">{ text(is, was) }</ins> });
    let arrow = (before.is_some() && after.is_some()).then(|| {
        html! { <span class="history-arrow"><span aria-hidden="true">{ "→" }</span><span class="sr-only">{ " became " }</span></span> }
    });
    let restore = line
        .restore
        .as_ref()
        .filter(|edit| rights.may_edit(edit) && !backlog::undo::stands(edit, story));
    html! {
        <div class="history-line">
            <span class="history-what">{ line.what.clone() }</span>
            { maybe(before) }
            { maybe(arrow) }
            { maybe(after) }
            { maybe(restore.map(|edit| restore_button(story.id, edit, line, dispatch))) }
        </div>
    }
}

fn restore_button(id: StoryId, edit: &Edit, line: &Line, dispatch: &Callback<Msg>) -> Html {
    let value = line.before.clone().unwrap_or_default();
    let spoken = format!(
        "Restore this value of {}: {}",
        line.what.to_lowercase(),
        beginning(&value)
    );
    let edit = edit.clone();
    let on_clicked = dispatch.reform(move |_| Msg::Past(PastMsg::ValueRestored(id, edit.clone())));
    html! {
        <button type="button" class="button quiet history-restore" aria-label={spoken.clone()} title={spoken}
            onclick={on_clicked}>{ "Restore this value" }</button>
    }
}

// A text, folded where it is long; then it is told by the first line in which it differs from the other one.
fn text(text: &str, other: Option<&str>) -> Html {
    if text.is_empty() {
        return html! { <span class="text-empty">{ "(empty)" }</span> };
    }
    if text.chars().count() <= SHORT && !text.contains('\n') {
        return html! { <span class="text-short">{ text.to_owned() }</span> };
    }
    html! {
        <details class="text-long">
            <summary>{ telling(text, other.unwrap_or_default()) }</summary>
            <div class="text-whole">{ text.to_owned() }</div>
        </details>
    }
}

fn beginning(text: &str) -> String {
    telling(text, "")
}

fn telling(text: &str, other: &str) -> String {
    let is_news = |line: &&str| !line.trim().is_empty() && !other.lines().any(|known| known == *line);
    let line = text.lines().find(is_news);
    let line = line.or_else(|| text.lines().find(|line| !line.trim().is_empty()));
    let line = line.unwrap_or_default();
    let cut: String = line.chars().take(SHORT).collect();
    if cut.len() < line.len() {
        format!("{}…", cut.trim_end())
    } else {
        cut
    }
}
