//! Public links to a project, with their own messages.

use super::PartProps;
use crate::components::accounts::{SharesView, shares_view};
use crate::services::api::{Failed, people};
use crate::services::{dom, route};
use backlog::api::account::Secret;
use backlog::api::members::{Share, Shares};
use backlog::id::Bits128;
use yew::prelude::*;

/// Public links to a project.
#[derive(Default)]
pub struct SharesPart {
    shares: Option<Vec<Share>>,
    fresh: Option<String>,
    trouble: Option<String>,
    focus_due: bool,
}

/// What happened to public links.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Shares, Failed>),
    /// One is to be made.
    MakeClicked,
    /// The server made it, or did not.
    Made(Result<Secret, Failed>),
    /// One is to be taken back.
    TakeBackClicked(Bits128),
    /// The server took it back, or did not.
    TakenBack(Result<(), Failed>),
    /// The link was seen.
    Seen,
}

impl Component for SharesPart {
    type Message = Msg;
    type Properties = PartProps;

    fn create(ctx: &Context<Self>) -> SharesPart {
        ctx.link().send_message(Msg::ListDue);
        SharesPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let project = ctx.props().project;
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async move { Msg::Listed(people::shares(project).await) }),
            Msg::Listed(Ok(list)) => {
                self.shares = Some(list.shares);
                self.trouble = None;
            }
            Msg::MakeClicked => ctx
                .link()
                .send_future(async move { Msg::Made(people::share(project).await) }),
            Msg::Made(Ok(made)) => {
                self.fresh = Some(format!("{}/shared#{}", route::site(), made.secret));
                self.focus_due = true;
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::TakeBackClicked(id) => ctx
                .link()
                .send_future(async move { Msg::TakenBack(people::unshare(project, id).await) }),
            Msg::TakenBack(Ok(())) => {
                self.fresh = None;
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Listed(Err(failed @ Failed::Nobody(_))) => ctx.props().on_failed.emit(failed),
            Msg::Listed(Err(failed)) | Msg::Made(Err(failed)) | Msg::TakenBack(Err(failed)) => {
                self.trouble = Some(failed.sentence());
            }
            Msg::Seen => self.fresh = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        shares_view(&SharesView {
            shares: self.shares.clone(),
            fresh: self.fresh.clone().map(AttrValue::from),
            trouble: self.trouble.clone(),
            on_made: ctx.link().callback(|()| Msg::MakeClicked),
            on_taken_back: ctx.link().callback(Msg::TakeBackClicked),
            on_copied: Callback::from(|text: String| dom::put_on_clipboard(&text)),
            on_done: ctx.link().callback(|()| Msg::Seen),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus("[data-part=shares] .once-copy");
        }
    }
}
