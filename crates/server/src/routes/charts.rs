//! `/api/projects/{id}/charts`: what a project's history looks like, as figures.

use super::App;
use super::intake::{In, Read};
use crate::error::Error;
use crate::{ambient, zones};
use axum::Json;
use axum::extract::State;
use backlog::api::charts::Charts;

/// Tells the figures as of today in the project's time zone.
pub async fn charts(State(app): State<App>, In { grant, .. }: In<Read>) -> Result<Json<Charts>, Error> {
    let head = app.projects.head(&grant).await?;
    let zone = zones::zone(&head.project().settings().time_zone);
    let today = zone.day(ambient::now());
    Ok(Json(app.projects.charts(&head, zone, today).await?))
}
