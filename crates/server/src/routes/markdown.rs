//! `/api/projects/{id}/markdown`: texts as HTML.

use super::App;
use super::intake::{Body, In, Read, at_most};
use crate::error::Error;
use crate::markdown::Renderer;
use axum::Json;
use axum::extract::State;
use backlog::api::markdown::{MAX_TEXT, MAX_TEXTS, Rendered, Texts};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// So many requests are rendered at the same time; others wait. Were all of them, nothing else would get on.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Renders texts, with the project's stories and people in mind. Keeps nothing.
pub async fn render(
    State(app): State<App>,
    In { grant, .. }: In<Read>,
    Body(Texts { texts }): Body<Texts>,
) -> Result<Json<Rendered>, Error> {
    at_most("texts", texts.len(), MAX_TEXTS)?;
    for (place, text) in texts.iter().enumerate() {
        at_most(
            &format!("texts[{place}], in characters"),
            text.chars().count(),
            MAX_TEXT,
        )?;
    }
    let head = app.projects.head(&grant).await?;
    let turn = AT_ONCE.acquire().await.map_err(|_| Error::Unavailable)?;
    let render = move || {
        // Kept to the end, also where the one who asked is gone.
        let _turn = turn;
        let renderer = Renderer::new(head.id(), head.project().people());
        texts.iter().map(|text| renderer.html(text)).collect()
    };
    // Texts that are made to take long take some tenths of a second, for which no other request may wait.
    let html = spawn_blocking(render).await.map_err(|_| Error::Failed)?;
    Ok(Json(Rendered { html }))
}
