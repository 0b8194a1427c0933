//! The server's HTTP interface. Knows requests; every failure is a sentence for the person.

use gloo_net::http::{Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;

use crate::wire::{Change, Content, SOCKET_ID, Snapshot};

/// All posts.
pub async fn posts() -> Result<Snapshot, String> {
    read(Request::get("/api/posts").send().await).await
}

/// Posts; `socket_id` is the own connection's.
pub async fn post(content: &Content, socket_id: Option<String>) -> Result<Change, String> {
    let request = from(Request::post("/api/posts"), socket_id)
        .json(content)
        .map_err(|e| e.to_string())?;
    read(request.send().await).await
}

/// Removes a post; `socket_id` is the own connection's.
pub async fn remove(id: u32, socket_id: Option<String>) -> Result<Change, String> {
    let request = from(Request::delete(&format!("/api/posts/{id}")), socket_id);
    read(request.send().await).await
}

fn from(request: RequestBuilder, socket_id: Option<String>) -> RequestBuilder {
    match socket_id {
        Some(socket_id) => request.header(SOCKET_ID, &socket_id),
        None => request,
    }
}

async fn read<T: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<T, String> {
    let answer = answer.map_err(|_| "The server cannot be reached; please try again.".to_owned())?;
    if answer.ok() {
        let unread = |error| format!("The server's answer makes no sense to this page: {error}");
        return answer.json().await.map_err(unread);
    }
    let sentence = answer.text().await.unwrap_or_default();
    Err(if sentence.is_empty() {
        format!("The server answered {}.", answer.status())
    } else {
        sentence
    })
}
