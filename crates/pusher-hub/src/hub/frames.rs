//! What clients send, and its answers. Knows the client's frames and their limits; what each asks for has its own file.

use std::time::Duration;

use pusher_channels::protocol::{ClientFrame, CloseCode, ServerFrame};

use super::{Hub, TOO_BIG, client_events::ClientEvent, pace::TooFast, subscriptions::Wish};
use crate::ConnId;

impl Hub {
    pub(super) fn frame_received(&mut self, conn: ConnId, text: &str, now: Duration) {
        if self.keep_pace(conn, now).is_err() {
            return;
        }
        if text.len() > self.config.max_frame_bytes {
            return self.oversize_received(conn);
        }
        match ClientFrame::parse(text) {
            Ok(ClientFrame::Subscribe {
                channel,
                auth,
                channel_data,
            }) => {
                let wish = Wish {
                    channel,
                    auth,
                    channel_data,
                };
                self.subscribe(conn, wish, now);
            }
            Ok(ClientFrame::Unsubscribe { channel }) => self.unsubscribe(conn, &channel),
            Ok(ClientFrame::SignIn { auth, user_data }) => self.sign_in(conn, &auth, user_data),
            Ok(ClientFrame::Ping) => self.send_frame(conn, &ServerFrame::Pong),
            Ok(ClientFrame::Pong) => {}
            Ok(ClientFrame::ClientEvent { event, channel, data }) => {
                self.client_event(conn, ClientEvent { event, channel, data }, now);
            }
            Err(error) => self.send_error(conn, None, &error.to_string()),
        }
    }

    pub(super) fn binary_received(&mut self, conn: ConnId, now: Duration) {
        if self.keep_pace(conn, now).is_ok() {
            self.send_error(conn, None, "binary frames are not part of this protocol: send text");
        }
    }

    /// The driver answers pings; here they are a sign of life, and frames as others are.
    pub(super) fn ping_received(&mut self, conn: ConnId, now: Duration) {
        // Whoever sends too many is closed by now, and nothing else is to be done about a ping.
        let _ = self.keep_pace(conn, now);
    }

    pub(super) fn oversize_received(&mut self, conn: ConnId) {
        if self.connections.get(conn).is_some() {
            let reason = format!(
                "the frame is too long: at most {} bytes are allowed",
                self.config.max_frame_bytes
            );
            self.close(conn, TOO_BIG, reason);
        }
    }

    /// A frame came. A connection that sends too many is closed: an answer to each would only double the load. Of one that is
    /// closed already nothing more is taken either.
    fn keep_pace(&mut self, conn: ConnId, now: Duration) -> Result<(), TooFast> {
        let limit = self.config.max_frames_per_second;
        let connection = self.connections.get_mut(conn).ok_or(TooFast)?;
        connection.heard_at = now;
        connection.frames.step(limit, now).inspect_err(|TooFast| {
            let reason = format!("too many frames: at most {limit} a second are allowed");
            self.close(conn, CloseCode::OVER_CAPACITY, reason);
        })
    }
}
