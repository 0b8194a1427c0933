//! What an open story carries: people and dates in its form, and below it tasks, blockers, reviews, links and comments. Each of
//! these is saved for itself, at once. What is typed is the board's to keep; open lists and what a list is searched for are not.

mod blockers;
mod comment_field;
mod comments;
mod dates;
mod field;
mod links;
mod people;
mod picker;
pub mod reason;
mod reviews;
pub mod suggest;
mod tasks;

use super::{icons, maybe};
use crate::board::may::{Deed, Rights};
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::board::scene::Form;
use crate::board::scene::parts::Parts;
use backlog::{Edit, Story};
use yew::prelude::*;

/// A story that is open, and how it is told what a hand does.
#[derive(Clone, Copy)]
struct Opened<'a> {
    story: &'a Story,
    parts: &'a Parts,
    rights: Rights,
    dispatch: &'a Callback<Msg>,
}

impl Opened<'_> {
    /// What a click says.
    fn says(&self, msg: PartsMsg) -> Callback<MouseEvent> {
        self.dispatch.reform(move |_| Msg::Parts(msg.clone()))
    }

    /// Whether that may be done to it.
    fn may(&self, deed: Deed) -> bool {
        self.rights.may(deed)
    }

    /// A click that makes the story carry something else.
    fn edits(&self, edit: Edit) -> Callback<MouseEvent> {
        self.says(PartsMsg::Edited(self.story.id, edit))
    }

    /// Tells what was chosen.
    fn edits_by<T: 'static>(&self, edit: impl Fn(T) -> Edit + 'static) -> Callback<T> {
        let id = self.story.id;
        self.dispatch
            .reform(move |chosen| Msg::Parts(PartsMsg::Edited(id, edit(chosen))))
    }
}

fn opened<'a>(form: &'a Form, dispatch: &'a Callback<Msg>) -> Option<Opened<'a>> {
    Some(Opened {
        story: form.story.as_deref()?,
        parts: form.parts.as_ref()?,
        rights: form.rights,
        dispatch,
    })
}

/// Who has to do with the story, and when it is due: lines of the form.
pub fn details(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let Some(opened) = opened(form, dispatch) else {
        return html! {};
    };
    html! {
        <div class="details" role="group" aria-label="People and dates">
            { people::owners(opened) }
            { people::requester(opened) }
            { people::followers(opened) }
            { dates::priority(opened) }
            { dates::deadline(opened) }
            { maybe(opened.parts.by_hand.then(|| dates::iteration(opened))) }
        </div>
    }
}

/// What stands below the form.
pub fn parts(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let Some(opened) = opened(form, dispatch) else {
        return html! {};
    };
    html! {
        <div class="parts">
            { maybe(tasks::are_shown(opened).then(|| tasks::tasks(opened))) }
            { maybe(blockers::are_shown(opened).then(|| blockers::blockers(opened))) }
            { maybe(reviews::are_shown(opened).then(|| reviews::reviews(opened))) }
            { maybe(links::are_shown(opened).then(|| links::links(opened))) }
            { more(opened) }
            { maybe(comments::are_shown(opened).then(|| comments::comments(opened))) }
        </div>
    }
}

/// What the story has none of yet, to begin with.
fn more(opened: Opened<'_>) -> Html {
    let choices = [
        ("Blocker", Aside::Blocker, blockers::are_shown(opened)),
        ("Review", Aside::Review, reviews::are_shown(opened)),
        ("Link", Aside::Link, links::are_shown(opened)),
    ];
    let may = |aside| opened.rights.may(Deed::of_aside(aside));
    let absent = choices
        .into_iter()
        .filter(|(_, aside, is_shown)| !is_shown && may(*aside));
    let buttons: Vec<Html> = absent.map(|(word, aside, _)| add_button(opened, aside, word)).collect();
    if buttons.is_empty() {
        return html! {};
    }
    html! { <div class="parts-more">{ for buttons }</div> }
}

/// The button that opens a place for a text.
fn add_button(opened: Opened<'_>, aside: Aside, word: &'static str) -> Html {
    let spoken = format!("Add {}", word.to_lowercase());
    html! {
        <button key={word} type="button" class="button quiet part-add" data-add={aside.key()} aria-label={spoken.clone()} title={spoken}
            onclick={opened.says(PartsMsg::Opened(opened.story.id, aside))}>{ icons::plus() }{ word }</button>
    }
}

/// A family of parts under its heading, beside which stands a count or a button.
fn section(title: &'static str, beside: Html, body: Html) -> Html {
    html! {
        <section class="part" aria-label={title} data-reading="true">
            <header class="part-head"><h3>{ title }</h3>{ beside }</header>
            { body }
        </section>
    }
}

/// A small button with a sign, which is told in words.
fn sign_button(opened: Opened<'_>, sign: Html, words: String, msg: PartsMsg) -> Html {
    html! {
        <button type="button" class="sign-button" aria-label={words.clone()} title={words} onclick={opened.says(msg)}>{ sign }</button>
    }
}
