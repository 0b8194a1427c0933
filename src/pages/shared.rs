//! The page of a public link: in by its secret, and on to the project.

use crate::components::accounts::{BROKEN, link_failed, link_view};
use crate::components::frame::waiting;
use crate::services::api::Failed;
use crate::services::api::people;
use crate::services::{dom, route};
use backlog::api::members::Entered;
use yew::prelude::*;

/// The page of a public link.
pub struct SharedPage {
    secret: Option<String>,
    failed: Option<Failed>,
}

/// What happened on the page of a public link.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    EntryDue,
    /// The server let one in, or did not.
    Entered(Result<Entered, Failed>),
}

impl Component for SharedPage {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> SharedPage {
        dom::show_title("A public link · Truestory");
        ctx.link().send_message(Msg::EntryDue);
        SharedPage {
            secret: route::take_secret(),
            failed: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::EntryDue => {
                self.failed = None;
                if let Some(secret) = self.secret.clone() {
                    ctx.link()
                        .send_future(async { Msg::Entered(people::enter(secret).await) });
                }
            }
            Msg::Entered(Ok(entered)) => {
                route::forget_secret();
                route::open_instead(&format!("/projects/{}#forecast", entered.project));
            }
            Msg::Entered(Err(failed)) => self.failed = Some(failed),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = match (&self.secret, &self.failed) {
            (None, _) => BROKEN.to_owned(),
            (Some(_), Some(failed)) => failed.sentence(),
            (Some(_), None) => return link_view("A public link", "", waiting()),
        };
        let again = matches!(self.failed, Some(Failed::Unreachable | Failed::TooMany(..)));
        let on_again = again.then(|| ctx.link().callback(|_| Msg::EntryDue));
        link_failed("A public link", &words, on_again)
    }
}
