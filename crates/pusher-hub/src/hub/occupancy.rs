//! What follows from a subscription that begins or ends: who is told, and in which order.

use std::time::Duration;

use pusher_channels::protocol::{ChannelKind, Member, ServerFrame};

use super::{
    Hub, Place,
    channels::Occupancy,
    members::{Attendance, Members},
    peers::{Teller, Thing},
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
        let occupancy = match (
            channels.add(place.channel.clone(), conn),
            self.peers.subscriptions(&place),
        ) {
            (Occupancy::Occupied, 0) => Occupancy::Occupied,
            (Occupancy::Occupied | Occupancy::Unchanged, _) => Occupancy::Unchanged,
        };
        let added = member.and_then(|member| self.take_seat(conn, &place, member));
        self.touch(Thing::Channel(place.clone()), Teller::Them);
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

    /// Answers the member whom nobody had seen before.
    fn take_seat(&mut self, conn: ConnId, place: &Place, member: Member) -> Option<Member> {
        let thing = Thing::Member(place.clone(), member.user_id.as_str().into());
        let elsewhere = self.peers.info(&thing).cloned();
        let is_new = elsewhere.is_none();
        // Everyone is to see the same of a member, so what the first connection told stands.
        let user_info = elsewhere.unwrap_or(member.user_info);
        let member = Member { user_info, ..member };
        let channels = &mut self.apps[place.app.0].channels;
        match channels.seat(place.channel.clone(), conn, &member) {
            Attendance::Added => self.touch(thing, Teller::Them),
            Attendance::Unchanged => return None,
        }
        is_new.then_some(member)
    }

    pub(super) fn tell_removed(&mut self, place: &Place, user_id: &str) {
        self.show_removed(place, user_id);
        let app = self.apps[place.app.0].app.id().clone();
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
        let roster = |members: &Members| {
            let mut roster = members.roster();
            for (user_id, info) in self.peers.members(place) {
                roster.0.entry(user_id.to_string()).or_insert(info);
            }
            roster.encode()
        };
        let frame = ServerFrame::SubscriptionSucceeded {
            channel: place.channel.clone(),
            data: members.map_or_else(|| "{}".to_owned(), roster),
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
    pub(super) fn send_to_all(&mut self, to: Vec<ConnId>, frame: &ServerFrame) {
        if !to.is_empty() {
            self.outputs.push_back(Output::Send {
                to,
                frame: frame.encode(),
            });
        }
    }
}

/// Whether the program hears of the channel's subscribers; the protocol's own channels are nobody's news.
pub(super) fn is_told_of(place: &Place) -> bool {
    match place.channel.kind() {
        ChannelKind::Public | ChannelKind::Private | ChannelKind::Presence | ChannelKind::Encrypted => true,
        ChannelKind::ServerToUser => false,
    }
}
