//! `/api/projects/{id}/invitations` for owners; `/api/invitation` for whoever holds one.

use super::App;
use super::intake::{AccountHolder, Body, In, Manage, Origin, id_in_path};
use crate::access::Grant;
use crate::accounts::mail::{Invited, Letter};
use crate::accounts::pace::Deed;
use crate::ambient;
use crate::error::Error;
use crate::memberships::{self, MOST};
use crate::projects::{ProjectsError, Unmoved};
use crate::security::{SecurityEvent, note};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use backlog::Role;
use backlog::api::account::Secret;
use backlog::api::members::{Entered, Held, InvitationSeen, Invitations, NewInvitation};
use backlog::id::Bits128;
use backlog::person::Email;

/// Lists those that stand.
pub async fn list(State(app): State<App>, In { grant, .. }: In<Manage>) -> Result<Json<Invitations>, Error> {
    let invitations = app.store.invitations(grant.project(), ambient::now()).await?;
    Ok(Json(Invitations { invitations }))
}

/// Makes one, and sends it where it is to be sent.
pub async fn make(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    origin: Origin,
    Body(new): Body<NewInvitation>,
) -> Result<Json<Secret>, Error> {
    if app.entrance.open {
        return Err(Error::Forbidden(
            "there are no accounts here, so nobody can be invited: the server was started with --open",
        ));
    }
    let standing = app.store.invitations(grant.project(), ambient::now()).await?;
    if standing.len() >= MOST {
        return Err(Error::Bad(format!(
            "invitations: at most {MOST} to a project stand at a time; take one back first"
        )));
    }
    if new.email.is_some() && !app.accounts.sends_mail() {
        return Err(Error::Bad(
            "email: no letters are sent here; leave it out, and pass the link on yourself".into(),
        ));
    }
    if let Some(to) = &new.email {
        app.accounts.admit_letter(to, origin.address)?;
    }
    let (role, email) = (new.role, new.email.clone());
    let secret = memberships::invite(&app.store, &grant, new).await?;
    if let Some(to) = email.clone() {
        send(&app, &grant, (to, role), secret.clone()).await?;
    }
    let event = SecurityEvent::InvitationMade(grant.project(), role, email);
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(Json(Secret { secret }))
}

/// Sends an invitation by mail.
async fn send(app: &App, grant: &Grant, (to, role): (Email, Role), secret: String) -> Result<(), Error> {
    let Some((url, mailer)) = app.accounts.post_office() else {
        return Ok(());
    };
    let invited = Invited {
        project: app.projects.head(grant).await?.project().name().clone(),
        role,
        by: grant.actor().name.clone(),
    };
    mailer.send(Letter::Invitation {
        to,
        url: url.to_owned(),
        secret,
        invited,
    });
    Ok(())
}

/// Takes one back.
pub async fn end(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    TheInvitation(invitation): TheInvitation,
    origin: Origin,
) -> Result<StatusCode, Error> {
    let of = (grant.project(), invitation);
    if !app.store.end_invitation(of, ambient::now()).await? {
        return Err(Error::Missing("invitation"));
    }
    let event = SecurityEvent::InvitationWithdrawn(grant.project());
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells whoever holds one what it is to.
pub async fn look(
    State(app): State<App>,
    origin: Origin,
    Body(Held { secret }): Body<Held>,
) -> Result<Json<InvitationSeen>, Error> {
    app.accounts.admit(Deed::Secret, origin.address)?;
    let opened = memberships::opened(&app.store, &secret).await?;
    if !opened.stands {
        return Err(ProjectsError::Unmoved(Unmoved::InvitationEnded).into());
    }
    app.accounts.turned_out_well(Deed::Secret, origin.address);
    Ok(Json(opened.seen))
}

/// Makes whoever holds one a member.
pub async fn accept(
    State(app): State<App>,
    AccountHolder { visitor, .. }: AccountHolder,
    origin: Origin,
    Body(Held { secret }): Body<Held>,
) -> Result<Json<Entered>, Error> {
    app.accounts.admit(Deed::Secret, origin.address)?;
    let opened = memberships::opened(&app.store, &secret).await?;
    let (project, role, who) = (opened.project, opened.seen.role, visitor.actor);
    let was = app.store.is_member(project, who.id).await?;
    memberships::accept(&app.projects, who.clone(), &opened).await?;
    app.accounts.turned_out_well(Deed::Secret, origin.address);
    if !was {
        let used = SecurityEvent::InvitationUsed(project, role);
        note(&app.store, Some(who.id), origin.address, used).await;
        let added = SecurityEvent::MemberAdded(project, who.name, role);
        note(&app.store, Some(who.id), origin.address, added).await;
    }
    Ok(Json(Entered { project }))
}

/// The invitation that the path names. Whether the project has it is not known yet.
pub struct TheInvitation(Bits128);

impl FromRequestParts<App> for TheInvitation {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheInvitation(id_in_path(parts, app, "invitation").await?))
    }
}
