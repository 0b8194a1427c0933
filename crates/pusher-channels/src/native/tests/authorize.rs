//! The application's functions, asked by the driver.

use tokio::sync::mpsc;

use super::{Channels, Notice, Options, Peer, State, changed, listen, until};
use crate::{
    AuthorizationFailure, ChannelAuthorization, ChannelName, UserAuthentication,
    client::{BatchRequest, ChannelAnswer},
};

fn name(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

/// Refuses `private-b`, says nothing of `private-c`.
fn answer(request: &BatchRequest) -> Vec<(ChannelName, ChannelAnswer)> {
    let answered = request
        .channels
        .iter()
        .filter(|channel| channel.as_str() != "private-c");
    answered
        .map(|channel| {
            let answer = match channel.as_str() {
                "private-b" => Err(AuthorizationFailure::unanswered("not yours")),
                _ => Ok(ChannelAuthorization::new("k:s")),
            };
            (channel.clone(), answer)
        })
        .collect()
}

#[tokio::test]
async fn channels_of_one_moment_are_asked_for_together() {
    let (listener, config) = listen().await;
    let (requests, mut requested) = mpsc::unbounded_channel();
    let options = Options::new(config).authorized_together_by(move |request| {
        requests.send(request.form()).unwrap();
        async move { answer(&request) }
    });
    let (channels, mut notices) = Channels::connect(options);
    let mut peer = Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    for channel in ["private-a", "private-b", "private-c"] {
        channels.subscribe(&name(channel));
    }
    assert_eq!(
        requested.recv().await.unwrap(),
        "socket_id=1.2&channel_name%5B0%5D=private-a&channel_name%5B1%5D=private-b&channel_name%5B2%5D=private-c"
    );
    assert_eq!(
        peer.hear().await,
        r#"{"event":"pusher:subscribe","data":{"auth":"k:s","channel":"private-a"}}"#
    );
    let mut failures = Vec::new();
    while failures.len() < 2 {
        if let Some(Notice::SubscriptionFailed { channel, failure, .. }) = notices.recv().await {
            failures.push(format!("{channel}: {failure}"));
        }
    }
    assert_eq!(
        failures,
        [
            "private-b: not yours",
            "private-c: the authoriser left this channel out"
        ]
    );
}

#[tokio::test]
async fn the_user_is_signed_in() {
    let (listener, config) = listen().await;
    let options = Options::new(config).authenticated_by(|request| async move {
        Ok(UserAuthentication::new(
            format!("k:{}", request.form()),
            r#"{"id":"7"}"#,
        ))
    });
    let (channels, _notices) = Channels::connect(options);
    channels.sign_in();
    let mut peer = Peer::greet(&listener, "1.2").await;
    assert_eq!(
        peer.hear().await,
        r#"{"event":"pusher:signin","data":{"auth":"k:socket_id=1.2","user_data":"{\"id\":\"7\"}"}}"#
    );
}

#[tokio::test]
async fn without_an_authenticator_signing_in_fails() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    channels.sign_in();
    let _peer = Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    let failed = notices.recv().await;
    assert!(
        matches!(&failed, Some(Notice::SignInFailed { failure, .. }) if failure.message.contains("no authenticator")),
        "{failed:?}"
    );
}
