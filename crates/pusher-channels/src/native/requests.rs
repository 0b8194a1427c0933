//! A connection over HTTP on a task of its own: makes the requests that its link wants, tells it what comes, and keeps its time.
//! Knows HTTP/1.1 without TLS; what is asked for, and when, the [`link`](crate::client::http) decides.

use std::{collections::BTreeMap, error::Error, time::Duration};

use http_body_util::{BodyExt, Full};
use hyper::{Uri, body::Bytes, client::conn::http1::handshake, header};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::{Instant, sleep_until, timeout},
};

use super::engine::now;
use crate::client::{
    Attempt, Carrier, Input,
    http::{HttpInput, HttpLink, HttpOutput, Request, RequestId},
};

/// How long the request that ends a session may take before it is given up.
const FAREWELL_PATIENCE: Duration = Duration::from_secs(1);

type Failed = Box<dyn Error + Send + Sync>;

/// The link and what is under way for it. What is dropped is cut.
struct Requests {
    link: HttpLink,
    attempt: Attempt,
    started: Instant,
    under_way: BTreeMap<RequestId, AbortHandle>,
    tasks: JoinSet<()>,
    answers: mpsc::UnboundedSender<HttpInput>,
    incoming: mpsc::UnboundedSender<Input>,
}

/// The connection is over.
struct Over;

/// Runs until the connection is over or nobody can send any more.
pub(super) async fn run(
    (carrier, url): (Carrier, String),
    attempt: Attempt,
    mut outgoing: mpsc::UnboundedReceiver<String>,
    incoming: mpsc::UnboundedSender<Input>,
) {
    if url.starts_with("https:") {
        let reason = format!("{carrier} is not to be had with TLS here");
        let _ = incoming.send(Input::SocketUnsupported { attempt, reason });
        return;
    }
    let (answers, mut answered) = mpsc::unbounded_channel();
    let mut requests = Requests {
        link: HttpLink::new(carrier, &url, Duration::ZERO),
        attempt,
        started: now(),
        under_way: BTreeMap::new(),
        tasks: JoinSet::new(),
        answers,
        incoming,
    };
    while let Ok(()) = requests.perform_all() {
        let due = requests
            .link
            .poll_timeout()
            .and_then(|due| requests.started.checked_add(due));
        let happened = tokio::select! {
            text = outgoing.recv() => match text {
                Some(text) => HttpInput::SendRequested(text),
                None => return requests.leave().await,
            },
            Some(answer) = answered.recv() => answer,
            () = sleep_until(due.unwrap_or(requests.started)), if due.is_some() => HttpInput::TimePassed,
        };
        requests.handle(happened);
    }
}

impl Requests {
    fn handle(&mut self, happened: HttpInput) {
        if let HttpInput::Ended { request } | HttpInput::Failed { request } = &happened {
            self.under_way.remove(request);
        }
        self.link.handle(happened, now() - self.started);
        // What has ended is not to gather here.
        while self.tasks.try_join_next().is_some() {}
    }

    fn perform_all(&mut self) -> Result<(), Over> {
        while let Some(output) = self.link.poll_output() {
            self.perform(output)?;
        }
        Ok(())
    }

    fn perform(&mut self, output: HttpOutput) -> Result<(), Over> {
        let attempt = self.attempt;
        let (input, then) = match output {
            HttpOutput::Ask(request) => {
                let (id, answers) = (request.id, self.answers.clone());
                self.under_way.insert(id, self.tasks.spawn(ask(request, answers)));
                return Ok(());
            }
            HttpOutput::Abandon(request) => {
                if let Some(task) = self.under_way.remove(&request) {
                    task.abort();
                }
                return Ok(());
            }
            HttpOutput::Heard(text) => (Input::Received { attempt, text }, Ok(())),
            HttpOutput::Closed { code, reason } => (Input::Closed { attempt, code, reason }, Err(Over)),
            HttpOutput::Unsupported { reason } => (Input::SocketUnsupported { attempt, reason }, Err(Over)),
        };
        // An error says that the client is gone, which the other channel says too.
        let _ = self.incoming.send(input);
        then
    }

    /// Ends the session, so that the server need not find out by itself.
    async fn leave(mut self) {
        self.tasks.abort_all();
        if let Some(request) = self.link.farewell() {
            let _ = timeout(FAREWELL_PATIENCE, exchange(&request, &self.answers)).await;
        }
    }
}

/// Makes a request and tells of its answer, its end included.
async fn ask(request: Request, answers: mpsc::UnboundedSender<HttpInput>) {
    let id = request.id;
    let end = match exchange(&request, &answers).await {
        Ok(()) => HttpInput::Ended { request: id },
        Err(_) => HttpInput::Failed { request: id },
    };
    let _ = answers.send(end);
}

/// One request on a connection of its own: polls are rare, and a stream has it for itself anyway.
async fn exchange(request: &Request, answers: &mpsc::UnboundedSender<HttpInput>) -> Result<(), Failed> {
    let uri: Uri = request.url.parse()?;
    let host = uri.authority().ok_or("the address names no host")?.clone();
    let socket = TcpStream::connect((host.host(), host.port_u16().unwrap_or(80))).await?;
    socket.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(socket)).await?;
    // Cut when this future is dropped.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut message = hyper::Request::builder()
        .method(request.method)
        .uri(path)
        .header(header::HOST, host.as_str());
    for (name, value) in &request.headers {
        message = message.header(*name, value);
    }
    let body = Bytes::from(request.body.clone().unwrap_or_default());
    let mut answer = sender.send_request(message.body(Full::new(body))?).await?;
    let _ = answers.send(HttpInput::Answered {
        request: request.id,
        status: answer.status().as_u16(),
    });
    while let Some(frame) = answer.frame().await {
        if let Ok(bytes) = frame?.into_data() {
            let _ = answers.send(HttpInput::Received {
                request: request.id,
                bytes: bytes.to_vec(),
            });
        }
    }
    Ok(())
}
