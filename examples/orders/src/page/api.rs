//! The server's HTTP interface. Knows requests; a failure is a sentence for the person, or says what the page acts on.

use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;

use crate::wire::{Deleted, Edit, Order, Person, Snapshot, Title};

/// Why a request came to nothing.
#[derive(Debug)]
pub enum Failure {
    /// Nobody is signed in here (any more).
    SignedOut,
    /// There is no such order.
    Gone,
    /// A sentence for the person.
    Other(String),
}

/// Who is signed in.
pub async fn me() -> Result<Person, Failure> {
    read(Request::get("/api/me").send().await).await
}

/// Signs one of the crew in.
pub async fn sign_in(id: &str) -> Result<Person, Failure> {
    let request = Request::post("/api/me").json(id).map_err(broken)?;
    read(request.send().await).await
}

/// Signs out. Where the server cannot be reached, the page does so alone.
pub async fn sign_out() {
    drop(Request::delete("/api/me").send().await);
}

/// All orders.
pub async fn orders() -> Result<Snapshot, Failure> {
    read(Request::get("/api/orders").send().await).await
}

/// One order.
pub async fn order(id: u32) -> Result<Order, Failure> {
    read(Request::get(&format!("/api/orders/{id}")).send().await).await
}

/// Takes an order in.
pub async fn create(title: &Title) -> Result<Order, Failure> {
    let request = Request::post("/api/orders").json(title).map_err(broken)?;
    read(request.send().await).await
}

/// Changes an order.
pub async fn edit(id: u32, edit: &Edit) -> Result<Order, Failure> {
    let request = Request::put(&format!("/api/orders/{id}")).json(edit).map_err(broken)?;
    read(request.send().await).await
}

/// Deletes an order.
pub async fn delete(id: u32) -> Result<Deleted, Failure> {
    read(Request::delete(&format!("/api/orders/{id}")).send().await).await
}

async fn read<T: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<T, Failure> {
    let answer = answer.map_err(|_| Failure::Other("The server cannot be reached; please try again.".to_owned()))?;
    if answer.ok() {
        return answer.json().await.map_err(broken);
    }
    match answer.status() {
        401 => return Err(Failure::SignedOut),
        404 => return Err(Failure::Gone),
        _ => {}
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
