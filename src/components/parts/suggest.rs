//! A list of choices below a field: arrows go through it, Enter takes one. Knows neither stories nor people.

use yew::prelude::*;

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub words: String,
    /// What tells it from others of the same words.
    pub detail: String,
}

/// The list; `taken` is told the place of the choice. None is shown where there is nothing to choose.
pub fn list(id: &str, choices: &[Choice], active: Option<usize>, taken: &Callback<usize>) -> Html {
    if choices.is_empty() {
        return html! {};
    }
    let choice = |(place, choice): (usize, &Choice)| {
        let on_clicked = taken.reform(move |_: MouseEvent| place);
        html! {
            <li key={place} id={choice_id(id, place)} role="option" class="suggested" aria-selected={(active == Some(place)).to_string()}
                onclick={on_clicked}>
                <span class="suggested-words" dir="auto">{ choice.words.clone() }</span>
                <span class="suggested-detail">{ choice.detail.clone() }</span>
            </li>
        }
    };
    // The field keeps the focus while one points at the list.
    let keep_focus = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul id={id.to_owned()} class="suggest" role="listbox" aria-label="Choices" onmousedown={keep_focus}>
            { for choices.iter().enumerate().map(choice) }
        </ul>
    }
}

/// The id of a choice, for whoever hears which one is meant.
pub fn choice_id(list: &str, place: usize) -> String {
    format!("{list}-{place}")
}

/// The choice that an arrow leads to; none where the key is no arrow. Below the last comes the first.
pub fn stepped(key: &str, active: Option<usize>, choices: usize) -> Option<usize> {
    let last = choices.checked_sub(1)?;
    match (key, active) {
        ("ArrowDown", Some(place)) if place < last => Some(place + 1),
        ("ArrowDown", _) => Some(0),
        ("ArrowUp", Some(place)) if place > 0 => Some(place - 1),
        ("ArrowUp", _) => Some(last),
        _ => None,
    }
}
