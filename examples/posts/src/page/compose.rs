//! The form in which one writes a post. Knows what was typed, and keeps it until the server has it.

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::wire::Content;

/// A post on its way.
pub struct Sending {
    /// The post.
    pub content: Content,
    /// Called with the post if the server has it, with none if it was refused.
    pub answered: Callback<Option<Content>>,
}

#[derive(PartialEq, Properties)]
pub struct ComposeProps {
    pub post: Callback<Sending>,
}

#[component]
pub fn Compose(props: &ComposeProps) -> Html {
    let (title, text) = (use_node_ref(), use_node_ref());
    let problem = use_state(|| None::<String>);
    // One at a time: Enter pressed twice does not post twice.
    let busy = use_mut_ref(|| false);
    let submit = {
        let (title, text, problem, post) = (title.clone(), text.clone(), problem.setter(), props.post.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let content = written(&title, &text);
            problem.set(content.as_ref().err().cloned());
            let Ok(content) = content else {
                return;
            };
            if !busy.replace(true) {
                let (title, text, busy) = (title.clone(), text.clone(), busy.clone());
                let answered = Callback::from(move |sent: Option<Content>| {
                    busy.replace(false);
                    // What was typed since is kept.
                    if sent.is_some() && written(&title, &text).ok() == sent {
                        clear(&title, &text);
                    }
                });
                post.emit(Sending { content, answered });
            }
        })
    };
    html! {
        <form onsubmit={submit}>
            <input ref={title} aria-label="Title" placeholder="Title" autocomplete="off" />
            <textarea ref={text} aria-label="Text" placeholder="Text" rows="3" />
            if let Some(sentence) = &*problem {
                <p class="problem" role="alert">{ sentence }</p>
            }
            <button type="submit" class="main">{ "Post" }</button>
        </form>
    }
}

/// What stands in the fields.
fn written(title: &NodeRef, text: &NodeRef) -> Result<Content, String> {
    let title = title.cast::<HtmlInputElement>().map(|field| field.value());
    let text = text.cast::<HtmlTextAreaElement>().map(|field| field.value());
    Content::new(&title.unwrap_or_default(), &text.unwrap_or_default())
}

fn clear(title: &NodeRef, text: &NodeRef) {
    if let (Some(title), Some(text)) = (title.cast::<HtmlInputElement>(), text.cast::<HtmlTextAreaElement>()) {
        title.set_value("");
        text.set_value("");
    }
}
