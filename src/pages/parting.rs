//! Signing out on a page that shows no project, with its own messages. It asks before anything is lost that is on this device alone.

use crate::components::accounts::{SignOutView, sign_out_view};
use crate::services::api::{self, Failed};
use crate::services::device::{Survey, parting};
use crate::services::{dom, route};
use backlog::ActorId;
use yew::prelude::*;

/// Who signs out, and where.
#[derive(Properties, PartialEq)]
pub struct SignOutProps {
    /// Who.
    pub account: ActorId,
    /// Where.
    pub place: Place,
}

/// Where one signs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this browser.
    Here,
    /// In all of them.
    Everywhere,
    /// In this browser, where one is by a public link.
    Shared,
}

/// Signing out.
pub struct SignOut {
    lost: Option<String>,
    trouble: Option<String>,
    focus_due: bool,
}

/// What happened while signing out.
#[derive(Debug)]
pub enum Msg {
    /// It was asked for.
    Clicked,
    /// The device said what it keeps.
    Surveyed(Survey),
    /// What it keeps may go.
    ThrownAway,
    /// One stays.
    Stayed,
    /// The server ended the session, or did not.
    Ended(Result<(), String>),
    /// The device is wiped.
    Wiped,
}

impl Component for SignOut {
    type Message = Msg;
    type Properties = SignOutProps;

    fn create(_ctx: &Context<Self>) -> SignOut {
        SignOut {
            lost: None,
            trouble: None,
            focus_due: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let account = ctx.props().account;
        match msg {
            Msg::Clicked => {
                self.trouble = None;
                ctx.link()
                    .send_future(async move { Msg::Surveyed(parting::survey(account).await) });
            }
            Msg::Surveyed(survey) => {
                self.lost = lost(survey);
                self.focus_due = self.lost.is_some();
                if self.lost.is_none() {
                    end(ctx);
                }
            }
            Msg::ThrownAway => end(ctx),
            Msg::Stayed => self.lost = None,
            Msg::Ended(Ok(())) => ctx.link().send_future(async move {
                parting::wipe(account).await;
                Msg::Wiped
            }),
            Msg::Ended(Err(sentence)) => {
                self.lost = None;
                self.trouble = Some(sentence);
            }
            Msg::Wiped => route::open_projects(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (words, class) = match ctx.props().place {
            Place::Here => ("Sign out", "button quiet"),
            Place::Everywhere => ("Sign out everywhere", "button"),
            Place::Shared => ("Leave", "button quiet"),
        };
        sign_out_view(&SignOutView {
            words,
            class,
            lost: self.lost.clone(),
            trouble: self.trouble.clone(),
            on_clicked: ctx.link().callback(|()| Msg::Clicked),
            on_thrown: ctx.link().callback(|()| Msg::ThrownAway),
            on_stayed: ctx.link().callback(|()| Msg::Stayed),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus("#parting");
        }
    }
}

fn end(ctx: &Context<SignOut>) {
    let place = ctx.props().place;
    ctx.link().send_future(async move {
        let ended = match place {
            Place::Here | Place::Shared => api::end_session().await.map_err(|_| Failed::Unreachable.sentence()),
            Place::Everywhere => {
                let ended = api::accounts::end_sessions().await;
                ended.map_err(|failed| failed.sentence())
            }
        };
        Msg::Ended(ended)
    });
}

fn lost(survey: Survey) -> Option<String> {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(one.to_owned()),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        counted(survey.changes, "1 change", "changes"),
        counted(survey.drafts, "a text that is not saved", "texts that are not saved"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let what = parts.join(" and ");
    (!what.is_empty()).then(|| {
        format!("This device keeps {what} of yours that the server does not have yet. Open the project to send them, or throw them away.")
    })
}
