//! Which socket of whom hears which project. A signature for a channel has no end of its own, so whom it was given to is noted here;
//! and whoever may not hear a project any more is cut off.
//!
//! It is looked again at each moment at which something may have ended: when somebody subscribes, and whenever one of the functions
//! below is told that a role, a session, a link, a token or an account is not what it was. To be told *after* the store knows.
//!
//! Knows the hub's sockets, and of people what [`access::role_of`] says. Never what anybody hears.

mod book;

use crate::access::{self, Membership};
use crate::config::Entrance;
use crate::realtime;
use crate::store::Store;
use backlog::api::{self, CHANNEL_PREFIX, PRESENCE_PREFIX};
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, Role};
use book::{Book, Whose};
use pusher_hub::protocol::{ChannelName, EventName, SocketId};
use pusher_hub::{Audience, ChannelNews, HubHandle, RefusedTrigger, Trigger};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use book::{Ear, Place};

/// The sockets that may hear projects. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Listeners(Arc<Inner>);

struct Inner {
    store: Store,
    entrance: Arc<Entrance>,
    hub: HubHandle,
    book: Mutex<Book>,
}

impl std::fmt::Debug for Listeners {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listeners").finish_non_exhaustive()
    }
}

impl Listeners {
    /// Nobody hears anything yet.
    pub fn new(store: Store, entrance: Arc<Entrance>, hub: HubHandle) -> Listeners {
        let book = Mutex::default();
        Listeners(Arc::new(Inner {
            store,
            entrance,
            hub,
            book,
        }))
    }

    /// Those of a server to which nobody listens.
    #[cfg(test)]
    pub(crate) fn none(store: Store) -> Listeners {
        let app = pusher_hub::App::new("1", "key", "secret");
        let config = pusher_hub::HubConfig::new(vec![app.clone()]);
        let hub = pusher_hub::HubServer::start(pusher_hub::ServerConfig::new(config));
        Listeners::new(store, Arc::new(Entrance::open()), hub.handle(&app))
    }

    /// Notes whom a socket is signed for, before its signature goes out.
    pub async fn note(&self, place: Place, ear: Ear) {
        let crowded = self.book().note(place.clone(), ear.clone());
        match self.0.hub.renew(&place.channel, &place.socket).await {
            // Of a hub that was shut down nobody hears anything.
            Ok(()) | Err(RefusedTrigger::ShutDown | RefusedTrigger::Overloaded) => {}
        }
        // Whoever was removed a moment ago, before they were noted, is not let in again by it.
        self.look(place, ear).await;
        if let Some(sockets) = crowded
            && let Some(connected) = self.0.hub.connected(sockets.clone()).await
        {
            self.book().keep(sockets, &connected);
        }
    }

    /// Someone's role in a project is another, or they left it.
    pub async fn role_changed(&self, project: ProjectId, actor: ActorId) {
        self.look_again(Whose::Member(project, actor)).await;
    }

    /// A public link of a project was revoked.
    pub async fn share_revoked(&self, project: ProjectId) {
        self.look_again(Whose::Project(project)).await;
    }

    /// A session ended: its browser signed out, here or from elsewhere.
    pub async fn session_ended(&self, session: Bits128) {
        self.look_again(Whose::Shown(session)).await;
    }

    /// An API token was revoked.
    pub async fn token_revoked(&self, token: Bits128) {
        self.look_again(Whose::Shown(token)).await;
    }

    /// Some or all sessions of someone ended, or their account was closed.
    pub async fn actor_ended(&self, actor: ActorId) {
        self.look_again(Whose::Person(actor)).await;
    }

    /// Sees to it that whoever subscribes is still allowed to, until the hub has ended.
    pub async fn watch(self) {
        let mut news = self.0.hub.news();
        while let Some(news) = news.next().await {
            match news {
                ChannelNews::Subscribed { channel, socket_id } => self.subscribed(channel, socket_id).await,
                ChannelNews::Missed(_) => self.look_at_all().await,
                ChannelNews::Occupied { .. }
                | ChannelNews::Vacated { .. }
                | ChannelNews::MemberAdded { .. }
                | ChannelNews::MemberRemoved { .. }
                | ChannelNews::ClientEvent { .. }
                | ChannelNews::CacheMiss { .. }
                | ChannelNews::SubscriptionCount { .. } => {}
            }
        }
    }

    async fn subscribed(&self, channel: ChannelName, socket: SocketId) {
        let place = Place { socket, channel };
        let ear = self.book().ear(&place);
        match ear {
            Some(ear) => self.look(place, ear).await,
            // Signed for at a time of which nobody knows any more: whoever it was can ask again.
            None => self.withdraw(&place).await,
        }
    }

    /// For when news was missed.
    async fn look_at_all(&self) {
        for prefix in [CHANNEL_PREFIX, PRESENCE_PREFIX] {
            for channel in self.0.hub.occupied(prefix) {
                for socket in self.0.hub.subscribers(&channel).await.unwrap_or_default() {
                    self.subscribed(channel.clone(), socket).await;
                }
            }
        }
    }

    async fn look_again(&self, whose: Whose) {
        let noted = self.book().noted(whose);
        for (place, ear) in noted {
            self.look(place, ear).await;
        }
    }

    /// Looks what someone is at this moment, and lets their socket know where it is not what it was.
    async fn look(&self, place: Place, ear: Ear) {
        let Inner { store, entrance, .. } = &*self.0;
        match access::role_of((store, entrance), (ear.actor, ear.credential), ear.project).await {
            Ok(Membership::Is(role)) if role == ear.role => {}
            Ok(Membership::Is(role)) => self.tell(&place, &ear, role),
            Ok(Membership::Ended | Membership::Never) => self.end(place, &ear).await,
            Err(error) => {
                // Who cannot be asked about hears nothing, rather than what is not theirs.
                tracing::error!(%error, "whether someone may hear a project is unknown");
                self.end(place, &ear).await;
            }
        }
    }

    fn tell(&self, place: &Place, ear: &Ear, role: Role) {
        self.book().change_role(place, ear, role);
        self.announce(place, ear.project);
    }

    async fn end(&self, place: Place, ear: &Ear) {
        self.book().forget(&place, ear);
        self.announce(&place, ear.project);
        self.withdraw(&place).await;
    }

    /// Tells one page that something is different for it.
    fn announce(&self, place: &Place, project: ProjectId) {
        let channel = realtime::channel(project);
        if place.channel != channel {
            // Members are told where changes are.
            return;
        }
        let name = EventName::new(api::ACCESS).expect("the contract's event names are short words");
        let access = Trigger::new(channel, name, "{}").expect("two characters are below the protocol's limit");
        match self.0.hub.trigger(access.to(Audience::Only(place.socket.clone()))) {
            Ok(()) | Err(RefusedTrigger::ShutDown) => {}
            Err(RefusedTrigger::Overloaded) => tracing::warn!("the hub is far behind; a page learns late what it may"),
        }
    }

    async fn withdraw(&self, place: &Place) {
        // What was signed before is void with it: a signature has no end of its own, and could be shown again and again.
        match self.0.hub.make_void(&place.channel, &place.socket).await {
            // Of a hub that was shut down nobody hears anything.
            Ok(()) | Err(RefusedTrigger::ShutDown | RefusedTrigger::Overloaded) => {}
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Nothing that holds the lock can panic half-way, so a poisoned lock still guards a whole book.
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
