//! The reviews of a story: of what kind, by whom, and how far.

use super::field::{self, line};
use super::picker::PersonPicker;
use super::{Opened, add_button, section, sign_button};
use crate::board::may::Deed;
use crate::board::msg::{Aside, PartsMsg};
use crate::board::phrases::parts::verdict;
use crate::components::{icons, maybe};
use backlog::{ActorId, Edit, Review, Verdict};
use yew::prelude::*;

/// The kinds that are offered.
const KINDS: [&str; 4] = ["Code", "Design", "QA", "Security"];

/// Whether there is anything to show.
pub fn are_shown(opened: Opened<'_>) -> bool {
    !opened.story.reviews.is_empty() || opened.parts.asides.get(Aside::Review).is_some()
}

/// The reviews, and the place for one more.
pub fn reviews(opened: Opened<'_>) -> Html {
    let is_open = opened.parts.asides.get(Aside::Review).is_some();
    let may = opened.may(Deed::Review);
    let add = (!is_open && may).then(|| add_button(opened, Aside::Review, "Review"));
    let body = html! {<>
        <ul class="part-rows">{ for opened.story.reviews.iter().map(|shown| review(opened, shown)) }</ul>
        { maybe((is_open && may).then(|| adder(opened))) }
    </>};
    section("Reviews", maybe(add), body)
}

fn adder(opened: Opened<'_>) -> Html {
    let story = opened.story.id;
    let kind = |kind: &'static str| {
        html! { <button key={kind} type="button" class="button" onclick={opened.says(PartsMsg::ReviewAsked(story, kind))}>{ kind }</button> }
    };
    html! {
        <div class="part-line" role="group" aria-label="Kind of review">
            { for KINDS.map(kind) }
            { line(opened, Aside::Review, ("Another kind of review", "Another kind")) }
            { field::buttons(opened, Aside::Review, "Add") }
        </div>
    }
}

fn review(opened: Opened<'_>, review: &Review) -> Html {
    let kind = review.kind.as_str();
    if !opened.may(Deed::Review) {
        return told(opened, review);
    }
    html! {
        <li key={review.id.0.to_string()} class="part-row review" data-verdict={verdict(review.verdict)}>
            <span class="part-words review-kind" dir="auto">{ kind.to_owned() }</span>
            { reviewer(opened, review) }
            <span class="verdicts" role="group" aria-label={format!("Verdict of the {kind} review")}>
                { for Verdict::ALL.map(|shown| verdict_button(opened, review, shown)) }
            </span>
            { sign_button(opened, icons::cross(), format!("Remove the {kind} review"),
                PartsMsg::Edited(opened.story.id, Edit::ReviewRemoved(review.id))) }
        </li>
    }
}

/// A review for whoever does not change it.
fn told(opened: Opened<'_>, review: &Review) -> Html {
    let by = review.reviewer.map(|who| opened.parts.name(who).to_owned());
    html! {
        <li key={review.id.0.to_string()} class="part-row review" data-verdict={verdict(review.verdict)}>
            <span class="part-words review-kind" dir="auto">{ review.kind.as_str().to_owned() }</span>
            { for by.map(|by| html! { <span class="part-state" dir="auto">{ by }</span> }) }
            <span class="part-state">{ verdict(review.verdict) }</span>
        </li>
    }
}

fn reviewer(opened: Opened<'_>, review: &Review) -> Html {
    let word = review
        .reviewer
        .map_or("Reviewer", |who| opened.parts.name(who))
        .to_owned();
    let label = match review.reviewer {
        Some(_) => format!(
            "{word} looks at it: choose another reviewer of {}",
            review.kind.as_str()
        ),
        None => format!("Reviewer of {}: choose one", review.kind.as_str()),
    };
    let present = review.clone();
    let chosen = opened.edits_by(move |who: ActorId| {
        Edit::ReviewPut(Review {
            reviewer: Some(who),
            ..present.clone()
        })
    });
    html! {
        <PersonPicker {label} face={html! { { word } }} people={opened.parts.people.clone()} without={Vec::from_iter(review.reviewer)} {chosen} />
    }
}

fn verdict_button(opened: Opened<'_>, review: &Review, shown: Verdict) -> Html {
    let set = Review {
        verdict: shown,
        ..review.clone()
    };
    html! {
        <button key={verdict(shown)} type="button" class="verdict" aria-pressed={(review.verdict == shown).to_string()}
            data-verdict={verdict(shown)} onclick={opened.edits(Edit::ReviewPut(set))}>{ verdict(shown) }</button>
    }
}
