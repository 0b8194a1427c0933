//! The page of a link that someone was given.

use crate::components::frame::door_frame;
use crate::components::maybe;
use yew::prelude::*;

/// What is said where a part of the link is missing.
pub const BROKEN: &str =
    "The link is not whole: a part of it is missing behind the #. Open it again, all of it, as you got it.";

/// The page of a link: its heading, what there is to know, where there is something, and what one can do.
pub fn link_view(title: &str, words: &str, body: Html) -> Html {
    let words = (!words.is_empty()).then(|| {
        html! { <p class="chapter-intro" role="status" dir="auto">{ words.to_owned() }</p> }
    });
    door_frame(title, html! {<>{ maybe(words) }{ body }</>})
}

/// The page of a link that did not work: why, and whether it is worth another try.
pub fn link_failed(title: &str, words: &str, on_again: Option<Callback<MouseEvent>>) -> Html {
    let again = on_again.map(|again| {
        html! { <button type="button" class="button strong" onclick={again}>{ "Try again" }</button> }
    });
    link_view(title, words, maybe(again))
}
