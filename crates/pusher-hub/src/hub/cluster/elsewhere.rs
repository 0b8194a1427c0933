//! Rows: what this node has, for the others, and what follows here from what the others have. Knows who is told of it.

use std::sync::Arc;

use pusher_channels::protocol::{ChannelName, Member, RawJson, ServerFrame, limits::MAX_USER_INFO};

use crate::{
    AppId, NodeId, Output,
    hub::{
        AppIndex, Hub, Place,
        members::Members,
        occupancy::is_told_of,
        peers::{Row, Teller, Thing, WireRow, raw},
        sign_in::{Status, check_user_id},
    },
};

/// The other nodes have another number of a thing than before.
pub(super) struct Shift {
    pub thing: Thing,
    /// Of a member.
    pub info: Option<RawJson>,
    pub before: usize,
    pub after: usize,
    pub teller: Teller,
}

impl Hub {
    pub(super) fn take_row(&mut self, node: NodeId, row: Row) {
        let (thing, info, teller) = (row.thing.clone(), row.info.clone(), row.teller);
        let (before, after) = self.peers.set(node, row);
        self.changed_elsewhere(Shift {
            thing,
            info,
            before,
            after,
            teller,
        });
    }

    pub(super) fn changed_elsewhere(&mut self, shift: Shift) {
        let here = self.own_count(&shift.thing);
        let Shift {
            thing,
            info,
            before,
            after,
            teller,
        } = shift;
        let tells = teller != Teller::Them && self.peers.is_smallest(None);
        let (came, went) = (here + before == 0 && after > 0, here + after == 0 && before > 0);
        match thing {
            Thing::Channel(place) => {
                if came {
                    self.occupied_elsewhere(&place);
                } else if went && tells {
                    self.tell_vacated(place.clone());
                } else if went {
                    self.vacated_elsewhere(&place);
                }
                if before != after && tells && teller == Teller::Smallest {
                    self.count_changed(place);
                } else if before != after && here > 0 {
                    self.count_changed_elsewhere(place);
                }
            }
            Thing::Member(place, user_id) => {
                if came {
                    self.show_added(&place, &user_id, info);
                } else if went && tells {
                    self.tell_removed(&place, &user_id);
                } else if went {
                    self.show_removed(&place, &user_id);
                }
            }
            Thing::User(app, user_id) => {
                if came {
                    self.tell_watchers(app, &user_id, Status::Online);
                } else if went {
                    self.tell_watchers(app, &user_id, Status::Offline);
                }
            }
        }
    }

    /// All that this node has.
    pub(super) fn own_things(&self) -> Vec<Thing> {
        let mut things = Vec::new();
        for (app, hosted) in self.apps.iter().enumerate() {
            let app = AppIndex(app);
            for channel in hosted.channels.names() {
                let channel = channel.clone();
                let place = Place { app, channel };
                let members = hosted.channels.members(&place.channel).into_iter();
                let member = |user_id: &str| Thing::Member(place.clone(), user_id.into());
                things.extend(members.flat_map(Members::user_ids).map(member));
                things.push(Thing::Channel(place));
            }
            let users = hosted.users.ids().map(|user_id| Thing::User(app, Arc::clone(user_id)));
            things.extend(users);
        }
        // Channels before their members, so that the others hear of both in this order.
        things.sort_unstable();
        things
    }

    pub(super) fn own_row(&self, thing: Thing, teller: Teller) -> Row {
        let info = match &thing {
            Thing::Member(place, user_id) => {
                let members = self.apps[place.app.0].channels.members(&place.channel);
                members.and_then(|members| members.info(user_id).cloned())
            }
            Thing::Channel(_) | Thing::User(..) => None,
        };
        Row {
            count: u32::try_from(self.own_count(&thing)).unwrap_or(u32::MAX),
            thing,
            info,
            teller,
        }
    }

    fn own_count(&self, thing: &Thing) -> usize {
        match thing {
            Thing::Channel(place) => self.apps[place.app.0].channels.count(&place.channel),
            Thing::Member(place, user_id) => {
                let members = self.apps[place.app.0].channels.members(&place.channel);
                usize::from(members.is_some_and(|members| members.has(user_id)))
            }
            Thing::User(app, user_id) => usize::from(self.apps[app.0].users.is_online(user_id)),
        }
    }

    pub(super) fn wire(&self, row: Row) -> WireRow {
        let Row {
            thing,
            count,
            info,
            teller,
        } = row;
        let (app, channel, user) = match thing {
            Thing::Channel(Place { app, channel }) => (app, Some(channel), None),
            Thing::Member(Place { app, channel }, user_id) => (app, Some(channel), Some(user_id)),
            Thing::User(app, user_id) => (app, None, Some(user_id)),
        };
        WireRow {
            app: self.apps[app.0].app.id().as_str().to_owned(),
            channel: channel.map(|channel| channel.as_str().to_owned()),
            user: user.map(|user_id| user_id.to_string()),
            info: info.as_ref().map(raw),
            count,
            told: count == 0 && teller == Teller::Them,
        }
    }

    /// The rows that are legal, of apps that are known here.
    pub(super) fn rows(&self, rows: Vec<WireRow>) -> Vec<Row> {
        let rows = rows.into_iter().take(super::ROWS_PER_WORD);
        rows.filter_map(|row| self.row(row)).filter(Row::is_possible).collect()
    }

    fn row(&self, row: WireRow) -> Option<Row> {
        let WireRow {
            app,
            channel,
            user,
            info,
            count,
            told,
        } = row;
        let app = self.index_of(&AppId::new(&app))?;
        if let Some(user_id) = &user {
            check_user_id(user_id).ok()?;
        }
        if info.as_ref().is_some_and(|info| info.get().len() > MAX_USER_INFO) {
            return None;
        }
        let channel = match channel {
            Some(name) => Some(ChannelName::new(&name).ok()?),
            None => None,
        };
        let (thing, count) = match (channel, user) {
            (Some(channel), None) => (Thing::Channel(Place { app, channel }), count),
            (Some(channel), Some(user_id)) => (Thing::Member(Place { app, channel }, user_id.into()), count.min(1)),
            (None, Some(user_id)) => (Thing::User(app, user_id.into()), count.min(1)),
            (None, None) => return None,
        };
        let teller = match told || count > 0 {
            true => Teller::Them,
            false => Teller::Whoever,
        };
        Some(Row {
            thing,
            count,
            info: info.map(RawJson::from),
            teller,
        })
    }

    fn occupied_elsewhere(&mut self, place: &Place) {
        if is_told_of(place) {
            let (app, channel) = (self.apps[place.app.0].app.id().clone(), place.channel.clone());
            self.outputs.push_back(Output::OccupiedElsewhere { app, channel });
        }
    }

    fn vacated_elsewhere(&mut self, place: &Place) {
        if is_told_of(place) {
            let (app, channel) = (self.apps[place.app.0].app.id().clone(), place.channel.clone());
            self.outputs.push_back(Output::VacatedElsewhere { app, channel });
        }
    }

    /// Tells the subscribers here.
    fn show_added(&mut self, place: &Place, user_id: &str, info: Option<RawJson>) {
        let to = self.apps[place.app.0].channels.subscribers(&place.channel, None);
        let member = Member {
            user_id: user_id.to_owned(),
            user_info: info,
        };
        let channel = place.channel.clone();
        self.send_to_all(to, &ServerFrame::MemberAdded { channel, member });
    }

    /// Tells the subscribers here.
    pub(in crate::hub) fn show_removed(&mut self, place: &Place, user_id: &str) {
        let to = self.apps[place.app.0].channels.subscribers(&place.channel, None);
        let frame = ServerFrame::MemberRemoved {
            channel: place.channel.clone(),
            user_id: user_id.to_owned(),
        };
        self.send_to_all(to, &frame);
    }
}
