//! What the hub wants done: the imperative words that [`Hub::poll_output`](crate::Hub::poll_output) answers, and the
//! news of its channels.

use pusher_channels::protocol::{ChannelName, CloseCode, EventName, SocketId};

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
    /// A channel has its first subscriber. Of the channels of signed-in users (`#server-to-user-…`) there is no news, as they
    /// belong to the protocol.
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
    /// A user's first connection subscribed to a presence channel. Comes after [`Output::ChannelOccupied`].
    MemberAdded {
        /// Of which app.
        app: AppId,
        /// The presence channel.
        channel: ChannelName,
        /// Who.
        user_id: String,
    },
    /// A user's last connection left a presence channel. Comes before [`Output::ChannelVacated`].
    MemberRemoved {
        /// Of which app.
        app: AppId,
        /// The presence channel.
        channel: ChannelName,
        /// Who.
        user_id: String,
    },
    /// A client triggered an event, whether or not somebody else heard it.
    ClientEvent {
        /// Of which app.
        app: AppId,
        /// The private or presence channel.
        channel: ChannelName,
        /// Its name, with the prefix `client-`.
        event: EventName,
        /// Its data as an application gets to see it: the content of a JSON string, the JSON text of anything else.
        data: String,
        /// Who triggered it.
        socket_id: SocketId,
        /// As which member; on presence channels only.
        user_id: Option<String>,
    },
    /// A client subscribed to a cache channel on which nothing is cached. Comes after [`Output::Subscribed`].
    CacheMiss {
        /// Of which app.
        app: AppId,
        /// The cache channel.
        channel: ChannelName,
    },
    /// How many connections subscribe to a channel now; never told of presence channels, nor when
    /// [`SubscriptionCounts::Silent`](crate::SubscriptionCounts::Silent) is set. The count of a channel that is vacated, which is
    /// none, is not told.
    SubscriptionCount {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
        /// How many.
        count: usize,
    },
    /// Say this to all other nodes, at most once. It holds no secret of an app.
    TellPeers(String),
    /// A channel has its first subscriber, on another node; its program is told of it there.
    OccupiedElsewhere {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
    },
    /// A channel lost its last subscriber, who was on another node; its program is told of it there.
    VacatedElsewhere {
        /// Of which app.
        app: AppId,
        /// The channel.
        channel: ChannelName,
    },
}
