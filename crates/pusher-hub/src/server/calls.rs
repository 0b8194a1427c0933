//! The HTTP API on axum: reads a request, has the hub's task carry it out, answers. Knows HTTP; what is asked and who may ask is
//! read by [`http_api`](crate::http_api).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{
    sync::{mpsc::error::TrySendError, oneshot},
    time::timeout,
};

use super::{HubServer, engine::Order};
use crate::{
    AppId,
    http_api::{self, Call, MAX_BODY, Refusal},
};

/// How long a body may take to arrive.
const BODY_WAIT: Duration = Duration::from_secs(10);

const STOPPING: Refusal = Refusal::Unavailable("the server is stopping");

/// A call on its way to the hub's task.
pub(super) struct Asked {
    pub app: AppId,
    pub call: Call,
    /// For the JSON of the reply.
    pub reply: oneshot::Sender<String>,
}

pub(super) async fn call(State(server): State<HubServer>, request: Request) -> Response {
    match answer(&server, request).await {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(refusal) => {
            server.shared.meters.call_refused();
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, format!("{refusal}\n")).into_response()
        }
    }
}

async fn answer(server: &HubServer, request: Request) -> Result<String, Refusal> {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let body = read(request).await?;
    let request = http_api::Request {
        method: method.as_str(),
        path: uri.path(),
        query: uri.query().unwrap_or_default(),
        body: &body,
    };
    let (app, call) = http_api::check(&server.shared.apps, &request, time_of_day())?;
    let (reply, answered) = oneshot::channel();
    let order = Order::Call(Asked { app, call, reply });
    server.shared.orders.try_send(order).map_err(|error| match error {
        TrySendError::Full(_) => Refusal::Unavailable("the hub is far behind: too many events wait"),
        TrySendError::Closed(_) => STOPPING,
    })?;
    answered.await.map_err(|_| STOPPING)
}

/// The body, within the limit that the route sets.
async fn read(request: Request) -> Result<Bytes, Refusal> {
    let too_long = || Err(Refusal::TooLarge(format!("body: at most {MAX_BODY} bytes are read")));
    // The length that was announced, if it was.
    if request.body().size_hint().lower() > MAX_BODY as u64 {
        return too_long();
    }
    match timeout(BODY_WAIT, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => too_long(),
        Ok(Err(error)) => Err(Refusal::BadRequest(format!("body: {error}"))),
        Err(_) => {
            let message = format!("body: it took more than {} s to arrive", BODY_WAIT.as_secs());
            Err(Refusal::BadRequest(message))
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the driver is where the time of day comes from"
)]
pub(super) fn time_of_day() -> Duration {
    // A clock before 1970 accepts no signature, which is as it should be.
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
