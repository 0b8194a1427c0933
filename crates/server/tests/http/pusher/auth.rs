//! `/pusher/auth`

use crate::site::{Answer, KEY, SECRET, Site, Visitor, id};
use pusher_hub::App;
use serde_json::json;

async fn ask(visitor: &Visitor, form: &str) -> Answer {
    let kind = "application/x-www-form-urlencoded; charset=UTF-8";
    visitor.send_text("POST", "/pusher/auth", (kind, form.to_owned())).await
}

fn form(socket: &str, channel: &str) -> String {
    format!("socket_id={socket}&channel_name={channel}")
}

#[tokio::test]
async fn a_projects_channel_is_signed_for() {
    let visitor = Site::new().await.with_project(1).await;
    let answer = ask(&visitor, &form("1234.5678", &format!("private-project-{}", id(1)))).await;
    // printf '1234.5678:private-project-00000000000000000000000000000001' | openssl dgst -sha256 -hmac app-secret-of-16
    answer.is(
        200,
        &json!({"auth": "app-key:b8ff7a9b252a0509bcb3776985b225d147ad6e5b413bf2b9c81b88a37b17b2c8"}),
    );
}

#[tokio::test]
async fn nothing_else_is_signed_for() {
    let visitor = Site::new().await.with_project(1).await;
    for channel in [
        "private-project-1",
        "private-anything",
        "presence-anything",
        "public",
        &format!("private-encrypted-project-{}", id(1)),
        &format!("private-project-{}x", id(1)),
    ] {
        ask(&visitor, &form("1234.5678", channel))
            .await
            .is_error(403, "channel_name: only private-project-{id} and presence-project-{id}");
    }
    ask(&visitor, &form("1234.5678", &format!("private-project-{}", id(2))))
        .await
        .is_error(403, "channel_name: there is no such project");
}

#[tokio::test]
async fn wrong_forms_are_refused_by_their_field() {
    let visitor = Site::new().await.with_project(1).await;
    let own = format!("private-project-{}", id(1));
    for (form, says) in [
        ("socket_id=1.2".to_owned(), "channel_name: missing"),
        (String::new(), "channel_name: missing"),
        (form("1.2", ""), "channel_name: "),
        (form("1.2", "private-%20"), "channel_name: "),
        (form("1.2", &"x".repeat(201)), "channel_name: "),
        (format!("channel_name={own}"), "socket_id: expected two numbers"),
        (form("1234.5678:private-x", &own), "socket_id: expected two numbers"),
        (form("1234", &own), "socket_id: expected two numbers"),
        (form("", &own), "socket_id: expected two numbers"),
        (
            form(&format!("1.{}", "2".repeat(40)), &own),
            "socket_id: expected two numbers of at most",
        ),
    ] {
        ask(&visitor, &form).await.is_error(400, says);
    }
    let many: String = (0..101).map(|n| format!("&channel_name[{n}]={own}")).collect();
    ask(&visitor, &format!("socket_id=1.2{many}"))
        .await
        .is_error(400, "channel_name: 101 channels, at most 100");
    let body = json!({"socket_id": "1.2", "channel_name": "private-x"});
    visitor.post("/pusher/auth", &body).await.is_error(415, "Content-Type");
}

#[tokio::test]
async fn several_channels_are_each_decided_for_themselves() {
    let visitor = Site::new().await.with_project(1).await;
    let (own, other) = (
        format!("private-project-{}", id(1)),
        format!("private-project-{}", id(2)),
    );
    let form = format!("socket_id=1234.5678&channel_name[0]={other}&channel_name[1]={own}&channel_name[2]=public");
    let auth = "app-key:b8ff7a9b252a0509bcb3776985b225d147ad6e5b413bf2b9c81b88a37b17b2c8";
    let answer = ask(&visitor, &form).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.is(
        200,
        &json!({
            own: {"status": 200, "data": {"auth": auth}},
            other: {"status": 403},
            "public": {"status": 403},
        }),
    );
}

#[tokio::test]
async fn who_has_a_project_open_is_shown_by_name_letters_and_colour() {
    let visitor = Site::new().await.with_project(1).await;
    visitor.put("/api/session", &json!({"name": "Ada Lovelace"})).await;
    let actor = visitor.get("/api/session").await.body["actor"]["id"].clone();
    let channel = format!("presence-project-{}", id(1));
    let answer = ask(&visitor, &form("1234.5678", &channel)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let data = answer.body["channel_data"].as_str().expect("text").to_owned();
    let seen: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    let colour = seen["user_info"]["colour"].clone();
    assert!(colour.as_u64().is_some_and(|colour| colour < 12), "{colour}");
    let info = json!({"name": "Ada Lovelace", "initials": "AL", "colour": colour});
    assert_eq!(seen, json!({"user_id": actor, "user_info": info}));
    // The member is part of what is signed.
    let app = App::new("1", KEY, SECRET);
    let signed = format!("1234.5678:{channel}:{data}");
    let auth = answer.body["auth"].as_str().and_then(|auth| auth.split_once(':'));
    assert!(auth.is_some_and(|(key, signature)| key == KEY && app.verify(&signed, signature)));
}

#[tokio::test]
async fn signing_needs_a_session_and_the_own_page() {
    let site = Site::new().await;
    let mut visitor = site.with_project(1).await;
    let form = form("1234.5678", &format!("private-project-{}", id(1)));
    ask(&site.stranger(), &form)
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
    visitor.header("sec-fetch-site", "cross-site");
    ask(&visitor, &form).await.is_error(403, "another site");
}
