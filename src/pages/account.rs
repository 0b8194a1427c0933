//! The page of one's own account: what others see of one, the password, where one is signed in, API tokens. Each part has its own
//! messages.

mod password;
mod profile;
mod sessions;
mod tokens;

use super::guarded::InsideProps;
use crate::components::frame::{frame, unavailable, waiting};
use crate::components::maybe;
use crate::pages::header::header_of;
use crate::services::api::Failed;
use crate::services::api::accounts;
use crate::services::dom;
use backlog::api::SessionKind;
use backlog::api::account::Account;
use password::PasswordPart;
use profile::ProfilePart;
use sessions::SessionsPart;
use tokens::TokensPart;
use yew::prelude::*;

/// The page of one's own account.
pub struct AccountPage {
    account: Option<Account>,
    failed: Option<Failed>,
    // Counts the passwords that were set: each ends the other sessions.
    passwords: u32,
}

/// What happened on the page of one's own account.
#[derive(Debug)]
pub enum Msg {
    /// The server told of the account, or did not.
    Told(Result<Account, Failed>),
    /// The account was changed.
    Changed(Account),
    /// There is a password now.
    PasswordSet,
}

impl Component for AccountPage {
    type Message = Msg;
    type Properties = InsideProps;

    fn create(ctx: &Context<Self>) -> AccountPage {
        dom::show_title("Your account · Truestory");
        ctx.link().send_future(async { Msg::Told(accounts::account().await) });
        AccountPage {
            account: None,
            failed: None,
            passwords: 0,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Told(Ok(account)) | Msg::Changed(account) => self.account = Some(account),
            Msg::Told(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Told(Err(failed)) => self.failed = Some(failed),
            Msg::PasswordSet => {
                self.passwords += 1;
                if let Some(account) = &mut self.account {
                    account.password = true;
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let session = &ctx.props().session;
        let body = match (&self.account, &self.failed) {
            (Some(account), _) => self.parts(ctx, account),
            (None, Some(Failed::Unreachable)) => unavailable(),
            (None, Some(failed)) => html! { <p class="chapter-intro">{ failed.sentence() }</p> },
            (None, None) => waiting(),
        };
        let name = self
            .account
            .as_ref()
            .map_or(&session.actor.name, |account| &account.name);
        let aside = header_of(session, name);
        frame("Your account", aside, body)
    }
}

impl AccountPage {
    fn parts(&self, ctx: &Context<Self>, account: &Account) -> Html {
        let InsideProps { session, on_lost } = ctx.props();
        let profile = html! {
            <ProfilePart account={account.clone()} on_changed={ctx.link().callback(Msg::Changed)} on_lost={on_lost.clone()} />
        };
        match session.kind {
            SessionKind::Open | SessionKind::Guest => profile,
            SessionKind::Account => html! {<>
                { maybe(account.email.as_ref().map(|email| html! {
                    <p class="chapter-intro">{ format!("You sign in as {}.", email.as_str()) }</p>
                })) }
                { maybe(account.administrator.then(|| html! {
                    <p class="chapter-intro">{ "You administer this installation: " }<a href="/accounts">{ "all accounts" }</a></p>
                })) }
                { profile }
                <PasswordPart account={account.clone()} on_set={ctx.link().callback(|()| Msg::PasswordSet)} on_lost={on_lost.clone()} />
                <SessionsPart account={account.id} passwords={self.passwords} on_lost={on_lost.clone()} />
                <TokensPart on_lost={on_lost.clone()} />
            </>},
        }
    }
}
