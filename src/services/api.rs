//! The server's HTTP interface. Its bodies are the wire contract of `backlog::api`.

pub mod accounts;
mod asked;
pub mod people;

pub use asked::Failed;

use backlog::api::account::Door;
use backlog::api::charts::Charts;
use backlog::api::markdown::{Rendered, Texts};
use backlog::api::{
    ErrorAnswer, GONE_HEADER, Rename, SOCKET_ID_HEADER, Session, StoryHistory, SyncAnswer, SyncRequest,
};
use backlog::{Name, ProjectId, StoryId};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortController;

/// After so long without an answer, in milliseconds, there is none.
const PATIENCE: u32 = 10_000;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer, or one that is not the server's.
    Unreachable,
    /// The server has no time, or asked for patience.
    Busy,
    /// The server failed at it.
    Broke,
    /// The server does not know this browser.
    NoSession,
    /// There is no such thing.
    NotFound,
    /// The visitor was in the project and is not any more.
    Removed,
    /// The server could not make sense of it; the sentence is the server's.
    Refused(String),
    /// The server's answer makes no sense to this page, which is older than the server.
    Outdated,
}

/// Asks who the visitor is. Where nobody is signed in and everyone is let in, one is let in.
pub async fn open_session() -> Result<Session, ApiError> {
    let session = fetch(Request::get("/api/session")).await;
    if !matches!(session, Err(ApiError::NoSession)) {
        return session;
    }
    match accounts::welcome().await.map(|welcome| welcome.door) {
        Ok(Door::Open) => fetch(Request::post("/api/visit")).await,
        Ok(Door::Fresh | Door::Accounts) | Err(_) => session,
    }
}

/// Tells the visitor's name.
pub async fn rename(name: Name) -> Result<Session, ApiError> {
    send(Request::put("/api/session"), &Rename { name }).await
}

/// Ends the session.
pub async fn end_session() -> Result<(), ApiError> {
    let (builder, _patience) = with_patience(Request::delete("/api/session"));
    let answer = builder.send().await.map_err(|_| ApiError::Unreachable)?;
    match answer.status() {
        // Without a session there is none to end.
        200..=299 | 401 => Ok(()),
        _ => Err(refusal(&answer).await),
    }
}

/// Sends commands and catches up. The server leaves out the socket when it tells the others.
pub async fn sync(project: ProjectId, request: SyncRequest, socket: Option<String>) -> Result<SyncAnswer, ApiError> {
    let mut builder = Request::post(&format!("/api/projects/{project}/sync"));
    if let Some(socket) = socket {
        builder = builder.header(SOCKET_ID_HEADER, &socket);
    }
    send(builder, &request).await
}

/// What happened to a story.
pub async fn history(project: ProjectId, story: StoryId) -> Result<StoryHistory, ApiError> {
    fetch(Request::get(&format!(
        "/api/projects/{project}/stories/{story}/history"
    )))
    .await
}

/// How texts of a project read, in their order.
pub async fn render(project: ProjectId, texts: Vec<String>) -> Result<Rendered, ApiError> {
    send(
        Request::post(&format!("/api/projects/{project}/markdown")),
        &Texts { texts },
    )
    .await
}

/// What the charts of a project are drawn from.
pub async fn charts(project: ProjectId) -> Result<Charts, ApiError> {
    fetch(Request::get(&format!("/api/projects/{project}/charts"))).await
}

async fn send<A: DeserializeOwned>(builder: RequestBuilder, body: &impl Serialize) -> Result<A, ApiError> {
    let (builder, _patience) = with_patience(builder);
    let request = builder.json(body).map_err(|_| ApiError::Unreachable)?;
    read(request.send().await).await
}

async fn fetch<A: DeserializeOwned>(builder: RequestBuilder) -> Result<A, ApiError> {
    let (builder, _patience) = with_patience(builder);
    read(builder.send().await).await
}

fn with_patience(builder: RequestBuilder) -> (RequestBuilder, Option<Timeout>) {
    let Ok(controller) = AbortController::new() else {
        return (builder, None);
    };
    let signal = controller.signal();
    let patience = Timeout::new(PATIENCE, move || controller.abort());
    (builder.abort_signal(Some(&signal)), Some(patience))
}

async fn read<A: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<A, ApiError> {
    let answer = answer.map_err(|_| ApiError::Unreachable)?;
    match answer.status() {
        200..=299 => understand(&answer).await,
        _ => Err(refusal(&answer).await),
    }
}

// What is not JSON is not the server's: some portal or proxy on the way answers for it.
async fn understand<A: DeserializeOwned>(answer: &Response) -> Result<A, ApiError> {
    let kind = answer.headers().get("content-type").unwrap_or_default();
    let otherwise = if kind.contains("json") {
        ApiError::Outdated
    } else {
        ApiError::Unreachable
    };
    let text = answer.text().await.map_err(|_| ApiError::Unreachable)?;
    serde_json::from_str(&text).map_err(|_| otherwise)
}

async fn refusal(answer: &Response) -> ApiError {
    if answer.status() == 403 && answer.headers().get(GONE_HEADER).is_some() {
        return ApiError::Removed;
    }
    let text = answer.text().await.unwrap_or_default();
    refused(answer.status(), &text)
}

/// Why the server refused, by the status and the body of its answer.
pub(super) fn refused(status: u16, text: &str) -> ApiError {
    match status {
        401 => ApiError::NoSession,
        404 => ApiError::NotFound,
        500 => ApiError::Broke,
        408 | 429 | 501..=599 => ApiError::Busy,
        _ => {
            let said = serde_json::from_str::<ErrorAnswer>(text);
            ApiError::Refused(said.map_or_else(|_| format!("the answer was {status}"), |answer| answer.error))
        }
    }
}
