//! `/api/projects`: the list, and a new one.

use super::App;
use super::intake::{Body, SignedIn};
use crate::access::{self, Action, Visitor};
use crate::error::Error;
use axum::Json;
use axum::extract::State;
use backlog::api::{NewProject, ProjectList, ProjectSummary};

/// The projects that the visitor can open.
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Json<ProjectList>, Error> {
    let projects = match app.entrance.open {
        true => app.store.projects().await?,
        false => app.store.projects_of(visitor.actor.id, visitor.credential).await?,
    };
    Ok(Json(ProjectList { projects }))
}

/// Begins a project, whose owner is whoever begins it.
pub async fn create(
    State(app): State<App>,
    SignedIn { visitor, .. }: SignedIn,
    Body(new): Body<NewProject>,
) -> Result<Json<ProjectSummary>, Error> {
    let id = new.id;
    // Where everyone owns everything, nobody is written down.
    let owner = (!app.entrance.open).then(|| visitor.actor.clone());
    app.projects.create(new, owner).await?;
    // One of that identity may have been there before, of someone else.
    let grant = access::authorize(app.place(), &visitor, id, Action::Read).await?;
    Ok(Json(app.projects.head(&grant).await?.summary()))
}
