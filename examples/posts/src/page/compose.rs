//! The form in which one writes a post. Knows what was typed, and keeps it until the server has it.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::wire::Content;

/// A post on its way.
pub struct Sending {
    /// The post.
    pub content: Content,
    /// Called when the server has it.
    pub sent: Callback<()>,
}

#[derive(PartialEq, Properties)]
pub struct ComposeProps {
    pub post: Callback<Sending>,
}

#[component]
pub fn Compose(props: &ComposeProps) -> Html {
    let title = use_state(String::new);
    let text = use_state(String::new);
    let problem = use_state(|| None::<String>);
    let submit = {
        let (title, text, problem, post) = (title.clone(), text.clone(), problem.clone(), props.post.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match Content::new(&title, &text) {
                Ok(content) => {
                    problem.set(None);
                    let sent = cleared(&title, &text);
                    post.emit(Sending { content, sent });
                }
                Err(sentence) => problem.set(Some(sentence)),
            }
        })
    };
    let typed_title = use_callback(title.setter(), |event: InputEvent, title| {
        title.set(event.target_unchecked_into::<HtmlInputElement>().value());
    });
    let typed_text = use_callback(text.setter(), |event: InputEvent, text| {
        text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
    });
    html! {
        <form onsubmit={submit}>
            <input aria-label="Title" placeholder="Title" autocomplete="off" value={(*title).clone()} oninput={typed_title} />
            <textarea aria-label="Text" placeholder="Text" rows="3" value={(*text).clone()} oninput={typed_text} />
            if let Some(sentence) = &*problem {
                <p class="problem" role="alert">{ sentence }</p>
            }
            <button type="submit" class="main">{ "Post" }</button>
        </form>
    }
}

/// Empties the fields.
fn cleared(title: &UseStateHandle<String>, text: &UseStateHandle<String>) -> Callback<()> {
    let (title, text) = (title.setter(), text.setter());
    Callback::from(move |()| {
        title.set(String::new());
        text.set(String::new());
    })
}
