//! What the pages of accounts and people show: functions of plain values, and the few shapes that they are made of.

mod account;
mod agent;
mod all;
mod door;
mod link;
mod links;
mod log;
mod parting;
mod people;
mod role;
mod tokens;
mod webhooks;

pub use account::{ProfileView, SessionsView, profile_view, sessions_view};
pub use all::{AccountsView, accounts_view};
pub use door::{DoorView, door_view};
pub use link::{BROKEN, link_failed, link_view};
pub use links::{InvitationsView, SharesView, invitations_view, shares_view};
pub use log::{LogView, log_view};
pub use parting::{SignOutView, sign_out_view};
pub use people::{MembersView, members_view};
pub use role::{role_phrase, role_promise};
pub use tokens::{TokensView, tokens_view};
pub use webhooks::{WebhooksView, webhooks_view};

use yew::prelude::*;

/// A part of a page, under a heading of its own; its key marks it in the page.
pub fn part(key: &'static str, (title, intro): (&'static str, &str), body: Html) -> Html {
    html! {
        <section class="chapter" data-part={key} aria-label={title}>
            <h2>{ title }</h2>
            { super::maybe((!intro.is_empty()).then(|| html! { <p class="chapter-intro">{ intro.to_owned() }</p> })) }
            { body }
        </section>
    }
}

/// A line of a list: what it is, what there is to know of it, what can be done with it.
struct Line {
    key: String,
    sign: Html,
    title: Html,
    facts: String,
    hands: Html,
}

/// A list of such lines; a sentence where it is empty, its shape where it is not known yet.
fn lines(label: &'static str, empty: &str, lines: Option<Vec<Line>>) -> Html {
    let Some(lines) = lines else {
        return super::frame::waiting();
    };
    if lines.is_empty() {
        return super::maybe((!empty.is_empty()).then(|| html! { <p class="list-empty">{ empty.to_owned() }</p> }));
    }
    html! { <ul class="list lines" role="list" aria-label={label}>{ for lines.into_iter().map(line) }</ul> }
}

fn line(line: Line) -> Html {
    html! {
        <li key={line.key} class="line">
            { line.sign }
            <div class="line-words">
                <p class="line-title" dir="auto">{ line.title }</p>
                <p class="line-facts">{ line.facts }</p>
            </div>
            <div class="line-hands">{ line.hands }</div>
        </li>
    }
}
