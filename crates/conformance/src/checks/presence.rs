//! Presence channels: the roster, joins and leaves per user, refusals.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use crate::socket::Heard;
use serde_json::{Value, json};

const PART: &str = "presence";

pub fn checks() -> Vec<Check> {
    vec![
        check(
            PART,
            "whoever subscribes is told who is there: ids, hash, count",
            roster,
        ),
        check(PART, "a user id may be a number", numeric),
        check(PART, "the others hear member_added, whoever joins does not", added),
        check(PART, "several connections of one user are one member", several),
        check(
            PART,
            "member_removed comes with the last connection, closed or unsubscribed",
            removed,
        ),
        check(PART, "without channel_data nobody joins", no_data),
        check(PART, "a user object of more than 1 KB is refused", large),
        check(PART, "no subscription_count is told", no_count),
    ]
}

fn ann() -> Value {
    json!({ "user_id": "ann", "user_info": { "name": "Ann" } })
}

fn bo() -> Value {
    json!({ "user_id": "bo", "user_info": { "name": "Bo" } })
}

async fn roster(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut first, mut second) = (server.connect().await?, server.connect().await?);
    let alone = server.join(&mut first, &channel, &ann()).await?;
    expect(
        "the first sees",
        alone,
        json!({ "ids": ["ann"], "hash": { "ann": { "name": "Ann" } }, "count": 1 }),
    )?;
    let both = server.join(&mut second, &channel, &bo()).await?;
    expect("count", &both["count"], &json!(2))?;
    expect(
        "hash",
        &both["hash"],
        &json!({ "ann": { "name": "Ann" }, "bo": { "name": "Bo" } }),
    )?;
    let mut ids: Vec<&str> = both["ids"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    ids.sort_unstable();
    expect("ids", ids, vec!["ann", "bo"])
}

async fn numeric(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut first, mut second) = (server.connect().await?, server.connect().await?);
    server.join(&mut first, &channel, &ann()).await?;
    let seen = server
        .join(&mut second, &channel, &json!({ "user_id": 7, "user_info": {} }))
        .await?;
    expect("hash", &seen["hash"]["7"], &json!({}))?;
    let added = first.expect("pusher_internal:member_added").await?.json_in_text()?;
    let id = &added["user_id"];
    (*id == json!("7") || *id == json!(7))
        .then_some(())
        .ok_or_else(|| format!("user_id of member_added is {id}"))
}

async fn added(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut first, mut second) = (server.connect().await?, server.connect().await?);
    server.join(&mut first, &channel, &ann()).await?;
    server.join(&mut second, &channel, &bo()).await?;
    let heard = first.expect("pusher_internal:member_added").await?;
    expect("channel", heard.channel(), &channel)?;
    expect("data", heard.json_in_text()?, bo())?;
    second.expect_silence().await
}

async fn several(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut first, mut second, mut again) = (
        server.connect().await?,
        server.connect().await?,
        server.connect().await?,
    );
    server.join(&mut first, &channel, &ann()).await?;
    server.join(&mut second, &channel, &bo()).await?;
    first.expect("pusher_internal:member_added").await?;
    let seen = server.join(&mut again, &channel, &bo()).await?;
    expect("count", &seen["count"], &json!(2))?;
    first.expect_silence().await?;
    drop(again);
    // Another's coming is heard after whatever the leaving had caused.
    let mut cy = server.connect().await?;
    server.join(&mut cy, &channel, &json!({ "user_id": "cy" })).await?;
    first.expect("pusher_internal:member_added").await.map(|_| ())
}

async fn removed(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let (mut first, mut closing, mut leaving) = (
        server.connect().await?,
        server.connect().await?,
        server.connect().await?,
    );
    server.join(&mut first, &channel, &ann()).await?;
    server.join(&mut closing, &channel, &bo()).await?;
    server.join(&mut leaving, &channel, &json!({ "user_id": "cy" })).await?;
    first.expect("pusher_internal:member_added").await?;
    first.expect("pusher_internal:member_added").await?;
    drop(closing);
    let gone = first.expect("pusher_internal:member_removed").await?.json_in_text()?;
    expect("data", gone, json!({ "user_id": "bo" }))?;
    leaving.unsubscribe(&channel).await?;
    let gone = first.expect("pusher_internal:member_removed").await?.json_in_text()?;
    expect("data", gone, json!({ "user_id": "cy" }))
}

async fn no_data(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let mut socket = server.connect().await?;
    let auth = server.channel_auth(&socket.id, &channel, None);
    socket.subscribe(&channel, &auth, None).await?;
    socket.expect_refusal().await
}

async fn large(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let mut socket = server.connect().await?;
    let member = json!({ "user_id": "ann", "user_info": { "about": "x".repeat(1100) } });
    server.ask_to_join(&mut socket, &channel, &member).await?;
    socket.expect_refusal().await
}

async fn no_count(server: Server) -> Verdict {
    let channel = server.name("presence-");
    let mut socket = server.connect().await?;
    server.ask_to_join(&mut socket, &channel, &ann()).await?;
    socket.send(&json!({ "event": "pusher:ping", "data": {} })).await?;
    loop {
        match socket.next().await? {
            Heard::Frame(frame) if frame.event() == "pusher:pong" => return Ok(()),
            Heard::Frame(frame) if frame.event() == "pusher_internal:subscription_succeeded" => {}
            other => return Err(format!("expected no more than the success, got {other}")),
        }
    }
}
