//! A closed story: one row of one height, its title and, below, what there is to know of it. A click opens it; its button moves it on.

mod signs;

use super::due::{due_mark, due_words};
use super::parts::reason::{Reason, reason};
use super::selection_mark::{on_row_clicked, selection_mark};
use super::{icons, maybe, words};
use crate::board::may::{Deed, Rights};
use crate::board::msg::{Msg, PastMsg};
use crate::board::scene::Card;
use backlog::{Estimate, Label, State, Story, StoryId, Transition};
use std::cell::Cell;
use yew::prelude::*;

thread_local! {
    static RENDERS: Cell<u32> = const { Cell::new(0) };
}

/// How often a card was drawn since the page began: tests and benchmarks hold it against what changed.
pub fn renders() -> u32 {
    RENDERS.get()
}

/// What the card shows.
#[derive(Properties, PartialEq)]
pub struct StoryCardProps {
    /// The story and its circumstances.
    pub card: Card,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// A closed story.
#[component]
pub fn StoryCard(props: &StoryCardProps) -> Html {
    RENDERS.set(RENDERS.get().wrapping_add(1));
    let StoryCardProps { card, dispatch } = props;
    let story = &*card.story;
    let id = story.id;
    // One row of a column is in the tab order; arrows lead to the others.
    let tab = if card.tab_stop { "0" } else { "-1" };
    // Focus on a button of the row is focus on the row, which is told once.
    let focused = (!card.focused).then(|| dispatch.reform(move |_: FocusEvent| Msg::StoryFocused(id)));
    let title = story.title.as_str().to_owned();
    let about = about(card, tab, dispatch);
    // Where there is nothing more to know the title has both lines.
    let has_about = about.is_some().then_some("has-about");
    html! {
        <li id={format!("story-{id}")} class={classes!(class_of(card), has_about)} role="listitem" tabindex={tab}
            data-story={id.to_string()} data-state={words::state(story.state)}
            data-type={words::story_type(story.story_type)}
            aria-label={spoken(card)} aria-setsize={card.of.to_string()} aria-posinset={card.place.to_string()}
            onclick={on_row_clicked(id, dispatch)} onfocusin={focused}>
            { maybe(card.rights.may(Deed::Move).then(|| html! {
                <span class="grip" data-grip="true" aria-hidden="true">{ icons::grip() }</span>
            })) }
            { maybe(card.rights.may_select().then(|| selection_mark(card, tab, dispatch))) }
            <span class="card-type" title={words::story_type_capital(story.story_type)}>
                { icons::story_type(story.story_type) }
            </span>
            <span class="card-text">
                <span class="card-title" dir="auto" title={title.clone()}>{ title }</span>
                { maybe(about) }
            </span>
            { size_and_steps(card, tab, dispatch) }
        </li>
    }
}

fn class_of(card: &Card) -> Classes {
    classes!(
        "card",
        card.moving.then_some("is-carried"),
        card.selected.then_some("is-selected"),
        card.changed_by.as_ref().map(|_| "is-news"),
    )
}

fn spoken(card: &Card) -> String {
    let mut spoken = words::spoken(&card.story);
    if !card.story.conflicts.is_empty() {
        spoken.push_str(", with a conflicting text");
    }
    if let Some(name) = &card.changed_by {
        spoken.push_str(&format!(", changed by {}", name.as_str()));
    }
    if let Some(name) = &card.overwritten_by {
        spoken.push_str(&format!(", changed by {} too", name.as_str()));
    }
    if let Some(due) = &card.due {
        spoken.push_str(&format!(", {}", due_words(due)));
    }
    if card.signs.blocked {
        spoken.push_str(", blocked");
    }
    if card.unsaved {
        spoken.push_str(", with unsaved text");
    }
    if card.selected {
        spoken.push_str(", selected");
    }
    if card.moving {
        spoken.push_str(", being moved");
    }
    spoken
}

/// The second line: first what wants to be looked at, then what the story carries. None where there is nothing of it.
fn about(card: &Card, tab: &'static str, dispatch: &Callback<Msg>) -> Option<Html> {
    if let Some((text, problem)) = &card.signs.reason {
        let of = Reason {
            story: card.story.id,
            text,
            problem: problem.as_deref(),
        };
        return Some(reason(of, dispatch));
    }
    let parts = [
        marks(card, tab, dispatch),
        card.due.as_ref().map(due_mark),
        signs::signs(card),
        news(card),
        labels(card, tab, dispatch),
    ];
    let has_any = parts.iter().any(Option::is_some);
    has_any.then(|| html! { <span class="card-about">{ for parts.into_iter().map(maybe) }</span> })
}

fn news(card: &Card) -> Option<Html> {
    let name = card.changed_by.as_ref().map(|name| {
        let title = format!("Changed by {}", name.as_str());
        html! { <span class="card-news" dir="auto" {title}>{ name.as_str().to_owned() }</span> }
    });
    let unsaved = card.unsaved.then(|| {
        html! { <span class="card-unsaved" title="What was typed here is kept, but not saved">{ "Unsaved" }</span> }
    });
    let is_there = name.is_some() || unsaved.is_some();
    is_there.then(|| html! {<>{ maybe(name) }{ maybe(unsaved) }</>})
}

// What wants to be looked at: someone overwrote what one had set, or a text was kept beside the description.
fn marks(card: &Card, tab: &'static str, dispatch: &Callback<Msg>) -> Option<Html> {
    let id = card.story.id;
    let overwritten = card.overwritten_by.as_ref().map(|name| {
        let title = format!("Changed by {} too: see both", name.as_str());
        let on_clicked = on_first_click(dispatch, Msg::Past(PastMsg::HistoryOpened(id)));
        html! {
            <button type="button" class="step card-both" tabindex={tab} aria-label={title.clone()} {title}
                onclick={on_clicked}>{ "See both" }</button>
        }
    });
    let conflict = (!card.story.conflicts.is_empty()).then(|| {
        let title = "Two people wrote in the same place: the text that did not fit is kept in the story";
        html! { <span class="card-conflict" {title}>{ icons::conflict() }</span> }
    });
    let is_there = overwritten.is_some() || conflict.is_some();
    is_there.then(|| html! {<>{ maybe(overwritten) }{ maybe(conflict) }</>})
}

fn labels(card: &Card, tab: &'static str, dispatch: &Callback<Msg>) -> Option<Html> {
    let story = &*card.story;
    if story.labels.is_empty() {
        return None;
    }
    let all = story
        .labels
        .iter()
        .map(|label| label.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    Some(html! {
        <span class="card-labels" title={all}>
            { for epics_first(card).map(|label| signs::chip(label, card, (tab, dispatch))) }
        </span>
    })
}

// Where there is room for one label only, the epic's is it; all of them stand in the open story.
fn epics_first(card: &Card) -> impl Iterator<Item = &Label> {
    let is_epic = |label: &&Label| card.signs.epics.contains(label);
    let labels = &card.story.labels;
    labels
        .iter()
        .filter(is_epic)
        .chain(labels.iter().filter(move |label| !is_epic(label)))
}

fn size_and_steps(card: &Card, tab: &'static str, dispatch: &Callback<Msg>) -> Html {
    let story = &*card.story;
    if card.signs.reason.is_some() {
        return size(story.estimate);
    }
    if words::awaits_estimate(story) && card.rights.may(Deed::Estimate) {
        let button = |points: &u16| estimate_button(story.id, Estimate(*points), tab, dispatch);
        return html! {
            <span class="card-steps estimates" role="group" aria-label="Estimate">
                { for card.scale.iter().map(button) }
            </span>
        };
    }
    html! {<>
        { size(story.estimate) }
        <span class="card-steps">
            { state_mark(story.state) }
            { for open_steps(story, card.rights).map(|step| step_button(story.id, step, tab, dispatch)) }
        </span>
    </>}
}

/// The steps that are open to a story and to whoever looks at it.
pub fn open_steps(story: &Story, rights: Rights) -> impl Iterator<Item = Transition> {
    // A story that waits for its estimate waits for it, whoever looks at it.
    let waits = words::awaits_estimate(story);
    let steps = story.transitions().iter().copied().filter(move |_| !waits);
    steps.filter(move |step| rights.may(Deed::of_step(*step)))
}

// Where there are no points their room stays, so that the points of a column stand below one another.
fn size(estimate: Option<Estimate>) -> Html {
    match estimate {
        Some(Estimate(points)) => {
            html! { <span class="card-points" title={words::points(u32::from(points))}>{ points }</span> }
        }
        None => html! { <span class="card-points"></span> },
    }
}

// A story that is not begun needs no mark: its button says so.
fn state_mark(state: State) -> Html {
    match state {
        State::Unscheduled | State::Unstarted => html! {},
        State::Started | State::Finished | State::Delivered | State::Rejected => {
            html! { <span class="card-state" title={words::state(state)}>{ icons::state(state) }</span> }
        }
        State::Accepted => html! { <span class="card-state">{ icons::state(state) }{ "Accepted" }</span> },
    }
}

/// The button of a step; it does not open the row that it stands in.
pub fn step_button(id: StoryId, step: Transition, tab: &'static str, dispatch: &Callback<Msg>) -> Html {
    let on_clicked = on_first_click(dispatch, Msg::TransitionClicked(id, step));
    let word = words::step(step);
    html! {
        <button key={word} type="button" class="step" data-step={word} tabindex={tab} onclick={on_clicked}>
            { word }
        </button>
    }
}

fn estimate_button(id: StoryId, estimate: Estimate, tab: &'static str, dispatch: &Callback<Msg>) -> Html {
    let on_clicked = on_first_click(dispatch, Msg::EstimateClicked(id, estimate));
    let label = format!("Estimate {}", words::points(u32::from(estimate.0)));
    html! {
        <button key={estimate.0} type="button" class="step estimate" tabindex={tab} aria-label={label.clone()}
            title={label} onclick={on_clicked}>{ estimate.0 }</button>
    }
}

// After a click the next step stands in the button's place, or another story does: the second half of a double click was
// meant for neither.
fn on_first_click(dispatch: &Callback<Msg>, msg: Msg) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        if event.detail() < 2 {
            dispatch.emit(msg.clone());
        }
    })
}
