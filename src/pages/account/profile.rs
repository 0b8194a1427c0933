//! What others see of one, with its own messages.

use crate::components::accounts::{ProfileView, profile_view};
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, accounts};
use crate::services::dom;
use backlog::api::account::{Account, Profile};
use yew::prelude::*;

/// Whose profile it is.
#[derive(Properties, PartialEq)]
pub struct ProfileProps {
    /// The account.
    pub account: Account,
    /// Takes the account as it is now.
    pub on_changed: Callback<Account>,
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

/// What others see of one.
pub struct ProfilePart {
    typed: Profile,
    state: FormState,
    saved: bool,
    focus_due: bool,
}

/// What happened to one's profile.
#[derive(Debug)]
pub enum Msg {
    /// Something was typed.
    Typed(Filled),
    /// It is to be saved.
    Submitted(Filled),
    /// The server saved it, or did not.
    Saved(Result<Account, Failed>),
}

impl Component for ProfilePart {
    type Message = Msg;
    type Properties = ProfileProps;

    fn create(ctx: &Context<Self>) -> ProfilePart {
        let account = &ctx.props().account;
        ProfilePart {
            typed: Profile {
                name: account.name.clone(),
                initials: Some(account.initials.clone()),
                colour: account.colour,
            },
            state: FormState::default(),
            saved: false,
            focus_due: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.saved = false;
        match msg {
            // What cannot be saved yet is not shown as if it were.
            Msg::Typed(filled) => self.typed = forms::profile(&filled).unwrap_or_else(|_| self.typed.clone()),
            Msg::Submitted(filled) => match forms::profile(&filled) {
                Ok(profile) => {
                    self.state = FormState::asking();
                    ctx.link()
                        .send_future(async { Msg::Saved(accounts::change_profile(profile).await) });
                }
                Err(state) => self.refused(state),
            },
            Msg::Saved(Ok(account)) => {
                self.state = FormState::default();
                self.saved = true;
                ctx.props().on_changed.emit(account);
            }
            Msg::Saved(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Saved(Err(failed)) => self.refused(FormState::refused(failed.field(), failed.sentence())),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        profile_view(&ProfileView {
            account: ctx.props().account.clone(),
            typed: self.typed.clone(),
            state: self.state.clone(),
            saved: self.saved,
            on_typed: ctx.link().callback(Msg::Typed),
            on_submitted: ctx.link().callback(Msg::Submitted),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus("#profile :is([aria-invalid], .fill-problem)");
        }
    }
}

impl ProfilePart {
    fn refused(&mut self, state: FormState) {
        self.state = state;
        self.focus_due = true;
    }
}
