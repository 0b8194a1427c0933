//! The HTTP API over real connections: what is signed and asked is tested by `http_api`, here it is what goes over the wire.

use super::*;
use crate::http_api::{self, Request};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

/// A connection of an app's program, which is kept for all its requests.
struct Program(BufReader<TcpStream>);

impl Program {
    async fn connect(place: &Place) -> Self {
        let socket = within(TcpStream::connect(place.address)).await.unwrap();
        socket.set_nodelay(true).unwrap();
        Self(BufReader::new(socket))
    }

    /// Signs and sends a request, and answers `STATUS BODY`.
    async fn ask(&mut self, method: &str, path: &str, body: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = format!("/apps/main{path}");
        let request = Request {
            method,
            path: &path,
            query,
            body: body.as_bytes(),
        };
        let query = http_api::sign(&app(), &request, calls::time_of_day()).unwrap();
        self.send(&format!("{method} {path}?{query}"), body).await
    }

    async fn send(&mut self, line: &str, body: &str) -> String {
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        within(self.0.write_all(request.as_bytes())).await.unwrap();
        within(self.answer()).await
    }

    async fn answer(&mut self) -> String {
        let (mut length, mut status) = (0, String::new());
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            match line.trim_end().to_lowercase().split_once(": ") {
                Some(("content-length", value)) => length = value.parse().unwrap(),
                Some(("connection", value)) => assert_ne!(value, "close", "the connection is kept"),
                Some(_) => {}
                None if status.is_empty() => status = line.split(' ').nth(1).unwrap().to_owned(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        format!("{status} {}", String::from_utf8(body).unwrap())
    }
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let place = Place::new(config()).await;
    let (mut ann, mut bob) = (place.subscriber("orders").await, place.subscriber("orders").await);
    let mut program = Program::connect(&place).await;
    let event = format!(
        r#"{{"name":"moved","channel":"orders","data":"1","socket_id":"{}"}}"#,
        ann.socket_id()
    );
    assert_eq!(program.ask("POST", "/events", &event).await, "200 {}");
    let batch = r#"{"batch":[{"name":"moved","channel":"orders","data":"2","info":"subscription_count"}]}"#;
    assert_eq!(
        program.ask("POST", "/batch_events", batch).await,
        r#"200 {"batch":[{"subscription_count":2}]}"#
    );
    assert_eq!(
        program.ask("GET", "/channels?info=subscription_count", "").await,
        r#"200 {"channels":{"orders":{"subscription_count":2}}}"#
    );
    assert_eq!(
        program.ask("GET", "/channels/orders", "").await,
        r#"200 {"occupied":true}"#
    );
    let second = r#"{"event":"moved","channel":"orders","data":"2"}"#;
    assert_eq!(ann.text().await, second);
    assert_eq!(bob.text().await, r#"{"event":"moved","channel":"orders","data":"1"}"#);
    assert_eq!(bob.text().await, second);
}

#[tokio::test]
async fn refusals_keep_the_connection() {
    let place = Place::new(config()).await;
    let mut program = Program::connect(&place).await;
    assert_eq!(
        program.send("POST /apps/main/events", "{}").await,
        "401 auth_key: missing from the query\n"
    );
    assert_eq!(
        program.ask("POST", "/events", "{}").await,
        "400 body: missing field `name` at line 1 column 2\n"
    );
    assert!(
        program
            .ask("POST", "/nothing", "{}")
            .await
            .starts_with("404 no such call")
    );
    let long = format!(r#"{{"name":"m","channel":"a","data":"{}"}}"#, "x".repeat(10_241));
    assert_eq!(
        program.ask("POST", "/events", &long).await,
        "413 data: 10241 bytes, at most 10240 are allowed\n"
    );
    assert_eq!(program.ask("GET", "/channels", "").await, r#"200 {"channels":{}}"#);
}

#[tokio::test]
async fn a_body_that_is_announced_too_long_is_not_read() {
    let place = Place::new(config()).await;
    let mut socket = within(TcpStream::connect(place.address)).await.unwrap();
    let request = "POST /apps/main/events HTTP/1.1\r\nhost: hub\r\ncontent-length: 1048577\r\n\r\n";
    within(socket.write_all(request.as_bytes())).await.unwrap();
    let mut answer = vec![0; 12];
    within(socket.read_exact(&mut answer)).await.unwrap();
    assert_eq!(String::from_utf8(answer).unwrap(), "HTTP/1.1 413");
}

#[tokio::test]
async fn what_was_done_is_counted() {
    let place = Place::new(config()).await;
    let (_ann, _bob) = (place.subscriber("a").await, place.subscriber("a").await);
    let mut program = Program::connect(&place).await;
    program
        .ask("POST", "/events", r#"{"name":"m","channel":"a","data":""}"#)
        .await;
    program.ask("GET", "/nothing", "").await;
    Raw::open(&format!("ws://{}/app/nobody?protocol=7", place.address))
        .await
        .text()
        .await;
    let figures = within(place.server.figures()).await.unwrap();
    let app = AppFigures {
        app: app().id().clone(),
        connections: 2,
        channels: 1,
    };
    let expected = Figures {
        apps: vec![app],
        frames_received: 2,
        // Three handshakes, of which one is a refusal, two subscriptions, and an event for two.
        frames_sent: 7,
        connections_refused: 1,
        connections_too_slow: 0,
        calls_answered: 1,
        calls_refused: 1,
        news_lost: 0,
        ..Figures::default()
    };
    assert_eq!(figures, expected);
}

#[tokio::test]
async fn a_hub_that_was_shut_down_says_so() {
    let place = Place::new(config()).await;
    let mut program = Program::connect(&place).await;
    within(place.server.shutdown()).await;
    assert_eq!(
        program.ask("GET", "/channels", "").await,
        "503 the server is stopping\n"
    );
    assert_eq!(place.server.figures().await, None);
}

#[tokio::test]
async fn a_disabled_app_serves_nobody() {
    let mut config = config();
    config.hub.apps = vec![app().disabled()];
    let place = Place::new(config).await;
    let mut program = Program::connect(&place).await;
    assert_eq!(program.ask("GET", "/channels", "").await, "403 this app is disabled\n");
    let mut raw = Raw::open(&place.url()).await;
    raw.text().await;
    assert_eq!(raw.closed().await, (4003, "key: this app is disabled".to_owned()));
}
