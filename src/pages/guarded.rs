//! Who may see a page: whoever is here sees it, everyone else the door in its place. Asks the server who is here, and knows no page's
//! content.

use super::account::AccountPage;
use super::accounts::AccountsPage;
use super::door::Door;
use super::people::PeoplePage;
use super::projects::ProjectsPage;
use crate::components::frame::{frame, unavailable, waiting};
use crate::services::api::{self, ApiError};
use crate::services::wake::{self, Returns};
use backlog::ProjectId;
use backlog::api::Session;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// The milliseconds between two attempts to reach the server.
pub const RETRY: u32 = 3_000;

/// A page for whoever is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// The projects.
    Projects,
    /// One's own account.
    Account,
    /// All accounts.
    Accounts,
    /// The people of a project.
    People(ProjectId),
}

/// Which page it is.
#[derive(Properties, PartialEq)]
pub struct GuardedProps {
    /// The page.
    pub page: Inside,
}

/// A page, or the door in its place.
pub struct Guarded {
    stage: Stage,
    _returns: Returns,
}

/// How far one has come.
enum Stage {
    /// The server was asked who is here.
    Asking,
    /// It does not answer.
    Unavailable,
    /// Nobody is.
    Outside,
    /// Someone is.
    Entered(Rc<Session>),
}

/// What happened before the page.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask came.
    SessionDue,
    /// The server said who is here, or did not.
    SessionOpened(Result<Session, ApiError>),
    /// The page heard that nobody is here any more.
    SessionLost,
    /// One came back to the page, perhaps from another one on which one came in.
    Returned,
    /// The server said who is here then, or did not.
    SeenAgain(Result<Session, ApiError>),
}

impl Component for Guarded {
    type Message = Msg;
    type Properties = GuardedProps;

    fn create(ctx: &Context<Self>) -> Guarded {
        ctx.link().send_message(Msg::SessionDue);
        let returned = ctx.link().callback(|()| Msg::Returned);
        Guarded {
            stage: Stage::Asking,
            _returns: wake::on_return(move || returned.emit(())),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::SessionDue => ctx
                .link()
                .send_future(async { Msg::SessionOpened(api::open_session().await) }),
            Msg::SessionOpened(Ok(session)) => self.stage = Stage::Entered(Rc::new(session)),
            Msg::SessionOpened(Err(ApiError::NoSession)) | Msg::SessionLost => self.stage = Stage::Outside,
            Msg::SessionOpened(Err(_)) => {
                self.stage = Stage::Unavailable;
                let link = ctx.link().clone();
                Timeout::new(RETRY, move || link.send_message(Msg::SessionDue)).forget();
            }
            Msg::Returned if matches!(self.stage, Stage::Outside) => ctx
                .link()
                .send_future(async { Msg::SeenAgain(api::open_session().await) }),
            Msg::Returned => return false,
            Msg::SeenAgain(Ok(session)) if matches!(self.stage, Stage::Outside) => {
                self.stage = Stage::Entered(Rc::new(session));
            }
            // What is being typed at the door stays.
            Msg::SeenAgain(Ok(_) | Err(_)) => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let page = ctx.props().page;
        let session = match &self.stage {
            Stage::Asking => return frame(title(page), html! {}, waiting()),
            Stage::Unavailable => return frame(title(page), html! {}, unavailable()),
            Stage::Outside => {
                let on_entered = ctx.link().callback(|session| Msg::SessionOpened(Ok(session)));
                return html! { <Door {on_entered} /> };
            }
            Stage::Entered(session) => session.clone(),
        };
        let on_lost = ctx.link().callback(|()| Msg::SessionLost);
        match page {
            Inside::Projects => html! { <ProjectsPage {session} {on_lost} /> },
            Inside::Account => html! { <AccountPage {session} {on_lost} /> },
            Inside::Accounts => html! { <AccountsPage {session} {on_lost} /> },
            Inside::People(project) => html! { <PeoplePage {project} {session} {on_lost} /> },
        }
    }
}

/// What a page for whoever is here needs.
#[derive(Properties, PartialEq)]
pub struct InsideProps {
    /// Who is here.
    pub session: Rc<Session>,
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

fn title(page: Inside) -> &'static str {
    match page {
        Inside::Projects => "Projects",
        Inside::Account => "Your account",
        Inside::Accounts => "Accounts",
        Inside::People(_) => "People",
    }
}
