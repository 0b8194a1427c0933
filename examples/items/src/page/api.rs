//! The server's HTTP interface. Knows requests; every failure is a sentence for the person.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;

use crate::wire::{Change, Save, Snapshot};

/// The whole table.
pub async fn items() -> Result<Snapshot, String> {
    read(Request::get("/api/items").send().await).await
}

/// Adds an item.
pub async fn add(save: &Save) -> Result<Change, String> {
    let request = Request::post("/api/items").json(save).map_err(|e| e.to_string())?;
    read(request.send().await).await
}

/// Saves an item.
pub async fn save(id: u32, save: &Save) -> Result<Change, String> {
    let request = Request::put(&format!("/api/items/{id}"))
        .json(save)
        .map_err(|e| e.to_string())?;
    read(request.send().await).await
}

/// Removes an item.
pub async fn remove(id: u32) -> Result<Change, String> {
    read(Request::delete(&format!("/api/items/{id}")).send().await).await
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
