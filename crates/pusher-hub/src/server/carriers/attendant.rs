//! One session's task: moves what the hub has for the client to where requests find it, and ends the session. Knows no
//! request.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::CloseFrame;
use pusher_channels::protocol::{CloseCode, over_http::Farewell};
use tokio::{select, time::timeout};

use super::{Sessions, session::Session};
use crate::server::{connection::CLOSE_WAIT, engine::Report, outbox::Outbox};

pub(super) struct Attendant {
    pub token: String,
    pub session: Arc<Session>,
    pub outbox: Arc<Outbox>,
    pub sessions: Arc<Sessions>,
    /// How long the client may not ask.
    pub grace: Duration,
}

impl Attendant {
    /// Runs until the hub has closed the connection and the client knows it, or the client is gone.
    pub async fn run(self) {
        select! {
            () = self.fill() => {
                self.session.finish();
                // Whoever does not ask in time finds no session, and connects again all the same.
                let _ = timeout(CLOSE_WAIT, self.session.handed_out()).await;
            }
            () = self.session.deserted(self.grace) => self.session.finish(),
        }
        self.sessions.remove(&self.token);
        // An error says that the hub's task has ended and forgot everyone.
        let _ = self.session.reports.send(Report::Closed(self.session.conn)).await;
    }

    /// Takes no more from the outbox than requests take: the rest counts as waiting, and who is too slow is closed for that.
    async fn fill(&self) {
        loop {
            select! {
                () = self.session.handed_out() => {}
                () = self.outbox.closing() => {}
            }
            let batch = self.outbox.next().await;
            let farewell = batch.close.map(farewell);
            let is_last = farewell.is_some();
            self.session
                .keep(batch.frames.into_iter().chain(farewell.map(|text| text.into())));
            if is_last {
                return;
            }
        }
    }
}

fn farewell(close: CloseFrame) -> String {
    let farewell = Farewell {
        code: CloseCode(close.code),
        reason: close.reason.to_string(),
    };
    farewell.encode()
}
