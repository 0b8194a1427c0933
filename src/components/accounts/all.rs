//! All accounts, for whoever administers them.

use super::{Line, lines, part};
use crate::components::asked::Asked;
use crate::components::frame::trouble;
use crate::components::once::Once;
use crate::components::{clock_words, maybe};
use backlog::ActorId;
use backlog::api::account::{AccountSeen, Standing};
use yew::prelude::*;

/// What stands there of the accounts.
pub struct AccountsView {
    /// The accounts; none until they are known.
    pub accounts: Option<Vec<AccountSeen>>,
    /// Who looks at them.
    pub own: ActorId,
    /// A link by which someone sets a new password, just made: whose, and the link.
    pub recovery: Option<(String, AttrValue)>,
    /// What went wrong.
    pub trouble: Option<String>,
    /// Takes the wish for such a link.
    pub on_recovery: Callback<ActorId>,
    /// Takes what is to become of an account.
    pub on_standing: Callback<(ActorId, Standing)>,
    /// Copies the link.
    pub on_copied: Callback<String, bool>,
    /// Takes the wish to see the link no more.
    pub on_done: Callback<()>,
}

/// All accounts.
pub fn accounts_view(props: &AccountsView) -> Html {
    let accounts = props.accounts.as_ref();
    let accounts = accounts.map(|accounts| accounts.iter().map(|account| line(props, account)).collect());
    part(
        "accounts",
        ("Who has an account", ""),
        html! {<>
            { maybe(props.trouble.as_ref().map(|sentence| trouble(sentence))) }
            { maybe(props.recovery.as_ref().map(|(name, link)| html! {
                <Once label="The link" secret={link.clone()} on_copied={props.on_copied.clone()} on_done={props.on_done.clone()}
                    note={format!("For {name} and nobody else: whoever opens it can set their password. It is good once, within a day, and shown this once.")} />
            })) }
            { lines("Accounts", "", accounts) }
        </>},
    )
}

fn line(props: &AccountsView, account: &AccountSeen) -> Line {
    let marks = [
        (account.id == props.own).then_some("you"),
        account.administrator.then_some("administrator"),
        account.closed.then_some("closed"),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    let mark = (!marks.is_empty()).then(|| html! { <span class="line-mark">{ marks.join(", ") }</span> });
    Line {
        key: account.id.0.to_string(),
        sign: html! {},
        title: html! {<>{ account.name.as_str().to_owned() }{ maybe(mark) }</>},
        facts: format!(
            "{}, since {}",
            account.email.as_str(),
            clock_words::date_of(account.since)
        ),
        hands: if account.id == props.own {
            html! {}
        } else {
            hands(props, account)
        },
    }
}

fn hands(props: &AccountsView, account: &AccountSeen) -> Html {
    let (id, name) = (account.id, account.name.as_str());
    let becomes = |standing: Standing| props.on_standing.reform(move |()| (id, standing));
    if account.closed {
        return html! {
            <Asked words="Open again" label={format!("Open again: {name}")} yes="Open it"
                follows="They can sign in again with their password." on_confirmed={becomes(Standing::Plain)} />
        };
    }
    let other = if account.administrator {
        html! {
            <Asked key="plain" words="Make plain" label={format!("Make plain: {name}")} yes={format!("Make {name} plain")}
                follows={format!("{name} sees to no accounts any more.")} on_confirmed={becomes(Standing::Plain)} />
        }
    } else {
        html! {
            <Asked key="administrator" words="Make administrator" label={format!("Make administrator: {name}")}
                yes={format!("Make {name} an administrator")}
                follows={format!("{name} can then see all accounts, make links to new passwords, and close accounts, yours too.")}
                on_confirmed={becomes(Standing::Administrator)} />
        }
    };
    html! {<>
        <button type="button" class="button quiet" aria-label={format!("Recovery link for {name}")}
            onclick={props.on_recovery.reform(move |_| id)}>{ "Recovery link" }</button>
        { other }
        <Asked words="Close account" label={format!("Close account of {name}")} yes="Close the account"
            follows={format!("{name} is signed out everywhere and cannot sign in any more; their API tokens end. What they did stays.")}
            on_confirmed={becomes(Standing::Closed)} />
    </>}
}
