//! Events that clients trigger.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use serde_json::json;

const PART: &str = "client events";

pub fn checks() -> Vec<Check> {
    vec![
        check(
            PART,
            "the others hear it, its data as it was sent; its author does not",
            private,
        ),
        check(PART, "on a presence channel it says who", presence),
        check(PART, "on a public channel it is an error", public),
        check(PART, "on an encrypted channel it is an error", encrypted),
        check(PART, "without a subscription nobody hears it", not_subscribed),
        check(
            PART,
            "more than ten in a second are told as 4301, and the connection lives",
            rate,
        ),
    ]
}

async fn private(server: Server) -> Verdict {
    let channel = server.name("private-");
    let (mut author, mut other) = (server.subscribed(&channel).await?, server.subscribed(&channel).await?);
    for data in [json!({ "a": [1, null] }), json!("text"), json!(7)] {
        author
            .send(&json!({ "event": "client-typing", "channel": channel, "data": data }))
            .await?;
        let heard = other.expect("client-typing").await;
        let heard = heard.map_err(|finding| format!("{finding} (are client events on for this app?)"))?;
        expect("data", &heard.0["data"], &data)?;
        expect("user_id", heard.0.get("user_id"), None)?;
    }
    author.expect_silence().await
}

async fn presence(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut author, mut other) = (server.connect().await?, server.connect().await?);
    server.join(&mut author, &channel, &json!({ "user_id": "ann" })).await?;
    server.join(&mut other, &channel, &json!({ "user_id": "bo" })).await?;
    author.expect("pusher_internal:member_added").await?;
    author
        .send(&json!({ "event": "client-typing", "channel": channel, "data": {} }))
        .await?;
    expect(
        "user_id",
        &other.expect("client-typing").await?.0["user_id"],
        &json!("ann"),
    )
}

async fn public(server: Server) -> Verdict {
    is_an_error(&server, &server.name("open-")).await
}

async fn encrypted(server: Server) -> Verdict {
    is_an_error(&server, &server.name("private-encrypted-")).await
}

async fn is_an_error(server: &Server, channel: &str) -> Verdict {
    let (mut author, mut other) = (server.subscribed(channel).await?, server.subscribed(channel).await?);
    author
        .send(&json!({ "event": "client-typing", "channel": channel, "data": {} }))
        .await?;
    author.expect("pusher:error").await?;
    other.expect_silence().await
}

async fn not_subscribed(server: Server) -> Verdict {
    let channel = server.name("private-");
    let (mut stranger, mut other) = (server.connect().await?, server.subscribed(&channel).await?);
    stranger
        .send(&json!({ "event": "client-typing", "channel": channel, "data": {} }))
        .await?;
    stranger.rest().await?;
    other.expect_silence().await
}

async fn rate(server: Server) -> Verdict {
    let channel = server.name("private-");
    let mut author = server.subscribed(&channel).await?;
    for _ in 0..40 {
        author
            .send(&json!({ "event": "client-typing", "channel": channel, "data": {} }))
            .await?;
    }
    let rest = author.rest().await?;
    let told = rest.iter().any(|frame| frame.0["data"]["code"] == json!(4301));
    told.then_some(()).ok_or_else(|| "40 at once, and no 4301".to_owned())
}
