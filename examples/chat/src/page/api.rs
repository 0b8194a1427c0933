//! The server's HTTP interface. Knows requests; a failure is a sentence for the person, or says that the server does not know them.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;

use crate::wire::{History, Message, Name, Person, Text};

/// Why a request came to nothing.
#[derive(Debug)]
pub enum Failure {
    /// The server does not know who this is: it must be said (again).
    Unknown,
    /// A sentence for the person.
    Other(String),
}

/// Who this is.
pub async fn me() -> Result<Person, Failure> {
    read(Request::get("/api/me").send().await).await
}

/// Enters under a name.
pub async fn enter(name: &Name) -> Result<Person, Failure> {
    let request = Request::post("/api/me").json(name).map_err(broken)?;
    read(request.send().await).await
}

/// What was said after this number.
pub async fn history(after: u64) -> Result<History, Failure> {
    read(Request::get(&format!("/api/messages?after={after}")).send().await).await
}

/// Says something.
pub async fn say(text: &Text) -> Result<Message, Failure> {
    let request = Request::post("/api/messages").json(text).map_err(broken)?;
    read(request.send().await).await
}

async fn read<T: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<T, Failure> {
    let answer = answer.map_err(|_| Failure::Other("The server cannot be reached; please try again.".to_owned()))?;
    if answer.ok() {
        return answer.json().await.map_err(broken);
    }
    if answer.status() == 401 {
        return Err(Failure::Unknown);
    }
    let sentence = answer.text().await.unwrap_or_default();
    Err(Failure::Other(if sentence.is_empty() {
        format!("The server answered {}.", answer.status())
    } else {
        sentence
    }))
}

fn broken(error: gloo_net::Error) -> Failure {
    Failure::Other(format!("Page and server do not understand each other: {error}"))
}
