//! HTTP as a page speaks it: one connection that is kept open, a cookie, and as much patience. Knows the wire contract; decides
//! nothing.

use backlog::api::{ErrorAnswer, NewProject, SOCKET_ID_HEADER, Session, SyncAnswer, SyncRequest, to_json};
use backlog::{ProjectId, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use pusher_channels::{AuthorizationFailure, AuthorizationRequest, ChannelAuthorization};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// After so long without an answer there is none; a page waits as long.
const PATIENCE: Duration = Duration::from_secs(10);
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Why a request came to nothing, in the words of the page's own interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer, or one that is not the server's.
    Unreachable(String),
    /// The server is in trouble, or asked for patience.
    Busy(u16),
    /// The server does not know this visitor.
    NoSession,
    /// The server could not make sense of it; the sentence is the server's.
    Refused(String),
}

/// A visitor's way to one server, shared by all clones.
#[derive(Clone, Debug)]
pub struct Http {
    address: SocketAddr,
    cookie: Option<Arc<str>>,
    idle: Arc<Mutex<Option<SendRequest<Full<Bytes>>>>>,
}

struct Ask {
    method: Method,
    path: String,
    content_type: &'static str,
    body: String,
    socket: Option<String>,
}

struct Answer {
    status: u16,
    cookie: Option<String>,
    body: Bytes,
}

impl Http {
    /// A way to the server there, for a visitor with that cookie.
    pub fn new(address: SocketAddr, cookie: Option<Arc<str>>) -> Http {
        Http {
            address,
            cookie,
            idle: Arc::default(),
        }
    }

    /// Asks who the visitor is; makes one where there is none. Answers the cookie where the server set one.
    pub async fn session(&self) -> Result<(Session, Option<Arc<str>>), ApiError> {
        let answer = self.ask(Ask::post("/api/visit".to_owned(), "{}".to_owned())).await?;
        let cookie = answer.cookie.as_deref().map(Arc::from);
        Ok((read(&answer)?, cookie))
    }

    /// Begins a project.
    pub async fn create_project(&self, project: &NewProject) -> Result<(), ApiError> {
        let answer = self
            .ask(Ask::post("/api/projects".to_owned(), to_json(project)))
            .await?;
        read::<serde_json::Value>(&answer).map(|_| ())
    }

    /// Sends commands and catches up. The server leaves out the socket when it tells the others.
    pub async fn sync(
        &self,
        project: ProjectId,
        request: &SyncRequest,
        socket: Option<String>,
    ) -> Result<SyncAnswer, ApiError> {
        let mut ask = Ask::post(format!("/api/projects/{project}/sync"), to_json(request));
        ask.socket = socket;
        read(&self.ask(ask).await?)
    }

    /// What happened since a version.
    pub async fn changes(&self, project: ProjectId, since: Version) -> Result<SyncAnswer, ApiError> {
        let path = format!("/api/projects/{project}/changes?since={since}");
        read(&self.ask(Ask::get(path)).await?)
    }

    /// Asks for a channel's authorisation, on a connection of its own: requests of a page do not wait for each other.
    pub async fn authorize(&self, request: AuthorizationRequest) -> Result<ChannelAuthorization, AuthorizationFailure> {
        let apart = Http::new(self.address, self.cookie.clone());
        let ask = Ask {
            content_type: FORM,
            ..Ask::post("/pusher/auth".to_owned(), request.form())
        };
        let answer = apart.ask(ask).await;
        let answer = answer.map_err(|error| AuthorizationFailure::unanswered(format!("{error:?}")))?;
        ChannelAuthorization::from_response(answer.status, &String::from_utf8_lossy(&answer.body))
    }

    async fn ask(&self, ask: Ask) -> Result<Answer, ApiError> {
        match timeout(PATIENCE, self.exchange(ask)).await {
            Ok(answer) => answer.map_err(ApiError::Unreachable),
            Err(_) => Err(ApiError::Unreachable("no answer in time".to_owned())),
        }
    }

    async fn exchange(&self, ask: Ask) -> Result<Answer, String> {
        let mut connection = match self.take_idle() {
            Some(connection) => connection,
            None => connect(self.address).await?,
        };
        let request = self.request(ask)?;
        let response = connection.send_request(request).await.map_err(|e| e.to_string())?;
        let status = response.status().as_u16();
        let cookie = response.headers().get(SET_COOKIE);
        let cookie = cookie.and_then(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()));
        let body = response.into_body().collect().await.map_err(|e| e.to_string())?;
        *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection);
        Ok(Answer {
            status,
            cookie,
            body: body.to_bytes(),
        })
    }

    fn take_idle(&self) -> Option<SendRequest<Full<Bytes>>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.take().filter(|connection| connection.is_ready())
    }

    fn request(&self, ask: Ask) -> Result<Request<Full<Bytes>>, String> {
        let mut builder = Request::builder()
            .method(ask.method)
            .uri(ask.path)
            .header(HOST, self.address.to_string());
        if let Some(cookie) = &self.cookie {
            builder = builder.header(COOKIE, &**cookie);
        }
        if let Some(socket) = ask.socket {
            builder = builder.header(SOCKET_ID_HEADER, socket);
        }
        if !ask.body.is_empty() {
            builder = builder.header(CONTENT_TYPE, ask.content_type);
        }
        builder.body(Full::from(ask.body)).map_err(|e| e.to_string())
    }
}

impl Ask {
    fn get(path: String) -> Ask {
        Ask {
            method: Method::GET,
            path,
            content_type: JSON,
            body: String::new(),
            socket: None,
        }
    }

    fn post(path: String, body: String) -> Ask {
        Ask {
            method: Method::POST,
            body,
            ..Ask::get(path)
        }
    }
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>, String> {
    let stream = TcpStream::connect(address).await.map_err(|e| e.to_string())?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|e| e.to_string())?;
    // Ends with the sender, or with the connection.
    tokio::spawn(connection);
    Ok(sender)
}

fn read<A: DeserializeOwned>(answer: &Answer) -> Result<A, ApiError> {
    match answer.status {
        200..=299 => serde_json::from_slice(&answer.body).map_err(|e| ApiError::Unreachable(e.to_string())),
        401 => Err(ApiError::NoSession),
        408 | 429 | 500..=599 => Err(ApiError::Busy(answer.status)),
        status => {
            let said = serde_json::from_slice::<ErrorAnswer>(&answer.body);
            Err(ApiError::Refused(
                said.map_or_else(|_| status.to_string(), |said| said.error),
            ))
        }
    }
}
