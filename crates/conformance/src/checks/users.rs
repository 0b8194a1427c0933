//! Signed-in users: their own channel, watchlists, the end of their connections.

use super::{Check, check, expect};
use crate::server::{Server, Verdict};
use crate::socket::{Heard, Socket};
use serde_json::{Value, json};

const PART: &str = "users";

pub fn checks() -> Vec<Check> {
    vec![
        check(PART, "a sign-in is answered with the user's data", sign_in),
        check(PART, "a wrong signature signs nobody in", wrong_signature),
        check(
            PART,
            "an event for a user reaches each of their connections, and nobody else",
            own_channel,
        ),
        check(PART, "nobody hears another user's channel", foreign_channel),
        check(
            PART,
            "a watchlist tells who is there, who comes and who goes",
            watchlist,
        ),
        check(PART, "a user's connections can be ended, with 4009", terminate),
    ]
}

async fn sign_in(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    let user = json!({ "id": server.name("u"), "user_info": { "name": "Ann" } }).to_string();
    let auth = format!(
        "{}:{}",
        server.app().key,
        crate::sign::hmac(&server.app().secret, &format!("{}::user::{user}", socket.id))
    );
    socket.sign_in(&auth, &user).await?;
    let data = socket.expect("pusher:signin_success").await?.json_in_text()?;
    expect("user_data", &data["user_data"], &json!(user))
}

async fn wrong_signature(server: Server) -> Verdict {
    let mut socket = server.connect().await?;
    let auth = format!("{}:{}", server.app().key, "0".repeat(64));
    socket.sign_in(&auth, r#"{"id":"ann"}"#).await?;
    match socket.next().await? {
        Heard::Frame(frame) if frame.event() == "pusher:error" => {
            expect("code", &frame.0["data"]["code"], &json!(4009))
        }
        Heard::Closed(code) => expect("close", code, 4009),
        other => Err(format!("expected a refusal, got {other}")),
    }
}

async fn user(server: &Server, id: &str) -> Result<Socket, String> {
    let mut socket = server.signed_in(&json!({ "id": id })).await?;
    socket.subscribe(&format!("#server-to-user-{id}"), "", None).await?;
    socket.rest().await?;
    Ok(socket)
}

async fn own_channel(server: Server) -> Verdict {
    let (ann, bo) = (server.name("ann-"), server.name("bo-"));
    let (mut one, mut two, mut other) = (
        user(&server, &ann).await?,
        user(&server, &ann).await?,
        user(&server, &bo).await?,
    );
    server
        .trigger(&format!("#server-to-user-{ann}"), "invited", r#"{"to":1}"#)
        .await?;
    for socket in [&mut one, &mut two] {
        let heard = socket.expect("invited").await?;
        expect("data", heard.text()?, r#"{"to":1}"#)?;
        expect("channel", heard.channel(), &format!("#server-to-user-{ann}"))?;
    }
    other.expect_silence().await
}

async fn foreign_channel(server: Server) -> Verdict {
    let (ann, bo) = (server.name("ann-"), server.name("bo-"));
    let mut spy = user(&server, &bo).await?;
    let channel = format!("#server-to-user-{ann}");
    spy.subscribe(&channel, "", None).await?;
    spy.rest().await?;
    server.trigger(&channel, "secret", "1").await?;
    spy.expect_silence().await
}

async fn watchlist(server: Server) -> Verdict {
    let (ann, bo) = (server.name("ann-"), server.name("bo-"));
    let there = user(&server, &bo).await?;
    let mut watcher = server.signed_in(&json!({ "id": ann, "watchlist": [bo] })).await?;
    let says = |name: &str| json!({ "events": [{ "name": name, "user_ids": [bo] }] });
    expect("at first", watchlist_event(&mut watcher).await?, says("online"))?;
    drop(there);
    expect("who went", watchlist_event(&mut watcher).await?, says("offline"))?;
    let _there_again = user(&server, &bo).await?;
    expect("who came", watchlist_event(&mut watcher).await?, says("online"))
}

async fn watchlist_event(socket: &mut Socket) -> Result<Value, String> {
    socket.expect("pusher_internal:watchlist_events").await?.json_in_text()
}

async fn terminate(server: Server) -> Verdict {
    let (ann, bo) = (server.name("ann-"), server.name("bo-"));
    let (mut one, mut two, mut other) = (
        user(&server, &ann).await?,
        user(&server, &ann).await?,
        user(&server, &bo).await?,
    );
    let reply = server
        .api()
        .post(&format!("/users/{ann}/terminate_connections"), &json!({}))
        .await?;
    reply.expect_json(&json!({}))?;
    one.expect_close(4009).await?;
    two.expect_close(4009).await?;
    other.expect_silence().await
}
