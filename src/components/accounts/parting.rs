//! Signing out: a button, and a question where something would be lost.

use crate::components::frame::trouble;
use crate::components::maybe;
use yew::prelude::*;

/// What signing out shows.
pub struct SignOutView {
    /// The look of the button.
    pub class: &'static str,
    /// What it says.
    pub words: &'static str,
    /// What would be lost, where something would.
    pub lost: Option<String>,
    /// Why it did not work.
    pub trouble: Option<String>,
    /// Takes the wish.
    pub on_clicked: Callback<()>,
    /// Takes the wish to throw it away.
    pub on_thrown: Callback<()>,
    /// Takes the wish to stay.
    pub on_stayed: Callback<()>,
}

/// Signing out.
pub fn sign_out_view(props: &SignOutView) -> Html {
    let button = |class: &'static str, words: &'static str, told: &Callback<()>| {
        html! { <button type="button" {class} onclick={told.reform(|_| ())}>{ words }</button> }
    };
    let asked = props.lost.as_ref().map(|lost| {
        html! {
            <div class="asked" role="group" aria-label="Signing out">
                <p class="asked-follows" id="parting" tabindex="-1">{ lost.clone() }</p>
                { button("button danger", "Throw away and sign out", &props.on_thrown) }
                { button("button quiet", "Stay", &props.on_stayed) }
            </div>
        }
    });
    html! {<>
        { button(props.class, props.words, &props.on_clicked) }
        { maybe(asked) }
        { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
    </>}
}
