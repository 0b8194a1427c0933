//! Public, private and encrypted channels: subscribing, hearing, leaving.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use crate::socket::{Heard, Socket};
use serde_json::json;

const PART: &str = "channels";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "a public channel is heard without a signature", public),
        check(PART, "an event arrives as it was triggered, its data a string", event),
        check(PART, "the socket that a trigger names does not hear it", excluded),
        check(PART, "after unsubscribing nothing is heard", unsubscribed),
        check(PART, "a private channel needs its signature", private),
        check(
            PART,
            "another channel's or socket's signature does not open it",
            foreign_signature,
        ),
        check(
            PART,
            "channel_data that is sent is part of what is signed",
            channel_data,
        ),
        check(
            PART,
            "an encrypted channel is private and its data passes as it is",
            encrypted,
        ),
        check(PART, "subscription_count is told when it changes", count),
    ]
}

async fn public(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    let channel = server.name("public-");
    socket.subscribe(&channel, "", None).await?;
    let success = socket.expect("pusher_internal:subscription_succeeded").await?;
    expect("channel", success.channel(), &channel)?;
    expect("data", success.text()?, "{}")
}

async fn event(server: Server) -> Verdict {
    let channel = server.name("orders-");
    let mut socket = server.subscribed(&channel).await?;
    for data in [
        r#"{"id": 1,  "as":"written"}"#,
        "plain text",
        "\"quoted\"",
        "é 漢 \u{1F980}\n",
    ] {
        server.trigger(&channel, "order.moved", data).await?;
        let heard = socket.expect("order.moved").await?;
        expect("channel", heard.channel(), &channel)?;
        expect("data", heard.text()?, data)?;
    }
    Ok(())
}

async fn excluded(server: Server) -> Verdict {
    let channel = server.name("orders-");
    let (mut author, mut other) = (server.subscribed(&channel).await?, server.subscribed(&channel).await?);
    let body = json!({ "name": "moved", "channel": channel, "data": "1", "socket_id": author.id });
    server.api().post("/events", &body).await?.expect_status(200)?;
    other.expect("moved").await?;
    author.expect_silence().await
}

async fn unsubscribed(server: Server) -> Verdict {
    let channel = server.name("orders-");
    let mut socket = server.subscribed(&channel).await?;
    socket.unsubscribe(&channel).await?;
    socket.rest().await?;
    server.trigger(&channel, "moved", "1").await?;
    socket.expect_silence().await
}

async fn private(server: Server) -> Verdict {
    let channel = server.name("private-");
    let mut socket = server.subscribed(&channel).await?;
    server.trigger(&channel, "moved", "1").await?;
    socket.expect("moved").await?;
    let mut stranger = server.connect().await?;
    stranger.subscribe(&channel, "", None).await?;
    stranger.expect_refusal().await
}

async fn foreign_signature(server: Server) -> Verdict {
    let (channel, other) = (server.name("private-a-"), server.name("private-b-"));
    let (mut socket, neighbour) = (server.connect().await?, server.connect().await?);
    let signatures = [
        server.channel_auth(&socket.id, &other, None),
        server.channel_auth(&neighbour.id, &channel, None),
        format!("{}:{}", server.app().key, "0".repeat(64)),
        "nonsense".to_owned(),
    ];
    for auth in signatures {
        socket.subscribe(&channel, &auth, None).await?;
        let answer = socket.expect_refusal().await;
        answer.map_err(|finding| format!("auth {auth}: {finding}"))?;
    }
    server.trigger(&channel, "secret", "1").await?;
    socket.expect_silence().await
}

async fn channel_data(server: Server) -> Verdict {
    let channel = server.name("private-");
    let mut socket = server.connect().await?;
    let data = r#"{"user_id":"7"}"#;
    let without = server.channel_auth(&socket.id, &channel, None);
    socket.subscribe(&channel, &without, Some(data)).await?;
    socket.expect_refusal().await?;
    let with = server.channel_auth(&socket.id, &channel, Some(data));
    socket.subscribe(&channel, &with, Some(data)).await?;
    socket
        .expect("pusher_internal:subscription_succeeded")
        .await
        .map(|_| ())
}

async fn encrypted(server: Server) -> Verdict {
    let channel = server.name("private-encrypted-");
    let mut stranger = server.connect().await?;
    stranger.subscribe(&channel, "", None).await?;
    stranger.expect_refusal().await?;
    let mut socket = server.subscribed(&channel).await?;
    let data = r#"{"nonce":"AAAA","ciphertext":"BBBB"}"#;
    server.trigger(&channel, "sealed", data).await?;
    expect("data", socket.expect("sealed").await?.text()?, data)
}

async fn count(server: Server) -> Verdict {
    let channel = server.name("counted-");
    let mut first = server.subscribed(&channel).await?;
    let second = server.subscribed(&channel).await?;
    while next_count(&mut first).await? != 2 {}
    drop(second);
    while next_count(&mut first).await? != 1 {}
    Ok(())
}

async fn next_count(socket: &mut Socket) -> Result<u64, String> {
    match socket.next().await? {
        Heard::Frame(frame) => {
            expect("event", frame.event(), "pusher_internal:subscription_count")?;
            let data = frame.json_in_text()?;
            let count = data["subscription_count"].as_u64();
            let counted = count.ok_or_else(|| format!("no subscription_count in {data}"))?;
            (counted > 0).then_some(()).ok_or("a count of nobody")?;
            Ok(counted)
        }
        other => Err(format!("expected a count, got {other}")),
    }
}
