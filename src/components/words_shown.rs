//! Words that people wrote, as they read.

use crate::board::msg::Msg;
use yew::prelude::*;

/// A text in Markdown. Until the server has rendered it, and without a server, its source.
pub fn rendered(text: &str, _dispatch: &Callback<Msg>) -> Html {
    html! { <div class="source" dir="auto">{ text.to_owned() }</div> }
}
