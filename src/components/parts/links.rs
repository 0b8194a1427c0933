//! What belongs to a story elsewhere: pull requests, branches, files. Only addresses of the web become links.

use super::field::{self, line};
use super::{Opened, add_button, section, sign_button};
use crate::board::may::Deed;
use crate::board::msg::{Aside, Msg, PartsMsg};
use crate::components::select::Select;
use crate::components::{icons, maybe};
use backlog::{Destination, Edit, Link, words::Web};
use yew::prelude::*;

/// What a link may lead to: its name in what the board keeps, and as people call it.
const KINDS: [(&str, &str); 3] = [
    ("pull-request", "Pull request"),
    ("branch", "Branch"),
    ("attachment", "Attachment"),
];

/// Whether there is anything to show.
pub fn are_shown(opened: Opened<'_>) -> bool {
    !opened.story.links.is_empty() || opened.parts.asides.get(Aside::Link).is_some()
}

/// The links, and the place for one more.
pub fn links(opened: Opened<'_>) -> Html {
    let is_open = opened.parts.asides.get(Aside::Link).is_some();
    let may = opened.may(Deed::Word);
    let add = (!is_open && may).then(|| add_button(opened, Aside::Link, "Link"));
    let body = html! {<>
        <ul class="part-rows">{ for opened.story.links.iter().map(|shown| link(opened, shown)) }</ul>
        { maybe((is_open && may).then(|| adder(opened))) }
    </>};
    section("Links", maybe(add), body)
}

fn adder(opened: Opened<'_>) -> Html {
    let (story, present) = (opened.story.id, opened.parts.asides.text(Aside::LinkKind));
    let on_chosen = opened
        .dispatch
        .reform(move |kind: String| Msg::Parts(PartsMsg::Typed(story, Aside::LinkKind, kind)));
    let options: Vec<_> = KINDS
        .iter()
        .map(|(key, word)| ((*key).into(), (*word).into()))
        .collect();
    let value = KINDS
        .iter()
        .map(|(key, _)| *key)
        .find(|key| *key == present)
        .unwrap_or(KINDS[0].0);
    let hint = match present {
        "branch" => ("Branch", "Name or https://…"),
        _ => ("Address", "https://…"),
    };
    let name = (present == "attachment").then(|| line(opened, Aside::LinkName, ("Name", "Name, if it needs one")));
    html! {
        <div class="part-line">
            <Select label="What it leads to" {options} {value} {on_chosen} />
            { line(opened, Aside::Link, hint) }
            { maybe(name) }
            { field::buttons(opened, Aside::Link, "Add") }
        </div>
    }
}

fn link(opened: Opened<'_>, link: &Link) -> Html {
    let (kind, address, words) = match &link.to {
        Destination::PullRequest(web) => ("Pull request", Some(web.as_str()), short(web.as_str())),
        Destination::Branch(name) => {
            let web = Web::new(name.as_str()).is_ok();
            ("Branch", web.then(|| name.as_str()), short(name.as_str()))
        }
        Destination::Attachment { url, name } => {
            let words = name.as_ref().map_or_else(|| short(url.as_str()), |name| name.as_str());
            ("Attachment", Some(url.as_str()), words)
        }
    };
    let shown = match address {
        Some(address) => html! {
            <a href={address.to_owned()} target="_blank" rel="noopener noreferrer" title={address.to_owned()}>{ words.to_owned() }</a>
        },
        None => html! { <code>{ words.to_owned() }</code> },
    };
    html! {
        <li key={link.id.0.to_string()} class="part-row">
            <span class="part-kind">{ kind }</span>
            <span class="part-words" dir="auto">{ shown }</span>
            { maybe(opened.may(Deed::Word).then(|| sign_button(opened, icons::cross(), format!("Remove the link: {words}"),
                PartsMsg::Edited(opened.story.id, Edit::LinkRemoved(link.id))))) }
        </li>
    }
}

/// An address without what all addresses begin with.
fn short(address: &str) -> &str {
    let bare = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    bare.unwrap_or(address).trim_end_matches('/')
}
