//! A server without a network, and visitors of it.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use backlog::Epoch;
use backlog::id::Bits128;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;
use truestory_server::config::{Entrance, Outside, Secrets};
use truestory_server::routes::router;
use truestory_server::serve::Parts;
use truestory_server::store::Store;

pub const KEY: &str = "app-key";
pub const SECRET: &str = "app-secret-of-16";

/// 32 hex digits for a small number.
pub fn id(number: u128) -> String {
    Bits128(number).to_string()
}

/// A server on a folder of its own.
pub struct Site {
    parts: Parts,
    folder: Arc<TempDir>,
    entrance: Entrance,
    outside: Outside,
}

impl Site {
    /// One that lets everyone in.
    pub async fn new() -> Site {
        Site::with(Entrance::open()).await
    }

    /// One that lets those in.
    pub async fn with(entrance: Entrance) -> Site {
        Site::speaking_to(Outside::default(), entrance).await
    }

    /// One that lets those in and speaks to that world outside.
    pub async fn speaking_to(outside: Outside, entrance: Entrance) -> Site {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let parts = start(folder.path(), (entrance.clone(), outside.clone())).await;
        Site {
            parts,
            folder,
            entrance,
            outside,
        }
    }

    /// Stops the server and starts another one on the same folder.
    pub async fn restarted(self) -> Site {
        let outside = self.outside.clone();
        self.restarted_speaking_to(outside).await
    }

    /// Stops the server and starts one on the same folder that speaks to that world outside.
    pub async fn restarted_speaking_to(self, outside: Outside) -> Site {
        let Site {
            parts,
            folder,
            entrance,
            ..
        } = self;
        parts.stop().await;
        let parts = start(folder.path(), (entrance.clone(), outside.clone())).await;
        Site {
            parts,
            folder,
            entrance,
            outside,
        }
    }

    /// Stops the server and starts another one on the same folder, which lets those in.
    pub async fn reopened(self, entrance: Entrance) -> Site {
        Site { entrance, ..self }.restarted().await
    }

    /// Where its data lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Listens for as long as the test runs; answers where.
    pub async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let router = router(self.parts.app.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    /// Someone without a session.
    pub fn stranger(&self) -> Visitor {
        Visitor {
            router: router(self.parts.app.clone()),
            headers: Vec::new(),
            _folder: self.folder.clone(),
        }
    }

    /// Someone with a session.
    pub async fn visitor(&self) -> Visitor {
        let mut visitor = self.stranger();
        let answer = visitor.post("/api/visit", &json!({})).await;
        let (token, _) = answer
            .header("set-cookie")
            .split_once(';')
            .expect("a token and how to keep it");
        visitor.header("cookie", token);
        visitor
    }

    /// Someone with a session, and a project of that number.
    pub async fn with_project(&self, number: u128) -> Visitor {
        let visitor = self.visitor().await;
        let answer = visitor
            .post("/api/projects", &json!({"id": id(number), "name": "Alpha"}))
            .await;
        assert_eq!(answer.status, 200);
        visitor
    }
}

async fn start(folder: &Path, entrance: (Entrance, Outside)) -> Parts {
    let store = Store::open(folder, Epoch(Bits128(0xe))).await.expect("a store");
    let secrets = Secrets {
        app_id: "1".into(),
        key: KEY.into(),
        secret: SECRET.into(),
    };
    Parts::start(store, &secrets, entrance).expect("the parts start")
}

/// A browser, as far as the server can tell.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    headers: Vec<(&'static str, String)>,
    // The database lives for as long as someone visits it.
    _folder: Arc<TempDir>,
}

impl Visitor {
    /// Sends this with every request from now on.
    pub fn header(&mut self, name: &'static str, value: &str) {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.to_owned()));
    }

    /// Sends this too, in a line of its own after those of the same name.
    pub fn header_line(&mut self, name: &'static str, value: &str) {
        self.headers.push((name, value.to_owned()));
    }

    /// The token that the visitor bears.
    pub fn cookie(&self) -> String {
        let cookie = self.headers.iter().find(|(name, _)| *name == "cookie");
        cookie.expect("a session").1.clone()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, Some(body)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body)).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        match body {
            Some(body) => {
                self.send_text(method, path, ("application/json", body.to_string()))
                    .await
            }
            None => self.send_text(method, path, ("", String::new())).await,
        }
    }

    /// A body that need not be JSON.
    pub async fn send_text(&self, method: &str, path: &str, (kind, body): (&str, impl Into<Body>)) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        let request = request.body(body.into()).expect("a request");
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("routes always answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text,
            body,
        }
    }
}

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    pub text: String,
    /// The body as JSON; null where it is not.
    pub body: Value,
}

impl Answer {
    /// A header's text; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The cookies that it sets, as a browser sends them back.
    pub fn cookies(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter();
        let pairs = set.map(|cookie| cookie.to_str().expect("text").split(';').next().unwrap_or_default());
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// All that it says, headers and body.
    pub fn everything(&self) -> String {
        format!("{:?}\n{}", self.headers, self.text)
    }

    #[track_caller]
    pub fn is(&self, status: u16, body: &Value) {
        assert_eq!((self.status, &self.body), (status, body));
    }

    /// An error answer of that status, whose sentence holds those words.
    #[track_caller]
    pub fn is_error(&self, status: u16, says: &str) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/json");
        let fields = self.body.as_object().expect("an object");
        assert_eq!(fields.len(), 1, "{}", self.text);
        let sentence = fields["error"].as_str().expect("a sentence");
        assert!(sentence.contains(says), "{sentence:?} does not say {says:?}");
        assert!(StatusCode::from_u16(status).expect("a status").is_client_error());
    }
}
