//! A connection carried by HTTP requests, without HTTP: what was answered goes in with the time, what to ask and what was
//! heard come out.
//!
//! Knows the requests of [`over_http`](crate::protocol::over_http): their order, their numbers, when to ask again. Must never
//! know how a request is made, a clock, or what the frames say.

mod listening;
mod sending;
mod stream;
mod words;

use std::{collections::VecDeque, fmt, time::Duration};

use super::Carrier;
use crate::protocol::{
    CloseCode,
    over_http::{EVENTS_PATH, FRAMES_PATH, Farewell, POLL_PATH, SESSION_PATH, SessionOpened},
};

pub use words::{HttpInput, HttpOutput, Request, RequestId};

use listening::Listening;
use sending::Sending;

/// An answer longer than this is no hub's: it lets 256 KiB wait for a client, and tells 10 KB of data in one frame.
const MAX_ANSWER: usize = 1024 * 1024;
/// A request that fails is made again after these times, one after the other; then the connection is lost.
const PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(2)];

/// One connection over HTTP as a pure value. Driven as a [`Client`](super::Client) is.
pub struct HttpLink {
    carrier: Carrier,
    /// `http://HOST/app/KEY`.
    base: String,
    now: Duration,
    requests: u64,
    stage: Stage,
    outputs: VecDeque<HttpOutput>,
}

enum Stage {
    Opening(Asked),
    Open(Box<Session>),
    Over,
}

struct Session {
    token: String,
    listening: Listening,
    sending: Sending,
}

/// A request under way and what has come of its answer.
struct Asked {
    id: RequestId,
    since: Duration,
    status: u16,
    body: Vec<u8>,
}

/// Why a link ends.
struct End {
    code: CloseCode,
    reason: String,
}

impl HttpLink {
    /// A link that asks for a session. `url` is the one that a WebSocket would be opened to, but for its scheme.
    pub fn new(carrier: Carrier, url: &str, now: Duration) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut link = Self {
            carrier,
            base: base.to_owned(),
            now,
            requests: 0,
            stage: Stage::Over,
            outputs: VecDeque::new(),
        };
        let request = link.request("POST", &format!("{SESSION_PATH}?{query}"));
        link.stage = Stage::Opening(Asked::new(request.id, now));
        link.outputs.push_back(HttpOutput::Ask(request));
        link
    }

    /// Takes what happened, at a time since any fixed start.
    pub fn handle(&mut self, input: HttpInput, now: Duration) {
        self.now = self.now.max(now);
        match input {
            HttpInput::SendRequested(frame) => self.on_send_requested(frame),
            HttpInput::Answered { request, status } => {
                if let Some(asked) = self.asked(request) {
                    asked.status = status;
                }
            }
            HttpInput::Received { request, bytes } => self.on_received(request, &bytes),
            HttpInput::Ended { request } => self.on_ended(request),
            HttpInput::Failed { request } => self.on_failed(request),
            HttpInput::TimePassed => {}
        }
        self.go_on();
    }

    /// The next thing to do; none when all is done.
    pub fn poll_output(&mut self) -> Option<HttpOutput> {
        self.outputs.pop_front()
    }

    /// When to call [`handle`](Self::handle) with [`HttpInput::TimePassed`] at the latest.
    pub fn poll_timeout(&self) -> Option<Duration> {
        match &self.stage {
            Stage::Open(session) => [session.listening.due(), session.sending.due()]
                .into_iter()
                .flatten()
                .min(),
            Stage::Opening(_) | Stage::Over => None,
        }
    }

    /// The request that ends the session, to be made when nobody wants the link any more; its answer does not matter. Nothing
    /// else is to be done then.
    pub fn farewell(&mut self) -> Option<Request> {
        self.outputs.clear();
        let Stage::Open(session) = std::mem::replace(&mut self.stage, Stage::Over) else {
            return None;
        };
        Some(self.request("DELETE", SESSION_PATH).of_session(&session.token))
    }

    fn request(&mut self, method: &'static str, path: &str) -> Request {
        self.requests += 1;
        Request {
            id: RequestId(self.requests),
            method,
            url: format!("{}/{path}", self.base),
            headers: Vec::new(),
            body: None,
        }
    }

    fn asked(&mut self, request: RequestId) -> Option<&mut Asked> {
        let found = match &mut self.stage {
            Stage::Opening(asked) => Some(asked),
            Stage::Open(session) => match session.is_listening_by(request) {
                true => session.listening.asked_mut(),
                false => session.sending.asked_mut(),
            },
            Stage::Over => None,
        };
        found.filter(|asked| asked.id == request)
    }

    fn on_send_requested(&mut self, frame: String) {
        // Before there is a session nothing is sent: the client waits for the handshake.
        if let Stage::Open(session) = &mut self.stage {
            session.sending.push(frame);
        }
    }

    fn on_received(&mut self, request: RequestId, bytes: &[u8]) {
        let Some(asked) = self.asked(request) else { return };
        asked.body.extend_from_slice(bytes);
        if let Stage::Open(session) = &mut self.stage {
            if session.is_listening_by(request) && self.carrier == Carrier::ServerSentEvents {
                let heard = session.listening.take_events();
                return self.hear(heard);
            }
        }
        self.limit(request);
    }

    fn limit(&mut self, request: RequestId) {
        let is_too_long = |asked: &mut Asked| asked.body.len() > MAX_ANSWER;
        if self.asked(request).is_some_and(is_too_long) {
            self.end(End::lost(format!("an answer is longer than {MAX_ANSWER} bytes")));
        }
    }

    fn on_ended(&mut self, request: RequestId) {
        match &mut self.stage {
            Stage::Opening(asked) if asked.id == request => self.on_session_answered(),
            Stage::Open(session) if session.is_listening_by(request) => {
                let heard = session.listening.ended(self.carrier, self.now);
                self.hear(heard);
            }
            Stage::Open(session) => {
                let sent = session.sending.ended(request, self.now);
                if sent.is_ok() && self.carrier == Carrier::Polling {
                    session.listening.hurry(self.now);
                }
                self.unless_over(sent);
            }
            Stage::Opening(_) | Stage::Over => {}
        }
    }

    fn on_failed(&mut self, request: RequestId) {
        match &mut self.stage {
            Stage::Opening(asked) if asked.id == request => {
                self.end(End::lost("a session could not be asked for".to_owned()));
            }
            Stage::Open(session) if session.is_listening_by(request) => {
                let failed = session.listening.failed(self.now);
                self.unless_over(failed);
            }
            Stage::Open(session) => {
                let failed = session.sending.failed(request, self.now);
                self.unless_over(failed);
            }
            Stage::Opening(_) | Stage::Over => {}
        }
    }

    fn on_session_answered(&mut self) {
        let Stage::Opening(Asked { status, body, .. }) = &self.stage else {
            return;
        };
        match (*status, serde_json::from_slice(body)) {
            (200, Ok(SessionOpened { session: token })) => {
                self.stage = Stage::Open(Box::new(Session {
                    token,
                    listening: Listening::new(),
                    sending: Sending::default(),
                }));
            }
            // No route, no such method, not implemented; or another program's page for every address.
            (404 | 405 | 501, _) | (200, Err(_)) => {
                let reason = format!("the server does not carry frames by {}", self.carrier);
                self.stage = Stage::Over;
                self.outputs.push_back(HttpOutput::Unsupported { reason });
            }
            (status, _) => self.end(End::lost(format!("the request for a session was answered by {status}"))),
        }
    }

    fn hear(&mut self, heard: Result<Vec<String>, End>) {
        let (frames, end) = match heard {
            Ok(frames) => (frames, None),
            Err(end) => (Vec::new(), Some(end)),
        };
        for frame in frames {
            if let Some(Farewell { code, reason }) = Farewell::parse(&frame) {
                return self.end(End { code, reason });
            }
            self.outputs.push_back(HttpOutput::Heard(frame));
        }
        if let Some(end) = end {
            self.end(end);
        }
    }

    fn unless_over(&mut self, result: Result<(), End>) {
        if let Err(end) = result {
            self.end(end);
        }
    }

    fn end(&mut self, End { code, reason }: End) {
        if let Stage::Open(session) = &mut self.stage {
            let open = [session.listening.asked_mut(), session.sending.asked_mut()];
            for asked in open.into_iter().flatten() {
                self.outputs.push_back(HttpOutput::Abandon(asked.id));
            }
        }
        self.stage = Stage::Over;
        self.outputs.push_back(HttpOutput::Closed { code, reason });
    }

    /// Asks for what comes next and sends what waits.
    fn go_on(&mut self) {
        let now = self.now;
        let Stage::Open(session) = &mut self.stage else { return };
        let late = [
            session.listening.give_up(self.carrier, now),
            session.sending.give_up(now),
        ];
        self.outputs.extend(late.into_iter().flatten().map(HttpOutput::Abandon));
        if session.listening.wants_to_ask(now) {
            self.listen();
        }
        let Stage::Open(session) = &mut self.stage else { return };
        if session.sending.wants_to_ask(now) {
            self.post();
        }
    }

    fn listen(&mut self) {
        let Stage::Open(session) = &self.stage else {
            return;
        };
        let (token, after) = (session.token.clone(), session.listening.heard());
        let path = match self.carrier {
            Carrier::WebSocket | Carrier::ServerSentEvents => EVENTS_PATH,
            Carrier::LongPolling | Carrier::Polling => POLL_PATH,
        };
        let mut request = self.request("GET", &format!("{path}?after={after}")).of_session(&token);
        // The first frame is waited for by any carrier.
        if self.carrier == Carrier::Polling && after > 0 {
            request.headers.push(("if-none-match", format!("\"{after}\"")));
        }
        let asked = Asked::new(request.id, self.now);
        if let Stage::Open(session) = &mut self.stage {
            session.listening.begin(asked);
        }
        self.outputs.push_back(HttpOutput::Ask(request));
    }

    fn post(&mut self) {
        let Stage::Open(session) = &mut self.stage else {
            return;
        };
        let (token, (number, body)) = (session.token.clone(), session.sending.batch());
        let mut request = self
            .request("POST", &format!("{FRAMES_PATH}?number={number}"))
            .of_session(&token);
        request.headers.push(("content-type", "application/json".to_owned()));
        request.body = Some(body);
        let asked = Asked::new(request.id, self.now);
        if let Stage::Open(session) = &mut self.stage {
            session.sending.begin(asked);
        }
        self.outputs.push_back(HttpOutput::Ask(request));
    }
}

impl Session {
    fn is_listening_by(&self, request: RequestId) -> bool {
        self.listening.is_by(request)
    }
}

impl Asked {
    fn new(id: RequestId, since: Duration) -> Self {
        Self {
            id,
            since,
            status: 0,
            body: Vec::new(),
        }
    }
}

impl End {
    fn unknown() -> Self {
        Self::lost("the server does not know the session any more".to_owned())
    }

    fn lost(reason: String) -> Self {
        Self {
            code: CloseCode::ABNORMAL,
            reason,
        }
    }
}

/// How long to wait before a request is made again after its n-th failure in a row; none when it was the last.
fn pause_after(failures: usize) -> Option<Duration> {
    PAUSES.get(failures.saturating_sub(1)).copied()
}

impl fmt::Debug for HttpLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpLink")
            .field("carrier", &self.carrier)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
