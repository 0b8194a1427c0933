//! A provider of identities that says what a test wants it to, over real HTTP.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;

pub const CLIENT_ID: &str = "truestory";
pub const CLIENT_SECRET: &str = "a-secret-of-the-client";

/// A provider that says anything.
pub struct Liar {
    pub issuer: String,
    says: Says,
}

#[derive(Clone)]
struct Says {
    issuer: String,
    mind: Arc<Mutex<Mind>>,
}

#[derive(Default)]
struct Mind {
    is_down: bool,
    nonce: String,
    claims: Map<String, Value>,
    later: Option<Value>,
    exchange: HashMap<String, String>,
}

impl Liar {
    pub async fn new() -> Liar {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let says = Says {
            issuer: issuer.clone(),
            mind: Arc::default(),
        };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(async || Json(json!({"keys": []}))))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(says.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Liar { issuer, says }
    }

    /// Says so of whoever comes next. Claims that begin with `test:` change the token itself.
    pub fn vouches(&self, nonce: &str, claims: Value) {
        let mut mind = self.says.mind();
        nonce.clone_into(&mut mind.nonce);
        mind.claims = claims.as_object().expect("an object").clone();
    }

    /// Says so to whoever asks once more.
    pub fn tells_later(&self, claims: Value) {
        self.says.mind().later = Some(claims);
    }

    pub fn goes_down(&self) {
        self.says.mind().is_down = true;
    }

    pub fn comes_up(&self) {
        self.says.mind().is_down = false;
    }

    /// What was sent to exchange the last code.
    pub fn exchange(&self) -> HashMap<String, String> {
        self.says.mind().exchange.clone()
    }
}

impl Says {
    fn mind(&self) -> MutexGuard<'_, Mind> {
        self.mind.lock().expect("whole")
    }
}

/// What stands for a verifier on the way there (RFC 7636, 4.2).
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

async fn discovery(State(says): State<Says>) -> Result<Json<Value>, StatusCode> {
    if says.mind().is_down {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    let issuer = &says.issuer;
    Ok(Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["HS256"],
    })))
}

async fn token(
    State(says): State<Says>,
    headers: HeaderMap,
    Form(exchange): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let mut mind = says.mind();
    let login = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if mind.is_down || headers.get("authorization").is_none_or(|header| *header != *login) {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    mind.exchange = exchange;
    let mut answer = json!({"access_token": "an-access-token", "token_type": "Bearer"});
    if mind.claims.get("test:token") != Some(&json!(false)) {
        answer["id_token"] = json!(signed(&says.issuer, &mind));
    }
    Ok(Json(answer))
}

async fn me(State(says): State<Says>) -> Json<Value> {
    let mind = says.mind();
    let subject = || json!({"sub": mind.claims["sub"]});
    Json(mind.later.clone().unwrap_or_else(subject))
}

fn signed(issuer: &str, mind: &Mind) -> String {
    let now = truestory_server::ambient::now().0 / 1000;
    let mut claims = json!({
        "iss": issuer, "aud": CLIENT_ID, "exp": now + 300, "iat": now, "nonce": mind.nonce,
    });
    let told = mind.claims.iter().filter(|(name, _)| !name.starts_with("test:"));
    for (name, value) in told {
        claims[name] = value.clone();
    }
    let asked = |name: &str, usual: &str| match mind.claims.get(name).and_then(Value::as_str) {
        Some(value) => value.to_owned(),
        None => usual.to_owned(),
    };
    let header = json!({"typ": "JWT", "alg": asked("test:algorithm", "HS256")});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&header), part(&claims));
    let key = asked("test:key", CLIENT_SECRET);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key will do");
    mac.update(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}
