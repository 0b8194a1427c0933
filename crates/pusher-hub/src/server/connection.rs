//! One connection's task: reports what its client sends and writes what its outbox holds. Knows one socket and nothing
//! of channels.

use std::{error::Error as _, pin::pin, sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::FutureExt;
use tokio::{
    select,
    sync::mpsc,
    time::{error::Elapsed, timeout},
};
use tokio_tungstenite::tungstenite;

use super::{
    engine::Report,
    outbox::{Batch, Outbox},
};
use crate::ConnId;

/// How long a close may take: what waits, the close frame, and the client's answer to it. Then the connection is cut.
pub(super) const CLOSE_WAIT: Duration = Duration::from_secs(2);

/// A client is read after so many steps at the latest, however much there is to write to it.
const LOOK_EVERY: u32 = 16;

pub(super) struct Connection {
    pub conn: ConnId,
    pub socket: WebSocket,
    pub outbox: Arc<Outbox>,
    pub reports: mpsc::Sender<Report>,
}

/// The conversation is over.
struct Over;

impl From<axum::Error> for Over {
    fn from(_: axum::Error) -> Self {
        Self
    }
}

impl From<Elapsed> for Over {
    fn from(_: Elapsed) -> Self {
        Self
    }
}

impl<T> From<mpsc::error::SendError<T>> for Over {
    fn from(_: mpsc::error::SendError<T>) -> Self {
        Self
    }
}

impl Connection {
    /// Runs until both ends are done with each other.
    pub async fn run(mut self) {
        let mut steps: u32 = 0;
        loop {
            steps = steps.wrapping_add(1);
            let stepped = match steps % LOOK_EVERY {
                0 => self.look().await,
                _ => self.step().await,
            };
            if stepped.is_err() {
                break;
            }
        }
        // An error says that the hub's task has ended and forgot everyone.
        let _ = self.reports.send(Report::Closed(self.conn)).await;
    }

    /// Asks the outbox first: it is cheaper to ask than the socket, and mostly what woke the task.
    async fn step(&mut self) -> Result<(), Over> {
        select! {
            biased;
            batch = self.outbox.next() => self.deliver(batch).await,
            received = self.socket.recv() => self.report(received.ok_or(Over)?).await,
        }
    }

    /// Reads what is there and waits for nothing.
    async fn look(&mut self) -> Result<(), Over> {
        match self.socket.recv().now_or_never() {
            Some(received) => self.report(received.ok_or(Over)?).await,
            None => Ok(()),
        }
    }

    async fn report(&mut self, received: Result<Message, axum::Error>) -> Result<(), Over> {
        let report = match received {
            Ok(Message::Text(text)) => Report::Text(self.conn, text),
            Ok(Message::Binary(_)) => Report::Binary(self.conn),
            // The WebSocket layer answers pings by itself.
            Ok(Message::Ping(_) | Message::Pong(_)) => Report::Ping(self.conn),
            // The next read answers it and ends the stream.
            Ok(Message::Close(_)) => return Ok(()),
            Err(error) => return self.report_failure(&error).await,
        };
        Ok(self.reports.send(report).await?)
    }

    /// After a failed read nothing more can be read, but something can still be said.
    async fn report_failure(&mut self, error: &axum::Error) -> Result<(), Over> {
        let cause = error.source().and_then(|source| source.downcast_ref());
        let Some(tungstenite::Error::Capacity(_)) = cause else {
            return Err(Over);
        };
        self.reports.send(Report::Oversize(self.conn)).await?;
        loop {
            let batch = self.outbox.next().await;
            self.deliver(batch).await?;
        }
    }

    async fn deliver(&mut self, batch: Batch) -> Result<(), Over> {
        match batch.close.clone() {
            None => self.write(batch).await,
            Some(close) => timeout(CLOSE_WAIT, self.say_farewell(batch, close)).await?,
        }
    }

    /// Writes a batch. A reader so slow that it is closed meanwhile gets a last delay.
    async fn write(&mut self, batch: Batch) -> Result<(), Over> {
        let outbox = Arc::clone(&self.outbox);
        let mut writing = pin!(write_frames(&mut self.socket, batch, None));
        select! {
            biased;
            written = &mut writing => written,
            () = outbox.closing() => timeout(CLOSE_WAIT, writing).await?,
        }
    }

    async fn say_farewell(&mut self, batch: Batch, close: CloseFrame) -> Result<(), Over> {
        write_frames(&mut self.socket, batch, Some(close)).await?;
        // What the client still sends is read, so that the close frame is not lost in a reset.
        while self.socket.recv().await.ok_or(Over)?.is_ok() {}
        Err(Over)
    }
}

/// One flush for all: a burst of events is one write to the socket.
async fn write_frames(socket: &mut WebSocket, batch: Batch, close: Option<CloseFrame>) -> Result<(), Over> {
    use futures_util::SinkExt;

    for frame in batch.frames {
        socket.feed(Message::Text(frame)).await?;
    }
    if let Some(close) = close {
        socket.feed(Message::Close(Some(close))).await?;
    }
    Ok(socket.flush().await?)
}
