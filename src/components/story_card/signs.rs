//! The small signs of a card: what a story carries, told without opening it.

use crate::board::msg::{Msg, SearchMsg};
use crate::board::scene::Card;
use crate::components::{icons, maybe};
use backlog::search::for_label;
use backlog::{Label, Name, Verdict};
use yew::prelude::*;

/// Blocked, reviews, tasks, comments and owners, as far as there are any.
pub fn signs(card: &Card) -> Option<Html> {
    let signs = [
        card.signs
            .blocked
            .then(|| sign("blocked", icons::blocked(), "", "Blocked")),
        review(card),
        tasks(card),
        comments(card),
    ];
    let has_any = signs.iter().any(Option::is_some);
    let shown = has_any.then(|| html! { <span class="card-signs">{ for signs.into_iter().flatten() }</span> });
    let owners = &card.signs.owners;
    let owners =
        (!owners.is_empty()).then(|| html! { <span class="card-owners">{ for owners.iter().map(owner) }</span> });
    let is_there = shown.is_some() || owners.is_some();
    is_there.then(|| html! {<>{ maybe(shown) }{ maybe(owners) }</>})
}

fn sign(name: &'static str, shape: Html, count: &str, words: &str) -> Html {
    html! {
        <span key={name} class="card-sign" data-sign={name} role="img" aria-label={words.to_owned()} title={words.to_owned()}>
            { shape }{ count.to_owned() }
        </span>
    }
}

fn review(card: &Card) -> Option<Html> {
    let reviews = &card.story.reviews;
    let open = |verdict: &Verdict| matches!(verdict, Verdict::Unstarted | Verdict::InReview);
    let kinds = |is_meant: &dyn Fn(&Verdict) -> bool| {
        let meant = reviews.iter().filter(|review| is_meant(&review.verdict));
        meant.map(|review| review.kind.as_str()).collect::<Vec<_>>().join(", ")
    };
    if reviews.iter().any(|review| review.verdict == Verdict::Revise) {
        let words = format!("To be revised: {}", kinds(&|verdict| *verdict == Verdict::Revise));
        return Some(sign("revise", icons::review(), "!", &words));
    }
    reviews.iter().any(|review| open(&review.verdict)).then(|| {
        let words = format!("Waits for review: {}", kinds(&open));
        sign("review", icons::review(), "", &words)
    })
}

fn tasks(card: &Card) -> Option<Html> {
    let all = card.story.tasks.len();
    let done = card.story.tasks.iter().filter(|task| task.done).count();
    (all > 0).then(|| {
        sign(
            "tasks",
            icons::tasks(),
            &format!("{done}/{all}"),
            &format!("{done} of {all} tasks done"),
        )
    })
}

fn comments(card: &Card) -> Option<Html> {
    let count = card.story.said().count();
    let words = if count == 1 {
        "1 comment".to_owned()
    } else {
        format!("{count} comments")
    };
    (count > 0).then(|| sign("comments", icons::comment(), &count.to_string(), &words))
}

fn owner(name: &Name) -> Html {
    let words = format!("Owner: {}", name.as_str());
    html! {
        <span class="owner" role="img" aria-label={words.clone()} title={words}>{ initials(name.as_str()) }</span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// A label; one that belongs to an epic looks different. A click looks for the stories that carry it.
pub fn chip(label: &Label, card: &Card, (tab, dispatch): (&'static str, &Callback<Msg>)) -> Html {
    let is_epic = card.signs.epics.contains(label);
    let name = label.as_str();
    let title = match is_epic {
        true => format!("Search for the epic “{name}”"),
        false => format!("Search for “{name}”"),
    };
    let on_clicked = super::on_first_click(dispatch, Msg::Search(SearchMsg::Asked(for_label(label))));
    html! {
        <button type="button" class="chip-button" tabindex={tab} {title} onclick={on_clicked}>
            <span class={classes!("chip", is_epic.then_some("is-epic"))} dir="auto">{ name.to_owned() }</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_name_is_two_letters() {
        for (name, expected) in [
            ("Ann", "A"),
            ("Ann Lee", "AL"),
            ("Zoë van der Berg", "ZB"),
            ("ángel", "Á"),
        ] {
            assert_eq!(initials(name), expected);
        }
    }
}
