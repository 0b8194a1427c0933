//! A secret that is shown this once, with a button that copies it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is shown.
#[derive(Properties, PartialEq)]
pub struct OnceProps {
    /// What it is.
    pub label: AttrValue,
    /// The secret, or the link that holds it.
    pub secret: AttrValue,
    /// What to do with it.
    pub note: AttrValue,
    /// Copies the text, and says whether the browser let it.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see it no more.
    pub on_done: Callback<()>,
}

/// A secret, shown this once.
#[component]
pub fn Once(props: &OnceProps) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    let on_copied = {
        let (copied, copy, secret) = (copied.clone(), props.on_copied.clone(), props.secret.clone());
        Callback::from(move |_: MouseEvent| copied.set(Some(copy.emit(secret.to_string()))))
    };
    // A click anywhere in it takes all of it.
    let on_focus = Callback::from(|event: FocusEvent| event.target_unchecked_into::<HtmlInputElement>().select());
    let words = match *copied {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Copy by hand",
    };
    html! {
        <div class="once">
            <label class="labelled">
                <span>{ props.label.clone() }</span>
                <input class="field once-secret" type="text" readonly=true spellcheck="false" value={props.secret.clone()} onfocus={on_focus} />
            </label>
            <p class="fill-hint">{ props.note.clone() }</p>
            <div class="fill-end">
                <button type="button" class="button strong once-copy" onclick={on_copied}>{ words }</button>
                <button type="button" class="button quiet" onclick={props.on_done.reform(|_| ())}>{ "Done" }</button>
            </div>
        </div>
    }
}
