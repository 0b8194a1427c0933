//! The connection: handshake, pings, refusals, frames that are none.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use crate::socket::Heard;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

const PART: &str = "connection";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "the first frame tells socket_id and activity_timeout", handshake),
        check(PART, "two connections have two socket ids", two_ids),
        check(PART, "pusher:ping is answered by pusher:pong", ping),
        check(PART, "a ping of the WebSocket layer is answered", layer_ping),
        check(PART, "an unknown key is refused with 4001", unknown_key),
        check(PART, "no protocol is refused with 4008", no_protocol),
        check(PART, "protocol 99 is refused with 4007", other_protocol),
        check(PART, "a frame that makes no sense leaves the connection open", nonsense),
        check(PART, "fields that are not known are passed over", unknown_fields),
    ]
}

async fn handshake(server: Server) -> Verdict {
    let mut socket = server.open(&server.app().key, "protocol=7").await?;
    let data = socket.shake_hands().await?;
    let id = data["socket_id"].as_str().unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_id = id
        .split_once('.')
        .is_some_and(|(left, right)| digits(left) && digits(right));
    is_id
        .then_some(())
        .ok_or_else(|| format!("socket_id is not of the form 123.456: {id:?}"))?;
    let timeout = &data["activity_timeout"];
    let seconds = timeout.as_u64().is_some_and(|seconds| seconds > 0);
    seconds
        .then_some(())
        .ok_or_else(|| format!("activity_timeout is no number of seconds: {timeout}"))
}

async fn two_ids(server: Server) -> Verdict {
    let (one, other) = (server.connect().await?, server.connect().await?);
    (one.id != other.id)
        .then_some(())
        .ok_or_else(|| "both have the same".to_owned())
}

async fn ping(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    socket.send(&json!({ "event": "pusher:ping", "data": {} })).await?;
    socket.expect("pusher:pong").await?;
    // The form in which the data is a string, as other clients send it.
    socket.send(&json!({ "event": "pusher:ping", "data": "{}" })).await?;
    socket.expect("pusher:pong").await.map(|_| ())
}

async fn layer_ping(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    socket.send_message(Message::Ping("life?".into())).await?;
    expect("answer", socket.next().await?, Heard::Pong)
}

async fn unknown_key(server: Server) -> Verdict {
    let mut socket = server.open("no-such-key", "protocol=7").await?;
    socket.expect_close(4001).await
}

async fn no_protocol(server: Server) -> Verdict {
    let mut socket = server.open(&server.app().key, "client=conformance").await?;
    socket.expect_close(4008).await
}

async fn other_protocol(server: Server) -> Verdict {
    let mut socket = server.open(&server.app().key, "protocol=99").await?;
    socket.expect_close(4007).await
}

async fn nonsense(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    let frames = [
        "",
        "nonsense",
        "[]",
        "{\"event\":7}",
        r#"{"event":"pusher:subscribe"}"#,
        r#"{"event":"pusher:unheard-of"}"#,
    ];
    for frame in frames {
        socket.send_text(frame).await?;
        let rest = socket
            .rest()
            .await
            .map_err(|finding| format!("after {frame:?}: {finding}"))?;
        let strange = rest.iter().find(|frame| frame.event() != "pusher:error");
        if let Some(strange) = strange {
            return Err(format!("after {frame:?}: {}", strange.0));
        }
    }
    Ok(())
}

async fn unknown_fields(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    let channel = server.name("more-");
    let data = json!({ "channel": channel, "auth": "", "more": { "a": [1] } });
    socket
        .send(&json!({ "event": "pusher:subscribe", "data": data, "id": 7 }))
        .await?;
    socket
        .expect("pusher_internal:subscription_succeeded")
        .await
        .map(|_| ())
}
