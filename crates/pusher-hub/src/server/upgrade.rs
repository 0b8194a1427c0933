//! The HTTP end of a connection: who may upgrade, and with which limits. Knows headers, nothing of frames.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    extract::{
        Path, Query, State,
        ws::{WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    HubServer,
    connection::Connection,
    engine::{Newcomer, Report},
    outbox::Outbox,
};
use crate::ConnId;

/// The library's default of 128 KiB would be most of what an idle connection costs, and it is cleared before each read. What
/// clients send is short; a frame that is longer takes several reads.
const READ_BUFFER: usize = 1024;
/// Frames are gathered up to this size before they go to the socket.
const WRITE_BUFFER: usize = 4096;
/// What may gather beside what waits in the outbox: headers of frames, and answers to pings. The pongs of a client that pings but
/// does not read would gather for ever.
const BESIDE_THE_OUTBOX: usize = 64 * 1024;

#[derive(Deserialize)]
pub(super) struct ConnectQuery {
    pub protocol: Option<String>,
}

pub(super) async fn upgrade(
    State(server): State<HubServer>,
    (Path(key), Query(query)): (Path<String>, Query<ConnectQuery>),
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let (origin, host) = (text(&headers, header::ORIGIN), text(&headers, header::HOST));
    if !server.shared.origins.allow(origin, host) {
        server.shared.meters.connection_refused();
        return (StatusCode::FORBIDDEN, "origin: not allowed to connect here\n").into_response();
    }
    if server.shared.reports.is_closed() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the server is stopping\n").into_response();
    }
    let limit = server.shared.max_frame_bytes;
    let max_unwritten = server.shared.max_waiting_bytes.saturating_add(BESIDE_THE_OUTBOX);
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(max_unwritten)
        .max_message_size(limit)
        .max_frame_size(limit)
        .on_upgrade(move |socket| converse(server, socket, key, query.protocol))
}

async fn converse(server: HubServer, socket: WebSocket, key: String, protocol: Option<String>) {
    let shared = &server.shared;
    let conn = ConnId(shared.next_conn.fetch_add(1, Ordering::Relaxed));
    let outbox = Arc::new(Outbox::new(shared.max_waiting_bytes));
    let newcomer = Newcomer {
        conn,
        key,
        protocol,
        nonce: nonce(),
        outbox: Arc::clone(&outbox),
    };
    if shared.reports.send(Report::Opened(newcomer)).await.is_err() {
        return;
    }
    let reports = shared.reports.clone();
    // A connection does not keep the hub running.
    drop(server);
    let connection = Connection {
        conn,
        socket,
        outbox,
        reports,
    };
    connection.run().await;
}

/// A header that is not text counts as empty: it is there, and nothing matches it.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the driver is where the hub's randomness comes from"
)]
pub(super) fn nonce() -> u64 {
    rand::random()
}
