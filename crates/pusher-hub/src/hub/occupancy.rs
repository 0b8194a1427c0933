//! What follows from a subscription that begins or ends: who is told, and in which order.

use std::time::Duration;

use pusher_channels::protocol::{ChannelKind, Member, ServerFrame};

use super::{
    Hub, Place,
    channels::Occupancy,
    members::{Attendance, Members},
    triggers::Replay,
};
use crate::{ConnId, Output};

/// A subscription that is allowed.
pub(super) struct Admission {
    pub place: Place,
    /// On a presence channel, as whom.
    pub member: Option<Member>,
}

impl Hub {
    /// The newcomer is told first, then what is cached; then the others, then the program.
    pub(super) fn join(&mut self, conn: ConnId, Admission { place, member }: Admission, now: Duration) {
        let Some(connection) = self.connections.get_mut(conn) else {
            return;
        };
        connection.channels.push(place.channel.clone());
        let channels = &mut self.apps[place.app.0].channels;
        let occupancy = channels.add(place.channel.clone(), conn);
        let added = member.filter(|member| match channels.seat(place.channel.clone(), conn, member) {
            Attendance::Added => true,
            Attendance::Unchanged => false,
        });
        self.tell_success(conn, &place);
        let replay = self.replay(conn, &place, now);
        match occupancy {
            Occupancy::Occupied => self.tell_occupied(&place),
            Occupancy::Unchanged => {}
        }
        if let Some(member) = added {
            self.tell_added(conn, &place, member);
        }
        self.tell_subscribed(conn, &place);
        match replay {
            Replay::Missed => self.tell_missed(&place),
            Replay::Done | Replay::NotDue => {}
        }
        self.count_changed(place);
    }

    pub(super) fn tell_removed(&mut self, place: &Place, user_id: &str) {
        let hosted = &self.apps[place.app.0];
        let to = hosted.channels.subscribers(&place.channel, None);
        let frame = ServerFrame::MemberRemoved {
            channel: place.channel.clone(),
            user_id: user_id.to_owned(),
        };
        let app = hosted.app.id().clone();
        self.send_to_all(to, &frame);
        self.outputs.push_back(Output::MemberRemoved {
            app,
            channel: place.channel.clone(),
            user_id: user_id.to_owned(),
        });
    }

    pub(super) fn tell_vacated(&mut self, place: Place) {
        if is_told_of(&place) {
            let app = self.apps[place.app.0].app.id().clone();
            let channel = place.channel;
            self.outputs.push_back(Output::ChannelVacated { app, channel });
        }
    }

    fn tell_success(&mut self, conn: ConnId, place: &Place) {
        let members = self.apps[place.app.0].channels.members(&place.channel);
        let frame = ServerFrame::SubscriptionSucceeded {
            channel: place.channel.clone(),
            data: members.map_or_else(|| "{}".to_owned(), |members: &Members| members.roster().encode()),
        };
        self.send_frame(conn, &frame);
    }

    fn tell_occupied(&mut self, place: &Place) {
        if is_told_of(place) {
            let app = self.apps[place.app.0].app.id().clone();
            let channel = place.channel.clone();
            self.outputs.push_back(Output::ChannelOccupied { app, channel });
        }
    }

    fn tell_added(&mut self, conn: ConnId, place: &Place, member: Member) {
        let hosted = &self.apps[place.app.0];
        let to = hosted.channels.subscribers(&place.channel, Some(conn));
        let (app, channel) = (hosted.app.id().clone(), place.channel.clone());
        let user_id = member.user_id.clone();
        let frame = ServerFrame::MemberAdded {
            channel: channel.clone(),
            member,
        };
        self.send_to_all(to, &frame);
        self.outputs.push_back(Output::MemberAdded { app, channel, user_id });
    }

    fn tell_subscribed(&mut self, conn: ConnId, place: &Place) {
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        if is_told_of(place) {
            self.outputs.push_back(Output::Subscribed {
                app: self.apps[place.app.0].app.id().clone(),
                channel: place.channel.clone(),
                socket_id: connection.socket_id.clone(),
            });
        }
    }

    fn tell_missed(&mut self, place: &Place) {
        self.outputs.push_back(Output::CacheMiss {
            app: self.apps[place.app.0].app.id().clone(),
            channel: place.channel.clone(),
        });
    }

    /// One encoding for all; nothing where nobody is.
    fn send_to_all(&mut self, to: Vec<ConnId>, frame: &ServerFrame) {
        if !to.is_empty() {
            self.outputs.push_back(Output::Send {
                to,
                frame: frame.encode(),
            });
        }
    }
}

/// Whether the program hears of the channel's subscribers; the protocol's own channels are nobody's news.
fn is_told_of(place: &Place) -> bool {
    match place.channel.kind() {
        ChannelKind::Public | ChannelKind::Private | ChannelKind::Presence | ChannelKind::Encrypted => true,
        ChannelKind::ServerToUser => false,
    }
}
