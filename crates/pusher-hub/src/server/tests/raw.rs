//! What a client sees, frame by frame.

use super::*;

#[tokio::test]
async fn events_reach_all_but_the_one_left_out() {
    let place = Place::new(config()).await;
    let (mut ann, mut bob) = (place.subscriber("orders").await, place.subscriber("orders").await);
    place
        .hub
        .trigger(news("orders", r#"{"id":1}"#).except(ann.socket_id()))
        .unwrap();
    place.hub.trigger(news("orders", "2").only(bob.socket_id())).unwrap();
    place.hub.trigger(news("orders", "3")).unwrap();
    assert_eq!(ann.text().await, r#"{"event":"news","channel":"orders","data":"3"}"#);
    assert_eq!(
        bob.text().await,
        r#"{"event":"news","channel":"orders","data":"{\"id\":1}"}"#
    );
    assert_eq!(bob.text().await, r#"{"event":"news","channel":"orders","data":"2"}"#);
    assert_eq!(bob.text().await, r#"{"event":"news","channel":"orders","data":"3"}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_hear_one_event() {
    let place = Place::new(config()).await;
    let mut crowd = Vec::new();
    for _ in 0..200 {
        crowd.push(place.subscriber("orders").await);
    }
    place.hub.trigger(news("orders", "{}")).unwrap();
    for raw in &mut crowd {
        assert_eq!(raw.text().await, r#"{"event":"news","channel":"orders","data":"{}"}"#);
    }
}

#[tokio::test]
async fn refusals_come_with_a_code() {
    let place = Place::new(config()).await;
    for (path, code, reason) in [
        ("/app/nobody?protocol=7", 4001, "key: no app has this one"),
        ("/app/key", 4008, "protocol: missing; this server speaks 7"),
        (
            "/app/key?protocol=99",
            4007,
            "protocol: unsupported; this server speaks 7",
        ),
    ] {
        let mut raw = Raw::open(&format!("ws://{}{path}", place.address)).await;
        let error = format!(r#"{{"event":"pusher:error","data":{{"code":{code},"message":"{reason}"}}}}"#);
        assert_eq!(raw.text().await, error);
        assert_eq!(raw.closed().await, (code, reason.to_owned()));
        assert_eq!(raw.message().await, None);
    }
}

#[tokio::test]
async fn bad_frames_do_not_end_the_connection() {
    let place = Place::new(config()).await;
    let mut raw = place.connect().await;
    raw.say("nonsense").await;
    assert_eq!(
        raw.text().await,
        r#"{"event":"pusher:error","data":{"code":null,"message":"not a frame: expected ident at line 1 column 2"}}"#
    );
    raw.send(Message::binary(vec![0, 255])).await;
    assert_eq!(
        raw.text().await,
        r#"{"event":"pusher:error","data":{"code":null,"message":"binary frames are not part of this protocol: send text"}}"#
    );
    raw.send(Message::Ping(vec![1, 2].into())).await;
    assert_eq!(raw.message().await, Some(Message::Pong(vec![1, 2].into())));
    raw.say(r#"{"event":"pusher:ping","data":{}}"#).await;
    assert_eq!(raw.text().await, r#"{"event":"pusher:pong","data":"{}"}"#);
}

/// A client that pings without ever reading: what is to be answered must not gather without end.
#[tokio::test]
async fn pongs_that_nobody_reads_do_not_gather() {
    use tokio::io::AsyncWriteExt;

    const PINGS: usize = 200_000;
    let place = Place::new(config()).await;
    let mut raw = place.connect().await;
    let ping = |word: u8| {
        let mut frame = vec![0x89, 0x80 | 125, 0, 0, 0, 0];
        frame.extend([word; 125]);
        frame
    };
    let MaybeTlsStream::Plain(socket) = raw.socket.get_mut() else {
        panic!("expected no TLS");
    };
    for _ in 0..PINGS / 1000 {
        within(socket.write_all(&ping(b'p').repeat(1000))).await.unwrap();
    }
    within(socket.write_all(&ping(b'q'))).await.unwrap();
    let last = Message::Pong(vec![b'q'; 125].into());
    let mut pongs = 1;
    while raw.message().await != Some(last.clone()) {
        pongs += 1;
    }
    // What the system itself holds back is some megabytes.
    assert!(pongs < PINGS / 2, "{pongs} of {PINGS} pings were answered");
}

#[tokio::test]
async fn a_frame_that_is_too_long_closes_with_a_reason() {
    let place = Place::new(config()).await;
    let mut raw = place.subscriber("orders").await;
    raw.say(&format!(
        r#"{{"event":"pusher:ping","data":"{}"}}"#,
        "x".repeat(16 * 1024 - 33)
    ))
    .await;
    assert_eq!(raw.text().await, r#"{"event":"pusher:pong","data":"{}"}"#);
    raw.say(&"x".repeat(20_000)).await;
    let reason = "the frame is too long: at most 16384 bytes are allowed";
    assert_eq!(raw.closed().await, (1009, reason.to_owned()));
}

#[tokio::test]
async fn what_is_no_handshake_gets_a_4xx() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let place = Place::new(config()).await;
    let mut socket = TcpStream::connect(place.address).await.unwrap();
    let request = "GET /app/key?protocol=7 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    within(socket.write_all(request.as_bytes())).await.unwrap();
    let mut answer = String::new();
    within(socket.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

/// The status that a handshake with this Origin gets.
async fn status_for(place: &Place, origin: &str) -> u16 {
    let mut request = place.url().into_client_request().unwrap();
    let origin = HeaderValue::from_str(origin).unwrap();
    request.headers_mut().insert("origin", origin);
    match within(connect_async(request)).await {
        Ok((_, response)) => response.status().as_u16(),
        Err(tungstenite::Error::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn foreign_pages_may_not_connect() {
    let place = Place::new(ServerConfig {
        origins: Origins::OwnAnd(vec!["https://app.example".to_owned()]),
        ..config()
    })
    .await;
    assert_eq!(status_for(&place, "https://evil.example").await, 403);
    assert_eq!(status_for(&place, "null").await, 403);
    assert_eq!(status_for(&place, &format!("http://{}", place.address)).await, 101);
    assert_eq!(status_for(&place, "https://app.example").await, 101);
}
