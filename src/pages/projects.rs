//! The page of all projects, with its own messages: it lists them and makes new ones.

use super::guarded::{InsideProps, RETRY};
use super::header::header;
use crate::components::{ProjectListView, project_list_view};
use crate::services::api::{Failed, people};
use crate::services::device::parting;
use crate::services::{clock, dom, route};
use backlog::api::{NewProject, ProjectList, ProjectSummary};
use backlog::id::Bits128;
use backlog::{ActorId, Name, ProjectId};
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

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
    Listed(Result<ProjectList, Failed>),
    /// The name of a project to be was typed.
    NameTyped(String),
    /// The project was asked for.
    CreateClicked,
    /// The server answered, or did not.
    Created(Result<ProjectSummary, Failed>),
}

impl Component for ProjectsPage {
    type Message = Msg;
    type Properties = InsideProps;

    fn create(ctx: &Context<Self>) -> ProjectsPage {
        dom::show_title("Projects · Truestory");
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
                keep_only(ctx.props().session.actor.id, &list);
                self.projects = Some(Rc::new(list.projects));
                self.unavailable = false;
            }
            Msg::Listed(Err(Failed::Nobody(_))) => ctx.props().on_lost.emit(()),
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
            Msg::Created(Err(failed)) => self.problem = Some(failed.sentence()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        project_list_view(&ProjectListView {
            kind: ctx.props().session.kind,
            aside: header(&ctx.props().session),
            projects: self.projects.clone(),
            draft: self.draft.clone(),
            problem: self.problem.clone(),
            unavailable: self.unavailable,
            on_typed: ctx.link().callback(Msg::NameTyped),
            on_created: ctx.link().callback(|()| Msg::CreateClicked),
        })
    }
}

impl ProjectsPage {
    fn create_clicked(&mut self, ctx: &Context<Self>) {
        match Name::new(&self.draft) {
            Ok(name) => {
                let project = NewProject { id: self.fresh, name };
                ctx.link()
                    .send_future(async move { Msg::Created(people::create_project(project).await) });
            }
            Err(problem) => self.problem = Some(format!("The {problem}.")),
        }
    }
}

/// What is kept here of projects in which one is not any more goes.
fn keep_only(account: ActorId, list: &ProjectList) {
    let projects: Vec<ProjectId> = list.projects.iter().map(|project| project.id).collect();
    spawn_local(async move { parting::keep_only(account, &projects).await });
}

fn list(ctx: &Context<ProjectsPage>) {
    ctx.link().send_future(async { Msg::Listed(people::projects().await) });
}
