//! One's API tokens, with their own messages.

use crate::components::accounts::{TokensView, tokens_view};
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, accounts, people};
use crate::services::{clock, dom};
use backlog::api::account::{FreshToken, TokenSeen, Tokens};
use backlog::api::{ProjectList, ProjectSummary};
use backlog::id::Bits128;
use yew::prelude::*;

/// Who has them.
#[derive(Properties, PartialEq)]
pub struct TokensProps {
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

/// One's API tokens.
#[derive(Default)]
pub struct TokensPart {
    tokens: Option<Vec<TokenSeen>>,
    projects: Vec<ProjectSummary>,
    fresh: Option<String>,
    state: FormState,
    edition: u32,
    trouble: Option<String>,
    focus_due: Option<&'static str>,
}

/// What happened to one's API tokens.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    ListDue,
    /// The server listed them, or did not.
    Listed(Result<Tokens, Failed>),
    /// The server listed the projects, or did not.
    ProjectsListed(Result<ProjectList, Failed>),
    /// One is to be made.
    Submitted(Filled),
    /// The server made it, or did not.
    Made(Result<FreshToken, Failed>),
    /// One is to be revoked.
    RevokeClicked(Bits128),
    /// The server revoked it, or did not.
    Revoked(Result<(), Failed>),
    /// The fresh one was seen.
    Seen,
}

impl Component for TokensPart {
    type Message = Msg;
    type Properties = TokensProps;

    fn create(ctx: &Context<Self>) -> TokensPart {
        ctx.link().send_message(Msg::ListDue);
        ctx.link()
            .send_future(async { Msg::ProjectsListed(people::projects().await) });
        TokensPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ListDue => ctx.link().send_future(async { Msg::Listed(accounts::tokens().await) }),
            Msg::Listed(Ok(list)) => {
                self.tokens = Some(list.tokens);
                self.trouble = None;
            }
            Msg::ProjectsListed(list) => self.projects = list.map(|list| list.projects).unwrap_or_default(),
            Msg::Submitted(filled) => self.submitted(ctx, &filled),
            Msg::Made(Ok(made)) => {
                self.fresh = Some(made.secret);
                self.state = FormState::default();
                self.edition += 1;
                self.focus_due = Some(".once-copy");
                ctx.link().send_message(Msg::ListDue);
            }
            Msg::Made(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Made(Err(failed)) => self.refused(FormState::refused(failed.field(), failed.sentence())),
            Msg::RevokeClicked(id) => ctx
                .link()
                .send_future(async move { Msg::Revoked(accounts::revoke_token(id).await) }),
            Msg::Revoked(Ok(())) => ctx.link().send_message(Msg::ListDue),
            Msg::Listed(Err(failed)) | Msg::Revoked(Err(failed)) => self.trouble = Some(failed.sentence()),
            Msg::Seen => self.fresh = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        tokens_view(&TokensView {
            tokens: self.tokens.clone(),
            projects: self.projects.clone(),
            now: clock::now(),
            fresh: self.fresh.clone().map(AttrValue::from),
            state: self.state.clone(),
            edition: self.edition,
            trouble: self.trouble.clone(),
            on_submitted: ctx.link().callback(Msg::Submitted),
            on_revoked: ctx.link().callback(Msg::RevokeClicked),
            on_copied: Callback::from(|text: String| dom::put_on_clipboard(&text)),
            on_done: ctx.link().callback(|()| Msg::Seen),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.focus_due.take().into_iter().for_each(dom::focus);
    }
}

impl TokensPart {
    fn submitted(&mut self, ctx: &Context<Self>, filled: &Filled) {
        match forms::new_token(filled) {
            Ok(token) => {
                self.state = FormState::asking();
                ctx.link()
                    .send_future(async { Msg::Made(accounts::make_token(token).await) });
            }
            Err(state) => self.refused(state),
        }
    }

    fn refused(&mut self, state: FormState) {
        self.state = state;
        self.focus_due = Some("#token :is([aria-invalid], .fill-problem)");
    }
}
