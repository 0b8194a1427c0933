//! What every answer bears, whoever gets it and whatever it is: of each route for those let in and for those turned away, of files, of paths that are
//! not there, of the hub.

use super::cast::Who;
use super::sample;
use super::samples::{self, samples};
use super::world::{FIRST, World};
use crate::site::{Answer, KEY};
use truestory_server::config::Entrance;
use truestory_server::routes::table;

/// The policy, apart from the hashes of the page's own inline scripts.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The policy without the hashes in it.
fn without_hashes(policy: &str) -> String {
    let mut words = policy.split(' ').map(|word| {
        // The last hash of a list bears the semicolon.
        match (word.starts_with("'sha256-"), word.ends_with(';')) {
            (false, _) => word.to_owned(),
            (true, false) => String::new(),
            (true, true) => ";".to_owned(),
        }
    });
    let first = words.next().unwrap_or_default();
    words.fold(first, |said, word| match word.as_str() {
        "" => said,
        ";" => said + ";",
        _ => said + " " + &word,
    })
}

#[track_caller]
fn bears_all(answer: &Answer, at: &str) {
    assert_eq!(without_hashes(answer.header("content-security-policy")), POLICY, "{at}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        // Nobody else's page reads anything here.
        ("access-control-allow-origin", ""),
        ("server", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name} {at}");
    }
}

#[tokio::test]
async fn on_every_route() {
    let (world, samples) = (World::new().await, samples());
    for route in &table() {
        let sample = sample(&samples, route);
        for who in [Who::Nobody, Who::Outsider, Who::Owner, Who::Administrator] {
            let at = format!("for {who:?} at {}", sample.route);
            let path = samples::path(&world, route.path, (FIRST, who)).await;
            let answer = sample.send(&world, &world.comes(who).await, &path).await;
            bears_all(&answer, &at);
            assert_eq!(answer.header("strict-transport-security"), "", "{at}");
            let kept = answer.header("cache-control");
            // Files and what is polled say so themselves: kept by nobody else, and asked after each time.
            let expected = match (route.path, answer.status) {
                ("/api/projects/{project}/changes", 200) => "private, no-cache",
                ("/healthz" | "/readyz", _) => kept,
                (path, 404) if path.starts_with("/auth/") => kept,
                ("/pusher/auth", 400..) => kept,
                _ => "no-store",
            };
            assert_eq!(kept, expected, "{at}");
        }
    }
}

#[tokio::test]
async fn on_everything_else() {
    let world = World::new().await;
    let mut browser = world.comes(Who::Nobody).await;
    browser.header("accept", "text/html");
    for path in [
        "/",
        "/index.html",
        "/projects",
        "/projects/x",
        "/nothing",
        "/api",
        "/api/nothing",
        "/app",
        &format!("/app/{KEY}"),
        &format!("/app/{KEY}/events"),
        "/apps/1/events",
        "/apps/1/channels",
        "/pusher/nothing",
        "/%ff",
    ] {
        for method in ["GET", "POST", "PUT", "OPTIONS", "TRACE"] {
            let answer = browser.send(method, path, None).await;
            assert!(answer.status < 500, "{method} {path}: {}", answer.text);
            bears_all(&answer, &format!("at {method} {path}"));
        }
    }
}

/// Behind TLS browsers are told to stay there, and cookies insist on it.
#[tokio::test]
async fn behind_tls() {
    let entrance = Entrance {
        url: Some("https://backlog.example.com".to_owned()),
        ..Entrance::open()
    };
    let world = crate::site::Site::with(entrance).await;
    let stranger = world.stranger();
    for path in ["/", "/api/welcome", "/api/session", "/nothing"] {
        let answer = stranger.get(path).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
    let cookie = stranger
        .post("/api/visit", &serde_json::json!({}))
        .await
        .header("set-cookie")
        .to_owned();
    let (name, rest) = cookie.split_once('=').expect("a cookie");
    assert_eq!(name, "__Host-truestory_session");
    assert!(
        rest.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=34560000"),
        "{rest}"
    );
}
