//! `/api/projects/{id}/plan`: when the stories of the backlog will be completed, for other programs.

use super::App;
use super::intake::{In, Read};
use crate::error::Error;
use crate::{ambient, zones};
use axum::Json;
use axum::extract::State;
use backlog::Terms;
use backlog::api::plan::ProjectPlan;

/// Tells the plan as of today in the project's time zone.
pub async fn plan(State(app): State<App>, In { grant, .. }: In<Read>) -> Result<Json<ProjectPlan>, Error> {
    let head = app.projects.head(&grant).await?;
    let settings = head.project().settings();
    let zone = zones::zone(&settings.time_zone);
    let terms = Terms::new(settings, &zone, zone.day(ambient::now()));
    Ok(Json(ProjectPlan::new((head.project(), head.version()), &terms)))
}
