//! The sheet of epics: a list in order, each with how far it is.

mod form;

use super::{clock_words, maybe, words};
use crate::board::msg::{EpicsMsg, Msg};
use crate::board::scene::epics::{EpicLine, EpicsScene, Progress};
use form::epic_form;
use yew::prelude::*;

/// What the sheet shows.
pub fn epics_sheet(scene: &EpicsScene, dispatch: &Callback<Msg>) -> Html {
    let add = if scene.begun {
        "Go on with the epic that you began"
    } else {
        "Add epic"
    };
    let said = dispatch.reform(|_| Msg::Epics(EpicsMsg::AddClicked));
    html! {
        <div class="epics">
            { maybe((scene.edits || scene.begun).then(|| html! {
                <p><button type="button" class="button" data-to="add-epic" aria-expanded={scene.adding.is_some().to_string()}
                    onclick={said}>{ add }</button></p>
            })) }
            { maybe(scene.adding.as_ref().map(|form| epic_form(None, form, dispatch))) }
            { list(scene, dispatch) }
        </div>
    }
}

fn list(scene: &EpicsScene, dispatch: &Callback<Msg>) -> Html {
    if scene.epics.is_empty() {
        return html! {
            <p class="epics-empty">
                { "No epics yet. An epic is a name for all stories with one label: how far they are, and when the last of them ends." }
            </p>
        };
    }
    let many = scene.epics.len();
    html! {
        <ul class="epics-list">
            { for scene.epics.iter().enumerate().map(|(place, line)| match scene.edits {
                true => epic(line, (place, many), dispatch),
                false => read(line, dispatch),
            }) }
        </ul>
    }
}

fn epic(line: &EpicLine, place: (usize, usize), dispatch: &Callback<Msg>) -> Html {
    let id = line.id;
    let clicked = dispatch.reform(move |_| Msg::Epics(EpicsMsg::Clicked(id)));
    let seen = dispatch.reform(move |_| Msg::Epics(EpicsMsg::StoriesClicked(id)));
    html! {
        <li key={id.0.0} class="epic" data-epic={id.0.to_string()}>
            <div class="epic-head">
                <button type="button" class="epic-name" id={format!("epic-{}", id.0)} dir="auto"
                    aria-expanded={line.form.is_some().to_string()} onclick={clicked}>{ line.name.clone() }</button>
                { maybe(line.unsaved.then(|| html! { <span class="card-unsaved">{ "Unsaved" }</span> })) }
                <button type="button" class="chip epic-stories" dir="auto" onclick={seen}
                    title={format!("Show the stories with the label “{}”", line.label)}>{ line.label.clone() }</button>
                { movers(line, place, dispatch) }
            </div>
            { bar(line.progress) }
            <p class="epic-words">{ progress_words(line) }</p>
            { maybe(line.form.as_ref().map(|form| epic_form(Some(id), form, dispatch))) }
        </li>
    }
}

/// An epic for whoever does not change it.
fn read(line: &EpicLine, dispatch: &Callback<Msg>) -> Html {
    let id = line.id;
    let seen = dispatch.reform(move |_| Msg::Epics(EpicsMsg::StoriesClicked(id)));
    html! {
        <li key={id.0.0} class="epic" data-epic={id.0.to_string()}>
            <div class="epic-head">
                <strong class="epic-name is-read" dir="auto">{ line.name.clone() }</strong>
                <button type="button" class="chip epic-stories" dir="auto" onclick={seen}
                    title={format!("Show the stories with the label “{}”", line.label)}>{ line.label.clone() }</button>
            </div>
            { maybe((!line.description.is_empty()).then(|| html! {
                <p class="epic-words" dir="auto">{ line.description.clone() }</p>
            })) }
            { bar(line.progress) }
            <p class="epic-words">{ progress_words(line) }</p>
            { maybe(line.form.as_ref().filter(|_| line.unsaved).map(|form| epic_form(Some(id), form, dispatch))) }
        </li>
    }
}

fn movers(line: &EpicLine, (place, many): (usize, usize), dispatch: &Callback<Msg>) -> Html {
    let id = line.id;
    let mover = |sign: &'static str, words: &str, msg: EpicsMsg, disabled: bool| {
        let label = format!("Move {} {words}", line.name);
        html! {
            <button type="button" class="button quiet epic-mover" aria-label={label.clone()} title={label} {disabled}
                onclick={dispatch.reform(move |_| Msg::Epics(msg.clone()))}>{ sign }</button>
        }
    };
    html! {
        <span class="epic-movers">
            { mover("↑", "up", EpicsMsg::MovedUp(id), place == 0) }
            { mover("↓", "down", EpicsMsg::MovedDown(id), place + 1 == many) }
        </span>
    }
}

// Told in words below; to those who hear the page the bar says nothing.
fn bar(progress: Progress) -> Html {
    let (accepted, going, all) = match progress.points() {
        0 => (progress.accepted_stories as u32, 0, progress.stories as u32),
        points => (progress.accepted, progress.going, points),
    };
    let percent = |part: u32| format!("inline-size:{:.1}%", 100.0 * f64::from(part) / f64::from(all.max(1)));
    html! {
        <div class="epic-bar" aria-hidden="true">
            <span class="epic-accepted" style={percent(accepted)}></span>
            <span class="epic-going" style={percent(going)}></span>
        </div>
    }
}

fn progress_words(line: &EpicLine) -> String {
    let progress = line.progress;
    if progress.stories == 0 {
        return "No story carries the label yet.".to_owned();
    }
    let mut parts = Vec::new();
    if progress.points() > 0 {
        parts.push(format!(
            "{} of {} accepted",
            progress.accepted,
            words::points(progress.points())
        ));
        parts.extend((progress.going > 0).then(|| format!("{} in progress", progress.going)));
    } else {
        parts.push(format!(
            "{} of {} accepted",
            progress.accepted_stories,
            words::stories(progress.stories)
        ));
    }
    let is_pointed = progress.points() > 0 && progress.without > 0;
    parts.extend(is_pointed.then(|| format!("{} without points", words::stories(progress.without))));
    parts.push(match line.end {
        Some(_) if progress.accepted_stories == progress.stories => "done".to_owned(),
        Some(end) => format!("ends {}", clock_words::day(end)),
        None => "nothing planned".to_owned(),
    });
    parts.join(", ")
}
