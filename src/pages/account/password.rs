//! One's password, with its own messages.

use crate::components::accounts::part;
use crate::components::form::{Field, Form, Kind};
use crate::components::maybe;
use crate::forms::{self, Filled, FormState};
use crate::services::api::{Failed, accounts};
use crate::services::dom;
use backlog::api::account::Account;
use yew::prelude::*;

/// Whose password it is.
#[derive(Properties, PartialEq)]
pub struct PasswordProps {
    /// The account.
    pub account: Account,
    /// Takes the news that there is a password.
    pub on_set: Callback<()>,
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

/// One's password.
#[derive(Default)]
pub struct PasswordPart {
    state: FormState,
    // Counts the passwords that were set: after each the form is empty again.
    edition: u32,
    focus_due: bool,
}

/// What happened to one's password.
#[derive(Debug)]
pub enum Msg {
    /// A new one was typed.
    Submitted(Filled),
    /// The server took it, or did not.
    Set(Result<(), Failed>),
}

impl Component for PasswordPart {
    type Message = Msg;
    type Properties = PasswordProps;

    fn create(_ctx: &Context<Self>) -> PasswordPart {
        PasswordPart::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Submitted(filled) => match forms::new_password(&filled) {
                Ok(password) => {
                    self.state = FormState::asking();
                    ctx.link()
                        .send_future(async { Msg::Set(accounts::change_password(password).await) });
                }
                Err(state) => self.refused(state),
            },
            Msg::Set(Ok(())) => {
                self.state = FormState::default();
                self.edition += 1;
                ctx.props().on_set.emit(());
            }
            Msg::Set(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
            Msg::Set(Err(failed)) => self.refused(FormState::refused(failed.field(), failed.sentence())),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let account = &ctx.props().account;
        let mut fields =
            vec![Field::new("password", "New password", Kind::NewPassword).hinting("At least 8 characters.")];
        if account.password {
            fields.insert(0, Field::new("present", "Current password", Kind::Password));
        }
        let action = if account.password {
            "Change the password"
        } else {
            "Set a password"
        };
        let saved = (self.edition > 0).then(|| html! { <span class="fill-done" role="status">{ "Changed." }</span> });
        // Password managers look for the account that a new password is of.
        let username = account.email.as_ref().map(|email| {
            html! {
                <input type="text" autocomplete="username" name="username" value={email.as_str().to_owned()} readonly=true hidden=true />
            }
        });
        part(
            "password",
            ("Password", "With a new password all other browsers are signed out."),
            html! {
                <Form key={self.edition} id="password" {fields} {action} state={self.state.clone()} beside={maybe(saved)}
                    on_submitted={ctx.link().callback(Msg::Submitted)}>{ maybe(username) }</Form>
            },
        )
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        if std::mem::take(&mut self.focus_due) {
            dom::focus("#password :is([aria-invalid], .fill-problem)");
        }
    }
}

impl PasswordPart {
    fn refused(&mut self, state: FormState) {
        self.state = state;
        self.focus_due = true;
    }
}
