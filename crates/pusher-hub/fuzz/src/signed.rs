//! What is signed: nobody gets in without the one right signature, and nobody who has it is told that it is wrong.

use std::time::Duration;

use pusher_hub::{
    App, ConnId, Hub, HubConfig, Input, Output,
    http_api::{self, Refusal, Request},
    protocol::{ChannelKind, ChannelName, ClientFrame, ServerFrame, SocketId},
};

const NOW: Duration = Duration::from_secs(1_700_000_000);

fn app() -> App {
    App::new("app", "key", "secret")
}

/// `CHANNEL`, `AUTH` and, if there is a third line, `CHANNEL_DATA`: a subscription to a private channel stands if and only if it bears
/// the signature that the app makes. `!` in the place of AUTH stands for that signature, which chance never finds.
pub fn auth(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(3, '\n');
    let (Some(Ok(channel)), Some(auth)) = (lines.next().map(ChannelName::new), lines.next()) else {
        return;
    };
    if channel.kind() != ChannelKind::Private {
        return;
    }
    let (app, socket_id, channel_data) = (app(), SocketId::from_parts(0, 1), lines.next());
    let signed = match channel_data {
        None => app.sign_private(&socket_id, &channel),
        Some(data) => app.sign_presence(&socket_id, &channel, data),
    };
    let auth = if auth == "!" { &signed.auth } else { auth };
    let frame = ClientFrame::Subscribe {
        channel: channel.clone(),
        auth: Some(auth.to_owned()),
        channel_data: channel_data.map(str::to_owned),
    };
    // Hexadecimal digits are the same number in either case; the key is not.
    let (key, digits) = signed.auth.split_once(':').expect("KEY:SIGNATURE");
    let is_right = auth
        .split_once(':')
        .is_some_and(|(k, d)| k == key && d.eq_ignore_ascii_case(digits));
    let answer = answer_to(&frame.encode());
    let stands =
        matches!(answer, Some(ServerFrame::SubscriptionSucceeded { channel: subscribed, .. }) if subscribed == channel);
    let too_long = frame.encode().len() > HubConfig::new(Vec::new()).max_frame_bytes;
    assert_eq!(stands, is_right && !too_long, "{auth} for {channel}");
}

/// The first frame that a new connection gets after this one of its own.
fn answer_to(text: &str) -> Option<ServerFrame> {
    let (mut hub, conn) = (Hub::new(HubConfig::new(vec![app()])), ConnId(1));
    let opened = Input::Opened {
        conn,
        key: "key",
        protocol: Some("7"),
        nonce: 1,
    };
    hub.handle(opened, Duration::ZERO);
    while hub.poll_output().is_some() {}
    hub.handle(Input::FrameReceived { conn, text }, Duration::ZERO);
    std::iter::from_fn(|| hub.poll_output()).find_map(|output| match output {
        Output::Send { frame, .. } => ServerFrame::parse(&frame).ok(),
        other => {
            assert!(
                !matches!(other, Output::Subscribed { .. }),
                "subscribed before it is told"
            );
            None
        }
    })
}

/// `METHOD`, `PATH`, `QUERY` and the body: without a signature nothing is carried out; with one the request is read, and what it asks
/// for is done or refused in words.
pub fn api(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, path, query, body) = (line(), line(), line(), line());
    let apps = [app()];
    let bare = Request {
        method,
        path,
        query,
        body: body.as_bytes(),
    };
    let refused = http_api::check(&apps, &bare, NOW);
    assert!(refused.is_err(), "{refused:?} without a signature");
    let Ok(query) = http_api::sign(&apps[0], &bare, NOW) else {
        return;
    };
    let signed = Request { query: &query, ..bare };
    match http_api::check(&apps, &signed, NOW) {
        Ok((app, call)) => {
            let mut hub = Hub::new(HubConfig::new(apps.to_vec()));
            let answer = http_api::carry_out(&mut hub, &app, call, NOW);
            assert!(answer.starts_with('{') && answer.ends_with('}'), "{answer}");
        }
        // An app that is not there has no signature, and whoever names the digest of no body himself may be wrong.
        Err(Refusal::Unauthorized(why)) => {
            let is_own_fault = body.is_empty() && why.starts_with("body_md5");
            assert!(!path.starts_with("/apps/app/") || is_own_fault, "{path}?{query}: {why}");
        }
        Err(refusal) => assert!((400..=503).contains(&refusal.status()), "{refusal}"),
    }
}
