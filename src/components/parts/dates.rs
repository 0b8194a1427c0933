//! How urgent a story is, when it is due, and whether it stands in the current iteration.

use super::Opened;
use super::field::{SendBy, keys, problem_id, problem_words, typed};
use super::people::line;
use crate::board::may::Deed;
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::board::phrases::parts::{date, urgency};
use crate::components::select::Select;
use crate::components::{clock_words, maybe};
use backlog::{Edit, Priority, State};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What no priority is called.
const NONE: &str = "None";

/// The priority.
pub fn priority(opened: Opened<'_>) -> Html {
    if !opened.may(Deed::Word) {
        let present = opened.story.priority.map(|priority| urgency(priority).to_owned());
        return read("Priority", present);
    }
    let id = opened.story.id;
    let on_chosen = opened.dispatch.reform(move |key: String| {
        let priority = Priority::ALL.into_iter().find(|priority| urgency(*priority) == key);
        Msg::Parts(PartsMsg::Edited(id, Edit::Priority(priority)))
    });
    let choices = Priority::ALL.map(|priority| (urgency(priority).into(), urgency(priority).into()));
    let options = std::iter::once((NONE.into(), NONE.into()))
        .chain(choices)
        .collect::<Vec<_>>();
    let value = opened.story.priority.map_or(NONE, urgency);
    line(
        "Priority",
        html! { <Select label="Priority" {options} {value} {on_chosen} /> },
    )
}

/// The deadline: typed, or chosen from the browser's calendar.
pub fn deadline(opened: Opened<'_>) -> Html {
    if !opened.may(Deed::Word) {
        return read("Deadline", opened.story.deadline.map(clock_words::day_and_year));
    }
    let (id, aside) = (opened.story.id, Aside::Deadline);
    let present = opened.story.deadline.map(date).unwrap_or_default();
    let typing = opened.parts.asides.get(aside);
    let is_changed = typing.is_some_and(|typing| typing.text != typing.from);
    let text = typing.map_or(present.clone(), |typing| typing.text.clone());
    let problem = opened.parts.problem(aside);
    // Whoever goes on to another field has said the date.
    let on_left = is_changed.then(|| {
        opened
            .dispatch
            .reform(move |_: FocusEvent| Msg::Parts(PartsMsg::Sent(id, aside)))
    });
    line(
        "Deadline",
        html! {<>
            <input type="text" class="field detail-date" data-field={aside.key()} aria-label="Deadline" placeholder="Year-month-day"
                inputmode="numeric" autocomplete="off" value={text} oninput={typed(opened.dispatch, (id, aside))}
                onkeydown={keys(opened, aside, SendBy::Enter)} onblur={on_left}
                aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| problem_id(id, aside))} />
            <input type="date" class="calendar" aria-label="Choose the deadline" title="Choose the deadline" value={present}
                min="1900-01-01" max="2999-12-31" onchange={on_chosen(opened)} onkeydown={Callback::from(enter_stays)} />
            { maybe(problem.map(|problem| problem_words(id, aside, problem))) }
        </>},
    )
}

/// What is so, for whoever does not set it.
fn read(label: &'static str, present: Option<String>) -> Html {
    maybe(present.map(|words| line(label, html! { <span class="detail-words">{ words }</span> })))
}

fn on_chosen(opened: Opened<'_>) -> Callback<Event> {
    let (id, dispatch) = (opened.story.id, opened.dispatch.clone());
    Callback::from(move |event: Event| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatch.emit(Msg::Parts(PartsMsg::Typed(id, Aside::Deadline, text)));
        dispatch.emit(Msg::Parts(PartsMsg::Sent(id, Aside::Deadline)));
    })
}

// Enter in a field of a form would save the form.
fn enter_stays(event: KeyboardEvent) {
    if event.key() == "Enter" {
        event.prevent_default();
    }
}

/// Into the current iteration and out of it, where the project plans by hand.
pub fn iteration(opened: Opened<'_>) -> Html {
    let story = opened.story;
    let is_free = matches!(story.state, State::Unscheduled | State::Unstarted);
    let (words, edit) = match story.current {
        true => ("Take out of the current iteration", Edit::Current(false)),
        false => ("Put into the current iteration", Edit::Current(true)),
    };
    let body = match is_free {
        true if !opened.may(Deed::Assign) => return read("Iteration", story.current.then(|| "Current".to_owned())),
        true => {
            html! { <button type="button" class="button quiet part-add" onclick={opened.edits(edit)}>{ words }</button> }
        }
        false => html! { <span class="detail-words">{ "Begun work stands in the current iteration" }</span> },
    };
    line("Iteration", body)
}
