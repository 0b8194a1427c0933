//! What the hub wants done: the imperative words that [`Hub::poll_output`](crate::Hub::poll_output) answers, and the
//! news of its channels.

use pusher_channels::protocol::{ChannelName, CloseCode, SocketId};

use crate::{AppId, ConnId};

/// What to do, or what there is to know. To be done in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send one frame, encoded once, to each of these connections.
    Send {
        /// To whom; never empty.
        to: Vec<ConnId>,
        /// The text frame.
        frame: String,
    },
    /// Close a connection after what was sent to it before. The hub has forgotten it already.
    Close {
        /// Which.
        conn: ConnId,
        /// The code of the close frame.
        code: CloseCode,
        /// The reason in the close frame, for people; at most 123 bytes.
        reason: String,
    },
    /// A channel has its first subscriber.
    ChannelOccupied {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
    },
    /// A socket subscribed; it was told so before.
    Subscribed {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
        /// Who.
        socket_id: SocketId,
    },
    /// A channel lost its last subscriber.
    ChannelVacated {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
    },
}
