//! `/api/projects`: the list, and a new one.

use super::App;
use super::intake::{Body, Visitor};
use crate::error::Error;
use axum::Json;
use axum::extract::State;
use backlog::api::{NewProject, ProjectList, ProjectSummary};

/// The projects that the visitor can open.
pub async fn list(State(app): State<App>, _: Visitor) -> Result<Json<ProjectList>, Error> {
    Ok(Json(ProjectList {
        projects: app.projects.list().await?,
    }))
}

/// Begins a project.
pub async fn create(
    State(app): State<App>,
    _: Visitor,
    Body(new): Body<NewProject>,
) -> Result<Json<ProjectSummary>, Error> {
    Ok(Json(app.projects.create(new).await?))
}
