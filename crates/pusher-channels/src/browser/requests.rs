//! A connection over HTTP on a page: makes the requests that its link wants, tells it what comes, and keeps its time. Knows
//! fetch; what is asked for, and when, the [`link`](crate::client::http) decides.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use gloo_net::http::{RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader};

use super::page;
use crate::client::{
    Attempt, Carrier, Input, Sorted,
    http::{HttpInput, HttpLink, HttpOutput, Request, RequestId},
};

/// A connection over HTTP, open or being opened. Ended when dropped.
pub(super) struct Requests {
    inner: Rc<Inner>,
}

struct Inner {
    link: RefCell<HttpLink>,
    /// Outputs are being performed: what comes of one joins the queue.
    performing: Cell<bool>,
    under_way: RefCell<Sorted<RequestId, AbortController>>,
    timer: RefCell<Option<Timeout>>,
    attempt: Attempt,
    report: Box<dyn Fn(Input)>,
    this: Weak<Inner>,
}

impl Requests {
    /// Opens a connection that reports all that it says.
    pub fn open(carrier: Carrier, url: &str, attempt: Attempt, report: impl Fn(Input) + 'static) -> Self {
        let link = HttpLink::new(carrier, url, page::now());
        let inner = Rc::new_cyclic(|this: &Weak<Inner>| Inner {
            link: RefCell::new(link),
            performing: Cell::new(false),
            under_way: RefCell::default(),
            timer: RefCell::default(),
            attempt,
            report: Box::new(report),
            this: this.clone(),
        });
        inner.perform_all();
        Self { inner }
    }

    /// Sends a text frame. Sending by itself reports nothing, so the client may be borrowed meanwhile.
    pub fn send(&self, text: &str) {
        self.inner.feed(HttpInput::SendRequested(text.to_owned()));
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        for (_, under_way) in self.inner.under_way.take() {
            under_way.abort();
        }
        self.inner.timer.take();
        // While the link tells something it is borrowed for a moment only, never while this can happen.
        if let Some(request) = self.inner.link.borrow_mut().farewell() {
            spawn_local(async move {
                // Whether it arrives does not matter: the session ends by itself some seconds later.
                let _ = fetch(&request, None).await;
            });
        }
    }
}

impl Inner {
    fn feed(&self, input: HttpInput) {
        self.link.borrow_mut().handle(input, page::now());
        self.perform_all();
    }

    fn perform_all(&self) {
        if self.performing.replace(true) {
            return;
        }
        loop {
            let output = self.link.borrow_mut().poll_output();
            match output {
                Some(output) => self.perform(output),
                None => break,
            }
        }
        self.performing.set(false);
        self.set_timer();
    }

    fn perform(&self, output: HttpOutput) {
        let attempt = self.attempt;
        match output {
            HttpOutput::Ask(request) => self.ask(request),
            HttpOutput::Abandon(request) => {
                if let Some(under_way) = self.under_way.borrow_mut().remove(&request) {
                    under_way.abort();
                }
            }
            HttpOutput::Heard(text) => (self.report)(Input::Received { attempt, text }),
            HttpOutput::Closed { code, reason } => (self.report)(Input::Closed { attempt, code, reason }),
            HttpOutput::Unsupported { reason } => (self.report)(Input::SocketUnsupported { attempt, reason }),
        }
    }

    fn ask(&self, request: Request) {
        let Ok(controller) = AbortController::new() else { return };
        self.under_way.borrow_mut().insert(request.id, controller.clone());
        let asker = self.this.clone();
        spawn_local(async move {
            let id = request.id;
            let end = match carry(&request, &controller, &asker).await {
                Ok(()) => HttpInput::Ended { request: id },
                Err(_) => HttpInput::Failed { request: id },
            };
            if let Some(asker) = under_way(&asker, id) {
                asker.under_way.borrow_mut().remove(&id);
                asker.feed(end);
            }
        });
    }

    fn set_timer(&self) {
        let due = self.link.borrow().poll_timeout();
        let timer = due.map(|due| {
            let delay = due.saturating_sub(page::now()).as_nanos().div_ceil(1_000_000);
            let asker = self.this.clone();
            Timeout::new(u32::try_from(delay).unwrap_or(u32::MAX), move || {
                if let Some(asker) = asker.upgrade() {
                    asker.feed(HttpInput::TimePassed);
                }
            })
        });
        self.timer.replace(timer);
    }
}

/// Whoever made a request, if the answer is still wanted.
fn under_way(asker: &Weak<Inner>, request: RequestId) -> Option<Rc<Inner>> {
    asker
        .upgrade()
        .filter(|asker| asker.under_way.borrow().get(&request).is_some())
}

/// Makes a request and tells of its answer piece by piece, but for its end.
async fn carry(request: &Request, controller: &AbortController, asker: &Weak<Inner>) -> Result<(), JsValue> {
    let tell = |input| {
        if let Some(asker) = under_way(asker, request.id) {
            asker.feed(input);
        }
    };
    let response = fetch(request, Some(controller))
        .await
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    tell(HttpInput::Answered {
        request: request.id,
        status: response.status(),
    });
    let Some(stream) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        let value = Reflect::get(&piece, &JsValue::from_str("value")).unwrap_or_default();
        // The last piece has no bytes.
        let Some(bytes) = value.dyn_ref::<Uint8Array>() else {
            return Ok(());
        };
        tell(HttpInput::Received {
            request: request.id,
            bytes: bytes.to_vec(),
        });
    }
}

async fn fetch(request: &Request, controller: Option<&AbortController>) -> Result<Response, gloo_net::Error> {
    let signal = controller.map(AbortController::signal);
    let mut builder = RequestBuilder::new(&request.url)
        .method(request.method.parse().unwrap_or_default())
        .abort_signal(signal.as_ref());
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    match &request.body {
        Some(body) => builder.body(body.as_str())?.send().await,
        None => builder.send().await,
    }
}
