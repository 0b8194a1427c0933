//! The HTTP API: signatures, replies, questions.

use super::{Check, check, expect};
use crate::api::Call;
use crate::server::{Server, Verdict};
use hyper::Method;
use serde_json::{Value, json};

const PART: &str = "HTTP API";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "a trigger is answered {} and the connection kept", trigger),
        check(PART, "a trigger on several channels reaches each", several),
        check(PART, "a trigger tells counts where they are asked for", info),
        check(
            PART,
            "a batch reaches every channel and is answered in its order",
            batch,
        ),
        check(
            PART,
            "channels that are heard are listed, with a prefix and counts of users",
            channels,
        ),
        check(
            PART,
            "counts of users without the prefix presence- are refused with 400",
            wrong_info,
        ),
        check(PART, "one channel tells whether it is heard and by how many", channel),
        check(
            PART,
            "the users of a presence channel are listed, of others refused with 400",
            users,
        ),
        check(
            PART,
            "a wrong signature, an old one, a wrong MD5 and a wrong key are refused with 401",
            signatures,
        ),
        check(PART, "an unsigned call is refused with 401", unsigned),
    ]
}

fn event(channel: &str) -> Value {
    json!({ "name": "moved", "channel": channel, "data": "1" })
}

async fn trigger(server: Server) -> Verdict {
    let api = server.api();
    let call = Call::post("/events", &event(&server.name("orders-")));
    let mut connection = api.connect().await?;
    for _ in 0..2 {
        let reply = api.send_on(&mut connection, &call, &api.signed_query(&call)).await?;
        reply.expect_status(200)?;
        expect("body", reply.body.as_str(), "{}")?;
        (!reply.closes)
            .then_some(())
            .ok_or("the connection is closed after the answer")?;
    }
    Ok(())
}

async fn several(server: Server) -> Verdict {
    let names = [server.name("a-"), server.name("b-")];
    let (mut one, mut two) = (server.subscribed(&names[0]).await?, server.subscribed(&names[1]).await?);
    let body = json!({ "name": "moved", "channels": names, "data": "1" });
    server.api().post("/events", &body).await?.expect_status(200)?;
    one.expect("moved").await?;
    two.expect("moved").await.map(|_| ())
}

async fn info(server: Server) -> Verdict {
    let (public, presence) = (server.name("orders-"), server.name("presence-"));
    let mut socket = server.subscribed(&public).await?;
    server
        .join(&mut socket, &presence, &json!({ "user_id": "ann" }))
        .await?;
    let body = json!({ "name": "moved", "channels": [public, presence], "data": "1", "info": "subscription_count,user_count" });
    let told = server.api().post("/events", &body).await?.json()?;
    expect(
        "subscription_count",
        &told["channels"][&public]["subscription_count"],
        &json!(1),
    )?;
    expect("user_count", &told["channels"][&presence]["user_count"], &json!(1))
}

async fn batch(server: Server) -> Verdict {
    let names = [server.name("a-"), server.name("b-")];
    let mut socket = server.subscribed(&names[0]).await?;
    server.subscribe(&mut socket, &names[1]).await?;
    let body = json!({ "batch": [event(&names[0]), event(&names[1])] });
    server
        .api()
        .post("/batch_events", &body)
        .await?
        .expect_json(&json!({}))?;
    expect("the first", socket.expect("moved").await?.channel(), &names[0])?;
    expect("the second", socket.expect("moved").await?.channel(), &names[1])?;
    let mut asking = event(&names[1]);
    asking["info"] = json!("subscription_count");
    let body = json!({ "batch": [event(&names[0]), asking] });
    let told = server.api().post("/batch_events", &body).await?;
    told.expect_json(&json!({ "batch": [{}, { "subscription_count": 1 }] }))
}

async fn channels(server: Server) -> Verdict {
    let (public, presence) = (server.name("orders-"), server.name("presence-"));
    let mut socket = server.subscribed(&public).await?;
    server
        .join(&mut socket, &presence, &json!({ "user_id": "ann" }))
        .await?;
    let all = server.api().get("/channels").await?.json()?;
    (all["channels"][&public].is_object())
        .then_some(())
        .ok_or("a channel that is heard is not listed")?;
    let call = Call::get("/channels")
        .asking("filter_by_prefix", &presence)
        .asking("info", "user_count");
    let told = server.api().call(call).await?;
    told.expect_json(&json!({ "channels": { presence.as_str(): { "user_count": 1 } } }))
}

async fn wrong_info(server: Server) -> Verdict {
    let call = Call::get("/channels").asking("info", "user_count");
    server.api().call(call).await?.expect_status(400)
}

async fn channel(server: Server) -> Verdict {
    let name = server.name("orders-");
    let path = format!("/channels/{name}");
    server
        .api()
        .get(&path)
        .await?
        .expect_json(&json!({ "occupied": false }))?;
    let _socket = server.subscribed(&name).await?;
    let call = Call::get(&path).asking("info", "subscription_count");
    let told = server.api().call(call).await?;
    told.expect_json(&json!({ "occupied": true, "subscription_count": 1 }))
}

async fn users(server: Server) -> Verdict {
    let presence = server.name("presence-");
    let mut socket = server.connect().await?;
    server
        .join(&mut socket, &presence, &json!({ "user_id": "ann" }))
        .await?;
    let told = server.api().get(&format!("/channels/{presence}/users")).await?;
    told.expect_json(&json!({ "users": [{ "id": "ann" }] }))?;
    let public = server.name("orders-");
    server
        .api()
        .get(&format!("/channels/{public}/users"))
        .await?
        .expect_status(400)
}

async fn signatures(server: Server) -> Verdict {
    let api = server.api();
    let call = Call::post("/events", &event(&server.name("orders-")));
    let query = api.signed_query(&call);
    let tampered = |from: &str, to: &str| query.replace(from, to);
    let queries = [
        ("the signature", tampered("auth_signature=", "auth_signature=0")),
        ("the key", tampered(&server.app().key, "other")),
        ("the MD5", tampered("body_md5=", "body_md5=0")),
        ("the version", tampered("auth_version=1.0", "auth_version=2.0")),
        ("one more parameter", format!("{query}&more=1")),
    ];
    for (what, query) in queries {
        let reply = api.send(&call, &query).await?;
        reply
            .expect_status(401)
            .map_err(|finding| format!("{what}: {finding}"))?;
    }
    let other_body = Call::post("/events", &event("another"));
    api.send(&other_body, &query).await?.expect_status(401)?;
    for clock_is_off_by in [-700, 700] {
        let call = Call {
            clock_is_off_by,
            ..Call::post("/events", &event("orders"))
        };
        let told = api.call(call).await?.expect_status(401);
        told.map_err(|finding| format!("signed {clock_is_off_by} s off: {finding}"))?;
    }
    Ok(())
}

async fn unsigned(server: Server) -> Verdict {
    for (method, path) in [(Method::POST, "/events"), (Method::GET, "/channels")] {
        let call = Call {
            method,
            ..Call::post(path, &event("orders"))
        };
        server.api().send(&call, "").await?.expect_status(401)?;
    }
    Ok(())
}
