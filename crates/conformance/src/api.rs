//! Signed requests to the HTTP API. Knows how they are signed and sent, not what they mean.

use crate::PATIENCE;
use crate::server::App;
use crate::sign::{hmac, md5};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The HTTP API of one app.
pub struct Api<'a> {
    pub authority: &'a str,
    pub path: &'a str,
    pub app: &'a App,
}

/// What a request is made of, before it is signed.
pub struct Call {
    pub method: Method,
    /// After `/apps/ID`.
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub body: String,
    /// Seconds by which the clock of whoever signs is wrong.
    pub clock_is_off_by: i64,
}

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub body: String,
    /// Whether the server closes the connection after this answer.
    pub closes: bool,
}

impl Call {
    pub fn get(path: &str) -> Self {
        Self {
            method: Method::GET,
            path: path.to_owned(),
            query: Vec::new(),
            body: String::new(),
            clock_is_off_by: 0,
        }
    }

    pub fn post(path: &str, body: &Value) -> Self {
        Self {
            method: Method::POST,
            body: body.to_string(),
            ..Self::get(path)
        }
    }

    pub fn asking(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_owned()));
        self
    }
}

impl Api<'_> {
    pub async fn post(&self, path: &str, body: &Value) -> Result<Reply, String> {
        self.call(Call::post(path, body)).await
    }

    pub async fn get(&self, path: &str) -> Result<Reply, String> {
        self.call(Call::get(path)).await
    }

    pub async fn call(&self, call: Call) -> Result<Reply, String> {
        let query = self.signed_query(&call);
        self.send(&call, &query).await
    }

    /// The query with all that signs the call.
    pub fn signed_query(&self, call: &Call) -> String {
        let mut parameters: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &call.query {
            parameters.insert(name.to_lowercase(), value.clone());
        }
        parameters.insert("auth_key".into(), self.app.key.clone());
        parameters.insert("auth_timestamp".into(), (now() + call.clock_is_off_by).to_string());
        parameters.insert("auth_version".into(), "1.0".into());
        if call.method == Method::POST {
            parameters.insert("body_md5".into(), md5(&call.body));
        }
        let joined = |encode: fn(&str) -> String| {
            let pairs: Vec<String> = parameters
                .iter()
                .map(|(name, value)| format!("{name}={}", encode(value)))
                .collect();
            pairs.join("&")
        };
        let path = self.full_path(call);
        let signature = hmac(
            &self.app.secret,
            &format!("{}\n{path}\n{}", call.method, joined(str::to_owned)),
        );
        format!("{}&auth_signature={signature}", joined(escaped))
    }

    /// Sends a call with this query, on a connection of its own.
    pub async fn send(&self, call: &Call, query: &str) -> Result<Reply, String> {
        let mut connection = self.connect().await?;
        self.send_on(&mut connection, call, query).await
    }

    pub async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, String> {
        let stream = timeout(PATIENCE, TcpStream::connect(self.authority)).await;
        let stream = stream
            .map_err(|_| "the HTTP API cannot be reached in time".to_owned())?
            .map_err(|error| format!("the HTTP API cannot be reached: {error}"))?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(in_words)?;
        // Ends with the sender; what goes wrong is told there too.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }

    pub async fn send_on(
        &self,
        connection: &mut SendRequest<Full<Bytes>>,
        call: &Call,
        query: &str,
    ) -> Result<Reply, String> {
        let request = Request::builder()
            .method(call.method.clone())
            .uri(format!("{}?{query}", self.full_path(call)))
            .header("host", self.authority)
            .header("content-type", "application/json")
            .body(Full::new(Bytes::from(call.body.clone())))
            .map_err(|error| error.to_string())?;
        let answered = async {
            let response = connection.send_request(request).await.map_err(in_words)?;
            let status = response.status();
            let closes = response
                .headers()
                .get("connection")
                .is_some_and(|value| value == "close");
            let body = response.into_body().collect().await.map_err(in_words)?.to_bytes();
            Ok(Reply {
                status,
                body: String::from_utf8_lossy(&body).into_owned(),
                closes,
            })
        };
        let answered = timeout(PATIENCE, answered).await;
        answered.map_err(|_| "the HTTP API did not answer in time".to_owned())?
    }

    fn full_path(&self, call: &Call) -> String {
        format!("{}/apps/{}{}", self.path, self.app.id, call.path)
    }
}

impl Reply {
    pub fn expect_status(&self, status: u16) -> Result<(), String> {
        match self.status == status {
            true => Ok(()),
            false => Err(format!(
                "expected status {status}, got {} {}",
                self.status.as_u16(),
                self.body.trim()
            )),
        }
    }

    /// The body, which must be this JSON.
    pub fn expect_json(&self, expected: &Value) -> Result<(), String> {
        self.expect_status(200)?;
        match self.json()? == *expected {
            true => Ok(()),
            false => Err(format!("expected {expected}, got {}", self.body.trim())),
        }
    }

    pub fn json(&self) -> Result<Value, String> {
        serde_json::from_str(&self.body).map_err(|_| format!("expected JSON, got {:?}", self.body))
    }
}

#[expect(clippy::disallowed_methods, reason = "requests are signed with the time of day")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn in_words(error: hyper::Error) -> String {
    format!("the HTTP API broke off: {error}")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            true => escaped.push(char::from(byte)),
            false => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
