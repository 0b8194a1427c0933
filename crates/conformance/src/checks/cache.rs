//! Cache channels: the last event, or the word that there is none.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use serde_json::json;

const PART: &str = "cache";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "an empty cache is told as pusher:cache_miss", miss),
        check(PART, "the last event comes right after the success", hit),
        check(PART, "each kind of channel can have a cache", kinds),
        check(PART, "client events are not kept", client_events),
        check(PART, "cache- elsewhere in a name means nothing", elsewhere),
        check(PART, "the HTTP API tells what is kept and for how long", asked),
    ]
}

async fn miss(server: Server) -> Verdict {
    let channel = server.name("cache-");
    let mut socket = server.subscribed(&channel).await?;
    expect("channel", socket.expect("pusher:cache_miss").await?.channel(), &channel)
}

async fn hit(server: Server) -> Verdict {
    let channel = server.name("cache-");
    server.trigger(&channel, "first", "1").await?;
    server.trigger(&channel, "second", r#"{"id":2}"#).await?;
    let mut socket = server.subscribed(&channel).await?;
    let kept = socket.expect("second").await?;
    expect("data", kept.text()?, r#"{"id":2}"#)?;
    socket.expect_silence().await
}

async fn kinds(server: Server) -> Verdict {
    for prefix in ["private-cache-", "private-encrypted-cache-"] {
        let channel = server.name(prefix);
        server.trigger(&channel, "kept", "{}").await?;
        let mut socket = server.subscribed(&channel).await?;
        socket
            .expect("kept")
            .await
            .map_err(|finding| format!("{prefix}: {finding}"))?;
    }
    let channel = server.name("presence-cache-");
    let mut socket = server.connect().await?;
    server.join(&mut socket, &channel, &json!({ "user_id": "ann" })).await?;
    socket.expect("pusher:cache_miss").await.map(|_| ())
}

async fn client_events(server: Server) -> Verdict {
    let channel = server.name("private-cache-");
    let mut author = server.subscribed(&channel).await?;
    author.expect("pusher:cache_miss").await?;
    author
        .send(&json!({ "event": "client-typing", "channel": channel, "data": {} }))
        .await?;
    author.rest().await?;
    let mut late = server.subscribed(&channel).await?;
    late.expect("pusher:cache_miss").await.map(|_| ())
}

async fn elsewhere(server: Server) -> Verdict {
    let channel = server.name("my-cache-");
    server.trigger(&channel, "kept", "{}").await?;
    server.subscribed(&channel).await?.expect_silence().await
}

async fn asked(server: Server) -> Verdict {
    let channel = server.name("cache-");
    let _socket = server.subscribed(&channel).await?;
    server.trigger(&channel, "kept", r#"{"id":2}"#).await?;
    let call = crate::api::Call::get(&format!("/channels/{channel}")).asking("info", "cache");
    let told = server.api().call(call).await?.json()?;
    expect("cache.data", &told["cache"]["data"], &json!(r#"{"id":2}"#))?;
    (told["cache"]["ttl"].as_u64().is_some_and(|ttl| ttl > 0))
        .then_some(())
        .ok_or_else(|| format!("no ttl in {told}"))
}
