//! What the hub does because time passed: pings, missing pongs, farewells. Knows what a deadline means; keeping them
//! is the connections' affair.

use std::time::Duration;

use pusher_channels::protocol::{CloseCode, ServerFrame};

use super::{Hub, Phase, connections::Awaiting};
use crate::ConnId;

/// Time between two farewells when there are few: 200 clients in a second come back without a crowd.
const FAREWELL_STEP: Duration = Duration::from_millis(5);

impl Hub {
    pub(super) fn start_draining(&mut self, now: Duration) {
        match self.phase {
            Phase::Draining => return,
            Phase::Serving => self.phase = Phase::Draining,
        }
        let conns = self.connections.ids();
        let count = u32::try_from(conns.len()).unwrap_or(u32::MAX).max(1);
        let step = (self.config.drain_within / count).min(FAREWELL_STEP);
        let mut turn = now;
        for conn in conns {
            self.connections.set_alarm(conn, Awaiting::Farewell, turn);
            turn += step;
        }
    }

    pub(super) fn wake_due(&mut self, now: Duration) {
        while let Some(conn) = self.connections.due(now) {
            self.wake(conn, now);
        }
    }

    fn wake(&mut self, conn: ConnId, now: Duration) {
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        let silent_at = connection.heard_at + self.config.activity_timeout;
        match connection.awaiting {
            Awaiting::Silence if silent_at <= now => {
                let awaiting = Awaiting::Pong { since: now };
                // At least a millisecond, or a wait of nothing would ring for ever.
                let wait = self.config.pong_wait.max(Duration::from_millis(1));
                self.connections.set_alarm(conn, awaiting, now + wait);
                self.send_frame(conn, &ServerFrame::Ping);
            }
            Awaiting::Pong { since } if connection.heard_at < since => {
                self.close(conn, CloseCode::NO_PONG, "no pong came in time".to_owned());
            }
            // Something was heard in the meantime.
            Awaiting::Silence | Awaiting::Pong { .. } => {
                let alarm = silent_at.max(now + Duration::from_millis(1));
                self.connections.set_alarm(conn, Awaiting::Silence, alarm);
            }
            Awaiting::Farewell => {
                let reason = "the server is stopping; connect again";
                self.close(conn, CloseCode::RECONNECT, reason.to_owned());
            }
        }
    }
}
