//! That one is signed out under an open page, and the way back in.

use crate::board::msg::Keeping;
use crate::board::scene::SignedOut;
use yew::prelude::*;

/// The bar.
pub fn signed_out_bar(scene: &SignedOut) -> Html {
    // What is on this page alone would go with it.
    let target = match scene.keeping {
        Keeping::Device => None,
        Keeping::Page => Some("_blank"),
    };
    html! {
        <div class="notice" role="alert" data-notice="signed-out">
            <div class="notice-words"><p class="notice-what">{ scene.what }{ " " }{ scene.then.clone() }</p></div>
            <a class="button strong" href={scene.address.clone()} {target}>{ "Sign in" }</a>
        </div>
    }
}
