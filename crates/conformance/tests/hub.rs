//! The checks against our own hub: every one holds, and one that should not hold is found.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use conformance::{Target, run, table};
use pusher_hub::{App, ClientEvents, HubConfig, HubServer, ServerConfig};

/// Starts a hub with its HTTP API on a free port.
async fn hub(client_events: ClientEvents) -> Target {
    let app = App::new("id", "key", "secret");
    let config = HubConfig {
        client_events,
        ..HubConfig::new(vec![app])
    };
    let server = HubServer::start(ServerConfig::new(config));
    let routes: Router = server.router().merge(server.api());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Target::new(&url, conformance::App::parse("id:key:secret").unwrap()).unwrap()
}

#[tokio::test]
async fn the_hub_holds_every_rule() {
    let outcomes = run(&hub(ClientEvents::Forwarded).await, "").await;
    assert!(outcomes.len() > 50);
    assert!(
        outcomes.iter().all(|outcome| outcome.finding.is_none()),
        "\n{}",
        table(&outcomes)
    );
}

#[tokio::test]
async fn what_does_not_hold_is_found() {
    let outcomes = run(&hub(ClientEvents::Refused).await, "client events").await;
    let heard = outcomes
        .iter()
        .find(|outcome| outcome.rule.starts_with("the others hear it"));
    let finding = heard.and_then(|outcome| outcome.finding.as_deref()).unwrap_or_default();
    assert!(finding.starts_with("nothing came within"), "{finding}");
    let told = table(&outcomes);
    assert!(told.contains("FAIL  client events  the others hear it"), "{told}");
    assert!(told.ends_with(&format!("of {} hold\n", outcomes.len())), "{told}");
}

#[tokio::test]
async fn what_cannot_be_reached_is_told() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let target = Target::new(&url, conformance::App::parse("id:key:secret").unwrap()).unwrap();
    let outcomes = run(&target, "the first frame").await;
    assert!(
        outcomes[0]
            .finding
            .as_deref()
            .unwrap_or_default()
            .starts_with("no WebSocket")
    );
}

#[test]
fn addresses_and_apps() {
    let app = || conformance::App::parse("id:key:se:cret").unwrap();
    assert_eq!(app().secret, "se:cret");
    for wrong in ["", "id", "id:key", "id::secret", "::"] {
        assert!(conformance::App::parse(wrong).is_err(), "{wrong}");
    }
    assert!(Target::new("https://host", app()).is_err());
    assert!(Target::new("http://host/path/", app()).is_ok());
}
