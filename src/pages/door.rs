//! The door, with its own messages: it lets people in by an account of theirs, or makes them one.

use super::guarded::RETRY;
use crate::components::accounts::{DoorView, door_view};
use crate::forms::{self, DoorForm, Filled, FormState};
use crate::services::api::Failed;
use crate::services::api::accounts;
use crate::services::{dom, route};
use backlog::api::Session;
use backlog::api::account::{Door as Open, LostPassword, SignUp, Welcome};
use backlog::api::members::InvitationSeen;
use backlog::person::Email;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How one comes to the door.
#[derive(Properties, PartialEq)]
pub struct DoorProps {
    /// The form that one wants.
    #[prop_or(DoorForm::SignIn)]
    pub form: DoorForm,
    /// The secret of an invitation, and what it is to.
    #[prop_or_default]
    pub invitation: Option<(String, InvitationSeen)>,
    /// Takes who came in.
    pub on_entered: Callback<Session>,
}

/// The door.
pub struct Door {
    welcome: Option<Welcome>,
    unavailable: bool,
    form: DoorForm,
    state: FormState,
    // To whom a link is to be sent.
    mailed: Option<Email>,
    // What was done, where there is no more to do here.
    done: Option<String>,
    focus_due: Option<&'static str>,
}

/// What happened at the door.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask how one comes in came.
    WelcomeDue,
    /// The server said how.
    Welcomed(Result<Welcome, Failed>),
    /// Another form was asked for.
    FormChosen(DoorForm),
    /// A form was sent.
    Submitted(Filled),
    /// The server let someone in, or did not.
    Entered(Result<Session, Failed>),
    /// A link was sent, or not.
    LinkSent(Result<(), Failed>),
}

impl Component for Door {
    type Message = Msg;
    type Properties = DoorProps;

    fn create(ctx: &Context<Self>) -> Door {
        ctx.link().send_message(Msg::WelcomeDue);
        Door {
            welcome: None,
            unavailable: false,
            form: ctx.props().form,
            state: trouble_at_provider(),
            mailed: None,
            done: None,
            focus_due: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::WelcomeDue => ctx
                .link()
                .send_future(async { Msg::Welcomed(accounts::welcome().await) }),
            Msg::Welcomed(Ok(welcome)) => self.welcomed(ctx, welcome),
            Msg::Welcomed(Err(_)) => {
                self.unavailable = true;
                let link = ctx.link().clone();
                Timeout::new(RETRY, move || link.send_message(Msg::WelcomeDue)).forget();
            }
            Msg::FormChosen(form) => self.open(form),
            Msg::Submitted(filled) => self.submitted(ctx, &filled),
            Msg::Entered(Ok(session)) => ctx.props().on_entered.emit(session),
            Msg::Entered(Err(failed)) => self.kept_out(ctx, failed),
            Msg::LinkSent(Ok(())) => {
                let email = self.mailed.as_ref().map_or("that address", |email| email.as_str());
                self.finish(format!(
                    "If {email} has an account here, a link is on its way there. It is good once, and not for long."
                ));
            }
            Msg::LinkSent(Err(failed)) => self.refused(failed),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        door_view(&DoorView {
            welcome: self.welcome.clone(),
            unavailable: self.unavailable,
            form: self.form,
            state: self.state.clone(),
            invited: ctx.props().invitation.as_ref().map(|(_, seen)| seen.clone()),
            done: self.done.clone(),
            provider: route::provider().into(),
            on_submitted: ctx.link().callback(Msg::Submitted),
            on_chosen: ctx.link().callback(Msg::FormChosen),
        })
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        self.focus_due.take().into_iter().for_each(dom::focus);
    }
}

impl Door {
    fn welcomed(&mut self, ctx: &Context<Self>, welcome: Welcome) {
        self.unavailable = false;
        let first = self.welcome.is_none();
        let may_sign_up = welcome.sign_up || ctx.props().invitation.is_some();
        let form = match (welcome.door, self.form) {
            (Open::Fresh, _) => DoorForm::First,
            (Open::Open | Open::Accounts, DoorForm::First) => DoorForm::SignIn,
            (Open::Open | Open::Accounts, DoorForm::SignUp) if !may_sign_up => DoorForm::SignIn,
            (Open::Open | Open::Accounts, DoorForm::SignIn | DoorForm::SignUp | DoorForm::Lost) => self.form,
        };
        self.form = form;
        self.welcome = Some(welcome);
        self.show_title(ctx);
        if first {
            self.focus_due = Some(FIRST_FIELD);
        }
    }

    fn show_title(&self, ctx: &Context<Self>) {
        let title = match (&ctx.props().invitation, self.form) {
            (Some((_, seen)), _) => format!("Join {} · Truestory", seen.project.as_str()),
            (None, _) => "Sign in · Truestory".to_owned(),
        };
        dom::show_title(&title);
    }

    fn open(&mut self, form: DoorForm) {
        self.form = form;
        self.state = FormState::default();
        self.done = None;
        self.focus_due = Some(FIRST_FIELD);
    }

    fn submitted(&mut self, ctx: &Context<Self>, filled: &Filled) {
        let asked = match self.form {
            DoorForm::First => forms::new_account(filled).map(|account| {
                ctx.link()
                    .send_future(async { Msg::Entered(accounts::own(account).await) });
            }),
            DoorForm::SignUp => forms::new_account(filled).map(|account| {
                let invitation = ctx.props().invitation.as_ref().map(|(secret, _)| secret.clone());
                let who = SignUp { account, invitation };
                ctx.link()
                    .send_future(async { Msg::Entered(accounts::sign_up(who).await) });
            }),
            DoorForm::SignIn => forms::sign_in(filled).map(|who| {
                ctx.link()
                    .send_future(async { Msg::Entered(accounts::sign_in(who).await) });
            }),
            DoorForm::Lost => forms::email(filled).map(|email| {
                self.mailed = Some(email.clone());
                ctx.link()
                    .send_future(async { Msg::LinkSent(accounts::lost_password(LostPassword { email }).await) });
            }),
        };
        self.state = asked.map_or_else(|state| state, |()| FormState::asking());
        self.focus_problem();
    }

    fn kept_out(&mut self, ctx: &Context<Self>, failed: Failed) {
        // Where mail is on, an account that nobody was invited to make waits for whoever reads the mailbox.
        let by_letter = self.welcome.as_ref().is_some_and(|welcome| welcome.mail) && ctx.props().invitation.is_none();
        match (self.form, &failed) {
            (DoorForm::SignUp, Failed::Forbidden(_)) if by_letter => self.finish(failed.sentence()),
            // Someone else may have made the first account meanwhile.
            (DoorForm::First, _) => {
                self.refused(failed);
                ctx.link().send_message(Msg::WelcomeDue);
            }
            (DoorForm::SignIn | DoorForm::SignUp | DoorForm::Lost, _) => self.refused(failed),
        }
    }

    fn finish(&mut self, done: String) {
        self.state = FormState::default();
        self.done = Some(done);
        self.focus_due = Some("main .door-done");
    }

    fn refused(&mut self, failed: Failed) {
        self.state = FormState::refused(failed.field(), failed.sentence());
        self.focus_problem();
    }

    fn focus_problem(&mut self) {
        self.focus_due = self.state.has_problem().then_some(PROBLEM);
    }
}

// What is wrong before anything was typed: that the provider did not let one in.
fn trouble_at_provider() -> FormState {
    let word = route::provider_failed();
    let problem = word.and_then(|word| forms::provider_trouble(&word).map(str::to_owned));
    FormState {
        problem,
        ..FormState::default()
    }
}

const FIRST_FIELD: &str = "main input";
/// What is wrong, in a form on a page that has but one.
pub const PROBLEM: &str = "main :is([aria-invalid], .fill-problem)";
