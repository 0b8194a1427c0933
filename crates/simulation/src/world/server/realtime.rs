//! What is told to subscribers: announcements by a relay that loses, doubles and delays them, beacons, and the hub.

use super::Announcement;
use crate::agenda::Time;
use crate::counters::Counter;
use crate::defect::Defect;
use crate::store::Seat;
use crate::world::page::channel;
use crate::world::{Event, World};
use backlog::api::{self, Beacon};
use pusher_channels::SocketId;
use pusher_hub::protocol::EventName;
use pusher_hub::{Audience, Input as HubInput, Output as HubOutput, Trigger};
use std::rc::Rc;
use std::time::Duration;

/// The time between two beacons for all.
pub(crate) const BEACON_EVERY: Time = 10_000;

impl World {
    /// What is told goes by a relay that may lose, double, delay and reorder anything.
    pub(super) fn announce(&mut self, mut announcement: Announcement) {
        // Every sound title begins so; the hash beside it stays what it was.
        if self.garbles && announcement.data.contains("\"title\":\"t") {
            announcement.data = announcement.data.replacen("\"title\":\"t", "\"title\":\"x", 1);
            (self.garbles, self.garbled) = (false, true);
            self.count(Counter::EventsGarbled);
        }
        let life = self.server.life;
        let beacon = announcement.name == api::BEACON;
        let for_one = matches!(announcement.audience, Audience::Only(_));
        let lost = match (self.is_calm(), beacon) {
            (false, _) => 15,
            // Once the faults stop, beacons alone must do: events are mostly lost, and so is the beacon that greets.
            (true, false) => 70,
            (true, true) if for_one => 50,
            (true, true) => 0,
        };
        if self.dice.percent(lost) {
            return self.count(Counter::EventsDropped);
        }
        if self.dice.percent(10) {
            self.count(Counter::EventsDoubled);
            let later = self.dice.between(0, 900);
            self.plan(later, Event::TriggerDue(life, Box::new(announcement.clone())));
        }
        let takes = if self.dice.percent(15) {
            self.count(Counter::EventsDelayed);
            self.dice.between(10, 700)
        } else {
            0
        };
        self.plan(takes, Event::TriggerDue(life, Box::new(announcement)));
    }

    pub(crate) fn trigger_due(&mut self, life: u64, announcement: &Announcement) {
        if life != self.server.life {
            return;
        }
        let name = EventName::new(announcement.name).expect("the contract's event names are short words");
        let trigger = Trigger::new(channel(announcement.project), name, announcement.data.clone())
            .expect("the contract keeps events below the protocol's limit");
        let app = self.server.app.id().clone();
        let trigger = trigger.to(announcement.audience.clone());
        self.hub(HubInput::Triggered { app: &app, trigger }, Some(announcement.project));
    }

    pub(crate) fn beacons_due(&mut self, life: u64) {
        if life != self.server.life {
            return;
        }
        for project in 0..self.script.projects {
            self.beacon(project, Audience::Everyone);
        }
        self.plan(BEACON_EVERY, Event::BeaconsDue(life));
    }

    fn beacon(&mut self, project: usize, audience: Audience) {
        let Some(head) = self.head(project) else { return };
        let version = head.ledger.version();
        let beacon = Beacon {
            rev: version.rev,
            hash: version.hash,
            digest: head.digest(),
        };
        self.announce(Announcement {
            project,
            name: api::BEACON,
            data: api::to_json(&beacon),
            audience,
        });
    }

    pub(crate) fn hub_due(&mut self, life: u64) {
        if life == self.server.life {
            self.server.hub_due = None;
            self.hub(HubInput::TimePassed, None);
        }
    }

    /// Hands the hub what happened and does what it says. `about` is the project that an event tells of.
    pub(crate) fn hub(&mut self, input: HubInput<'_>, about: Option<usize>) {
        let now = Duration::from_millis(self.now);
        self.server.hub.handle(input, now);
        let mut subscribed = Vec::new();
        while let Some(output) = self.server.hub.poll_output() {
            match output {
                HubOutput::Send { mut to, frame } => {
                    // The hub keeps subscribers in no order.
                    to.sort_unstable();
                    let frame: Rc<str> = frame.into();
                    // The hub also pings whoever was silent for long enough, on any occasion.
                    let about = about.filter(|_| !frame.contains("\"pusher:"));
                    for conn in to {
                        let conn = conn.0 as usize;
                        self.check_hearer(conn, about);
                        self.push(conn, frame.clone());
                    }
                }
                HubOutput::Close { conn, code, .. } => self.close(conn.0 as usize, code),
                HubOutput::Subscribed { channel, socket_id, .. } => subscribed.push((channel, socket_id)),
                HubOutput::ChannelOccupied { .. }
                | HubOutput::ChannelVacated { .. }
                | HubOutput::MemberAdded { .. }
                | HubOutput::MemberRemoved { .. }
                | HubOutput::ClientEvent { .. }
                | HubOutput::CacheMiss { .. }
                | HubOutput::SubscriptionCount { .. }
                | HubOutput::TellPeers(_)
                | HubOutput::OccupiedElsewhere { .. }
                | HubOutput::VacatedElsewhere { .. } => {}
            }
        }
        for (name, socket_id) in subscribed {
            let project = (0..self.script.projects).find(|project| channel(*project) == name);
            if let Some(project) = project {
                self.greet(project, socket_id);
            }
        }
        let due = self.server.hub.poll_timeout().map(|due| due.as_millis() as Time);
        if let Some(due) = due.filter(|due| self.server.hub_due.is_none_or(|planned| *due < planned)) {
            self.server.hub_due = Some(due);
            self.agenda.plan(due.max(self.now), Event::HubDue(self.server.life));
        }
    }

    // An authorisation that was signed while someone was a member is still good when they are one no more.
    fn greet(&mut self, project: usize, socket_id: SocketId) {
        let person = self.server.signed.get(socket_id.as_str()).copied();
        if person.is_some_and(|person| self.role(project, person).is_some()) {
            if !self.has(Defect::NoBeacon) {
                self.beacon(project, Audience::Only(socket_id));
            }
        } else {
            self.withdraw(project, &socket_id);
        }
    }

    fn withdraw(&mut self, project: usize, socket_id: &SocketId) {
        self.count(Counter::SubscriptionsEnded);
        let (app, channel) = (self.server.app.id().clone(), channel(project));
        let input = HubInput::AuthorizationWithdrawn {
            app: &app,
            channel: &channel,
            socket_id,
        };
        self.hub(input, None);
    }

    /// The pages of someone are told that what they are has changed; whoever is not in the project any more hears no more of it.
    pub(super) fn seated(&mut self, seat: Seat) {
        let Seat { project, person, .. } = seat;
        let of_person = self.server.signed.iter().filter(|(_, by)| **by == person);
        let sockets: Vec<SocketId> = of_person.filter_map(|(text, _)| SocketId::parse(text).ok()).collect();
        for socket_id in sockets {
            self.tell_access(project, socket_id.clone());
            if seat.standing.role().is_none() && !self.has(Defect::RemovalKeepsSubscription) {
                self.withdraw(project, &socket_id);
            }
        }
        if seat.standing.role().is_some() {
            self.look_in(project, person);
        }
    }

    // It goes to the hub before the withdrawal does, or never arrives. It carries nothing of the project.
    fn tell_access(&mut self, project: usize, socket_id: SocketId) {
        let name = EventName::new(api::ACCESS).expect("the contract's event names are short words");
        let trigger = Trigger::new(channel(project), name, "{}".to_owned())
            .expect("two characters are below the protocol's limit")
            .to(Audience::Only(socket_id));
        let app = self.server.app.id().clone();
        self.hub(HubInput::Triggered { app: &app, trigger }, None);
    }
}
