//! Projects and their people over HTTP: members, invitations, public links; and webhooks. Bodies and routes stand in
//! `backlog::api::members`.

use super::asked::{Failed, ask, send, tell, wish};
use backlog::api::account::Secret;
use backlog::api::members::{
    Entered, FreshWebhook, Held, InvitationSeen, Invitations, Members, NewInvitation, NewRole, NewWebhook, Shares,
    Webhooks,
};
use backlog::api::{NewProject, ProjectList, ProjectSummary};
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, Role};
use gloo_net::http::Method;

/// The projects that the visitor can open.
pub async fn projects() -> Result<ProjectList, Failed> {
    ask(Method::GET, "/api/projects").await
}

/// Makes a project.
pub async fn create_project(project: NewProject) -> Result<ProjectSummary, Failed> {
    send(Method::POST, "/api/projects", &project).await
}

/// Who is in a project.
pub async fn members(project: ProjectId) -> Result<Members, Failed> {
    ask(Method::GET, &under(project, "members")).await
}

/// Gives a member another role.
pub async fn change_role(project: ProjectId, member: ActorId, role: Role) -> Result<(), Failed> {
    let path = format!("{}/{}", under(project, "members"), member.0);
    tell(Method::PUT, &path, &NewRole { role }).await
}

/// Takes a member out of a project.
pub async fn remove(project: ProjectId, member: ActorId) -> Result<(), Failed> {
    wish(Method::DELETE, &format!("{}/{}", under(project, "members"), member.0)).await
}

/// The invitations that still stand.
pub async fn invitations(project: ProjectId) -> Result<Invitations, Failed> {
    ask(Method::GET, &under(project, "invitations")).await
}

/// Invites.
pub async fn invite(project: ProjectId, invitation: NewInvitation) -> Result<Secret, Failed> {
    send(Method::POST, &under(project, "invitations"), &invitation).await
}

/// Takes an invitation back.
pub async fn take_back(project: ProjectId, invitation: Bits128) -> Result<(), Failed> {
    wish(
        Method::DELETE,
        &format!("{}/{invitation}", under(project, "invitations")),
    )
    .await
}

/// What an invitation is to.
pub async fn invitation(secret: String) -> Result<InvitationSeen, Failed> {
    send(Method::POST, "/api/invitation", &Held { secret }).await
}

/// Accepts an invitation.
pub async fn join(secret: String) -> Result<Entered, Failed> {
    send(Method::POST, "/api/invitation/accept", &Held { secret }).await
}

/// The public links that still stand.
pub async fn shares(project: ProjectId) -> Result<Shares, Failed> {
    ask(Method::GET, &under(project, "shares")).await
}

/// Makes a public link.
pub async fn share(project: ProjectId) -> Result<Secret, Failed> {
    ask(Method::POST, &under(project, "shares")).await
}

/// Takes a public link back.
pub async fn unshare(project: ProjectId, share: Bits128) -> Result<(), Failed> {
    wish(Method::DELETE, &format!("{}/{share}", under(project, "shares"))).await
}

/// Comes in by a public link.
pub async fn enter(secret: String) -> Result<Entered, Failed> {
    send(Method::POST, "/api/share", &Held { secret }).await
}

/// Where the changes of a project are sent.
pub async fn webhooks(project: ProjectId) -> Result<Webhooks, Failed> {
    ask(Method::GET, &under(project, "webhooks")).await
}

/// Has them sent to an address.
pub async fn make_webhook(project: ProjectId, webhook: NewWebhook) -> Result<FreshWebhook, Failed> {
    send(Method::POST, &under(project, "webhooks"), &webhook).await
}

/// Has them sent there no more.
pub async fn remove_webhook(project: ProjectId, webhook: Bits128) -> Result<(), Failed> {
    wish(Method::DELETE, &format!("{}/{webhook}", under(project, "webhooks"))).await
}

fn under(project: ProjectId, what: &str) -> String {
    format!("/api/projects/{project}/{what}")
}
