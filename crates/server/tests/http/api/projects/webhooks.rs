//! `/api/projects/{id}/webhooks`, and what real receivers get.

use crate::site::{Answer, Site, Visitor, id};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use pusher_hub::Reach;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use truestory_server::config::{Entrance, Outside};

const PATH: &str = "/api/projects/00000000000000000000000000000001/webhooks";
const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

/// A guard against waiting for ever.
async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work)
        .await
        .expect("it took too long")
}

/// A program that is told, and answers with the statuses that it was given, then with 204.
struct Receiver {
    url: String,
    posts: mpsc::UnboundedReceiver<Post>,
}

struct Post {
    path: &'static str,
    headers: HeaderMap,
    body: String,
}

#[derive(Clone)]
struct Taking {
    posts: mpsc::UnboundedSender<Post>,
    statuses: Arc<Mutex<VecDeque<StatusCode>>>,
}

impl Receiver {
    async fn new(statuses: &[StatusCode]) -> Receiver {
        let (sender, posts) = mpsc::unbounded_channel();
        let taking = Taking {
            posts: sender,
            statuses: Arc::new(Mutex::new(statuses.iter().copied().collect())),
        };
        let elsewhere = |State(taking): State<Taking>, headers: HeaderMap, body: String| async move {
            let path = "/elsewhere";
            // A test that is over hears no more.
            let _ = taking.posts.send(Post { path, headers, body });
        };
        let routes = Router::new()
            .route("/hook", post(take))
            .route("/elsewhere", post(elsewhere))
            .with_state(taking);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Receiver { url, posts }
    }

    /// One that never answers.
    async fn silent() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let routes = Router::new().route("/hook", post(std::future::pending::<()>));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        url
    }

    async fn next(&mut self) -> Post {
        within(self.posts.recv()).await.expect("the receiver lives")
    }

    /// The revision of the next post.
    async fn next_rev(&mut self) -> u64 {
        let post = self.next().await;
        post.json()["change"]["rev"].as_u64().expect("a revision")
    }
}

impl Post {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

async fn take(State(taking): State<Taking>, headers: HeaderMap, body: String) -> impl IntoResponse {
    let path = "/hook";
    // A test that is over hears no more.
    let _ = taking.posts.send(Post { path, headers, body });
    let status = taking.statuses.lock().expect("whole").pop_front();
    (status.unwrap_or(StatusCode::NO_CONTENT), [("location", "/elsewhere")])
}

/// A server whose webhooks may reach this machine.
async fn site() -> Site {
    let outside = Outside {
        webhooks: Reach::Anywhere,
        ..Outside::default()
    };
    Site::speaking_to(outside, Entrance::open()).await
}

async fn make(visitor: &Visitor, url: &str) -> Answer {
    visitor.post(PATH, &json!({"url": url})).await
}

async fn add_story(visitor: &Visitor, number: u128) {
    let story = json!({"id": id(number), "title": "A story", "type": "chore", "panel": "icebox"});
    let commands = json!([{"mid": id(number), "base": 0, "command": {"create-story": story}}]);
    assert_eq!(visitor.post(SYNC, &json!({"commands": commands})).await.status, 200);
}

/// Waits until the list says that of how the first webhook's last delivery went.
async fn says(visitor: &Visitor, words: &str) -> String {
    within(async {
        loop {
            let list = visitor.get(PATH).await;
            match list.body["webhooks"][0]["last"].as_str() {
                Some(last) if last.contains(words) => return last.to_owned(),
                Some(_) | None => tokio::task::yield_now().await,
            }
        }
    })
    .await
}

#[tokio::test]
async fn every_change_is_posted_in_order_and_signed() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    add_story(&visitor, 100).await;
    let mut receiver = Receiver::new(&[]).await;
    let made = make(&visitor, &receiver.url).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let webhook = made.body["webhook"]["id"].as_str().expect("an id").to_owned();
    let secret = made.body["secret"].as_str().expect("a key").to_owned();
    assert_eq!(secret.len(), 64);
    for number in 101..104 {
        add_story(&visitor, number).await;
    }
    for rev in 2_u64..5 {
        let post = receiver.next().await;
        let body = post.json();
        assert_eq!(
            (&body["event"], &body["project"]),
            (&json!("story-created"), &json!(id(1)))
        );
        assert_eq!(body["change"]["rev"], rev);
        assert_eq!(body["change"]["mid"], id(99 + u128::from(rev)));
        assert_eq!(post.header("content-type"), "application/json");
        assert_eq!(post.header("user-agent"), "truestory/0.1.0");
        assert_eq!(post.header("x-truestory-event"), "story-created");
        assert_eq!(
            post.header("x-truestory-delivery"),
            format!("{webhook}-{}", body["change"]["hash"].as_str().expect("a hash"))
        );
        let signature = post.header("x-truestory-signature").strip_prefix("sha256=");
        // The channel's signatures are the same HMAC by another key.
        let signer = pusher_hub::App::new("", "", &secret);
        assert!(signer.verify(&post.body, signature.expect("how it is signed")));
    }
    let last = says(&visitor, "Revision 4").await;
    assert!(last.starts_with("Revision 4 was taken on 20"), "{last}");
}

#[tokio::test]
async fn nothing_is_lost_or_skipped_over_a_restart() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let mut receiver = Receiver::new(&[StatusCode::OK, StatusCode::INTERNAL_SERVER_ERROR]).await;
    make(&visitor, &receiver.url).await;
    for number in 101..104 {
        add_story(&visitor, number).await;
    }
    assert_eq!([receiver.next_rev().await, receiver.next_rev().await], [1, 2]);
    let last = says(&visitor, "not taken").await;
    assert!(last.starts_with("Revision 2 was not taken on 20"), "{last}");
    assert!(
        last.contains("answered by 500 Internal Server Error. It is tried again until 20"),
        "{last}"
    );
    let site = site.restarted().await;
    let visitor = site.visitor().await;
    add_story(&visitor, 104).await;
    let revs = [
        receiver.next_rev().await,
        receiver.next_rev().await,
        receiver.next_rev().await,
    ];
    assert_eq!(revs, [2, 3, 4]);
    says(&visitor, "Revision 4 was taken").await;
}

#[tokio::test]
async fn a_slow_receiver_delays_no_other() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let mut receiver = Receiver::new(&[]).await;
    make(&visitor, &Receiver::silent().await).await;
    make(&visitor, &receiver.url).await;
    add_story(&visitor, 101).await;
    add_story(&visitor, 102).await;
    assert_eq!([receiver.next_rev().await, receiver.next_rev().await], [1, 2]);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let mut receiver = Receiver::new(&[StatusCode::TEMPORARY_REDIRECT]).await;
    make(&visitor, &receiver.url).await;
    add_story(&visitor, 101).await;
    assert_eq!(receiver.next().await.path, "/hook");
    says(&visitor, "answered by 307 Temporary Redirect").await;
    // It is sent to the same place again.
    assert_eq!(receiver.next().await.path, "/hook");
}

#[tokio::test]
async fn one_that_was_removed_gets_nothing_more() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let (mut gone, mut other) = (Receiver::new(&[]).await, Receiver::new(&[]).await);
    let made = make(&visitor, &gone.url).await;
    make(&visitor, &other.url).await;
    add_story(&visitor, 101).await;
    assert_eq!((gone.next_rev().await, other.next_rev().await), (1, 1));
    let path = format!("{PATH}/{}", made.body["webhook"]["id"].as_str().expect("an id"));
    assert_eq!(visitor.send("DELETE", &path, None).await.status, 204);
    visitor
        .send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such webhook");
    add_story(&visitor, 102).await;
    add_story(&visitor, 103).await;
    assert_eq!((other.next_rev().await, other.next_rev().await), (2, 3));
    assert!(gone.posts.try_recv().is_err());
}

#[tokio::test]
async fn a_change_too_large_for_an_event_is_told_as_on_the_channel() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let mut receiver = Receiver::new(&[]).await;
    make(&visitor, &receiver.url).await;
    let story = json!({
        "id": id(101), "title": "A story", "type": "chore", "panel": "icebox", "description": "x".repeat(11_000),
    });
    let commands = json!([{"mid": id(101), "base": 0, "command": {"create-story": story}}]);
    let answer = visitor.post(SYNC, &json!({"commands": commands})).await;
    let body = receiver.next().await.json();
    let genesis = body["change"]["prev"].clone();
    let bare = json!({"rev": 1, "prev": genesis, "hash": answer.body["hash"]});
    assert_eq!(
        body,
        json!({"event": "story-created", "project": id(1), "change": bare})
    );
}

#[tokio::test]
async fn they_are_listed_without_their_keys_the_newest_first() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    visitor.get(PATH).await.is(200, &json!({"webhooks": []}));
    let first = make(&visitor, "https://example.com/one").await.body;
    let second = make(&visitor, "https://example.com/two").await.body;
    let listed = json!({"webhooks": [second["webhook"], first["webhook"]]});
    visitor.get(PATH).await.is(200, &listed);
    assert_eq!(first["webhook"]["url"], "https://example.com/one");
    assert_eq!(first["webhook"]["last"], Value::Null);
    assert_ne!(first["secret"], second["secret"]);
}

#[tokio::test]
async fn another_projects_webhook_is_out_of_reach() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let beta = json!({"id": id(2), "name": "Beta"});
    assert_eq!(visitor.post("/api/projects", &beta).await.status, 200);
    let made = make(&visitor, "https://example.com/").await.body;
    let webhook = made["webhook"]["id"].as_str().expect("an id");
    let elsewhere = PATH.replace('1', "2");
    let foreign = visitor.send("DELETE", &format!("{elsewhere}/{webhook}"), None).await;
    foreign.is_error(404, "there is no such webhook");
    visitor.get(PATH).await.is(200, &json!({"webhooks": [made["webhook"]]}));
}

#[tokio::test]
async fn a_project_has_at_most_ten() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    for number in 0..10 {
        let url = format!("https://example.com/{number}");
        assert_eq!(make(&visitor, &url).await.status, 200);
    }
    let eleventh = make(&visitor, "https://example.com/10").await;
    eleventh.is_error(400, "webhooks: a project has at most 10; remove one first");
}

#[tokio::test]
async fn private_addresses_are_refused_unless_they_are_allowed() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    for url in [
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ] {
        let refused = make(&visitor, url).await;
        refused.is_error(
            400,
            "url: the address is private; give a public one, or start the server with --allow",
        );
    }
    assert_eq!(make(&visitor, "https://example.com/").await.status, 200);
}

/// One that was made while private addresses were allowed.
#[tokio::test]
async fn what_may_be_reached_is_looked_at_for_each_delivery() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    let mut receiver = Receiver::new(&[]).await;
    make(&visitor, &receiver.url).await;
    let site = site.restarted_speaking_to(Outside::default()).await;
    let visitor = site.visitor().await;
    add_story(&visitor, 101).await;
    says(&visitor, "Revision 1 was not taken").await;
    says(&visitor, "the address is private").await;
    assert!(receiver.posts.try_recv().is_err());
}

#[tokio::test]
async fn wrong_ones_are_refused_by_their_field() {
    let site = site().await;
    let visitor = site.with_project(1).await;
    make(&visitor, "ftp://example.com/")
        .await
        .is_error(400, "url: address begins with https://");
    make(&visitor, "http://").await.is_error(400, "url: address");
    make(&visitor, "http://exa mple.com/")
        .await
        .is_error(400, "url: address");
    let body = json!({"url": "https://example.com/", "secret": "mine"});
    visitor.post(PATH, &body).await.is_error(400, "unknown field `secret`");
    let no_id = visitor.send("DELETE", &format!("{PATH}/first"), None).await;
    no_id.is_error(400, "webhook id: an id has 32 hex digits");
}
