//! Whose page a request may come from: writes only from the own one, the WebSocket from that and from those that a setting names.

use super::cast::Who;
use super::sample;
use super::samples::{self, samples};
use super::world::{FIRST, World};
use crate::site::{KEY, Site};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, http::HeaderValue};
use truestory_server::config::Entrance;
use truestory_server::routes::table;

const OWN: [&[(&str, &str)]; 6] = [
    &[],
    &[("origin", "http://board.example")],
    &[("origin", "https://board.example")],
    &[("sec-fetch-site", "same-origin")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "same-origin"), ("origin", "http://board.example")],
];

const OTHERS: [&[(&str, &str)]; 13] = [
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "")],
    &[("origin", "board.example")],
    &[("origin", "https://sub.board.example")],
    &[("origin", "https://board.example.evil.example")],
    &[("origin", "https://evilboard.example")],
    &[("origin", "https://board.example:8443")],
    &[("origin", "https://board.example@evil.example")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "")],
    // What a browser says of the request outweighs what it says of the page.
    &[("sec-fetch-site", "cross-site"), ("origin", "https://board.example")],
];

#[tokio::test]
async fn writes_come_from_the_own_page() {
    let (world, samples) = (World::new().await, samples());
    for route in table().iter().filter(|route| route.method != "GET") {
        let sample = sample(&samples, route);
        for (headers, is_own) in OWN
            .map(|one| (one, true))
            .into_iter()
            .chain(OTHERS.map(|one| (one, false)))
        {
            let mut visitor = world.comes(Who::Owner).await;
            visitor.header("host", "board.example");
            for (name, value) in headers {
                visitor.header(name, value);
            }
            let path = samples::path(&world, route.path, (FIRST, Who::Owner)).await;
            let before = world.database.version().await;
            let answer = sample.send(&world, &visitor, &path).await;
            let refused = answer.status == 403 && answer.text.contains("this write comes from another site's page");
            assert_eq!(
                !refused, is_own,
                "{headers:?} at {}: {} {}",
                sample.route, answer.status, answer.text
            );
            if refused {
                assert_eq!(
                    world.database.version().await,
                    before,
                    "{headers:?} at {}",
                    sample.route
                );
            }
        }
    }
}

/// The status that a handshake gets from a page of that origin.
async fn handshake(address: &str, origin: Option<&str>) -> u16 {
    let url = format!("ws://{address}/app/{KEY}?protocol=7&client=test&version=1");
    let mut request = url.into_client_request().expect("a request");
    // As it is where a name leads here: on one's own machine ports do not matter.
    request
        .headers_mut()
        .insert("host", HeaderValue::from_static("board.example:8080"));
    if let Some(origin) = origin {
        let value = HeaderValue::from_str(origin).expect("a value");
        request.headers_mut().insert("origin", value);
    }
    match connect_async(request).await {
        Ok((_, answer)) => answer.status().as_u16(),
        Err(Error::Http(answer)) => answer.status().as_u16(),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn sockets_come_from_the_own_page_and_from_those_that_are_named() {
    let named = Entrance {
        origins: vec!["https://intranet.example".to_owned()],
        ..Entrance::default()
    };
    for (entrance, intranet) in [(Entrance::default(), 403), (named, 101)] {
        let address = Site::with(entrance).await.listen().await;
        for (origin, status) in [
            (None, 101),
            (Some("http://board.example:8080"), 101),
            (Some("https://board.example:8080"), 101),
            (Some("https://intranet.example"), intranet),
            (Some("http://intranet.example"), 403),
            (Some("https://intranet.example:444"), 403),
            (Some("https://sub.intranet.example"), 403),
            (Some("https://board.example"), 403),
            (Some("https://board.example:8081"), 403),
            (Some("https://sub.board.example:8080"), 403),
            (Some("https://evil.example"), 403),
            (Some("null"), 403),
            (Some(""), 403),
            (Some("file://"), 403),
            (Some("board.example:8080"), 403),
        ] {
            assert_eq!(handshake(&address, origin).await, status, "{origin:?}");
        }
    }
}

/// What stands in for the socket where there is none is guarded alike.
#[tokio::test]
async fn frames_by_http_come_from_the_own_page() {
    let site = Site::with(Entrance::default()).await;
    let session = format!("/app/{KEY}/session?protocol=7&client=test&version=1");
    for (origin, refused) in [
        (None, false),
        (Some("http://board.example:8080"), false),
        (Some("https://evil.example"), true),
        (Some("null"), true),
        (Some("https://board.example"), true),
    ] {
        for (method, path) in [
            ("POST", session.clone()),
            ("GET", format!("/app/{KEY}/poll")),
            ("GET", format!("/app/{KEY}/events")),
            ("POST", format!("/app/{KEY}/frames")),
        ] {
            let mut visitor = site.stranger();
            visitor.header("host", "board.example:8080");
            if let Some(origin) = origin {
                visitor.header("origin", origin);
            }
            let answer = visitor.send(method, &path, None).await;
            assert_eq!(
                answer.status == 403,
                refused,
                "{origin:?} at {method} {path}: {} {}",
                answer.status,
                answer.text
            );
            let may_read = answer.header("access-control-allow-origin");
            assert!(may_read.is_empty() || !refused, "{origin:?} may read {path}");
        }
    }
}
