//! `/api/projects/{id}/stories/{story}`: single stories.

use super::App;
use super::intake::{In, Read, TheStory};
use crate::error::Error;
use axum::Json;
use axum::extract::State;
use backlog::api::StoryHistory;

/// Tells what happened to a story.
pub async fn history(
    State(app): State<App>,
    In { grant, .. }: In<Read>,
    TheStory(story): TheStory,
) -> Result<Json<StoryHistory>, Error> {
    Ok(Json(app.projects.history_of(&grant, story).await?))
}
