//! A person's face: their initials on a round of their colour. It says nothing to those who hear the page; the name stands beside it.

use backlog::person::{Colour, Initials};
use yew::prelude::*;

/// The round mark of a person.
pub fn face(initials: &Initials, colour: Colour) -> Html {
    html! {
        <span class="face" data-colour={colour.number().to_string()} aria-hidden="true">{ initials.as_str().to_owned() }</span>
    }
}

/// What a colour is called.
pub fn colour_word(colour: Colour) -> &'static str {
    const WORDS: [&str; Colour::COUNT as usize] = [
        "Red", "Orange", "Amber", "Olive", "Green", "Teal", "Cyan", "Blue", "Indigo", "Violet", "Magenta", "Slate",
    ];
    WORDS.get(usize::from(colour.number())).copied().unwrap_or("Slate")
}
