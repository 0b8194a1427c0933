//! An open story, in place: the form that stands where its row stood. What it shows is the draft; the draft's rules are
//! not known here.

mod description;
mod fields;
mod history;
mod notes;
mod read;

use super::parts::reason::{Reason, reason};
use super::parts::{details, parts};
use super::resize::use_resize;
use super::story_card::{open_steps, step_button};
use super::{clock_words, icons, maybe, words};
use crate::board::may::Deed;
use crate::board::msg::{Aside, Msg, PastMsg};
use crate::board::scene::{Form, Overtaken};
use backlog::{Story, Transition};
use description::description_field;
use fields::{labels_field, other_problem, points_field, title_field, type_field};
use yew::prelude::*;

/// What the form shows.
#[derive(Properties, PartialEq)]
pub struct StoryFormProps {
    /// The draft.
    pub form: Form,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// An open story.
#[component]
pub fn StoryForm(props: &StoryFormProps) -> Html {
    let StoryFormProps { form, dispatch } = props;
    let row = use_node_ref();
    use_resize(&row, dispatch, |row| Msg::FormMeasured(row.offset_height()));
    let on_saved = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::DraftSaved
    });
    html! {
        <li ref={row} id={format!("story-{}", form.id)} class="open" role="listitem" data-story={form.id.to_string()}
            aria-label={spoken(form)}>
            <div class="story-sheet">
            { match form.rights.may(Deed::Word) {
                true => html! {
                    <form key="written" class="form" onsubmit={on_saved} novalidate=true aria-label="Story">{ written(form, dispatch) }</form>
                },
                false => html! {
                    <div key="read" class="form is-read" role="group" aria-label="Story" data-reading="true">{ read(form, dispatch) }</div>
                },
            } }
            { parts(form, dispatch) }
            { past(form, dispatch) }
            </div>
        </li>
    }
}

// The fields, for whoever may write in them.
fn written(form: &Form, dispatch: &Callback<Msg>) -> Html {
    html! {<>
        { title_field(form, dispatch) }
        <div class="form-choices">
            { type_field(form, dispatch) }
            { match form.rights.may(Deed::Estimate) {
                true => points_field(form, dispatch),
                false => read::points(form),
            } }
        </div>
        { maybe(form.story.as_ref().map(|story| standing(form, story, dispatch))) }
        { details(form, dispatch) }
        { labels_field(form, dispatch) }
        { description_field(form, dispatch) }
        // Below the fields: what comes in while one writes moves none of them.
        <>{ for form.overtaken.iter().map(overtaken) }</>
        { maybe(form.stranded.as_ref().map(|text| read::stranded(text, dispatch))) }
        { notes(form, dispatch) }
        { other_problem(form) }
        { buttons(form, dispatch) }
    </>}
}

// The same as text, for whoever may not: to be read, selected and copied.
fn read(form: &Form, dispatch: &Callback<Msg>) -> Html {
    html! {<>
        { read::title(form) }
        { read::facts(form) }
        { maybe(form.story.as_ref().map(|story| standing(form, story, dispatch))) }
        { details(form, dispatch) }
        { read::labels(form) }
        { read::description(form, dispatch) }
        { maybe(form.stranded.as_ref().map(|text| read::stranded(text, dispatch))) }
        { notes(form, dispatch) }
        { buttons(form, dispatch) }
    </>}
}

// What others did to what one had written, and what was kept where two people wrote in the same place.
fn notes(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let overwritten = form
        .overwritten
        .as_ref()
        .map(|note| notes::overwritten(form.id, note, dispatch));
    html! {<>
        { maybe(overwritten) }
        <>{ for form.kept_texts.iter().map(|kept| notes::conflict((form.id, form.rights), kept, dispatch)) }</>
    </>}
}

fn past(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let shown = form.story.as_ref().zip(form.history.as_ref());
    maybe(shown.map(|(story, history)| history::history(history, (story, form.rights), dispatch)))
}

fn history_button(form: &Form, dispatch: &Callback<Msg>) -> Option<Html> {
    let id = form.story.as_ref()?.id;
    let (open, msg) = match form.history {
        Some(_) => ("true", PastMsg::HistoryClosed),
        None => ("false", PastMsg::HistoryOpened(id)),
    };
    Some(html! {
        <button key="history" type="button" class="button quiet" data-to="history" aria-expanded={open}
            onclick={dispatch.reform(move |_| Msg::Past(msg.clone()))}>{ "History" }</button>
    })
}

fn spoken(form: &Form) -> String {
    let title = form.story.as_ref().map_or("New story", |story| story.title.as_str());
    let unsaved = if form.unsaved { ", with unsaved text" } else { "" };
    format!("{title}, open{unsaved}")
}

fn overtaken(overtaken: &Overtaken) -> Html {
    let then = if overtaken.field == "description" {
        "Your text stays as it is. Saving merges both."
    } else {
        "Your text stays as it is. Saving puts it in place of theirs."
    };
    let who = overtaken.by.as_ref().map_or("Someone", |name| name.as_str());
    html! {
        <div key={overtaken.field} class="overtaken">
            <p>
                <strong dir="auto">{ who.to_owned() }</strong>{ format!(" changed the {} meanwhile:", overtaken.field) }
            </p>
            <blockquote dir="auto">{ theirs(&overtaken.theirs) }</blockquote>
            <p class="overtaken-then">{ then }</p>
        </div>
    }
}

fn theirs(text: &str) -> String {
    if text.is_empty() {
        "(empty)".to_owned()
    } else {
        text.to_owned()
    }
}

// Where the story stands, and the steps from there. A draft that is not saved does not change what they do.
fn standing(form: &Form, story: &Story, dispatch: &Callback<Msg>) -> Html {
    let begun = form
        .parts
        .as_ref()
        .and_then(|parts| Some((parts, parts.asides.get(Aside::Reason)?)));
    let rejects = form.rights.may(Deed::Judge) && story.transitions().contains(&Transition::Reject);
    let steps = if let Some((parts, typed)) = begun.filter(|_| rejects) {
        let problem = parts.problem(Aside::Reason);
        reason(
            Reason {
                story: story.id,
                text: &typed.text,
                problem,
            },
            dispatch,
        )
    } else if words::awaits_estimate(story) {
        let hint = match form.rights.may(Deed::Estimate) {
            true => "To start it, estimate it and save.",
            false => "It waits for an estimate.",
        };
        html! { <span class="form-hint">{ hint }</span> }
    } else {
        open_steps(story, form.rights)
            .map(|step| step_button(story.id, step, "0", dispatch))
            .collect::<Html>()
    };
    html! {
        <div class="form-standing">
            <span class="form-state">{ icons::state(story.state) }{ words::state_capital(story.state) }</span>
            <span class="form-steps">{ steps }</span>
            <span class="form-origin">
                { format!("#{} · added {}", story.number, clock_words::day(story.created_at.day())) }
            </span>
        </div>
    }
}

fn buttons(form: &Form, dispatch: &Callback<Msg>) -> Html {
    let discard = form.unsaved.then(|| {
        html! {
            <button key="discard" type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::DraftDiscarded)}>
                { "Discard" }
            </button>
        }
    });
    let delete = form.story.as_ref().filter(|_| form.rights.may(Deed::Delete)).map(|_| {
        html! {
            <button key="delete" type="button" class="button quiet danger"
                onclick={dispatch.reform(|_| Msg::DeleteClicked)}>
                { "Delete" }
            </button>
        }
    });
    let save = form.rights.may(Deed::Word).then(|| {
        html! { <button key="save" type="submit" class="button strong">{ "Save" }</button> }
    });
    html! {
        <div class="form-buttons">
            { for save }
            <button key="close" type="button" class="button quiet" onclick={dispatch.reform(|_| Msg::FormClosed)}>
                { "Close" }
            </button>
            { for discard }
            { for history_button(form, dispatch) }
            <span key="room" class="form-room"></span>
            { for delete }
        </div>
    }
}
