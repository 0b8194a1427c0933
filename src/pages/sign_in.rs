//! The pages of signing in and of making an account: the door, and then on to where one wanted to go.

use super::door::Door;
use crate::components::frame::{door_frame, waiting};
use crate::forms::DoorForm;
use crate::services::api::{self, ApiError};
use crate::services::{route, wake};
use backlog::api::{Session, SessionKind};
use yew::prelude::*;

/// Which of the two it is.
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// The form that is shown first.
    pub form: DoorForm,
}

/// The page of signing in.
pub struct SignInPage {
    asked: bool,
    _returns: wake::Returns,
}

/// What happened on the page of signing in.
#[derive(Debug)]
pub enum Msg {
    /// The server said who is here already, or did not.
    SessionOpened(Result<Session, ApiError>),
    /// One came back to the page, perhaps from another one on which one came in.
    Returned,
    /// Someone came in.
    Entered,
}

impl Component for SignInPage {
    type Message = Msg;
    type Properties = SignInProps;

    fn create(ctx: &Context<Self>) -> SignInPage {
        ask(ctx);
        let returned = ctx.link().callback(|()| Msg::Returned);
        SignInPage {
            asked: false,
            _returns: wake::on_return(move || returned.emit(())),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            // Who is here by a public link may have an account as well.
            Msg::SessionOpened(Ok(session)) if session.kind != SessionKind::Guest => {
                route::open_instead(&route::wanted())
            }
            Msg::SessionOpened(Ok(_) | Err(_)) => self.asked = true,
            Msg::Returned => ask(ctx),
            Msg::Entered => route::open_instead(&route::wanted()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if !self.asked {
            return door_frame("Sign in", waiting());
        }
        html! { <Door form={ctx.props().form} on_entered={ctx.link().callback(|_| Msg::Entered)} /> }
    }
}

fn ask(ctx: &Context<SignInPage>) {
    ctx.link()
        .send_future(async { Msg::SessionOpened(api::open_session().await) });
}
