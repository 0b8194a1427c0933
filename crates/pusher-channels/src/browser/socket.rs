//! One WebSocket of the browser. Knows its events; closes it when dropped.

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

use crate::{
    client::{Attempt, Input},
    protocol::CloseCode,
};

/// An open socket, or one that is being opened.
pub(super) struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 2],
}

impl Socket {
    /// Opens a socket that reports each message and its close.
    pub fn open(url: &str, attempt: Attempt, report: impl Fn(Input) + Clone + 'static) -> Result<Self, String> {
        let socket = WebSocket::new(url).map_err(|error| reason(&error))?;
        let (message, close) = (report.clone(), report);
        let listeners = [
            EventListener::new(&socket, "message", move |event| message(received(event, attempt))),
            // An `error` event says nothing and is followed by this one.
            EventListener::new(&socket, "close", move |event| close(closed(event, attempt))),
        ];
        Ok(Self {
            socket,
            _listeners: listeners,
        })
    }

    /// Sends a text frame. On a socket that is closing nothing happens, and its close is reported.
    pub fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Without a code nothing can fail.
        let _ = self.socket.close();
    }
}

/// The protocol has text frames only; a binary one comes out as an empty text, which is no frame.
fn received(event: &Event, attempt: Attempt) -> Input {
    let text = event
        .dyn_ref::<MessageEvent>()
        .and_then(|event| event.data().as_string())
        .unwrap_or_default();
    Input::Received { attempt, text }
}

fn closed(event: &Event, attempt: Attempt) -> Input {
    match event.dyn_ref::<CloseEvent>() {
        Some(event) => Input::Closed {
            attempt,
            code: CloseCode(event.code()),
            reason: event.reason(),
        },
        None => Input::Closed {
            attempt,
            code: CloseCode::ABNORMAL,
            reason: String::new(),
        },
    }
}

fn reason(error: &JsValue) -> String {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    message.unwrap_or_else(|| "a WebSocket cannot be opened here".to_owned())
}
