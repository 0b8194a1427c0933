//! The page of all projects, with its own messages: it lists them and makes new ones.

use crate::components::ProjectListView;
use crate::services::api::{self, ApiError};
use crate::services::{clock, route};
use backlog::api::{NewProject, ProjectList, ProjectSummary};
use backlog::id::Bits128;
use backlog::{Name, ProjectId};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// The milliseconds between two attempts to reach the server.
const RETRY: u32 = 3_000;

/// The page of all projects.
pub struct ProjectsPage {
    projects: Option<Rc<Vec<ProjectSummary>>>,
    draft: String,
    problem: Option<String>,
    unavailable: bool,
    // Made with the page, so that a click that is sent twice makes one project.
    fresh: ProjectId,
}

/// What happened on the page of all projects.
#[derive(Debug)]
pub enum Msg {
    /// The time to ask the server came.
    RetryDue,
    /// The server answered, or did not.
    Listed(Result<ProjectList, ApiError>),
    /// The name of a project to be was typed.
    NameTyped(String),
    /// The project was asked for.
    CreateClicked,
    /// The server answered, or did not.
    Created(Result<ProjectSummary, ApiError>),
}

impl Component for ProjectsPage {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> ProjectsPage {
        ctx.link().send_message(Msg::RetryDue);
        ProjectsPage {
            projects: None,
            draft: String::new(),
            problem: None,
            unavailable: false,
            fresh: ProjectId(Bits128(clock::random())),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::RetryDue => list(ctx),
            Msg::Listed(Ok(list)) => {
                self.projects = Some(Rc::new(list.projects));
                self.unavailable = false;
            }
            Msg::Listed(Err(_)) => {
                self.unavailable = true;
                let link = ctx.link().clone();
                Timeout::new(RETRY, move || link.send_message(Msg::RetryDue)).forget();
            }
            Msg::NameTyped(text) => {
                self.draft = text;
                self.problem = None;
            }
            Msg::CreateClicked => self.create_clicked(ctx),
            Msg::Created(Ok(project)) => route::open_project(project.id),
            Msg::Created(Err(error)) => self.problem = Some(sentence(error)),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <ProjectListView
                projects={self.projects.clone()}
                draft={self.draft.clone()}
                problem={self.problem.clone()}
                unavailable={self.unavailable}
                on_typed={ctx.link().callback(Msg::NameTyped)}
                on_created={ctx.link().callback(|()| Msg::CreateClicked)}
            />
        }
    }
}

impl ProjectsPage {
    fn create_clicked(&mut self, ctx: &Context<Self>) {
        match Name::new(&self.draft) {
            Ok(name) => {
                let project = NewProject { id: self.fresh, name };
                ctx.link()
                    .send_future(async move { Msg::Created(api::create_project(project).await) });
            }
            Err(problem) => self.problem = Some(format!("The {problem}.")),
        }
    }
}

// The session first: the server makes one for a new visitor, and answers nothing else without.
fn list(ctx: &Context<ProjectsPage>) {
    ctx.link().send_future(async {
        match api::open_session().await {
            Ok(_) => Msg::Listed(api::projects().await),
            Err(error) => Msg::Listed(Err(error)),
        }
    });
}

fn sentence(error: ApiError) -> String {
    match error {
        ApiError::Refused(why) => format!("The server refused it: {why}"),
        ApiError::Outdated => "This page is older than the server: reload it.".to_owned(),
        ApiError::Unreachable | ApiError::Busy | ApiError::Broke | ApiError::NoSession | ApiError::NotFound => {
            "The server does not answer. The name is kept here; try again in a moment.".to_owned()
        }
    }
}
