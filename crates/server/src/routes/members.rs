//! `/api/projects/{id}/members`: who is in a project, and as what.

use super::App;
use super::intake::{Body, In, Manage, Origin, Read, id_in_path};
use crate::access::{Action, Credential, Visitor};
use crate::error::Error;
use crate::memberships;
use crate::security::{SecurityEvent, note};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use backlog::api::members::{Member, Members, NewRole};
use backlog::{ActorId, ProjectId};

/// Lists them.
pub async fn list(State(app): State<App>, In { grant, .. }: In<Read>) -> Result<Json<Members>, Error> {
    let members = app.store.members(grant.project()).await?;
    Ok(Json(Members { members }))
}

/// Makes one of them something else.
pub async fn assign(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    (TheMember(who), origin): (TheMember, Origin),
    Body(NewRole { role }): Body<NewRole>,
) -> Result<StatusCode, Error> {
    let member = member(&app, grant.project(), who).await?;
    memberships::assign(&app.projects, &grant, who, role).await?;
    if member.role != role {
        let event = SecurityEvent::RoleChanged(grant.project(), member.name, role);
        note(&app.store, Some(grant.actor().id), origin.address, event).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Takes one of them out. Owners may, and everyone may leave.
pub async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    In { grant, .. }: In<Read>,
    (TheMember(who), origin): (TheMember, Origin),
) -> Result<StatusCode, Error> {
    match visitor.credential {
        Credential::Session(_) if who == grant.actor().id => {}
        Credential::Session(_) | Credential::Token(..) if grant.role() >= Action::Manage.needs() => {}
        Credential::Session(_) | Credential::Token(..) => return Err(Error::NotAllowed(grant.role())),
    }
    let member = member(&app, grant.project(), who).await?;
    memberships::remove(&app.projects, &grant, who).await?;
    let event = SecurityEvent::MemberRemoved(grant.project(), member.name);
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(StatusCode::NO_CONTENT)
}

/// A member as they are at the moment.
async fn member(app: &App, project: ProjectId, who: ActorId) -> Result<Member, Error> {
    let members = app.store.members(project).await?;
    let member = members.into_iter().find(|member| member.id == who);
    member.ok_or(Error::Missing("member"))
}

/// The member that the path names. Whether the project has them is not known yet.
pub struct TheMember(ActorId);

impl FromRequestParts<App> for TheMember {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheMember(ActorId(id_in_path(parts, app, "member").await?)))
    }
}
