//! What keeps a story from going on: words, or other stories.

use super::field::{self, SendBy, problem_id, problem_words, typed};
use super::suggest::{Choice, choice_id, list, stepped};
use super::{Opened, add_button, section, sign_button};
use crate::board::may::Deed;
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::board::scene::parts::{BlockerLine, Resolved, StoryLine};
use crate::components::{icons, maybe, words};
use backlog::{Blocker, Edit, StoryId};
use yew::prelude::*;

/// Whether there is anything to show.
pub fn are_shown(opened: Opened<'_>) -> bool {
    !opened.parts.blockers.is_empty() || opened.parts.asides.get(Aside::Blocker).is_some()
}

/// The blockers, and the place for one more.
pub fn blockers(opened: Opened<'_>) -> Html {
    let is_open = opened.parts.asides.get(Aside::Blocker).is_some();
    let may = opened.may(Deed::Block);
    let add = (!is_open && may).then(|| add_button(opened, Aside::Blocker, "Blocker"));
    let body = html! {<>
        <ul class="part-rows">{ for opened.parts.blockers.iter().map(|line| blocker(opened, line)) }</ul>
        { maybe((is_open && may).then(|| adder(opened))) }
    </>};
    section("Blockers", maybe(add), body)
}

fn blocker(opened: Opened<'_>, line: &BlockerLine) -> Html {
    let id = line.id;
    let is_over = line.resolved != Resolved::No;
    let known = opened.story.blockers.iter().find(|blocker| blocker.id == id);
    // One that a story's acceptance resolved is not for a hand to open again.
    let turn = known.filter(|_| opened.may(Deed::Block) && matches!(line.resolved, Resolved::No | Resolved::Said)).map(|blocker| {
        let word = if blocker.resolved { "Unresolve" } else { "Resolve" };
        let turned = Blocker {
            resolved: !blocker.resolved,
            ..blocker.clone()
        };
        html! { <button type="button" class="button quiet part-do" onclick={opened.edits(Edit::BlockerPut(turned))}>{ word }</button> }
    });
    let spoken = line
        .story
        .as_ref()
        .map_or(line.words.clone(), |story| story.title.as_str().to_owned());
    html! {
        <li key={id.0.to_string()} class={classes!("part-row", is_over.then_some("is-over"))}>
            { if is_over { icons::resolved() } else { icons::blocked() } }
            <span class="part-words" dir="auto">{ what(opened, line) }</span>
            <span class="part-state">{ how(line) }</span>
            { maybe(turn) }
            { maybe(opened.may(Deed::Block).then(|| sign_button(opened, icons::cross(), format!("Remove the blocker: {spoken}"),
                PartsMsg::Edited(opened.story.id, Edit::BlockerRemoved(id))))) }
        </li>
    }
}

fn what(opened: Opened<'_>, line: &BlockerLine) -> Html {
    let Some(story) = &line.story else {
        return html! { { line.words.clone() } };
    };
    html! {
        <button type="button" class="story-link" onclick={opened.says(PartsMsg::NumberFollowed(story.number))}>
            <span class="part-number">{ format!("#{}", story.number) }</span>{ " " }{ story.title.as_str().to_owned() }
        </button>
    }
}

fn how(line: &BlockerLine) -> String {
    let state = line.story.as_ref().map(|story| words::state(story.state));
    match (line.resolved, state) {
        (Resolved::No, Some(state)) => state.to_owned(),
        (Resolved::No, None) => String::new(),
        (Resolved::Said, Some(state)) => format!("{state}, resolved"),
        (Resolved::Said, None) => "resolved".to_owned(),
        (Resolved::Accepted, _) => "accepted, so resolved".to_owned(),
        (Resolved::Deleted, _) => "deleted, so resolved".to_owned(),
    }
}

fn adder(opened: Opened<'_>) -> Html {
    html! {
        <div class="part-line">
            <BlockerField story={opened.story.id} text={opened.parts.asides.text(Aside::Blocker).to_owned()}
                problem={opened.parts.problem(Aside::Blocker).map(str::to_owned)} matches={opened.parts.matches.clone()}
                dispatch={opened.dispatch.clone()} />
            { field::buttons(opened, Aside::Blocker, "Add") }
        </div>
    }
}

/// What the field of a blocker to be shows.
#[derive(Properties, PartialEq)]
struct BlockerFieldProps {
    story: StoryId,
    text: String,
    problem: Option<String>,
    matches: Vec<StoryLine>,
    dispatch: Callback<Msg>,
}

/// A line for words or a story, with the stories that may be meant.
#[component]
fn BlockerField(props: &BlockerFieldProps) -> Html {
    let (story, aside) = (props.story, Aside::Blocker);
    let active = use_state(|| None::<usize>);
    // Whether the list is wanted: since one typed, until one chose, left, or put it away.
    let wanted = use_state(|| false);
    let id = format!("blockers-{story}");
    let matches = if *wanted { props.matches.as_slice() } else { &[] };
    let choices: Vec<Choice> = matches.iter().map(choice).collect();
    let at = (*active).filter(|place| *place < choices.len());
    let taken = {
        let (active, dispatch, ids) = (active.clone(), props.dispatch.clone(), ids(&props.matches));
        Callback::from(move |place: usize| {
            active.set(None);
            if let Some(on) = ids.get(place) {
                dispatch.emit(Msg::Parts(PartsMsg::BlockerChosen(story, *on)));
            }
        })
    };
    let on_key = {
        let (active, wanted) = (active.clone(), wanted.clone());
        let (dispatch, taken) = (props.dispatch.clone(), taken.clone());
        let (count, is_empty) = (choices.len(), props.text.is_empty());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(place) = stepped(&event.key(), at, count) {
                active.set(Some(place));
            } else if SendBy::Enter.is_pressed(&event) {
                match at {
                    Some(place) => taken.emit(place),
                    None => dispatch.emit(Msg::Parts(PartsMsg::Sent(story, aside))),
                }
            } else if event.key() == "Escape" && count > 0 {
                active.set(None);
                wanted.set(false);
            } else if event.key() == "Escape" && is_empty {
                dispatch.emit(Msg::Parts(PartsMsg::Dropped(story, aside)));
            } else {
                return;
            }
            event.prevent_default();
        })
    };
    let on_typed = {
        let (wanted, typed) = (wanted.clone(), typed(&props.dispatch, (story, aside)));
        Callback::from(move |event: InputEvent| {
            wanted.set(true);
            typed.emit(event);
        })
    };
    let on_left = Callback::from(move |_: FocusEvent| wanted.set(false));
    let problem = props.problem.as_deref();
    html! {
        <span class="picker">
            <input type="text" class="field" data-field={aside.key()} role="combobox" aria-label="What blocks it" aria-autocomplete="list"
                placeholder="In words, or a story: #12" autocomplete="off" dir="auto" enterkeyhint="done"
                aria-expanded={(!choices.is_empty()).to_string()} aria-controls={id.clone()}
                aria-activedescendant={at.map(|place| choice_id(&id, place))} value={props.text.clone()}
                oninput={on_typed} onkeydown={on_key} onblur={on_left}
                aria-invalid={problem.map(|_| "true")} aria-describedby={problem.map(|_| problem_id(story, aside))} />
            { list(&id, &choices, at, &taken) }
            { maybe(problem.map(|problem| problem_words(story, aside, problem))) }
        </span>
    }
}

fn ids(matches: &[StoryLine]) -> Vec<StoryId> {
    matches.iter().map(|story| story.id).collect()
}

fn choice(story: &StoryLine) -> Choice {
    Choice {
        words: format!("#{} {}", story.number, story.title.as_str()),
        detail: words::state(story.state).to_owned(),
    }
}
