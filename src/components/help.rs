//! The list of keys, made from the table that the handlers read.

use crate::board::keys::{Scope, Shortcut, offered};
use crate::board::may::Rights;
use crate::board::msg::Msg;
use yew::prelude::*;

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// What the visitor may do.
    pub rights: Rights,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The list of keys.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    html! {
        <section class="help" role="dialog" aria-label="Keys">
            <div class="help-head">
                <h2>{ "Keys" }</h2>
                <button type="button" class="button quiet" onclick={props.dispatch.reform(|_| Msg::HelpClosed)}>
                    { "Close" }
                </button>
            </div>
            <dl class="help-keys">{ for offered(props.rights).map(line) }</dl>
        </section>
    }
}

fn line(shortcut: &Shortcut) -> Html {
    let keys = shortcut
        .names
        .iter()
        .map(|name| html! { <kbd>{ spelled(name, shortcut.scope) }</kbd> });
    html! { <><dt>{ for keys }</dt><dd>{ shortcut.help }</dd></> }
}

fn spelled(name: &str, scope: Scope) -> String {
    let (with, name) = match name.strip_prefix("Shift+") {
        Some(name) => ("Shift ", name),
        None => ("", name),
    };
    let key = match name {
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "Escape" => "Esc",
        other => other,
    };
    match scope {
        Scope::Command | Scope::CommandOutside => format!("Ctrl {with}{key}"),
        Scope::Page | Scope::Everywhere => format!("{with}{key}"),
    }
}
