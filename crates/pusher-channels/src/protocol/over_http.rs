//! What `pusher-hub` adds to the protocol so that HTTP can carry its frames where no WebSocket passes: the paths beside
//! `/app/KEY`, their parameters, and the frame that stands for a close. Knows words only.
//!
//! | request | answer |
//! |---|---|
//! | `POST /app/KEY/session?protocol=7&..` | `{"session":"TOKEN"}`: a connection, whose frames are numbered from 1 |
//! | `GET /app/KEY/events?after=N` | `text/event-stream`: every frame after the N-th as one event whose id is its number |
//! | `GET /app/KEY/poll?after=N` | a JSON array of the frames after the N-th; waits for the first for up to 25 s |
//! | the same with `If-None-Match: "N"` | at once; 304 when there is none |
//! | `POST /app/KEY/frames?number=N` | a JSON array of frames of the client's; its N-th such request. Asked twice it is heard once |
//! | `DELETE /app/KEY/session` | ends the connection |
//!
//! All but the first name the connection by the header [`SESSION_HEADER`]: whoever knows the token speaks as that client, so it
//! stands in no address and no log. Frames are kept until the client asks for those after them, so an answer that is lost
//! loses none. A session that nobody knows is answered by 404.

use serde::{Deserialize, Serialize};

use super::CloseCode;

/// Names the connection that a request is about.
pub const SESSION_HEADER: &str = "x-pusher-session";
/// Where a connection is opened and ended.
pub const SESSION_PATH: &str = "session";
/// Where frames come as one answer that does not end.
pub const EVENTS_PATH: &str = "events";
/// Where frames come as many answers.
pub const POLL_PATH: &str = "poll";
/// Where the client's frames go.
pub const FRAMES_PATH: &str = "frames";

/// The name of the frame that stands for a close, the last of a connection.
const CLOSE_EVENT: &str = "pusher_internal:close";
/// Every such frame of the hub's begins so; it saves reading all the others.
const CLOSE_START: &str = r#"{"event":"pusher_internal:close""#;

/// A close code and its reason, where there is no close frame of a WebSocket to carry them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Farewell {
    /// The code that a WebSocket would have been closed with.
    pub code: CloseCode,
    /// The reason, for people; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// The answer to a request for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOpened {
    /// The token: 32 hex digits.
    pub session: String,
}

#[derive(Serialize, Deserialize)]
struct Frame<T> {
    event: String,
    data: T,
}

impl Farewell {
    /// The frame.
    pub fn encode(&self) -> String {
        let frame = Frame {
            event: CLOSE_EVENT.to_owned(),
            data: self,
        };
        serde_json::to_string(&frame).expect("texts and a number are JSON")
    }

    /// Reads a frame; none when it is another one.
    pub fn parse(frame: &str) -> Option<Self> {
        if !frame.starts_with(CLOSE_START) {
            return None;
        }
        serde_json::from_str(frame).ok().map(|frame: Frame<Self>| frame.data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_farewell_is_a_frame_of_its_own() {
        let farewell = Farewell {
            code: CloseCode::RECONNECT,
            reason: "a \"reason\"".to_owned(),
        };
        let frame = r#"{"event":"pusher_internal:close","data":{"code":4200,"reason":"a \"reason\""}}"#;
        assert_eq!(farewell.encode(), frame);
        assert_eq!(Farewell::parse(frame), Some(farewell));
        let bare = Farewell {
            code: CloseCode(1009),
            reason: String::new(),
        };
        assert_eq!(
            Farewell::parse(r#"{"event":"pusher_internal:close","data":{"code":1009}}"#),
            Some(bare)
        );
        assert_eq!(Farewell::parse(r#"{"event":"pusher_internal:close","data":7}"#), None);
        assert_eq!(Farewell::parse(r#"{"event":"pusher:ping","data":"{}"}"#), None);
    }
}
