//! `/healthz` and `/readyz`: for who watches over the server.

use super::App;
use crate::error::Error;
use axum::extract::State;

/// The process answers.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers too.
pub async fn ready(State(app): State<App>) -> Result<&'static str, Error> {
    match app.store.check().await {
        Ok(()) => Ok("ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            Err(Error::Unavailable)
        }
    }
}
