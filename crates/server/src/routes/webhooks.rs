//! `/api/projects/{id}/webhooks`: where a project's changes are posted.

use super::App;
use super::intake::{Body, In, Manage, Origin, id_in_path};
use crate::deliveries::MOST;
use crate::error::Error;
use crate::security::{SecurityEvent, note};
use crate::store::NewWebhook;
use crate::{ambient, sessions};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use backlog::Web;
use backlog::api::members::{self, FreshWebhook, Webhook, Webhooks};
use backlog::id::Bits128;
use pusher_hub::WebhookError;

/// Lists them.
pub async fn list(State(app): State<App>, In { grant, .. }: In<Manage>) -> Result<Json<Webhooks>, Error> {
    let webhooks = app.store.webhooks(grant.project()).await?;
    Ok(Json(Webhooks { webhooks }))
}

/// Has the project's changes posted to an address from now on.
pub async fn make(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    origin: Origin,
    Body(members::NewWebhook { url }): Body<members::NewWebhook>,
) -> Result<Json<FreshWebhook>, Error> {
    check(&app, &url)?;
    let new = NewWebhook {
        id: ambient::bits128(),
        project: grant.project(),
        url: url.clone(),
        secret: sessions::secret(),
        by: grant.actor().id,
    };
    let since = ambient::now();
    let made = app.store.make_webhook(new, MOST, since).await?;
    let Some(receiver) = made else {
        return Err(Error::Bad(format!(
            "webhooks: a project has at most {MOST}; remove one first"
        )));
    };
    let (id, secret) = (receiver.progress.webhook, receiver.secret.clone());
    app.deliveries.begin(receiver).await;
    let event = SecurityEvent::WebhookMade(grant.project(), host(url.as_str()));
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    let webhook = Webhook {
        id,
        url,
        since,
        last: None,
    };
    Ok(Json(FreshWebhook { webhook, secret }))
}

/// Has them posted there no more.
pub async fn remove(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    origin: Origin,
    TheWebhook(webhook): TheWebhook,
) -> Result<StatusCode, Error> {
    let removed = app.store.remove_webhook(grant.project(), webhook).await?;
    let url = removed.ok_or(Error::Missing("webhook"))?;
    app.deliveries.end(webhook).await;
    let event = SecurityEvent::WebhookRemoved(grant.project(), host(&url));
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The webhook that the path names. Whether the project has it is not known yet.
pub struct TheWebhook(Bits128);

impl FromRequestParts<App> for TheWebhook {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheWebhook(id_in_path(parts, app, "webhook").await?))
    }
}

/// What the security log tells of an address: some hold a secret of their receiver's.
fn host(url: &str) -> String {
    let url = url::Url::parse(url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

fn check(app: &App, url: &Web) -> Result<(), Error> {
    app.deliveries.check(url.as_str()).map_err(|error| match error {
        WebhookError::Private { .. } => Error::Bad(
            "url: the address is private; give a public one, or start the server with --allow-private-webhooks".into(),
        ),
        WebhookError::Address { reason, .. } => Error::Bad(format!("url: {reason}")),
        WebhookError::Client(reason) => Error::Bad(format!("url: nothing can be posted there from here: {reason}")),
        // Only a hub's own webhooks end with it.
        WebhookError::ShutDown => Error::Unavailable,
    })
}
