//! The frame of the pages beside the backlog: the mark, the way to the other pages, the heading.

use super::icons;
use backlog::Name;
use backlog::api::SessionKind;
use yew::prelude::*;

/// The frame of a page that is a list: its heading, who is here with the ways on, and its content.
pub fn frame(title: &str, aside: Html, body: Html) -> Html {
    framed("page-list", title, aside, body)
}

/// The frame of a page that is one small form.
pub fn door_frame(title: &str, body: Html) -> Html {
    framed("page-list page-door", title, html! {}, body)
}

fn framed(class: &'static str, title: &str, aside: Html, body: Html) -> Html {
    html! {
        <div {class}>
            <header class="list-head">
                <div class="list-top">
                    <a class="list-mark" href="/">{ icons::mark() }{ "Truestory" }</a>
                    { aside }
                </div>
                <h1>{ title.to_owned() }</h1>
            </header>
            <main>{ body }</main>
            <div id="announcer" class="sr-only" aria-live="polite" aria-atomic="true"></div>
        </div>
    }
}

/// A page that is not there yet, in the shape of a list.
pub fn waiting() -> Html {
    html! {
        <div class="ghosts" aria-busy="true" aria-label="Loading" role="group">
            <span class="ghost w3"></span><span class="ghost w4"></span><span class="ghost w2"></span>
        </div>
    }
}

/// What the page says while the server does not answer.
pub fn unavailable() -> Html {
    html! {
        <p class="list-unavailable" role="status">
            <strong>{ "The server does not answer. " }</strong>{ "This page keeps trying and comes back by itself." }
        </p>
    }
}

/// Something that went wrong with what was asked, apart from any form.
pub fn trouble(sentence: &str) -> Html {
    html! { <p class="fill-problem" role="alert" tabindex="-1">{ sentence.to_owned() }</p> }
}

/// Who is here, the way to what is theirs, and the way out.
pub fn signed_in(kind: SessionKind, name: &Name, way_out: Html) -> Html {
    let way = match kind {
        SessionKind::Open | SessionKind::Account => html! {
            <a class="button quiet" href="/account">{ name.as_str().to_owned() }</a>
        },
        SessionKind::Guest => html! { <a class="button quiet" href="/sign-in">{ "Sign in" }</a> },
    };
    html! { <nav class="list-ways" aria-label="You">{ way }{ way_out }</nav> }
}
