//! A place for a text beside the form: it shows what the board keeps, Enter sends it, Escape closes it while nothing is typed.

use super::Opened;
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::components::maybe;
use backlog::StoryId;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A line to write in, named and with a hint of what it holds.
pub fn line(opened: Opened<'_>, aside: Aside, (label, hint): (&str, &str)) -> Html {
    let problem = opened.parts.problem(aside);
    html! {<>
        <input type="text" class="field" data-field={aside.key()} aria-label={label.to_owned()} placeholder={hint.to_owned()} dir="auto"
            autocomplete="off" enterkeyhint="done" value={opened.parts.asides.text(aside).to_owned()}
            oninput={typed(opened.dispatch, (opened.story.id, aside))}
            onkeydown={keys(opened, aside, SendBy::Enter)}
            aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| problem_id(opened.story.id, aside))} />
        { maybe(problem.map(|problem| problem_words(opened.story.id, aside, problem))) }
    </>}
}

/// The id of a problem's sentence.
pub fn problem_id(story: StoryId, aside: Aside) -> String {
    format!("problem-{}-{story}", aside.key())
}

/// Why a text could not be sent.
pub fn problem_words(story: StoryId, aside: Aside, problem: &str) -> Html {
    html! { <p id={problem_id(story, aside)} class="problem" role="alert">{ problem.to_owned() }</p> }
}

/// Tells what is typed in a line.
pub fn typed(dispatch: &Callback<Msg>, (story, aside): (StoryId, Aside)) -> Callback<InputEvent> {
    dispatch.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        Msg::Parts(PartsMsg::Typed(story, aside, text))
    })
}

/// What sends a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SendBy {
    /// Enter, in a line.
    Enter,
    /// Enter with Ctrl or Cmd, in a text of lines.
    EnterWithCommand,
}

impl SendBy {
    /// Whether a key is that.
    pub fn is_pressed(self, event: &KeyboardEvent) -> bool {
        // Enter also ends the choice of a character.
        let enter = event.key() == "Enter" && !event.is_composing();
        let command = event.ctrl_key() || event.meta_key();
        match self {
            SendBy::Enter => enter,
            SendBy::EnterWithCommand => enter && command,
        }
    }
}

/// The keys of a place. Escape in a text that was changed is the form's: that closes and keeps it.
pub fn keys(opened: Opened<'_>, aside: Aside, send: SendBy) -> Callback<KeyboardEvent> {
    let (story, dispatch) = (opened.story.id, opened.dispatch.clone());
    let is_untouched = opened
        .parts
        .asides
        .get(aside)
        .is_none_or(|typed| typed.text == typed.from);
    let closes = is_untouched && opened.parts.asides.get(aside).is_some() && !stays(aside);
    Callback::from(move |event: KeyboardEvent| {
        let msg = if send.is_pressed(&event) {
            PartsMsg::Sent(story, aside)
        } else if event.key() == "Escape" && !event.is_composing() && closes {
            PartsMsg::Dropped(story, aside)
        } else {
            return;
        };
        event.prevent_default();
        dispatch.emit(Msg::Parts(msg));
    })
}

/// Whether a place is there for good, so that nothing closes it.
fn stays(aside: Aside) -> bool {
    match aside {
        Aside::Comment | Aside::Task | Aside::Deadline => true,
        Aside::Reworded(_)
        | Aside::TaskReworded(_)
        | Aside::Blocker
        | Aside::Review
        | Aside::LinkKind
        | Aside::Link
        | Aside::LinkName
        | Aside::Reason => false,
    }
}

/// The buttons that send a text or give it up.
pub fn buttons(opened: Opened<'_>, aside: Aside, word: &'static str) -> Html {
    let story = opened.story.id;
    html! {<>
        <button type="button" class="button" onclick={opened.says(PartsMsg::Sent(story, aside))}>{ word }</button>
        <button type="button" class="button quiet" onclick={opened.says(PartsMsg::Dropped(story, aside))}>{ "Cancel" }</button>
    </>}
}
