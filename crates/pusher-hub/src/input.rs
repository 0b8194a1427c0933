//! What happened to the hub: the past-tense words that [`Hub::handle`](crate::Hub::handle) takes.

use pusher_channels::protocol::{ChannelName, SocketId};

use crate::{AppId, Trigger};

/// A connection, named by the driver. A number is never used twice in a hub's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConnId(pub u64);

/// What happened. About a connection that is closed, everything is ignored: the driver may still have had it in hand.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// A client connected to `/app/{key}`.
    Opened {
        /// The driver's name for the connection.
        conn: ConnId,
        /// The key in the path.
        key: &'a str,
        /// `protocol` in the query, as it was written.
        protocol: Option<&'a str>,
        /// 64 random bits for the socket id.
        nonce: u64,
    },
    /// A text frame arrived.
    FrameReceived {
        /// From whom.
        conn: ConnId,
        /// The frame.
        text: &'a str,
    },
    /// A binary frame arrived.
    BinaryReceived {
        /// From whom.
        conn: ConnId,
    },
    /// A frame longer than the limit began to arrive and was not read.
    OversizeReceived {
        /// From whom.
        conn: ConnId,
    },
    /// A ping or pong of the WebSocket layer arrived. The driver answers pings; here it is a sign of life.
    PingReceived {
        /// From whom.
        conn: ConnId,
    },
    /// The connection is gone, whoever closed it.
    Closed {
        /// Which.
        conn: ConnId,
    },
    /// The embedding program triggered an event.
    Triggered {
        /// On whose channels.
        app: &'a AppId,
        /// The event.
        trigger: Trigger,
    },
    /// The embedding program lets a socket hear a channel no longer. The socket is told, if it did hear it; its connection lives
    /// on. An authorisation that was signed before is still good, so that whoever signs must also look when the hub says
    /// [`Output::Subscribed`](crate::Output::Subscribed).
    AuthorizationWithdrawn {
        /// Of which app.
        app: &'a AppId,
        /// The channel.
        channel: &'a ChannelName,
        /// Who.
        socket_id: &'a SocketId,
    },
    /// The same, and what was signed for the socket before is void: it does not subscribe to the channel again until
    /// [`Input::AuthorizationRenewed`]. A socket of another node is told, but its node does not remember it.
    AuthorizationVoided {
        /// Of which app.
        app: &'a AppId,
        /// The channel.
        channel: &'a ChannelName,
        /// Who.
        socket_id: &'a SocketId,
    },
    /// The embedding program signs again for a socket whose authorisation was void.
    AuthorizationRenewed {
        /// Of which app.
        app: &'a AppId,
        /// The channel.
        channel: &'a ChannelName,
        /// Who.
        socket_id: &'a SocketId,
    },
    /// The embedding program wants every connection of a signed-in user closed. Their clients do not come back by themselves.
    UserTerminated {
        /// Of which app.
        app: &'a AppId,
        /// Who.
        user_id: &'a str,
    },
    /// The broker between the nodes can be reached, and from now on everything said there is handed in.
    BrokerJoined,
    /// It cannot be reached any more, or something said there may have been missed. To be told also between two joins.
    BrokerLost,
    /// Another node said a word. Words may come late, twice, in another order, or not at all.
    PeerSaid {
        /// The word, as [`Output::TellPeers`](crate::Output::TellPeers) of that node had it.
        text: &'a str,
    },
    /// The server is about to stop: every connection is to be closed, and no new one accepted.
    DrainStarted,
    /// The time that [`Hub::poll_timeout`](crate::Hub::poll_timeout) named has come.
    TimePassed,
}
