//! Bodies that come late: what whoever sends one may do is what they may when the whole of it is there, not when it began.

use crate::people::{begin, id_of, member, own, sign_up, site};
use crate::site::{Answer, Site, Visitor, id};
use axum::body::{Body, Bytes};
use futures_util::stream;
use serde_json::{Value, json};
use std::convert::Infallible;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A request of which nothing but the head was sent.
struct Begun {
    rest: oneshot::Sender<Bytes>,
    body: Bytes,
    answer: JoinHandle<Answer>,
}

impl Begun {
    /// Sends the head, and returns once the server waits for the body.
    async fn begin(visitor: &Visitor, (method, path): (&'static str, String), body: &Value) -> Begun {
        let (rest, coming) = oneshot::channel::<Bytes>();
        let (asked, waits) = oneshot::channel::<()>();
        let body_to_come = stream::once(async move {
            // Asked for, so whoever was to be looked at before the body was looked at.
            let _ = asked.send(());
            Ok::<_, Infallible>(coming.await.expect("the rest is sent"))
        });
        let visitor = visitor.clone();
        let answer = tokio::spawn(async move {
            let body = Body::from_stream(body_to_come);
            visitor.send_text(method, &path, ("application/json", body)).await
        });
        waits.await.expect("the server asks for the body");
        let body = Bytes::from(body.to_string());
        Begun { rest, body, answer }
    }

    /// Sends the rest.
    async fn end(self) -> Answer {
        self.rest.send(self.body).expect("the server still waits");
        self.answer.await.expect("an answer")
    }
}

fn of_project(rest: &str) -> String {
    format!("/api/projects/{}/{rest}", id(1))
}

#[tokio::test]
async fn whoever_was_removed_manages_nothing_any_more() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "owner", 1)).await;
    let cleo = member(&site, &ada, ("cleo", "client", 1)).await;
    let cleos = of_project(&format!("members/{}", id_of(&cleo).await));
    let mut begun = Vec::new();
    for (route, body) in [
        (("POST", of_project("invitations")), json!({"role": "owner"})),
        (("PUT", cleos), json!({"role": "owner"})),
        (
            ("POST", of_project("webhooks")),
            json!({"url": "https://example.com/hook"}),
        ),
        (("POST", of_project("sync")), json!({})),
    ] {
        begun.push(Begun::begin(&ben, route, &body).await);
    }
    let bens = of_project(&format!("members/{}", id_of(&ben).await));
    assert_eq!(ada.send("DELETE", &bens, None).await.status, 204);
    for one in begun {
        one.end().await.is_error(403, "you are not in this project any more");
    }
    let members = ada.get(&of_project("members")).await.body;
    let roles: Vec<&Value> = members["members"]
        .as_array()
        .expect("members")
        .iter()
        .map(|one| &one["role"])
        .collect();
    assert_eq!(roles, [&json!("owner"), &json!("client")]);
    let invitations = ada.get(&of_project("invitations")).await.body;
    let owners = invitations["invitations"].as_array().expect("invitations").iter();
    // The one by which Ben came.
    assert_eq!(owners.filter(|one| one["role"] == "owner").count(), 1);
}

#[tokio::test]
async fn whose_account_was_closed_does_nothing_any_more() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    begin(&ben, 1).await;
    let bens = format!("/api/accounts/{}", id_of(&ben).await);
    assert_eq!(ada.put(&bens, &json!("administrator")).await.status, 204);
    let again = Begun::begin(&ben, ("PUT", bens.clone()), &json!("administrator")).await;
    let token = json!({"name": "Robot", "reach": "write", "projects": [id(1)]});
    let token = Begun::begin(&ben, ("POST", "/api/tokens".into()), &token).await;
    assert_eq!(ada.put(&bens, &json!("closed")).await.status, 204);
    for one in [again, token] {
        one.end().await.is_error(401, "no session");
    }
    let accounts = ada.get("/api/accounts").await.body;
    assert_eq!(accounts["accounts"][1]["closed"], true, "{accounts}");
}

/// A body without an end is not waited for.
#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_ends() {
    let site = Site::with(Default::default()).await;
    let ada = own(&site).await;
    let piece = || Ok::<_, Infallible>(Bytes::from_static(&[b'x'; 64 * 1024]));
    let endless = Body::from_stream(stream::repeat_with(piece));
    let answer = ada
        .send_text("POST", "/api/projects", ("application/json", endless))
        .await;
    answer.is_error(413, "the body is too large: at most 262144 bytes");
}
