//! The page of a recovery link: a new password, and one is in.

use super::door::PROBLEM;
use crate::components::accounts::{BROKEN, link_failed, link_view};
use crate::components::form::{Field, Form, Kind};
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, accounts};
use crate::services::{dom, route};
use backlog::api::Session;
use backlog::api::account::Recover;
use yew::prelude::*;

/// The page of a recovery link.
pub struct RecoverPage {
    token: Option<String>,
    state: FormState,
    focus_due: bool,
}

/// What happened on the page of a recovery link.
#[derive(Debug)]
pub enum Msg {
    /// A new password was typed.
    Submitted(Filled),
    /// The server took it, or did not.
    Entered(Result<Session, Failed>),
}

impl Component for RecoverPage {
    type Message = Msg;
    type Properties = ();

    fn create(_ctx: &Context<Self>) -> RecoverPage {
        dom::show_title("A new password · Truestory");
        RecoverPage {
            token: route::take_secret(),
            state: FormState::default(),
            focus_due: true,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.state = match msg {
            Msg::Submitted(filled) => self.submitted(ctx, &filled),
            Msg::Entered(Ok(_)) => {
                route::forget_secret();
                route::open_instead("/");
                FormState::asking()
            }
            Msg::Entered(Err(failed)) => FormState::refused(failed.field(), failed.sentence()),
        };
        self.focus_due = self.state.has_problem();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if self.token.is_none() {
            return link_failed("A new password", BROKEN, None);
        }
        let fields = vec![Field::new("password", "New password", Kind::NewPassword).hinting("At least 8 characters.")];
        let form = html! {
            <Form id="recover" {fields} action="Set the password" state={self.state.clone()}
                on_submitted={ctx.link().callback(Msg::Submitted)} />
        };
        let words = "All other browsers in which you are signed in are signed out.";
        link_view("A new password", words, form)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus(if first_render { "main input" } else { PROBLEM });
        }
    }
}

impl RecoverPage {
    fn submitted(&self, ctx: &Context<Self>, filled: &Filled) -> FormState {
        let token = self.token.clone().unwrap_or_default();
        match forms::password(filled) {
            Ok(password) => {
                ctx.link()
                    .send_future(async { Msg::Entered(accounts::recover(Recover { token, password }).await) });
                FormState::asking()
            }
            Err(state) => state,
        }
    }
}
