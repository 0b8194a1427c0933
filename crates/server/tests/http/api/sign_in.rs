//! `/api/sign-in`

use crate::people::{PASSWORD, come_in, credentials, sign_up, site, site_where};
use crate::site::{Site, Visitor};
use serde_json::json;
use std::fs;
use truestory_server::config::Entrance;
use truestory_server::config::entrance;

async fn tries(visitor: &Visitor, name: &str, password: &str) -> u16 {
    visitor.post("/api/sign-in", &credentials(name, password)).await.status
}

#[tokio::test]
async fn the_right_password_lets_one_in() {
    let (site, ada) = site().await;
    let mut again = site.stranger();
    let answer = again.post("/api/sign-in", &credentials("Ada", PASSWORD)).await;
    assert_eq!(answer.body["actor"], ada.get("/api/session").await.body["actor"]);
    assert_eq!(answer.body["kind"], "account");
    let cookie = answer.header("set-cookie");
    let (token, rest) = cookie.split_once("; ").expect("a token and how to keep it");
    assert_eq!(token.len(), "truestory_session=".len() + 64);
    assert_eq!(rest, "HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000");
    assert!(answer.cookies().contains("; truestory_device="), "{}", answer.cookies());
    come_in(&mut again, &answer);
    assert_eq!(again.get("/api/projects").await.status, 200);
}

#[tokio::test]
async fn behind_tls_both_cookies_insist_on_it() {
    let (_site, ada) = site_where(Entrance {
        url: Some("https://backlog.example.com".into()),
        ..Entrance::default()
    })
    .await;
    let answer = ada.post("/api/sign-in", &credentials("ada", PASSWORD)).await;
    let all = answer.everything();
    for cookie in ["__Host-truestory_session=", "__Host-truestory_device="] {
        let (_, begun) = all.split_once(cookie).expect("it is set");
        let whole = begun.split('"').next().expect("its end");
        assert!(whole.contains("; HttpOnly; SameSite=Lax; Secure; Path=/;"), "{all}");
    }
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let (site, ada) = site().await;
    sign_up(&site, "ben").await;
    sign_up(&site, "cleo").await;
    let cleo = ada.get("/api/accounts").await.body["accounts"][2]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    assert_eq!(
        ada.put(&format!("/api/accounts/{cleo}"), &json!("closed")).await.status,
        204
    );
    let accounts = &site.parts().app.accounts;
    let mut told = Vec::new();
    for (name, password) in [
        ("nobody", PASSWORD),
        ("ben", "wrong horse"),
        // Closed, with the right password and with another.
        ("cleo", PASSWORD),
        ("cleo", "wrong horse"),
    ] {
        let mut costs = Vec::new();
        for _ in 0..5 {
            let before = accounts.hashes_computed();
            let answer = site.stranger().post("/api/sign-in", &credentials(name, password)).await;
            costs.push(accounts.hashes_computed() - before);
            told.push((answer.status, answer.everything()));
        }
        assert_eq!(costs, [1; 5], "{name} costs what everyone costs");
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    let (status, everything) = &told[0];
    assert_eq!(*status, 401);
    assert!(
        everything.contains("the e-mail address or the password is wrong"),
        "{everything}"
    );
    assert!(!everything.contains("set-cookie"));
}

#[tokio::test]
async fn every_sign_in_is_another_session_and_ends_the_one_that_was_there() {
    let (site, ada) = site().await;
    let before = ada.clone();
    let mut browser = ada.clone();
    let answer = browser.post("/api/sign-in", &credentials("ada", PASSWORD)).await;
    come_in(&mut browser, &answer);
    assert_eq!(browser.get("/api/projects").await.status, 200);
    before.get("/api/projects").await.is_error(401, "no session");
    // A token that someone placed there before is worth nothing.
    let mut placed = site.stranger();
    placed.header("cookie", &format!("truestory_session={}", "0".repeat(64)));
    let answer = placed.post("/api/sign-in", &credentials("ada", PASSWORD)).await;
    assert!(!answer.cookies().contains(&"0".repeat(64)));
    assert_eq!(
        browser.get("/api/projects").await.status,
        200,
        "another browser's stays"
    );
}

#[tokio::test]
async fn strangers_wait_longer_and_longer_and_a_known_device_does_not() {
    let (site, ada) = site().await;
    let stranger = site.stranger();
    for name in ["ada", "nobody"] {
        for _ in 0..10 {
            assert_eq!(tries(&stranger, name, "wrong horse").await, 401);
        }
        let answer = stranger.post("/api/sign-in", &credentials(name, PASSWORD)).await;
        answer.is_error(429, "too many tries");
        assert_eq!(answer.header("retry-after"), "1", "{name}");
    }
    // Ada's own browser is signed in. Signed out, it is the device that signed in before.
    assert_eq!(tries(&ada, "ada", "wrong horse").await, 401);
    assert_eq!(tries(&ada, "ada", PASSWORD).await, 200);
    let cookie = ada.cookie();
    let (_, device) = cookie.split_once("; ").expect("the device's cookie");
    let mut signed_out = site.stranger();
    signed_out.header("cookie", device);
    assert_eq!(tries(&signed_out, "ada", PASSWORD).await, 200);
    // It is no stranger to her account alone.
    assert_eq!(tries(&signed_out, "nobody", PASSWORD).await, 429);
}

#[tokio::test]
async fn a_network_is_slowed_and_others_are_not() {
    let proxies = vec![entrance::proxy("0.0.0.0").expect("an address")];
    let (site, _) = site_where(Entrance {
        proxies,
        ..Entrance::default()
    })
    .await;
    let mut mallory = site.stranger();
    for number in 0..30 {
        // What Mallory says of where she comes from is not believed; what the proxy adds is, behind it or in a line of its own.
        let said = format!("198.51.100.{number}");
        if number % 2 == 0 {
            mallory.header("x-forwarded-for", &format!("{said}, 192.0.2.66"));
        } else {
            mallory.header("x-forwarded-for", &said);
            mallory.header_line("x-forwarded-for", "192.0.2.66");
        }
        assert_eq!(tries(&mallory, &format!("nobody-{number}"), PASSWORD).await, 401);
    }
    assert_eq!(tries(&mallory, "ada", PASSWORD).await, 429);
    let mut ada = site.stranger();
    ada.header("x-forwarded-for", "192.0.2.7");
    assert_eq!(tries(&ada, "ada", PASSWORD).await, 200);
}

#[tokio::test]
async fn a_password_that_was_hashed_otherwise_is_hashed_anew() {
    let (site, _) = site().await;
    let store = &site.parts().app.store;
    let email = backlog::person::Email::new("ada@example.com").expect("an address");
    let holder = store.holder(&email).await.expect("it reads").expect("an account");
    let present = holder.password.expect("a password");
    // `correct horse 1815` with less memory and one pass.
    let dated = "$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$wIBnvh7uOZFkMhnwYPDEicYxDCkDzMZTa3AAQvzLIp4";
    store
        .renew_password(holder.actor.id, (&present, dated))
        .await
        .expect("it writes");
    assert_eq!(tries(&site.stranger(), "ada", PASSWORD).await, 200);
    let renewed = store.holder(&email).await.expect("it reads").expect("an account");
    let renewed = renewed.password.expect("a password");
    assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
    assert_eq!(tries(&site.stranger(), "ada", PASSWORD).await, 200);
}

#[tokio::test]
async fn no_password_and_no_token_is_on_disk() {
    let (site, ada) = site().await;
    assert_eq!(tries(&ada, "ada", "a wrong password").await, 401);
    let cookie = ada.cookie();
    let token = cookie
        .split_once('=')
        .expect("a cookie")
        .1
        .split(';')
        .next()
        .expect("a token");
    let mut looked_at = 0;
    for file in fs::read_dir(site.folder()).expect("its folder") {
        let bytes = fs::read(file.expect("a file").path()).expect("its bytes");
        looked_at += bytes.len();
        for secret in [PASSWORD, "a wrong password", token] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is on disk");
        }
    }
    assert!(looked_at > 4_096, "the database is there");
}

#[tokio::test]
async fn a_body_that_is_too_much_is_refused_before_anything_is_hashed() {
    let site = Site::with(Entrance::default()).await;
    let stranger = site.stranger();
    for (body, says) in [
        (credentials("ada", &"x".repeat(257)), "password"),
        (credentials("ada", "short"), "password"),
        (
            json!({"email": "ada@example.com", "password": PASSWORD, "remember": true}),
            "unknown field `remember`",
        ),
        (json!({"email": "x".repeat(300), "password": PASSWORD}), "email"),
    ] {
        stranger.post("/api/sign-in", &body).await.is_error(400, says);
    }
    assert_eq!(site.parts().app.accounts.hashes_computed(), 0);
}
