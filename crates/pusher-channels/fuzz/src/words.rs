//! The words of the wire: what can be read says the same when it is written and read again.

use pusher_channels::protocol::{
    ChannelName, ClientFrame, EventName, Roster, ServerFrame, SocketId, User, WatchlistEvent,
    limits::{MAX_CHANNEL_NAME, MAX_EVENT_NAME},
    over_http::Farewell,
};

/// Frames of either end, and the JSON that they hold.
pub fn frames(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    if let Ok(frame) = ServerFrame::parse(text) {
        assert_eq!(ServerFrame::parse(&frame.encode()), Ok(frame));
    }
    if let Ok(frame) = ClientFrame::parse(text) {
        assert_eq!(ClientFrame::parse(&frame.encode()), Ok(frame));
    }
    if let Ok(roster) = Roster::parse(text) {
        assert_eq!(Roster::parse(&roster.encode()), Ok(roster));
    }
    if let Ok(events) = WatchlistEvent::parse_all(text) {
        assert_eq!(
            WatchlistEvent::parse_all(&WatchlistEvent::encode_all(&events)),
            Ok(events)
        );
    }
    if let Some(farewell) = Farewell::parse(text) {
        assert_eq!(Farewell::parse(&farewell.encode()), Some(farewell));
    }
    // Read only, on either end.
    let _ = User::parse(text);
}

/// Names and ids: what is taken is kept to the letter and within its limits.
pub fn names(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    if let Ok(name) = ChannelName::new(text) {
        assert_eq!(name.as_str(), text);
        assert!((1..=MAX_CHANNEL_NAME).contains(&text.len()), "{text}");
        let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || b"_-=@,.;#".contains(&letter);
        assert!(text.bytes().all(is_plain), "{text}");
        assert_eq!(
            name.needs_authorization(),
            text.starts_with("private-") || text.starts_with("presence-"),
            "{text}"
        );
    }
    if let Ok(name) = EventName::new(text) {
        assert_eq!(name.as_str(), text);
        assert!((1..=MAX_EVENT_NAME).contains(&text.chars().count()), "{text}");
    }
    if let Ok(id) = SocketId::parse(text) {
        assert_eq!(id.as_str(), text);
        assert!(
            text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.'),
            "{text}"
        );
    }
}
