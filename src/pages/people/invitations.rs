//! Invitations to a project, with their own messages.

use super::PartProps;
use crate::components::accounts::{InvitationsView, invitations_view};
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, accounts, people};
use crate::services::{dom, route};
use backlog::Role;
use backlog::api::account::{Secret, Welcome};
use backlog::api::members::{Invitation, Invitations, NewInvitation};
use backlog::id::Bits128;
use yew::prelude::*;

/// Invitations to a project.
#[derive(Default)]
pub struct InvitationsPart {
    invitations: Option<Vec<Invitation>>,
    mail: bool,
    // The one that was asked for.
    asked: Option<NewInvitation>,
    made: Option<Made>,
    state: FormState,
    edition: u32,
    trouble: Option<String>,
    focus_due: Option<&'static str>,
}

/// An invitation just made.
enum Made {
    /// Its link, and to what it is.
    Link(String, Role),
    /// It was sent there.
    Mail(String),
}

/// What happened to invitations.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Invitations, Failed>),
    /// The server said whether it can send mail, or did not.
    Welcomed(Result<Welcome, Failed>),
    /// One is to be made.
    Submitted(Filled),
    /// The server made it, or did not.
    Made(Result<Secret, Failed>),
    /// One is to be taken back.
    TakeBackClicked(Bits128),
    /// The server took it back, or did not.
    TakenBack(Result<(), Failed>),
    /// The link was seen.
    Seen,
}

impl Component for InvitationsPart {
    type Message = Msg;
    type Properties = PartProps;

    fn create(ctx: &Context<Self>) -> InvitationsPart {
        ctx.link().send_message(Msg::ListDue);
        ctx.link()
            .send_future(async { Msg::Welcomed(accounts::welcome().await) });
        InvitationsPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let project = ctx.props().project;
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async move { Msg::Listed(people::invitations(project).await) }),
            Msg::Listed(Ok(list)) => {
                self.invitations = Some(list.invitations);
                self.trouble = None;
            }
            Msg::Welcomed(welcome) => self.mail = welcome.is_ok_and(|welcome| welcome.mail),
            Msg::Submitted(filled) => self.submitted(ctx, &filled),
            Msg::Made(Ok(made)) => {
                self.made(made);
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Made(Err(failed)) => self.refused(FormState::refused(failed.field(), failed.sentence())),
            Msg::TakeBackClicked(id) => ctx
                .link()
                .send_future(async move { Msg::TakenBack(people::take_back(project, id).await) }),
            Msg::TakenBack(Ok(())) => ctx.link().send_message(Msg::ListDue),
            Msg::Listed(Err(failed @ Failed::Nobody(_))) => ctx.props().on_failed.emit(failed),
            Msg::Listed(Err(failed)) | Msg::TakenBack(Err(failed)) => self.trouble = Some(failed.sentence()),
            Msg::Seen => self.made = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (fresh, sent) = match &self.made {
            Some(Made::Link(link, role)) => (Some((AttrValue::from(link.clone()), *role)), None),
            Some(Made::Mail(email)) => (None, Some(email.clone())),
            None => (None, None),
        };
        invitations_view(&InvitationsView {
            invitations: self.invitations.clone(),
            mail: self.mail,
            fresh,
            sent,
            state: self.state.clone(),
            edition: self.edition,
            trouble: self.trouble.clone(),
            on_submitted: ctx.link().callback(Msg::Submitted),
            on_taken_back: ctx.link().callback(Msg::TakeBackClicked),
            on_copied: Callback::from(|text: String| dom::put_on_clipboard(&text)),
            on_done: ctx.link().callback(|()| Msg::Seen),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.focus_due.take().into_iter().for_each(dom::focus);
    }
}

impl InvitationsPart {
    fn submitted(&mut self, ctx: &Context<Self>, filled: &Filled) {
        let project = ctx.props().project;
        match forms::new_invitation(filled) {
            Ok(invitation) => {
                self.state = FormState::asking();
                self.asked = Some(invitation.clone());
                ctx.link()
                    .send_future(async move { Msg::Made(people::invite(project, invitation).await) });
            }
            Err(state) => self.refused(state),
        }
    }

    fn made(&mut self, made: Secret) {
        self.state = FormState::default();
        self.edition += 1;
        let Some(NewInvitation { role, email }) = self.asked.take() else {
            return;
        };
        let (made, focus) = match email {
            Some(email) => (Made::Mail(email.as_str().to_owned()), "#invite button[type=submit]"),
            None => {
                let link = format!("{}/join#{}", route::site(), made.secret);
                (Made::Link(link, role), "[data-part=invitations] .once-copy")
            }
        };
        (self.made, self.focus_due) = (Some(made), Some(focus));
    }

    fn refused(&mut self, state: FormState) {
        self.state = state;
        self.focus_due = Some("#invite :is([aria-invalid], .fill-problem)");
    }
}
