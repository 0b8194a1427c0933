//! `/pusher/auth`

use crate::site::{Answer, Site, Visitor, id};
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
    let own = format!("private-project-{}", id(1));
    for (socket, channel, says) in [
        (
            "1234.5678",
            &*format!("private-project-{}", id(2)),
            "channel_name: there is no such project",
        ),
        ("1234.5678", "private-project-1", "channel_name: "),
        ("1234.5678", "private-anything", "channel_name: "),
        ("1234.5678", "public", "channel_name: "),
        ("1234.5678", &format!("presence-project-{}", id(1)), "channel_name: "),
        (
            "1234.5678",
            &format!("private-encrypted-project-{}", id(1)),
            "channel_name: ",
        ),
        ("1234.5678", "", "channel_name: "),
        ("1234.5678:private-x", &own, "socket_id: "),
        ("1234", &own, "socket_id: "),
        ("", &own, "socket_id: "),
    ] {
        ask(&visitor, &form(socket, channel)).await.is_error(403, says);
    }
}

#[tokio::test]
async fn wrong_forms_are_refused_by_their_field() {
    let visitor = Site::new().await.with_project(1).await;
    ask(&visitor, "socket_id=1.2")
        .await
        .is_error(400, "missing field `channel_name`");
    ask(&visitor, "").await.is_error(400, "missing field `socket_id`");
    let body = json!({"socket_id": "1.2", "channel_name": "private-x"});
    visitor.post("/pusher/auth", &body).await.is_error(415, "Content-Type");
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
