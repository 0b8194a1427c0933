//! Where one is signed in, with its own messages.

use crate::components::accounts::{SessionsView, sessions_view};
use crate::pages::parting::{Place, SignOut};
use crate::services::api::{Failed, accounts};
use crate::services::clock;
use backlog::ActorId;
use backlog::api::account::{SessionSeen, Sessions};
use backlog::id::Bits128;
use yew::prelude::*;

/// Whose sessions they are.
#[derive(Properties, PartialEq)]
pub struct SessionsProps {
    /// The account.
    pub account: ActorId,
    /// How many passwords were set on this page: each ends the other sessions.
    pub passwords: u32,
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

/// Where one is signed in.
#[derive(Default)]
pub struct SessionsPart {
    sessions: Option<Vec<SessionSeen>>,
    trouble: Option<String>,
}

/// What happened to one's sessions.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Sessions, Failed>),
    /// One is to end.
    EndClicked(Bits128),
    /// The server ended it, or did not.
    Ended(Result<(), Failed>),
}

impl Component for SessionsPart {
    type Message = Msg;
    type Properties = SessionsProps;

    fn create(ctx: &Context<Self>) -> SessionsPart {
        ctx.link().send_message(Msg::ListDue);
        SessionsPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async { Msg::Listed(accounts::sessions().await) }),
            Msg::Listed(Ok(list)) => {
                self.sessions = Some(list.sessions);
                self.trouble = None;
            }
            Msg::EndClicked(id) => ctx
                .link()
                .send_future(async move { Msg::Ended(accounts::end_session(id).await) }),
            Msg::Ended(Ok(())) => ctx.link().send_message(Msg::ListDue),
            Msg::Listed(Err(Failed::Nobody(_))) | Msg::Ended(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Listed(Err(failed)) | Msg::Ended(Err(failed)) => self.trouble = Some(failed.sentence()),
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &SessionsProps) -> bool {
        if ctx.props().passwords != old.passwords {
            ctx.link().send_message(Msg::ListDue);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let everywhere = html! { <SignOut account={ctx.props().account} place={Place::Everywhere} /> };
        sessions_view(&SessionsView {
            sessions: self.sessions.clone(),
            now: clock::now(),
            trouble: self.trouble.clone(),
            everywhere,
            on_ended: ctx.link().callback(Msg::EndClicked),
        })
    }
}
