//! Where the changes of a project are sent, with its own messages.

use super::PartProps;
use crate::components::accounts::{WebhooksView, webhooks_view};
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, people};
use crate::services::dom;
use backlog::api::members::{FreshWebhook, Webhook, Webhooks};
use backlog::id::Bits128;
use yew::prelude::*;

/// Where the changes of a project are sent.
#[derive(Default)]
pub struct WebhooksPart {
    webhooks: Option<Vec<Webhook>>,
    fresh: Option<String>,
    state: FormState,
    edition: u32,
    trouble: Option<String>,
    focus_due: Option<&'static str>,
}

/// What happened to webhooks.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Webhooks, Failed>),
    /// One is to be made.
    Submitted(Filled),
    /// The server made it, or did not.
    Made(Result<FreshWebhook, Failed>),
    /// One is to go.
    RemoveClicked(Bits128),
    /// The server removed it, or did not.
    Removed(Result<(), Failed>),
    /// The key was seen.
    Seen,
}

impl Component for WebhooksPart {
    type Message = Msg;
    type Properties = PartProps;

    fn create(ctx: &Context<Self>) -> WebhooksPart {
        ctx.link().send_message(Msg::ListDue);
        WebhooksPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let project = ctx.props().project;
        match msg {
            Msg::ListDue => ctx
                .link()
                .send_future(async move { Msg::Listed(people::webhooks(project).await) }),
            Msg::Listed(Ok(list)) => {
                self.webhooks = Some(list.webhooks);
                self.trouble = None;
            }
            Msg::Submitted(filled) => match forms::new_webhook(&filled) {
                Ok(webhook) => {
                    self.state = FormState::asking();
                    ctx.link()
                        .send_future(async move { Msg::Made(people::make_webhook(project, webhook).await) });
                }
                Err(state) => self.refused(state),
            },
            Msg::Made(Ok(made)) => {
                self.fresh = Some(made.secret);
                self.state = FormState::default();
                self.edition += 1;
                self.focus_due = Some("[data-part=webhooks] .once-copy");
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Made(Err(failed)) => self.refused(FormState::refused(failed.field(), failed.sentence())),
            Msg::RemoveClicked(id) => ctx
                .link()
                .send_future(async move { Msg::Removed(people::remove_webhook(project, id).await) }),
            Msg::Removed(Ok(())) => ctx.link().send_message(Msg::ListDue),
            Msg::Listed(Err(failed @ Failed::Nobody(_))) => ctx.props().on_failed.emit(failed),
            Msg::Listed(Err(failed)) | Msg::Removed(Err(failed)) => self.trouble = Some(failed.sentence()),
            Msg::Seen => self.fresh = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        webhooks_view(&WebhooksView {
            webhooks: self.webhooks.clone(),
            fresh: self.fresh.clone().map(AttrValue::from),
            state: self.state.clone(),
            edition: self.edition,
            trouble: self.trouble.clone(),
            on_submitted: ctx.link().callback(Msg::Submitted),
            on_removed: ctx.link().callback(Msg::RemoveClicked),
            on_copied: Callback::from(|text: String| dom::put_on_clipboard(&text)),
            on_done: ctx.link().callback(|()| Msg::Seen),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.focus_due.take().into_iter().for_each(dom::focus);
    }
}

impl WebhooksPart {
    fn refused(&mut self, state: FormState) {
        self.state = state;
        self.focus_due = Some("#webhook :is([aria-invalid], .fill-problem)");
    }
}
