//! Who one is: the name, whether this device keeps anything, and signing out.

use super::maybe;
use crate::board::msg::{AccountMsg, Keeping, Msg, SignOut};
use crate::board::scene::{Header, NameDraft, Parting, PartingWay};
use backlog::api::SessionKind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The form, where the header holds one open.
pub fn account_form(header: &Header, draft: &NameDraft, dispatch: &Callback<Msg>) -> Html {
    let on_saved = dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Msg::NameSaved
    });
    let closed = dispatch.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            closed.emit(Msg::NameClosed);
        }
    });
    html! {
        <form class="top-name-form" onsubmit={on_saved} onkeydown={on_key}>
            { name(header, draft, dispatch) }
            <div class="account">
                { maybe(draft.problem.as_ref().map(|problem| html! {
                    <p id="name-problem" class="problem" role="alert">{ problem.clone() }</p>
                })) }
                { keeping_choice(header, dispatch) }
                { leaving(header, dispatch) }
            </div>
        </form>
    }
}

/// The name. Whoever has an account sets it there, a guest has none.
fn name(header: &Header, draft: &NameDraft, dispatch: &Callback<Msg>) -> Html {
    let close = |words: &'static str| {
        html! {
            <button type="button" class="button quiet" data-account="close" onclick={dispatch.reform(|_| Msg::NameClosed)}>{ words }</button>
        }
    };
    match header.kind {
        Some(SessionKind::Account) => html! {<>
            <a class="button" href="/account" data-field="name">{ "Your account" }</a>
            { for header.people.clone().map(|address| html! { <a class="button" href={address}>{ "People" }</a> }) }
            { close("Close") }
        </>},
        Some(SessionKind::Guest) => html! {<>
            <p class="account-guest" tabindex="-1" data-field="name">{ "You are here by a public link: you see the project and change nothing." }</p>
            { close("Close") }
        </>},
        Some(SessionKind::Open) | None => html! {<>
            { name_field(draft, dispatch) }
            <button type="submit" class="button">{ "Save name" }</button>
            { close("Cancel") }
        </>},
    }
}

fn name_field(draft: &NameDraft, dispatch: &Callback<Msg>) -> Html {
    let on_typed =
        dispatch.reform(|event: InputEvent| Msg::NameTyped(event.target_unchecked_into::<HtmlInputElement>().value()));
    let described = draft.problem.as_ref().map(|_| "name-problem");
    html! {
        <input class="field" data-field="name" type="text" aria-label="Your name" autocomplete="nickname" dir="auto"
            value={draft.text.clone()} oninput={on_typed}
            aria-invalid={described.map(|_| "true")} aria-describedby={described} />
    }
}

fn keeping_choice(header: &Header, dispatch: &Callback<Msg>) -> Html {
    let keeping = header.keeping;
    let other = match keeping {
        Keeping::Device => Keeping::Page,
        Keeping::Page => Keeping::Device,
    };
    // A guest changes nothing that could be lost.
    let follows = match header.kind {
        Some(SessionKind::Guest) => "Then nothing starts without a network.",
        Some(SessionKind::Account | SessionKind::Open) | None => {
            "Then nothing starts without a network, and what is not at the server yet goes with the page."
        }
    };
    html! {<>
        <label class="account-keeping">
            <input type="checkbox" data-field="keeping" aria-describedby="keeping-follows" checked={keeping == Keeping::Page}
                onclick={dispatch.reform(move |_| Msg::Account(AccountMsg::KeepingChosen(other)))} />
            { "Don't keep data on this device" }
        </label>
        <p id="keeping-follows" class="account-follows">{ follows }</p>
    </>}
}

fn leaving(header: &Header, dispatch: &Callback<Msg>) -> Html {
    let Some(Parting { words, way }) = &header.parting else {
        let says = match header.kind {
            Some(SessionKind::Guest) => "Leave",
            Some(SessionKind::Account | SessionKind::Open) | None => "Sign out",
        };
        return html! {
            <button type="button" class="button quiet" data-account="sign-out"
                onclick={dispatch.reform(|_| Msg::Account(AccountMsg::SignOutClicked))}>{ says }</button>
        };
    };
    // Whoever clicks twice must not hit another choice: each keeps its place, and what cannot be undone stands apart.
    let wait = match way {
        PartingWay::WaitOrThrowAway => choice("Wait for the server", SignOut::Wait, dispatch),
        PartingWay::ThrowAway => html! {},
        PartingWay::Waiting => html! {
            <button type="button" class="button" disabled=true>{ "Waiting for the server…" }</button>
        },
    };
    html! {
        <div class="account-parting" role="alertdialog" aria-label="Signing out">
            <p>{ words.clone() }</p>
            <p class="account-choices">
                { choice("Stay signed in", SignOut::Stay, dispatch) }
                { wait }
            </p>
            <p class="account-last">{ choice("Throw away and sign out", SignOut::ThrowAway, dispatch) }</p>
        </div>
    }
}

fn choice(words: &'static str, choice: SignOut, dispatch: &Callback<Msg>) -> Html {
    html! {
        <button type="button" class="button" onclick={dispatch.reform(move |_| Msg::Account(AccountMsg::SignOutChosen(choice)))}>
            { words }
        </button>
    }
}
