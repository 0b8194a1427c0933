//! Sending a story back: a line for the reason in place of the step buttons, on the card and in the form.

use super::field::{problem_id, problem_words, typed};
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::components::maybe;
use backlog::StoryId;
use yew::prelude::*;

/// A reason that is being written.
pub struct Reason<'a> {
    /// The story.
    pub story: StoryId,
    /// What is written so far.
    pub text: &'a str,
    /// Why it could not be sent.
    pub problem: Option<&'a str>,
}

/// The line and its buttons. They do not open the row that they stand in.
pub fn reason(reason: Reason<'_>, dispatch: &Callback<Msg>) -> Html {
    let Reason { story, text, problem } = reason;
    let aside = Aside::Reason;
    let clicked = |msg: PartsMsg| {
        let dispatch = dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            // The click that opened the line may have been the first half of a double click.
            if event.detail() < 2 {
                dispatch.emit(Msg::Parts(msg.clone()));
            }
        })
    };
    let stay = Callback::from(|event: MouseEvent| event.stop_propagation());
    html! {
        <span class="reason" role="group" aria-label="Reject with a reason" onclick={stay}>
            <input type="text" class="field" data-field={aside.key()} aria-label="Why it is rejected" placeholder="Why? May stay empty" dir="auto"
                autocomplete="off" enterkeyhint="send" value={text.to_owned()} oninput={typed(dispatch, (story, aside))}
                onkeydown={keys(story, text, dispatch)}
                aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| problem_id(story, aside))} />
            <button type="button" class="step" data-step="Reject" onclick={clicked(PartsMsg::Sent(story, aside))}>{ "Reject" }</button>
            <button type="button" class="step" onclick={clicked(PartsMsg::Dropped(story, aside))}>{ "Cancel" }</button>
            { maybe(problem.map(|problem| problem_words(story, aside, problem))) }
        </span>
    }
}

fn keys(story: StoryId, text: &str, dispatch: &Callback<Msg>) -> Callback<KeyboardEvent> {
    let (dispatch, is_empty) = (dispatch.clone(), text.trim().is_empty());
    Callback::from(move |event: KeyboardEvent| {
        let msg = match event.key().as_str() {
            "Enter" if !event.is_composing() => PartsMsg::Sent(story, Aside::Reason),
            "Escape" if is_empty => PartsMsg::Dropped(story, Aside::Reason),
            _ => return,
        };
        event.prevent_default();
        dispatch.emit(Msg::Parts(msg));
    })
}
