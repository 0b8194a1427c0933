//! The page of an invitation: to what, as what, by whom; and then in.

use super::door::Door;
use crate::components::accounts::{BROKEN, link_failed, link_view, role_phrase, role_promise};
use crate::components::frame::{trouble, waiting};
use crate::components::maybe;
use crate::forms::DoorForm;
use crate::services::api::people;
use crate::services::api::{self, ApiError, Failed};
use crate::services::{dom, route};
use backlog::api::members::{Entered, InvitationSeen};
use backlog::api::{Session, SessionKind};
use yew::prelude::*;

/// The page of an invitation.
pub struct JoinPage {
    secret: Option<String>,
    seen: Option<InvitationSeen>,
    // None until the server has said whether anyone is here.
    session: Option<Option<Session>>,
    failed: Option<Failed>,
    // Why joining came to nothing.
    trouble: Option<String>,
}

/// What happened on the page of an invitation.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    InvitationDue,
    /// The server said what the invitation is to, or did not.
    Seen(Result<InvitationSeen, Failed>),
    /// The server said who is here, or did not.
    SessionOpened(Result<Session, ApiError>),
    /// Someone came in by an account.
    CameIn(Session),
    /// Joining was asked for.
    JoinClicked,
    /// The server let one join, or did not.
    Joined(Result<Entered, Failed>),
    /// Someone else wants to join than who is here.
    OtherWanted,
}

impl Component for JoinPage {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> JoinPage {
        dom::show_title("An invitation · Truestory");
        ctx.link().send_message(Msg::InvitationDue);
        JoinPage {
            secret: route::take_secret(),
            seen: None,
            session: None,
            failed: None,
            trouble: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::InvitationDue => self.ask(ctx),
            Msg::Seen(Ok(seen)) => self.seen = Some(seen),
            Msg::Seen(Err(failed)) => self.failed = Some(failed),
            Msg::SessionOpened(Ok(session)) => {
                self.session = Some(Some(session).filter(|session| session.kind != SessionKind::Guest))
            }
            Msg::SessionOpened(Err(ApiError::NoSession)) => self.session = Some(None),
            Msg::SessionOpened(Err(_)) => self.failed = Some(Failed::Unreachable),
            Msg::CameIn(session) => {
                self.session = Some(Some(session));
                self.join(ctx);
            }
            Msg::JoinClicked => self.join(ctx),
            Msg::Joined(Ok(entered)) => {
                route::forget_secret();
                route::open_instead(&format!("/projects/{}", entered.project));
            }
            Msg::Joined(Err(Failed::Nobody(_))) => self.session = Some(None),
            Msg::Joined(Err(failed)) => self.trouble = Some(failed.sentence()),
            Msg::OtherWanted => self.session = Some(None),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = match (&self.secret, &self.failed) {
            (None, _) => BROKEN.to_owned(),
            (Some(_), Some(failed)) => failed.sentence(),
            (Some(secret), None) => return self.view_open(ctx, secret),
        };
        let again = matches!(self.failed, Some(Failed::Unreachable | Failed::TooMany(..)));
        let on_again = again.then(|| ctx.link().callback(|_| Msg::InvitationDue));
        link_failed("An invitation", &words, on_again)
    }
}

impl JoinPage {
    fn ask(&mut self, ctx: &Context<Self>) {
        self.failed = None;
        let Some(secret) = self.secret.clone() else { return };
        ctx.link()
            .send_future(async { Msg::Seen(people::invitation(secret).await) });
        ctx.link()
            .send_future(async { Msg::SessionOpened(api::open_session().await) });
    }

    fn join(&mut self, ctx: &Context<Self>) {
        self.trouble = None;
        let secret = self.secret.clone().unwrap_or_default();
        ctx.link()
            .send_future(async { Msg::Joined(people::join(secret).await) });
    }

    fn view_open(&self, ctx: &Context<Self>, secret: &str) -> Html {
        let (Some(seen), Some(session)) = (&self.seen, &self.session) else {
            return link_view("An invitation", "", waiting());
        };
        let Some(session) = session else {
            return html! {
                <Door form={DoorForm::SignUp} invitation={Some((secret.to_owned(), seen.clone()))}
                    on_entered={ctx.link().callback(Msg::CameIn)} />
            };
        };
        let words = format!(
            "{} invites you as {}. {}",
            seen.by.as_str(),
            role_phrase(seen.role),
            role_promise(seen.role)
        );
        let ways = html! {<>
            { maybe(self.trouble.as_ref().map(|sentence| trouble(sentence))) }
            <p class="fill-end">
                <button type="button" class="button strong" onclick={ctx.link().callback(|_| Msg::JoinClicked)}>
                    { format!("Join as {}", session.actor.name.as_str()) }
                </button>
                <button type="button" class="button quiet" onclick={ctx.link().callback(|_| Msg::OtherWanted)}>
                    { "I am someone else" }
                </button>
            </p>
        </>};
        link_view(&format!("Join {}", seen.project.as_str()), &words, ways)
    }
}
