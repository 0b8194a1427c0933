//! The page of a project's people: who is in it, who is asked to be, who may look, and where its changes are sent. Each part has its own
//! messages.

mod invitations;
mod members;
mod shares;
mod webhooks;

use crate::components::frame::{frame, unavailable};
use crate::components::maybe;
use crate::pages::header::header;
use crate::services::api::{Failed, people};
use crate::services::dom;
use backlog::api::{ProjectList, Session, SessionKind};
use backlog::{Name, ProjectId, Role};
use invitations::InvitationsPart;
use members::MembersPart;
use shares::SharesPart;
use std::rc::Rc;
use webhooks::WebhooksPart;
use yew::prelude::*;

/// Whose people they are.
#[derive(Properties, PartialEq)]
pub struct PeopleProps {
    /// The project.
    pub project: ProjectId,
    /// Who is here.
    pub session: Rc<Session>,
    /// Takes the news that nobody is here any more.
    pub on_lost: Callback<()>,
}

/// What a part of the page needs.
#[derive(Properties, PartialEq)]
pub struct PartProps {
    /// The project.
    pub project: ProjectId,
    /// Takes why something failed that is the whole page's concern.
    pub on_failed: Callback<Failed>,
}

/// The page of a project's people.
#[derive(Default)]
pub struct PeoplePage {
    name: Option<Name>,
    // What one is here; none until it is known, or for whoever is no member.
    role: Option<Role>,
    failed: Option<Failed>,
}

/// What happened on the page of a project's people.
#[derive(Debug)]
pub enum Msg {
    /// The server listed the projects, or did not.
    ProjectsListed(Result<ProjectList, Failed>),
    /// One's own role is known.
    RoleKnown(Option<Role>),
    /// The page cannot be shown.
    Failed(Failed),
}

impl Component for PeoplePage {
    type Message = Msg;
    type Properties = PeopleProps;

    fn create(ctx: &Context<Self>) -> PeoplePage {
        dom::show_title("People · Truestory");
        ctx.link()
            .send_future(async { Msg::ProjectsListed(people::projects().await) });
        PeoplePage::default()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::ProjectsListed(Ok(list)) => {
                let found = list.projects.into_iter().find(|one| one.id == ctx.props().project);
                self.name = found.map(|project| project.name);
                if let Some(name) = &self.name {
                    dom::show_title(&format!("People of {} · Truestory", name.as_str()));
                }
            }
            // The name alone is missing; whatever is wrong, the members' part tells.
            Msg::ProjectsListed(Err(_)) => {}
            Msg::RoleKnown(role) => self.role = role,
            Msg::Failed(Failed::Nobody(_)) => ctx.props().on_lost.emit(()),
            Msg::Failed(failed) => self.failed = Some(failed),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PeopleProps { project, session, .. } = ctx.props();
        let title = self
            .name
            .as_ref()
            .map_or("People".to_owned(), |name| format!("People of {}", name.as_str()));
        let body = match &self.failed {
            Some(Failed::Unreachable) => unavailable(),
            Some(failed) => html! { <p class="chapter-intro">{ failed.sentence() }</p> },
            None => self.parts(ctx),
        };
        let body = html! {<>
            <p class="list-back">
                <a href={format!("/projects/{project}")}>{ "Backlog" }</a>
                <a href="/">{ "All projects" }</a>
            </p>
            { body }
        </>};
        frame(&title, header(session), body)
    }
}

impl PeoplePage {
    fn parts(&self, ctx: &Context<Self>) -> Html {
        let PeopleProps { project, session, .. } = ctx.props();
        let on_failed = ctx.link().callback(Msg::Failed);
        let webhooks = html! { <WebhooksPart project={*project} on_failed={on_failed.clone()} /> };
        if session.kind == SessionKind::Open {
            return html! {<>
                <p class="chapter-intro">{ "There are no accounts here: whoever can reach this address is in every project." }</p>
                { webhooks }
            </>};
        }
        let owned = html! {<>
            <InvitationsPart project={*project} on_failed={on_failed.clone()} />
            <SharesPart project={*project} on_failed={on_failed.clone()} />
            { webhooks }
        </>};
        html! {<>
            <MembersPart project={*project} own={session.actor.id} {on_failed}
                on_role_known={ctx.link().callback(Msg::RoleKnown)} />
            { maybe((self.role == Some(Role::Owner)).then_some(owned)) }
        </>}
    }
}
