//! Which page an address shows.

use yew::prelude::*;

/// The page that the address names.
#[component]
pub fn Pages() -> Html {
    html! {}
}
