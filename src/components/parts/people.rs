//! The people of a story: who works on it, who asked for it, who follows it.

use super::Opened;
use super::picker::PersonPicker;
use crate::board::may::Deed;
use crate::components::{icons, maybe};
use backlog::{ActorId, Edit, Story};
use yew::prelude::*;

/// The most followers that are named in the line.
const MOST_NAMED: usize = 6;

/// A line of the form: what it is about, and what is so.
pub fn line(label: &'static str, body: Html) -> Html {
    html! {
        <div class="detail" role="group" aria-label={label}>
            <span class="detail-label" aria-hidden="true">{ label }</span>
            <div class="detail-body">{ body }</div>
        </div>
    }
}

/// The owners.
pub fn owners(opened: Opened<'_>) -> Html {
    let owners = &opened.story.owners;
    if !opened.may(Deed::Assign) {
        return read("Owners", opened, owners);
    }
    let add = (owners.len() < Story::MAX_OWNERS).then(|| {
        html! {
            <PersonPicker label="Add an owner" mark="owner" face={plus("Add")} people={opened.parts.people.clone()} without={owners.clone()}
                chosen={opened.edits_by(Edit::OwnerAdded)} />
        }
    });
    line(
        "Owners",
        html! {<>
            { for owners.iter().map(|owner| person(opened, *owner, Edit::OwnerRemoved(*owner))) }
            { maybe(add) }
        </>},
    )
}

/// Who asked for it.
pub fn requester(opened: Opened<'_>) -> Html {
    let requester = opened.story.requester;
    if !opened.may(Deed::Assign) {
        return read("Requester", opened, &Vec::from_iter(requester));
    }
    let (word, label) = match requester {
        Some(_) => ("Change", "Change the requester"),
        None => ("Choose", "Choose the requester"),
    };
    let shown = requester.map(|requester| person(opened, requester, Edit::Requester(None)));
    line(
        "Requester",
        html! {<>
            { maybe(shown) }
            <PersonPicker {label} mark="requester" face={html! { word }} people={opened.parts.people.clone()}
                without={Vec::from_iter(requester)} chosen={opened.edits_by(|person| Edit::Requester(Some(person)))} />
        </>},
    )
}

/// Who wants to hear of it, and whether oneself does.
pub fn followers(opened: Opened<'_>) -> Html {
    if !opened.may(Deed::Follow) {
        return read(
            "Followers",
            opened,
            &opened.story.followers.iter().copied().collect::<Vec<_>>(),
        );
    }
    let me = opened.parts.me;
    let follows = opened.story.followers.contains(&me);
    let (word, edit) = match follows {
        true => ("Unfollow", Edit::FollowerRemoved(me)),
        false => ("Follow", Edit::FollowerAdded(me)),
    };
    line(
        "Followers",
        html! {<>
            <button type="button" class="button quiet part-add" onclick={opened.edits(edit)}>{ word }</button>
            <span class="detail-words" dir="auto">{ named(opened) }</span>
        </>},
    )
}

/// The people, for whoever chooses none of them.
fn read(label: &'static str, opened: Opened<'_>, people: &[ActorId]) -> Html {
    if people.is_empty() {
        return html! {};
    }
    let names: Vec<&str> = people.iter().map(|who| opened.parts.name(*who)).collect();
    line(
        label,
        html! { <span class="detail-words" dir="auto">{ names.join(", ") }</span> },
    )
}

fn named(opened: Opened<'_>) -> String {
    let followers = &opened.story.followers;
    let names: Vec<&str> = followers
        .iter()
        .map(|who| opened.parts.name(*who))
        .take(MOST_NAMED)
        .collect();
    match followers.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Someone, and the button that takes them off.
fn person(opened: Opened<'_>, who: ActorId, off: Edit) -> Html {
    let name = opened.parts.name(who).to_owned();
    let words = format!("Take {name} off");
    html! {
        <span key={who.0.to_string()} class="person">
            <span class="person-name" dir="auto">{ name }</span>
            <button type="button" class="sign-button" aria-label={words.clone()} title={words} onclick={opened.edits(off)}>
                { icons::cross() }
            </button>
        </span>
    }
}

fn plus(word: &'static str) -> Html {
    html! {<>{ icons::plus() }{ word }</>}
}
