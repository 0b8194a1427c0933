//! Connections over HTTP, for where no WebSocket passes: the requests of
//! [`over_http`](pusher_channels::protocol::over_http), each about a session that lives as one connection of the hub.
//!
//! Knows requests and answers. What the frames say is the hub's affair, what is kept for whom the session's. A session lives in
//! this process: where several serve one app, a client's requests must all go to the same.

mod attendant;
mod guard;
mod session;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, Query, State, ws::Utf8Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::stream;
use pusher_channels::protocol::over_http::{SESSION_HEADER, SessionOpened};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::time::timeout;

use self::{
    attendant::Attendant,
    session::{Ask, Heard, Next, Session},
};
use super::{
    HubServer,
    engine::{Newcomer, Report},
    lock,
    outbox::Outbox,
    upgrade::{ConnectQuery, nonce},
};
use crate::ConnId;

/// How long a poll waits for something to say. Many a proxy cuts a request after 30 s of silence.
const POLL_WAIT: Duration = Duration::from_secs(25);
/// How long a stream is silent before it shows that it lives.
const COMMENT_EVERY: Duration = Duration::from_secs(15);
/// So many frames of the longest kind may come in one request.
const LONGEST_FRAMES_PER_REQUEST: usize = 4;
/// Asks nginx and its like not to gather what is to arrive at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The sessions by their tokens.
pub(super) struct Sessions {
    by_token: Mutex<HashMap<String, Arc<Session>>>,
    limit: usize,
}

/// Why a request is not served.
enum Refused {
    Stopping,
    TooManySessions,
    UnknownSession,
    /// The client asks for what it said it has, or for what never was.
    NotKept,
    OutOfTurn,
}

#[derive(Deserialize)]
struct AfterQuery {
    after: u64,
}

#[derive(Deserialize)]
struct NumberQuery {
    number: u64,
}

pub(super) fn router(server: HubServer) -> Router<HubServer> {
    let body = server.shared.max_frame_bytes.saturating_mul(LONGEST_FRAMES_PER_REQUEST);
    Router::new()
        .route("/app/{key}/session", post(open).delete(end))
        .route("/app/{key}/events", get(events))
        .route("/app/{key}/poll", get(poll))
        .route("/app/{key}/frames", post(frames))
        .layer(DefaultBodyLimit::max(body))
        .layer(from_fn_with_state(server, guard::guard))
}

impl Sessions {
    pub fn new(limit: usize) -> Self {
        Self {
            by_token: Mutex::default(),
            limit,
        }
    }

    fn insert(&self, token: String, session: Arc<Session>) -> Result<(), Refused> {
        let mut sessions = lock(&self.by_token);
        if sessions.len() >= self.limit {
            return Err(Refused::TooManySessions);
        }
        sessions.insert(token, session);
        Ok(())
    }

    fn find(&self, headers: &HeaderMap) -> Result<Arc<Session>, Refused> {
        let token = headers.get(SESSION_HEADER).and_then(|token| token.to_str().ok());
        let found = token.and_then(|token| lock(&self.by_token).get(token).cloned());
        found.ok_or(Refused::UnknownSession)
    }

    fn remove(&self, token: &str) {
        lock(&self.by_token).remove(token);
    }
}

async fn open(
    State(server): State<HubServer>,
    (Path(key), Query(query)): (Path<String>, Query<ConnectQuery>),
) -> Result<Response, Refused> {
    let shared = &server.shared;
    let conn = ConnId(shared.next_conn.fetch_add(1, Ordering::Relaxed));
    let outbox = Arc::new(Outbox::new(shared.max_waiting_bytes));
    let token = token();
    let session = Arc::new(Session::new(conn, shared.reports.clone(), shared.max_waiting_bytes));
    shared.sessions.insert(token.clone(), Arc::clone(&session))?;
    let attendant = Attendant {
        token: token.clone(),
        session,
        outbox: Arc::clone(&outbox),
        sessions: Arc::clone(&shared.sessions),
        grace: shared.session_grace,
    };
    let newcomer = Newcomer {
        conn,
        key,
        protocol: query.protocol,
        nonce: nonce(),
        outbox,
    };
    if shared.reports.send(Report::Opened(newcomer)).await.is_err() {
        shared.sessions.remove(&token);
        return Err(Refused::Stopping);
    }
    tokio::spawn(attendant.run());
    let opened = serde_json::to_string(&SessionOpened { session: token }).expect("a text is JSON");
    Ok(json(opened))
}

async fn end(State(server): State<HubServer>, headers: HeaderMap) -> Result<StatusCode, Refused> {
    server.shared.sessions.find(&headers)?.end();
    Ok(StatusCode::NO_CONTENT)
}

/// One answer that lasts as long as the connection, or until the client asks otherwise.
async fn events(
    State(server): State<HubServer>,
    Query(AfterQuery { after }): Query<AfterQuery>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let ask = ask(&server, &headers, after)?;
    // A first word, so that who gathers small pieces on the way shows by that.
    let begun = stream::once(async { Ok::<Bytes, std::convert::Infallible>(Bytes::from_static(b":\n\n")) });
    let told = stream::unfold((ask, after), |(ask, after)| async move {
        let (text, after) = next_event(&ask, after).await?;
        Some((Ok(Bytes::from(text)), (ask, after)))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (X_ACCEL_BUFFERING, HeaderValue::from_static("no")),
    ];
    Ok((headers, Body::from_stream(futures_util::StreamExt::chain(begun, told))).into_response())
}

/// The session that the headers name, asked for the frames after those that its client has.
fn ask(server: &HubServer, headers: &HeaderMap, after: u64) -> Result<Ask, Refused> {
    server.shared.sessions.find(headers)?.ask(after).ok_or(Refused::NotKept)
}

/// The text of the next event and its number, or a comment; none when nothing comes any more.
async fn next_event(ask: &Ask, after: u64) -> Option<(String, u64)> {
    match timeout(COMMENT_EVERY, ask.next(after)).await {
        Ok(Next::Frame(frame)) => {
            let number = after + 1;
            // Between the words of JSON, where a client's own data may have it, the end of a line means what a blank does.
            let line = frame.replace(['\r', '\n'], " ");
            Some((format!("id: {number}\ndata: {line}\n\n"), number))
        }
        Ok(Next::Nothing) => None,
        Err(_) => Some((":\n\n".to_owned(), after)),
    }
}

/// The frames after those that the client has: those that there are, or the first that comes.
async fn poll(
    State(server): State<HubServer>,
    Query(AfterQuery { after }): Query<AfterQuery>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let ask = ask(&server, &headers, after)?;
    if headers.contains_key(header::IF_NONE_MATCH) {
        return Ok(at_once(&ask, after));
    }
    let frames = match timeout(POLL_WAIT, ask.next(after)).await {
        Ok(Next::Frame(_)) => ask.all(after),
        Ok(Next::Nothing) | Err(_) => Vec::new(),
    };
    Ok(array(&frames, after))
}

fn at_once(ask: &Ask, after: u64) -> Response {
    match ask.all(after) {
        frames if frames.is_empty() => {
            let tag = [(header::ETAG, format!("\"{after}\""))];
            (StatusCode::NOT_MODIFIED, tag).into_response()
        }
        frames => array(&frames, after),
    }
}

fn array(frames: &[Utf8Bytes], after: u64) -> Response {
    let texts: Vec<&str> = frames.iter().map(|frame| frame.as_str()).collect();
    let tag = [(header::ETAG, format!("\"{}\"", after + frames.len() as u64))];
    (tag, json(format!("[{}]", texts.join(",")))).into_response()
}

/// The client's frames. The same number again means that the answer was lost; what was heard is not heard twice.
async fn frames(
    State(server): State<HubServer>,
    Query(NumberQuery { number }): Query<NumberQuery>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response, Refused> {
    let shared = &server.shared;
    let session = shared.sessions.find(&headers)?;
    let mut heard = session.heard.lock().await;
    if number <= heard.requests {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if number != heard.requests + 1 {
        return Err(Refused::OutOfTurn);
    }
    let answer = match body {
        Ok(body) => match serde_json::from_slice::<Vec<&RawValue>>(&body) {
            Ok(frames) => {
                hear(&session, &mut heard, &frames, shared.max_frame_bytes).await?;
                StatusCode::NO_CONTENT.into_response()
            }
            Err(error) => {
                let text = format!("body: not a JSON array of frames: {error}\n");
                (StatusCode::BAD_REQUEST, text).into_response()
            }
        },
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            report(&session, Report::Oversize(session.conn)).await?;
            rejection.into_response()
        }
        // It was cut on its way, and comes again under the same number.
        Err(rejection) => return Ok(rejection.into_response()),
    };
    *heard = Heard::up_to(number);
    Ok(answer)
}

/// Passes on those of a request's frames that were not passed on yet. Given up half-way, when the client hangs up, it goes on there
/// when the request comes again.
async fn hear(
    session: &Session,
    heard: &mut Heard,
    frames: &[&RawValue],
    max_frame_bytes: usize,
) -> Result<(), Refused> {
    for frame in frames.iter().skip(heard.frames_of_next) {
        let seen = if frame.get().len() > max_frame_bytes {
            Report::Oversize(session.conn)
        } else {
            Report::Text(session.conn, frame.get().into())
        };
        report(session, seen).await?;
        heard.frames_of_next += 1;
    }
    Ok(())
}

async fn report(session: &Session, report: Report) -> Result<(), Refused> {
    session.reports.send(report).await.map_err(|_| Refused::Stopping)
}

fn json(text: String) -> Response {
    let head = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (head, text).into_response()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "the server is stopping\n"),
            Self::TooManySessions => (StatusCode::SERVICE_UNAVAILABLE, "too many sessions are open\n"),
            Self::UnknownSession => (StatusCode::NOT_FOUND, "x-pusher-session: unknown, or over\n"),
            Self::NotKept => (StatusCode::GONE, "after: what follows is not kept\n"),
            Self::OutOfTurn => (StatusCode::CONFLICT, "number: not the next one\n"),
        };
        (status, text).into_response()
    }
}

/// 128 random bits in hex digits.
#[expect(
    clippy::disallowed_methods,
    reason = "the driver is where the hub's randomness comes from"
)]
fn token() -> String {
    hex::encode(rand::random::<u128>().to_be_bytes())
}

#[cfg(test)]
mod tests;
