//! The checklist of a story.

use super::field::{self, line};
use super::{Opened, section, sign_button};
use crate::board::may::Deed;
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::components::{icons, maybe};
use backlog::{Edit, PartId, Story, Task};
use yew::prelude::*;

/// Whether there is anything to show.
pub fn are_shown(opened: Opened<'_>) -> bool {
    opened.may(Deed::Word) || !opened.story.tasks.is_empty()
}

/// The tasks, and the line for one more.
pub fn tasks(opened: Opened<'_>) -> Html {
    let tasks = &opened.story.tasks;
    let done = tasks.iter().filter(|task| task.done).count();
    let count = (!tasks.is_empty()).then(|| {
        let spoken = format!("{done} of {} done", tasks.len());
        html! { <span class="part-count" title={spoken.clone()} aria-label={spoken} role="img">{ format!("{done}/{}", tasks.len()) }</span> }
    });
    let row = |(place, shown): (usize, &Task)| task(opened, place, shown);
    let body = html! {<>
        { maybe((!tasks.is_empty()).then(|| html! { <ul class="tasks">{ for tasks.iter().enumerate().map(row) }</ul> })) }
        { maybe(opened.may(Deed::Word).then(|| html! {
            <div class="part-line">
                { line(opened, Aside::Task, ("Add a task", "Add a task")) }
                <button type="button" class="button" aria-label="Add the task"
                    onclick={opened.says(PartsMsg::Sent(opened.story.id, Aside::Task))}>{ "Add" }</button>
            </div>
        })) }
    </>};
    section("Tasks", maybe(count), body)
}

fn task(opened: Opened<'_>, place: usize, task: &Task) -> Html {
    if !opened.may(Deed::Word) {
        return told(task);
    }
    let id = task.id;
    let is_written = opened.parts.asides.get(Aside::TaskReworded(id)).is_some();
    html! {
        <li key={id.0.to_string()} class={classes!("task", task.done.then_some("is-done"))}>
            <input type="checkbox" aria-label={task.text.as_str().to_owned()} checked={task.done} onchange={on_ticked(opened, task)} />
            { if is_written { written(opened, task) } else { read(opened, place, task) } }
        </li>
    }
}

/// A task for whoever does not change it.
fn told(task: &Task) -> Html {
    let (mark, words) = match task.done {
        true => (icons::check(), "Done: "),
        false => (html! {}, "To do: "),
    };
    html! {
        <li key={task.id.0.to_string()} class={classes!("task", "is-read", task.done.then_some("is-done"))}>
            <span class="task-mark" aria-hidden="true">{ mark }</span>
            <span class="sr-only">{ words }</span>
            <span class="task-text" dir="auto">{ task.text.as_str().to_owned() }</span>
        </li>
    }
}

fn on_ticked(opened: Opened<'_>, task: &Task) -> Callback<Event> {
    let (id, done) = (task.id, !task.done);
    opened.edits_by(move |_: Event| Edit::TaskTicked { id, done })
}

fn written(opened: Opened<'_>, task: &Task) -> Html {
    let aside = Aside::TaskReworded(task.id);
    let typed = opened.parts.asides.get(aside);
    let overtaken = typed.filter(|typed| typed.from != task.text.as_str()).map(|_| {
        html! { <p class="part-overtaken" role="note">{ "Someone changed it meanwhile: " }<q dir="auto">{ task.text.as_str().to_owned() }</q></p> }
    });
    html! {
        <div class="part-line">
            { line(opened, aside, ("Task", "")) }
            { field::buttons(opened, aside, "Save") }
            { maybe(overtaken) }
        </div>
    }
}

fn read(opened: Opened<'_>, place: usize, task: &Task) -> Html {
    let (story, id) = (opened.story.id, task.id);
    let text = task.text.as_str().to_owned();
    let button = |sign: Html, words: &str, edit: Edit| {
        sign_button(opened, sign, format!("{words}: {text}"), PartsMsg::Edited(story, edit))
    };
    let up = moved_up(opened.story, place).map(|after| button(icons::up(), "Move up", moved(id, after)));
    let down = moved_down(opened.story, place).map(|after| button(icons::down(), "Move down", moved(id, after)));
    html! {<>
        <button type="button" class="task-text" data-part={id.0.to_string()} dir="auto" title="Change the words; Alt with an arrow moves it"
            onclick={opened.says(PartsMsg::Opened(story, Aside::TaskReworded(id)))} onkeydown={keys(opened, place, id)}>
            { text.clone() }
        </button>
        <span class="part-buttons">
            { maybe(up) }
            { maybe(down) }
            { button(icons::cross(), "Remove", Edit::TaskRemoved(id)) }
        </span>
    </>}
}

fn moved(id: PartId, after: Option<PartId>) -> Edit {
    Edit::TaskMoved { id, after }
}

/// The task that this one follows once it stands one higher; none where it stands at the top.
fn moved_up(story: &Story, place: usize) -> Option<Option<PartId>> {
    let above = place.checked_sub(1)?;
    Some(above.checked_sub(1).map(|place| story.tasks[place].id))
}

fn moved_down(story: &Story, place: usize) -> Option<Option<PartId>> {
    story.tasks.get(place + 1).map(|below| Some(below.id))
}

fn keys(opened: Opened<'_>, place: usize, id: PartId) -> Callback<KeyboardEvent> {
    let (up, down) = (moved_up(opened.story, place), moved_down(opened.story, place));
    let (story, dispatch) = (opened.story.id, opened.dispatch.clone());
    Callback::from(move |event: KeyboardEvent| {
        let after = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => up,
            "ArrowDown" if event.alt_key() => down,
            _ => return,
        };
        event.prevent_default();
        if let Some(after) = after {
            dispatch.emit(Msg::Parts(PartsMsg::Edited(story, moved(id, after))));
        }
    })
}
