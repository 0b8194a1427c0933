//! The page of all accounts, for administrators, with its own messages.

mod log;

use super::guarded::InsideProps;
use crate::components::accounts::{AccountsView, accounts_view};
use crate::components::frame::frame;
use crate::components::maybe;
use crate::pages::header::header;
use crate::services::api::{Failed, accounts};
use crate::services::{dom, route};
use backlog::ActorId;
use backlog::api::account::{AccountSeen, Accounts, Secret, Standing};
use log::LogPart;
use yew::prelude::*;

/// The page of all accounts.
#[derive(Default)]
pub struct AccountsPage {
    accounts: Option<Vec<AccountSeen>>,
    // Whose link was asked for last, and the link.
    asked: Option<ActorId>,
    recovery: Option<(String, String)>,
    trouble: Option<String>,
    // Counts what was done, so that the log tells of it.
    done: u32,
    focus_due: bool,
}

/// What happened on the page of all accounts.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Accounts, Failed>),
    /// A link to a new password is wanted for someone.
    RecoveryClicked(ActorId),
    /// The server made it, or did not.
    RecoveryMade(Result<Secret, Failed>),
    /// An account is to become something else.
    StandingChosen(ActorId, Standing),
    /// The server made it so, or did not.
    StandingSet(Result<(), Failed>),
    /// The link was seen.
    Seen,
}

impl Component for AccountsPage {
    type Message = Msg;
    type Properties = InsideProps;

    fn create(ctx: &Context<Self>) -> AccountsPage {
        dom::show_title("Accounts · Truestory");
        ctx.link().send_message(Msg::ListDue);
        AccountsPage::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async { Msg::Listed(accounts::accounts().await) }),
            Msg::Listed(Ok(list)) => {
                self.accounts = Some(list.accounts);
                self.trouble = None;
            }
            Msg::RecoveryClicked(of) => {
                self.asked = Some(of);
                ctx.link()
                    .send_future(async move { Msg::RecoveryMade(accounts::make_recovery(of).await) });
            }
            Msg::RecoveryMade(Ok(made)) => self.recovery_made(&made),
            Msg::StandingChosen(of, standing) => ctx
                .link()
                .send_future(async move { Msg::StandingSet(accounts::set_standing(of, standing).await) }),
            Msg::StandingSet(Ok(())) => {
                self.done += 1;
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Listed(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Listed(Err(failed)) | Msg::RecoveryMade(Err(failed)) | Msg::StandingSet(Err(failed)) => {
                self.trouble = Some(failed.sentence());
            }
            Msg::Seen => self.recovery = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let session = &ctx.props().session;
        let recovery = self.recovery.clone().map(|(name, link)| (name, AttrValue::from(link)));
        let listed = self.accounts.is_some();
        let body = match &self.trouble {
            Some(trouble) if !listed => html! { <p class="chapter-intro">{ trouble.clone() }</p> },
            Some(_) | None => accounts_view(&AccountsView {
                accounts: self.accounts.clone(),
                own: session.actor.id,
                recovery,
                trouble: self.trouble.clone(),
                on_recovery: ctx.link().callback(Msg::RecoveryClicked),
                on_standing: ctx.link().callback(|(of, standing)| Msg::StandingChosen(of, standing)),
                on_copied: Callback::from(|text: String| dom::put_on_clipboard(&text)),
                on_done: ctx.link().callback(|()| Msg::Seen),
            }),
        };
        let log = listed.then(|| html! { <LogPart key={self.done} /> });
        frame("Accounts", header(session), html! {<>{ body }{ maybe(log) }</>})
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus(".once-copy");
        }
    }
}

impl AccountsPage {
    fn recovery_made(&mut self, made: &Secret) {
        let accounts = self.accounts.iter().flatten();
        let mut whose = accounts.filter(|account| Some(account.id) == self.asked);
        let name = whose.next().map_or("them", |account| account.name.as_str()).to_owned();
        self.recovery = Some((name, format!("{}/recover#{}", route::site(), made.secret)));
        self.focus_due = true;
        self.trouble = None;
        self.done += 1;
    }
}
