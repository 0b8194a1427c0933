//! Webhooks over real connections: what is told when is tested by `webhooks`, here it is what goes over the wire.

use super::*;
use crate::{Courier, Letter, Reach, webhooks::Webhook};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use tokio::sync::mpsc;

/// A program that is told, and answers with the statuses it was given, then with 200.
struct Receiver {
    url: String,
    bodies: mpsc::UnboundedReceiver<String>,
}

#[derive(Clone)]
struct Taking {
    bodies: mpsc::UnboundedSender<String>,
    statuses: Arc<Mutex<Vec<StatusCode>>>,
}

impl Receiver {
    async fn new(statuses: &[StatusCode]) -> Self {
        let (sender, bodies) = mpsc::unbounded_channel();
        let taking = Taking {
            bodies: sender,
            statuses: Arc::new(Mutex::new(statuses.iter().rev().copied().collect())),
        };
        let routes = Router::new().route("/hook", post(take)).with_state(taking);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, bodies }
    }

    fn webhook(&self) -> Webhook {
        Webhook::new(app(), &self.url)
    }

    /// The events of the next post, as JSON.
    async fn events(&mut self) -> String {
        let body = within(self.bodies.recv()).await.unwrap();
        let (_, events) = body.split_once(r#","events":["#).unwrap();
        events.strip_suffix("]}").unwrap().to_owned()
    }
}

async fn take(
    State(taking): State<Taking>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, [(&'static str, &'static str); 1]) {
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("x-pusher-key"), "key");
    assert!(app().verify(&body, header("x-pusher-signature")));
    taking.bodies.send(body).unwrap();
    // Whoever followed it would come back at once.
    (
        lock(&taking.statuses).pop().unwrap_or(StatusCode::OK),
        [("location", "/hook")],
    )
}

#[tokio::test]
async fn a_program_is_told_and_in_the_end_of_all() {
    let mut receiver = Receiver::new(&[]).await;
    let place = Place::new(config()).await;
    let posting = place
        .server
        .post_webhooks(vec![receiver.webhook()], Reach::Anywhere)
        .await
        .unwrap();
    let _ann = place.subscriber("orders").await;
    assert_eq!(
        receiver.events().await,
        r#"{"name":"channel_occupied","channel":"orders"}"#
    );
    within(place.server.shutdown()).await;
    assert_eq!(
        receiver.events().await,
        r#"{"name":"channel_vacated","channel":"orders"}"#
    );
    within(posting).await.unwrap();
}

#[tokio::test]
async fn what_is_not_taken_is_sent_again() {
    for status in [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::TEMPORARY_REDIRECT] {
        let mut receiver = Receiver::new(&[status]).await;
        let place = Place::new(config()).await;
        let posting = place
            .server
            .post_webhooks(vec![receiver.webhook()], Reach::Anywhere)
            .await
            .unwrap();
        let ann = place.subscriber("orders").await;
        let occupied = r#"{"name":"channel_occupied","channel":"orders"}"#;
        let first = clock_of(receiver.events().await, occupied);
        let second = clock_of(receiver.events().await, occupied);
        assert!(second.duration_since(first) > Duration::from_millis(900));
        drop(ann);
        within(place.server.shutdown()).await;
        within(posting).await.unwrap();
    }
}

/// When it was that this came.
fn clock_of(came: String, expected: &str) -> tokio::time::Instant {
    assert_eq!(came, expected);
    engine::clock()
}

#[tokio::test]
async fn private_addresses_are_out_of_reach() {
    let receiver = Receiver::new(&[]).await;
    let place = Place::new(config()).await;
    let refused = place
        .server
        .post_webhooks(vec![receiver.webhook()], Reach::Public)
        .await;
    assert_eq!(
        refused.unwrap_err().to_string(),
        format!(
            "webhook {}: it is private; posts go there with Reach::Anywhere (private_webhooks = true)",
            receiver.url
        )
    );
    within(place.server.shutdown()).await;
    let refused = place
        .server
        .post_webhooks(vec![receiver.webhook()], Reach::Anywhere)
        .await;
    assert_eq!(refused.unwrap_err().to_string(), "the hub was shut down");
}

/// Whoever is not who the address says, or does not speak TLS at all, is told nothing.
#[tokio::test]
async fn nobody_is_told_without_proof() {
    let mut receiver = Receiver::new(&[]).await;
    let place = Place::new(config()).await;
    let webhook = Webhook {
        url: receiver.url.replace("http:", "https:"),
        ..receiver.webhook()
    };
    let plain = receiver.webhook();
    let posting = place.server.post_webhooks(vec![webhook, plain], Reach::Anywhere).await;
    let posting = posting.unwrap();
    let _ann = place.subscriber("orders").await;
    assert_eq!(
        receiver.events().await,
        r#"{"name":"channel_occupied","channel":"orders"}"#
    );
    within(place.server.shutdown()).await;
    assert_eq!(
        receiver.events().await,
        r#"{"name":"channel_vacated","channel":"orders"}"#
    );
    // The one without proof would be tried for minutes.
    posting.abort();
    assert!(receiver.bodies.try_recv().is_err());
}

fn letter(url: &str) -> Letter<'_> {
    Letter {
        url,
        headers: &[],
        body: "{}".to_owned(),
    }
}

/// Whoever answers without end keeps nobody waiting.
#[tokio::test]
async fn of_an_answer_only_the_head_is_read() {
    let endless = || async {
        let pieces = futures_util::stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(&[b'x'; 4096])));
        Body::from_stream(pieces)
    };
    let routes = Router::new().route("/hook", post(endless));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let courier = Courier::new("test", Reach::Anywhere).unwrap();
    assert_eq!(within(courier.post(letter(&url))).await, Ok(()));
}

/// An address that was taken once, by a program that may reach everything, is looked at again.
#[tokio::test]
async fn what_is_out_of_reach_gets_nothing() {
    let mut receiver = Receiver::new(&[]).await;
    let courier = Courier::new("test", Reach::Public).unwrap();
    let private = courier.post(letter(&receiver.url)).await;
    assert_eq!(private, Err("the address is private".to_owned()));
    assert!(receiver.bodies.try_recv().is_err());
}
