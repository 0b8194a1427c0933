//! The page of a link that someone was given.

use crate::components::frame::{Frame, Room};
use crate::components::maybe;
use yew::prelude::*;

/// What the page of a link shows.
#[derive(Properties, PartialEq)]
pub struct LinkViewProps {
    /// The heading.
    pub title: AttrValue,
    /// What there is to know.
    #[prop_or_default]
    pub words: AttrValue,
    /// What one can do.
    #[prop_or_default]
    pub children: Html,
}

/// The page of a link.
#[component]
pub fn LinkView(props: &LinkViewProps) -> Html {
    let words = &props.words;
    html! {
        <Frame title={props.title.clone()} room={Room::Door}>
            { maybe((!words.is_empty()).then(|| html! { <p class="chapter-intro" role="status" dir="auto">{ words.clone() }</p> })) }
            { props.children.clone() }
        </Frame>
    }
}
