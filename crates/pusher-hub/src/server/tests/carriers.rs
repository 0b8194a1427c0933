//! Connections over HTTP, on real sockets: what is kept, what is refused, how they end.

use super::*;
use crate::ChannelNews;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

const PING: &str = r#"{"event":"pusher:ping","data":{}}"#;
const PONG: &str = r#"{"event":"pusher:pong","data":"{}"}"#;
const SUBSCRIBE: &str = r#"{"event":"pusher:subscribe","data":{"channel":"orders"}}"#;
const SUBSCRIBED: &str = r#"{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}"#;
const UNKNOWN: &str = "x-pusher-session: unknown, or over\n";

/// A client that knows HTTP and a session's token.
struct Polled<'a> {
    place: &'a Place,
    token: String,
    posts: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// A stream that is read as it comes.
struct Stream(BufReader<TcpStream>);

impl Answer {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self {
            status,
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn has(&self, header: &str) -> bool {
        self.head.lines().any(|line| line == header)
    }
}

/// Sends a request on a connection of its own.
async fn send(place: &Place, line: &str, headers: &str, body: &str) -> TcpStream {
    let mut socket = within(TcpStream::connect(place.address)).await.unwrap();
    let length = body.len();
    let request =
        format!("{line} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}");
    within(socket.write_all(request.as_bytes())).await.unwrap();
    socket
}

async fn ask(place: &Place, line: &str, headers: &str, body: &str) -> Answer {
    let mut socket = send(place, line, headers, body).await;
    let mut text = String::new();
    within(socket.read_to_string(&mut text)).await.unwrap();
    Answer::read(&text)
}

async fn open(place: &Place) -> Polled<'_> {
    open_with(place, "protocol=7").await
}

async fn open_with<'a>(place: &'a Place, query: &str) -> Polled<'a> {
    let answer = ask(place, &format!("POST /app/key/session?{query}"), "", "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let token = answer
        .body
        .strip_prefix(r#"{"session":""#)
        .and_then(|rest| rest.strip_suffix(r#""}"#));
    let token = token.unwrap_or_else(|| panic!("no session: {}", answer.body));
    assert!(
        token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{token}"
    );
    Polled {
        place,
        token: token.to_owned(),
        posts: 0,
    }
}

/// A session that has had its handshake.
async fn connected(place: &Place) -> Polled<'_> {
    let polled = open(place).await;
    let frames = polled.poll(0).await;
    assert!(
        frames.starts_with(r#"[{"event":"pusher:connection_established","data":"{\"socket_id\":\""#),
        "{frames}"
    );
    polled
}

/// A session that hears the orders; frames 1 and 2 have come.
async fn subscribed(place: &Place) -> Polled<'_> {
    let mut polled = connected(place).await;
    polled.say(&format!("[{SUBSCRIBE}]")).await;
    assert_eq!(polled.poll(1).await, format!("[{SUBSCRIBED}]"));
    polled
}

impl Polled<'_> {
    async fn get(&self, path: &str, headers: &str) -> Answer {
        let headers = format!("x-pusher-session: {}\r\n{headers}", self.token);
        ask(self.place, &format!("GET /app/key/{path}"), &headers, "").await
    }

    async fn poll(&self, after: u64) -> String {
        let answer = self.get(&format!("poll?after={after}"), "").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    async fn post(&self, number: u64, body: &str) -> Answer {
        let headers = format!("x-pusher-session: {}\r\n", self.token);
        ask(
            self.place,
            &format!("POST /app/key/frames?number={number}"),
            &headers,
            body,
        )
        .await
    }

    async fn say(&mut self, body: &str) {
        self.posts += 1;
        let answer = self.post(self.posts, body).await;
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    }

    async fn stream(&self, after: u64) -> Stream {
        let headers = format!("x-pusher-session: {}\r\n", self.token);
        let socket = send(self.place, &format!("GET /app/key/events?after={after}"), &headers, "").await;
        Stream(BufReader::new(socket))
    }
}

impl Stream {
    /// The next line that begins so; none when the stream ends.
    async fn line(&mut self, start: &str) -> Option<String> {
        loop {
            let mut line = String::new();
            if within(self.0.read_line(&mut line)).await.unwrap() == 0 {
                return None;
            }
            if let Some(rest) = line.trim_end().strip_prefix(start) {
                return Some(rest.to_owned());
            }
        }
    }

    /// The next event: its number and the frame.
    async fn event(&mut self) -> Option<(u64, String)> {
        let number = self.line("id: ").await?.parse().unwrap();
        Some((number, self.line("data: ").await?))
    }
}

/// Waits until nobody hears the channel any more.
async fn vacated(feed: &mut crate::NewsFeed, name: &str) {
    let expected = ChannelNews::Vacated { channel: channel(name) };
    while within(feed.next()).await.expect("the hub runs") != expected {}
}

fn event(data: &str) -> String {
    format!(r#"{{"event":"news","channel":"orders","data":"{data}"}}"#)
}

#[tokio::test]
async fn polls_bring_what_a_websocket_would() {
    let place = Place::new(config()).await;
    let polled = subscribed(&place).await;
    let waiting = polled.poll(2);
    let triggered = async {
        place.hub.trigger(news("orders", "1")).unwrap();
    };
    let (frames, ()) = tokio::join!(waiting, triggered);
    assert_eq!(frames, format!("[{}]", event("1")));
    place.hub.trigger(news("orders", "2")).unwrap();
    place.hub.trigger(news("elsewhere", "3")).unwrap();
    assert_eq!(polled.poll(3).await, format!("[{}]", event("2")));
}

#[tokio::test]
async fn a_lost_answer_loses_nothing() {
    let place = Place::new(config()).await;
    let polled = subscribed(&place).await;
    place.hub.trigger(news("orders", "1")).unwrap();
    let first = format!("[{}]", event("1"));
    assert_eq!(polled.poll(2).await, first);
    assert_eq!(polled.poll(2).await, first);
    assert_eq!(polled.poll(2).await, first);
    place.hub.trigger(news("orders", "2")).unwrap();
    assert_eq!(polled.poll(3).await, format!("[{}]", event("2")));
    // What was confirmed is gone, and what never was cannot be had.
    for after in [2, 17, u64::MAX] {
        let answer = polled.get(&format!("poll?after={after}"), "").await;
        let expected = (410, "after: what follows is not kept\n".to_owned());
        assert_eq!((answer.status, answer.body), expected, "after {after}");
    }
}

#[tokio::test]
async fn a_poll_with_a_tag_does_not_wait() {
    let place = Place::new(config()).await;
    let mut polled = subscribed(&place).await;
    let answer = polled.get("poll?after=2", "if-none-match: \"2\"\r\n").await;
    assert_eq!((answer.status, answer.body.as_str()), (304, ""));
    assert!(
        answer.has("etag: \"2\"") && answer.has("cache-control: no-store"),
        "{}",
        answer.head
    );
    polled.say(&format!("[{PING},{PING}]")).await;
    assert_eq!(
        polled.poll(2).await,
        format!("[{PONG}]").replace("]", "") + "," + PONG + "]"
    );
    let answer = polled.get("poll?after=3", "if-none-match: \"3\"\r\n").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, format!("[{PONG}]").as_str())
    );
    assert!(answer.has("etag: \"4\""), "{}", answer.head);
}

#[tokio::test]
async fn a_request_that_was_cut_may_come_again() {
    let place = Place::new(config()).await;
    let mut polled = connected(&place).await;
    let mut socket = within(TcpStream::connect(place.address)).await.unwrap();
    let cut = format!(
        "POST /app/key/frames?number=1 HTTP/1.1\r\nhost: hub\r\nx-pusher-session: {}\r\ncontent-length: 100\r\n\r\n[{PING}",
        polled.token
    );
    within(socket.write_all(cut.as_bytes())).await.unwrap();
    within(socket.shutdown()).await.unwrap();
    within(socket.read_to_end(&mut Vec::new())).await.unwrap();
    polled.say(&format!("[{PING}]")).await;
    assert_eq!(polled.poll(1).await, format!("[{PONG}]"));
}

#[tokio::test]
async fn a_doubled_request_is_heard_once() {
    let place = Place::new(config()).await;
    let mut polled = connected(&place).await;
    let body = format!("[{PING}]");
    for _ in 0..3 {
        assert_eq!(polled.post(1, &body).await.status, 204);
    }
    polled.posts = 1;
    polled.say(&format!("[{SUBSCRIBE}]")).await;
    let mut frames = polled.poll(1).await;
    if !frames.contains(SUBSCRIBED) {
        frames += &polled.poll(2).await;
    }
    assert_eq!(frames.replace("][", ","), format!("[{PONG},{SUBSCRIBED}]"));
    let answer = polled.post(4, &body).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (409, "number: not the next one\n")
    );
}

#[tokio::test]
async fn a_stream_goes_on_where_it_broke_off() {
    let place = Place::new(config()).await;
    let polled = subscribed(&place).await;
    let mut stream = polled.stream(2).await;
    assert_eq!(
        stream.line("content-type: ").await.as_deref(),
        Some("text/event-stream")
    );
    place.hub.trigger(news("orders", "1")).unwrap();
    place.hub.trigger(news("orders", "2")).unwrap();
    assert_eq!(stream.event().await, Some((3, event("1"))));
    assert_eq!(stream.event().await, Some((4, event("2"))));
    drop(stream);
    place.hub.trigger(news("orders", "3")).unwrap();
    let mut stream = polled.stream(3).await;
    assert_eq!(stream.event().await, Some((4, event("2"))));
    assert_eq!(stream.event().await, Some((5, event("3"))));
    // Whoever asks last is served.
    let mut newer = polled.stream(5).await;
    assert_eq!(stream.event().await, None);
    place.hub.trigger(news("orders", "4")).unwrap();
    assert_eq!(newer.event().await, Some((6, event("4"))));
}

#[tokio::test]
async fn a_stream_takes_events_of_any_length() {
    let place = Place::new(config()).await;
    let polled = subscribed(&place).await;
    let mut stream = polled.stream(2).await;
    let data = "x".repeat(10_000);
    for number in 3..103 {
        place.hub.trigger(news("orders", &data)).unwrap();
        assert_eq!(stream.event().await, Some((number, event(&data))));
    }
}

#[tokio::test]
async fn whoever_stops_asking_is_forgotten() {
    let place = Place::new(ServerConfig {
        session_grace: Duration::from_millis(50),
        ..config()
    })
    .await;
    let mut feed = place.hub.news();
    let polled = subscribed(&place).await;
    let stream = polled.stream(2).await;
    // While it is asked for it lives, whatever the grace.
    let silent = tokio::time::timeout(Duration::from_millis(200), vacated(&mut feed, "orders")).await;
    assert!(silent.is_err(), "it was forgotten while somebody listened");
    drop(stream);
    vacated(&mut feed, "orders").await;
    let answer = polled.get("poll?after=2", "").await;
    assert_eq!((answer.status, answer.body.as_str()), (404, UNKNOWN));
    assert_eq!(polled.post(2, "[]").await.status, 404);
}

#[tokio::test]
async fn whoever_says_so_is_forgotten_at_once() {
    let place = Place::new(config()).await;
    let mut feed = place.hub.news();
    let polled = subscribed(&place).await;
    let headers = format!("x-pusher-session: {}\r\n", polled.token);
    let answer = ask(&place, "DELETE /app/key/session", &headers, "").await;
    assert_eq!(answer.status, 204);
    vacated(&mut feed, "orders").await;
    assert_eq!(ask(&place, "DELETE /app/key/session", &headers, "").await.status, 404);
}

#[tokio::test]
async fn only_the_token_opens_the_session() {
    let place = Place::new(config()).await;
    let polled = subscribed(&place).await;
    let wrong = "0".repeat(32);
    for headers in [
        String::new(),
        format!("x-pusher-session: {wrong}\r\n"),
        "x-pusher-session: \u{e4}\r\n".to_owned(),
    ] {
        for line in [
            "GET /app/key/poll?after=0",
            "GET /app/key/events?after=0",
            "POST /app/key/frames?number=2",
        ] {
            let answer = ask(&place, line, &headers, "[]").await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (404, UNKNOWN),
                "{line} {headers}"
            );
        }
    }
    assert_eq!(polled.get("poll?after=two", "").await.status, 400);
}

#[tokio::test]
async fn refusals_and_closes_come_as_frames() {
    let place = Place::new(config()).await;
    for (query, code, reason) in [
        ("", 4008, "protocol: missing; this server speaks 7"),
        ("protocol=99", 4007, "protocol: unsupported; this server speaks 7"),
    ] {
        let polled = open_with(&place, query).await;
        let error = format!(r#"{{"event":"pusher:error","data":{{"code":{code},"message":"{reason}"}}}}"#);
        let close = format!(r#"{{"event":"pusher_internal:close","data":{{"code":{code},"reason":"{reason}"}}}}"#);
        let mut frames = polled.poll(0).await;
        if !frames.contains(&close) {
            frames += &polled.poll(1).await;
        }
        assert_eq!(frames.replace("][", ","), format!("[{error},{close}]"));
    }
}

#[tokio::test]
async fn the_limits_are_those_of_a_websocket() {
    let place = Place::new(config()).await;
    let mut polled = connected(&place).await;
    let longest = format!(r#"{{"event":"pusher:ping","data":"{}"}}"#, "x".repeat(16 * 1024 - 33));
    polled.say(&format!("[{longest}]")).await;
    assert_eq!(polled.poll(1).await, format!("[{PONG}]"));
    for (number, body) in [(2, "nonsense"), (3, "{}"), (4, "")] {
        let answer = polled.post(number, body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert!(
            answer.body.starts_with("body: not a JSON array of frames: "),
            "{}",
            answer.body
        );
    }
    polled.posts = 4;
    polled.say("[7]").await;
    let frames = polled.poll(2).await;
    assert!(
        frames.starts_with(r#"[{"event":"pusher:error","data":{"code":null,"message":"not a frame"#),
        "{frames}"
    );
    polled.say(&format!(r#"["{}"]"#, "x".repeat(16 * 1024))).await;
    let close = r#"[{"event":"pusher_internal:close","data":{"code":1009,"reason":"the frame is too long: at most 16384 bytes are allowed"}}]"#;
    assert_eq!(polled.poll(3).await, close);
    let other = connected(&place).await;
    assert_eq!(other.post(1, &"x".repeat(70_000)).await.status, 413);
    assert_eq!(other.poll(1).await, close);
}

#[tokio::test]
async fn whoever_reads_too_slowly_is_closed() {
    let place = Place::new(ServerConfig {
        max_waiting_bytes: 64 * 1024,
        ..config()
    })
    .await;
    let mut feed = place.hub.news();
    let polled = subscribed(&place).await;
    let data = "x".repeat(10_000);
    for _ in 0..20 {
        place.hub.trigger(news("orders", &data)).unwrap();
    }
    vacated(&mut feed, "orders").await;
    // What was ready before it was too much is still there, and then the reason.
    let (mut after, mut frames) = (2, String::new());
    while !frames.contains("pusher_internal:close") {
        frames = polled.poll(after).await;
        after += frames.matches(r#""event":"#).count() as u64;
    }
    let close = r#"{"event":"pusher_internal:close","data":{"code":4100,"reason":"too slow: too many bytes wait for this connection"}}]"#;
    assert!(frames.ends_with(close), "{frames}");
}

#[tokio::test]
async fn sessions_have_an_end_in_number() {
    let place = Place::new(ServerConfig {
        max_sessions: 2,
        ..config()
    })
    .await;
    let _kept = (open(&place).await, open(&place).await);
    let answer = ask(&place, "POST /app/key/session?protocol=7", "", "").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "too many sessions are open\n")
    );
}

#[tokio::test]
async fn shutdown_says_connect_again() {
    let place = Place::new(config()).await;
    let (streamed, polled) = (subscribed(&place).await, subscribed(&place).await);
    let mut stream = streamed.stream(2).await;
    let server = place.server.clone();
    let shutdown = tokio::spawn(async move { server.shutdown().await });
    let close =
        r#"{"event":"pusher_internal:close","data":{"code":4200,"reason":"the server is stopping; connect again"}}"#;
    assert_eq!(stream.event().await, Some((3, close.to_owned())));
    assert_eq!(stream.event().await, None);
    assert_eq!(polled.poll(2).await, format!("[{close}]"));
    within(shutdown).await.unwrap();
    let answer = ask(&place, "POST /app/key/session?protocol=7", "", "").await;
    assert_eq!((answer.status, answer.body.as_str()), (503, "the server is stopping\n"));
}

#[tokio::test]
async fn pages_of_other_origins() {
    let place = Place::new(ServerConfig {
        origins: Origins::OwnAnd(vec!["https://app.example".to_owned()]),
        ..config()
    })
    .await;
    let line = "POST /app/key/session?protocol=7";
    let answer = ask(&place, line, "origin: https://evil.example\r\n", "").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (403, "origin: not allowed to connect here\n")
    );
    assert!(!answer.head.contains("access-control"), "{}", answer.head);
    for line in [line, "OPTIONS /app/key/frames?number=1"] {
        let answer = ask(&place, line, "origin: https://app.example\r\n", "").await;
        assert!(answer.status == 200 || answer.status == 204, "{}", answer.head);
        for header in [
            "access-control-allow-origin: https://app.example",
            "access-control-allow-headers: content-type, if-none-match, x-pusher-session",
            "access-control-allow-methods: get, post, delete",
            "cache-control: no-store",
            "vary: origin",
        ] {
            assert!(answer.has(header), "{header} is not in\n{}", answer.head);
        }
    }
}
