//! What a file would bring, before anyone agrees to it.

use super::problem;
use crate::board::msg::{ExchangeMsg, Msg};
use crate::board::scene::exchange::{LookedScene, PersonLine, ScaleScene};
use crate::components::{clock_words, maybe};
use backlog::api::import::{Estimates, Note, Notes, Tally, Velocities};
use backlog::{ActorId, Name, StoryType};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// How many notes of a kind are listed.
const MOST_NOTES: usize = 50;

/// The report, the choices and the button.
pub fn looked(scene: &LookedScene, dispatch: &Callback<Msg>) -> Html {
    html! {<>
        <p class="exchange-lead">{ scene.words.clone() }</p>
        { tallies(&scene.tallies) }
        { maybe(history(scene)) }
        { notes("left out", &scene.left_out, "They cannot be read. Correct them in the file, or go on without them.") }
        { notes("here already", &scene.here, "They are left out.") }
        { losses(&scene.losses) }
        { maybe(scene.scale.as_ref().map(|scale| estimates(scale, dispatch))) }
        { maybe((!scene.people.is_empty()).then(|| people(scene, dispatch))) }
        { maybe(scene.trouble.as_ref().map(|words| problem(words))) }
        <p class="exchange-buttons">
            { maybe(scene.import.as_ref().map(|words| html! {
                <button type="button" class="button strong" data-do="import"
                    onclick={dispatch.reform(|_| Msg::Exchange(ExchangeMsg::ImportClicked))}>{ words.clone() }</button>
            })) }
            <button type="button" class="button" onclick={dispatch.reform(|_| Msg::Exchange(ExchangeMsg::FileClosed))}>
                { "Choose another file" }
            </button>
        </p>
    </>}
}

fn tallies(tallies: &[Tally]) -> Html {
    let row = |story_type: StoryType| {
        let own: Vec<&Tally> = tallies.iter().filter(|tally| tally.story_type == story_type).collect();
        let count: u32 = own.iter().map(|tally| tally.count).sum();
        let states: Vec<String> = own
            .iter()
            .map(|tally| format!("{} {}", tally.count, format!("{:?}", tally.state).to_lowercase()))
            .collect();
        let word = format!("{story_type:?}");
        (count > 0).then(|| {
            html! {
                <tr key={word.clone()}>
                    <th scope="row">{ format!("{word}s") }</th>
                    <td class="exchange-count">{ count }</td>
                    <td>{ states.join(", ") }</td>
                </tr>
            }
        })
    };
    let rows: Vec<Html> = StoryType::ALL.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <table class="exchange-tallies">
            <caption class="sr-only">{ "Stories by type and state" }</caption>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

/// What was accepted, and what it does to the velocity.
fn history(scene: &LookedScene) -> Option<Html> {
    let accepted = scene.accepted?;
    let Velocities { before, after } = scene.velocity;
    let (first, last) = (
        clock_words::day_and_year(accepted.first),
        clock_words::day_and_year(accepted.last),
    );
    let velocity = if before == after {
        format!("The velocity stays {after}.")
    } else {
        format!("The velocity becomes {after}; now it is {before}.")
    };
    Some(html! {
        <p>{ format!("The dates of acceptance are kept: {} points from {first} to {last}. {velocity}", accepted.points) }</p>
    })
}

fn notes(what: &'static str, notes: &Notes, then: &'static str) -> Html {
    let rows = if notes.count == 1 { "row is" } else { "rows are" };
    listed(format!("{} {rows} {what}", notes.count), notes, then)
}

fn losses(notes: &Notes) -> Html {
    let things = if notes.count == 1 { "thing" } else { "things" };
    listed(
        format!("{} {things} cannot be kept", notes.count),
        notes,
        "The stories come all the same.",
    )
}

fn listed(title: String, notes: &Notes, then: &'static str) -> Html {
    let shown = &notes.first[..notes.first.len().min(MOST_NOTES)];
    let more = notes.count as usize - shown.len().min(notes.count as usize);
    let line = |note: &Note| {
        html! { <li><span class="exchange-line">{ format!("Line {}", note.line) }</span>{ note.says.clone() }</li> }
    };
    maybe((notes.count > 0).then(|| {
        html! {
            <details class="exchange-notes">
                <summary>{ title }</summary>
                <p class="exchange-note">{ then }</p>
                <ul>{ for shown.iter().map(line) }</ul>
                { maybe((more > 0).then(|| html! { <p class="exchange-note">{ format!("and {more} more") }</p> })) }
            </details>
        }
    }))
}

fn estimates(scale: &ScaleScene, dispatch: &Callback<Msg>) -> Html {
    let choice = |estimates: Estimates, words: String| {
        let is_on = scale.choice == estimates;
        html! {
            <label class="exchange-choice">
                <input type="radio" name="estimates" checked={is_on}
                    onchange={dispatch.reform(move |_| Msg::Exchange(ExchangeMsg::EstimatesChosen(estimates)))} />
                <span>{ words }</span>
            </label>
        }
    };
    let nearest = "Take the nearest estimate that the scale holds".to_owned();
    html! {
        <fieldset class="exchange-scale">
            <legend>{ "Estimates" }</legend>
            <p>{ scale.words.clone() }</p>
            { match &scale.offered {
                Some(points) => html! {<>
                    { choice(Estimates::Kept, format!("Estimate by {points} from now on")) }
                    { choice(Estimates::Nearest, nearest) }
                </>},
                None => html! { <p class="exchange-note">{ "No scale holds them all; each becomes the nearest that this one holds." }</p> },
            } }
        </fieldset>
    }
}

fn people(scene: &LookedScene, dispatch: &Callback<Msg>) -> Html {
    html! {
        <fieldset class="exchange-people">
            <legend>{ "People" }</legend>
            <p class="exchange-note">{ "A name that is kept shows on its stories and belongs to no one here." }</p>
            <ul>{ for scene.people.iter().map(|person| person_line(person, &scene.members, dispatch)) }</ul>
            { maybe((scene.more_people > 0).then(|| html! {
                <p class="exchange-note">{ format!("and {} more, who keep their names", scene.more_people) }</p>
            })) }
        </fieldset>
    }
}

fn person_line(person: &PersonLine, members: &[(ActorId, Name)], dispatch: &Callback<Msg>) -> Html {
    let name = person.name.clone();
    let ids: Vec<ActorId> = members.iter().map(|(id, _)| *id).collect();
    let onchange = dispatch.reform(move |event: Event| {
        let select = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        // The first one keeps the name.
        let place = select.and_then(|select| usize::try_from(select.selected_index() - 1).ok());
        let member = place.and_then(|place| ids.get(place).copied());
        Msg::Exchange(ExchangeMsg::PersonChosen(name.clone(), member))
    });
    let option = |(id, name): &(ActorId, Name)| {
        html! { <option key={id.0.to_string()} selected={person.meant == Some(*id)}>{ name.as_str().to_owned() }</option> }
    };
    let stories = if person.stories == 1 { "story" } else { "stories" };
    html! {
        <li key={person.name.as_str().to_owned()}>
            <label class="exchange-person">
                <span>{ person.name.as_str().to_owned() }
                    <span class="exchange-note">{ format!("{} {stories}", person.stories) }</span></span>
                <select class="exchange-select" {onchange}>
                    <option selected={person.meant.is_none()}>{ "Keep the name" }</option>
                    { for members.iter().map(option) }
                </select>
            </label>
        </li>
    }
}
