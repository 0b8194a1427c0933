//! One WebSocket on a task of its own, so that a peer that does not read cannot hold up the client's timers.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::{sync::mpsc, time::timeout};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::dial::{Dialer, Stream, Undialed};

use crate::{
    client::{Attempt, Input},
    protocol::CloseCode,
};

/// How long the peer may leave a frame unread before it counts as gone.
const SEND_PATIENCE: Duration = Duration::from_secs(10);
/// How long a close may take before the socket is dropped without it.
const CLOSE_PATIENCE: Duration = Duration::from_secs(1);

/// Runs until the socket is closed or nobody can send any more.
pub(super) async fn run(
    (dialer, url): (Dialer, String),
    attempt: Attempt,
    mut outgoing: mpsc::UnboundedReceiver<String>,
    incoming: mpsc::UnboundedSender<Input>,
) {
    // Nothing is sent before the handshake, so a closed channel is the client's loss of interest.
    let opened = tokio::select! {
        opened = dialer.dial(&url) => opened,
        _ = outgoing.recv() => return,
    };
    let end = match opened {
        Ok(stream) => talk(stream, attempt, &mut outgoing, &incoming).await,
        Err(Undialed::Never(reason)) => Some(Input::SocketUnsupported { attempt, reason }),
        Err(Undialed::ThisTime(error)) => Some(lost(attempt, &error)),
    };
    if let Some(input) = end {
        let _ = incoming.send(input);
    }
}

/// Until one end closes; nothing is to be said when it was this one.
async fn talk(
    mut stream: Stream,
    attempt: Attempt,
    outgoing: &mut mpsc::UnboundedReceiver<String>,
    incoming: &mpsc::UnboundedSender<Input>,
) -> Option<Input> {
    loop {
        tokio::select! {
            message = stream.next() => match heard(message, attempt) {
                Heard::Frame(input) => {
                    let _ = incoming.send(input);
                }
                Heard::Nothing => {}
                Heard::End(input) => {
                    // The library has an answer to a close frame ready.
                    let _ = timeout(CLOSE_PATIENCE, stream.flush()).await;
                    return Some(input);
                }
            },
            text = outgoing.recv() => match text {
                Some(text) => {
                    if let Some(input) = say(&mut stream, text, attempt).await {
                        return Some(input);
                    }
                }
                None => {
                    let _ = timeout(CLOSE_PATIENCE, stream.close(None)).await;
                    return None;
                }
            },
        }
    }
}

enum Heard {
    Frame(Input),
    Nothing,
    End(Input),
}

fn heard(message: Option<Result<Message, Error>>, attempt: Attempt) -> Heard {
    match message {
        Some(Ok(Message::Text(text))) => Heard::Frame(Input::Received {
            attempt,
            text: text.as_str().to_owned(),
        }),
        Some(Ok(Message::Close(frame))) => {
            let (code, reason) = frame.map_or((CloseCode::NO_STATUS, String::new()), |frame| {
                (CloseCode(frame.code.into()), frame.reason.to_string())
            });
            Heard::End(Input::Closed { attempt, code, reason })
        }
        // Pings are answered by the library; the protocol has no binary frames.
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => Heard::Nothing,
        Some(Err(error)) => Heard::End(lost(attempt, &error)),
        None => Heard::End(lost(attempt, &Error::ConnectionClosed)),
    }
}

/// Something to report if it could not be sent.
async fn say(stream: &mut Stream, text: String, attempt: Attempt) -> Option<Input> {
    match timeout(SEND_PATIENCE, stream.send(Message::text(text))).await {
        Ok(sent) => sent.err().map(|error| lost(attempt, &error)),
        Err(_) => Some(lost(attempt, &Error::ConnectionClosed)),
    }
}

fn lost(attempt: Attempt, error: &Error) -> Input {
    Input::Closed {
        attempt,
        code: CloseCode::ABNORMAL,
        reason: error.to_string(),
    }
}
