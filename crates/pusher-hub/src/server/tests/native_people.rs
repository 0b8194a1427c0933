//! Members, client events and users: the project's own client against the hub, both ends of the wire as they ship.

use super::{native::until, *};
use crate::ClientEvents;
use pusher_channels::{
    ClientEvent, Event, Members, RawJson, TriggerRefusal, UserAuthentication,
    client::{ChannelAuthorization, Config, Notice},
    native::{Channels, Notices, Options},
};

/// Somebody at a client that is authorised as `user_id` and signs in as that user, who watches bob.
struct Person {
    channels: Channels,
    notices: Notices,
}

impl Person {
    fn connect(place: &Place, user_id: &'static str) -> Self {
        let (authorizing, authenticating) = (place.hub.clone(), place.hub.clone());
        let options = Options::new(Config::new(place.address.to_string(), "key"))
            .authorized_by(move |request| {
                let app = authorizing.app().clone();
                async move { Ok(authorize(&app, user_id, &request.channel, &request.socket_id)) }
            })
            .authenticated_by(move |request| {
                let app = authenticating.app().clone();
                async move { Ok(authenticate(&app, user_id, &request.socket_id)) }
            });
        let (channels, notices) = Channels::connect(options);
        Self { channels, notices }
    }

    async fn join(place: &Place, user_id: &'static str, room: &str) -> Self {
        let mut person = Self::connect(place, user_id);
        person.channels.subscribe(&channel(room));
        person.told(|notice| *notice == Notice::Subscribed(channel(room))).await;
        person
    }

    async fn sign_in(place: &Place, user_id: &'static str) -> Self {
        let mut person = Self::connect(place, user_id);
        person.channels.sign_in();
        let own = channel(&format!("#server-to-user-{user_id}"));
        person.told(|notice| *notice == Notice::Subscribed(own.clone())).await;
        person
    }

    /// Reads on until something of this sort is told.
    async fn told(&mut self, wanted: impl Fn(&Notice) -> bool) -> Notice {
        until(&mut self.notices, |notice| wanted(&notice).then_some(notice)).await
    }

    /// The next thing told of members, as `+bob` or `-bob`.
    async fn member_news(&mut self) -> String {
        until(&mut self.notices, |notice| match notice {
            Notice::MemberAdded { member, .. } => Some(format!("+{}", member.user_id)),
            Notice::MemberRemoved { member, .. } => Some(format!("-{}", member.user_id)),
            _ => None,
        })
        .await
    }

    /// The next thing told of the watchlist.
    async fn watchlist_news(&mut self) -> String {
        until(&mut self.notices, |notice| match notice {
            Notice::Watchlist(event) => Some(format!("{} {}", event.name, event.user_ids.join(" "))),
            _ => None,
        })
        .await
    }

    async fn event(&mut self) -> Event {
        until(&mut self.notices, |notice| match notice {
            Notice::Event(event) | Notice::UserEvent(event) => Some(event),
            _ => None,
        })
        .await
    }

    async fn members(&self, of: &str) -> Members {
        within(self.channels.members(&channel(of))).await.unwrap_or_default()
    }

    async fn trigger(&self, on: &str, data: &str) -> Result<(), TriggerRefusal> {
        let event = ClientEvent {
            channel: channel(on),
            name: EventName::new("client-typing").unwrap(),
            data: RawJson::new(data).unwrap(),
        };
        within(self.channels.trigger(event)).await
    }
}

/// On `presence-lent` the authorisation names nobody: the signed-in user is meant.
fn authorize(app: &App, user_id: &str, channel: &ChannelName, socket_id: &SocketId) -> ChannelAuthorization {
    if channel.as_str() == "presence-lent" {
        return ChannelAuthorization::new(app.sign_private(socket_id, channel).auth);
    }
    let data = format!(r#"{{"user_id":"{user_id}","user_info":{{"name":"{user_id}"}}}}"#);
    ChannelAuthorization::new(app.sign_presence(socket_id, channel, &data).auth).with_channel_data(data)
}

/// The signature of `mallory` is for somebody else.
fn authenticate(app: &App, user_id: &str, socket_id: &SocketId) -> UserAuthentication {
    let user = |id: &str| format!(r#"{{"id":"{id}","watchlist":["bob"]}}"#);
    let signed = match user_id {
        "mallory" => user("ann"),
        user_id => user(user_id),
    };
    UserAuthentication::new(app.sign_user(socket_id, &signed).auth, user(user_id))
}

fn ids(members: &Members) -> Vec<&str> {
    members.iter().map(|member| &*member.user_id).collect()
}

fn with_client_events() -> ServerConfig {
    let mut config = config();
    config.hub.client_events = ClientEvents::Forwarded;
    config
}

#[tokio::test]
async fn members_come_and_go_once() {
    let place = Place::new(config()).await;
    let mut ann = Person::join(&place, "ann", "presence-room").await;
    assert_eq!(ids(&ann.members("presence-room").await), ["ann"]);
    let bob = Person::join(&place, "bob", "presence-room").await;
    assert_eq!(ann.member_news().await, "+bob");
    let members = bob.members("presence-room").await;
    assert_eq!(ids(&members), ["ann", "bob"]);
    let me = members.me().unwrap().user_info.clone();
    assert_eq!(me, Some(RawJson::new(r#"{"name":"bob"}"#).unwrap()));
    // Bob's other window comes and leaves; the hub has seen both when it answers what came after. What it told of that
    // would be told before carol.
    let mut other_bob = Person::join(&place, "bob", "presence-room").await;
    other_bob.channels.unsubscribe(&channel("presence-room"));
    other_bob.channels.subscribe(&channel("orders"));
    other_bob
        .told(|notice| *notice == Notice::Subscribed(channel("orders")))
        .await;
    let carol = Person::join(&place, "carol", "presence-room").await;
    assert_eq!(ann.member_news().await, "+carol");
    drop(bob);
    assert_eq!(ann.member_news().await, "-bob");
    drop(carol);
    assert_eq!(ann.member_news().await, "-carol");
    assert_eq!(ids(&ann.members("presence-room").await), ["ann"]);
}

#[tokio::test]
async fn clients_trigger_for_each_other() {
    let place = Place::new(with_client_events()).await;
    let mut ann = Person::join(&place, "ann", "presence-room").await;
    let mut bob = Person::join(&place, "bob", "presence-room").await;
    for number in 0..10 {
        assert_eq!(ann.trigger("presence-room", &number.to_string()).await, Ok(()));
    }
    assert_eq!(ann.trigger("presence-room", "10").await, Err(TriggerRefusal::TooMany));
    for number in 0..10 {
        let event = bob.event().await;
        assert_eq!(
            (event.data, event.user_id.as_deref()),
            (number.to_string(), Some("ann"))
        );
    }
    assert_eq!(bob.trigger("presence-room", r#"{"to":"ann"}"#).await, Ok(()));
    // The first that ann hears at all: neither her own events nor an error came before.
    let told = ann
        .told(|notice| matches!(notice, Notice::Event(_) | Notice::Error { .. }))
        .await;
    let heard = Event {
        channel: Some(channel("presence-room")),
        name: "client-typing".to_owned(),
        data: r#"{"to":"ann"}"#.to_owned(),
        user_id: Some("bob".to_owned()),
    };
    assert_eq!(told, Notice::Event(heard));
}

#[tokio::test]
async fn a_hub_that_takes_no_client_events_says_so() {
    let place = Place::new(config()).await;
    let mut ann = Person::join(&place, "ann", "presence-room").await;
    assert_eq!(ann.trigger("presence-room", "1").await, Ok(()));
    ann.told(|notice| matches!(notice, Notice::Error { .. })).await;
}

#[tokio::test]
async fn events_for_a_user_reach_each_of_their_connections() {
    let place = Place::new(config()).await;
    let mut ann = Person::sign_in(&place, "ann").await;
    let mut other_ann = Person::sign_in(&place, "ann").await;
    assert_eq!(within(ann.channels.user()).await.unwrap().id, "ann");
    place.hub.trigger(news("#server-to-user-bob", "0")).unwrap();
    place.hub.trigger(news("#server-to-user-ann", "1")).unwrap();
    for person in [&mut ann, &mut other_ann] {
        let event = person.event().await;
        assert_eq!((&*event.name, &*event.data), ("news", "1"));
    }
}

#[tokio::test]
async fn the_watchlist_tells_who_is_online() {
    let place = Place::new(config()).await;
    let mut ann = Person::connect(&place, "ann");
    ann.channels.sign_in();
    assert_eq!(ann.watchlist_news().await, "offline bob");
    let bob = Person::sign_in(&place, "bob").await;
    assert_eq!(ann.watchlist_news().await, "online bob");
    drop(bob);
    assert_eq!(ann.watchlist_news().await, "offline bob");
}

#[tokio::test]
async fn a_forged_sign_in_is_refused_at_once() {
    let place = Place::new(config()).await;
    let mut mallory = Person::connect(&place, "mallory");
    mallory.channels.sign_in();
    let failure = until(&mut mallory.notices, |notice| match notice {
        Notice::SignInFailed { failure, .. } => Some(failure),
        _ => None,
    })
    .await;
    let reason = "auth: the signature is not the one for this socket_id and user_data";
    assert_eq!((failure.status, &*failure.message), (Some(401), reason));
    assert_eq!(within(mallory.channels.user()).await, None);
}

#[tokio::test]
async fn presence_as_the_user_who_is_signed_in() {
    let place = Place::new(config()).await;
    let mut ann = Person::connect(&place, "ann");
    ann.channels.sign_in();
    ann.channels.subscribe(&channel("presence-lent"));
    ann.told(|notice| *notice == Notice::Subscribed(channel("presence-lent")))
        .await;
    let members = ann.members("presence-lent").await;
    assert_eq!((ids(&members), members.my_id()), (vec!["ann"], Some("ann")));
}

#[tokio::test]
async fn everything_comes_back_with_a_hub_that_started_again() {
    let place = Place::new(config()).await;
    let mut ann = Person::sign_in(&place, "ann").await;
    ann.channels.subscribe(&channel("presence-lent"));
    ann.told(|notice| *notice == Notice::Subscribed(channel("presence-lent")))
        .await;
    let address = place.address;
    place.stop().await;
    let place = Place::at(address, config()).await;
    ann.told(|notice| *notice == Notice::Subscribed(channel("presence-lent")))
        .await;
    assert_eq!(ids(&ann.members("presence-lent").await), ["ann"]);
    assert_eq!(within(ann.channels.user()).await.unwrap().id, "ann");
    drop(place);
}

#[tokio::test]
async fn how_many_hear_a_channel_is_told() {
    let place = Place::new(ServerConfig::new(HubConfig::new(vec![app()]))).await;
    let mut ann = Person::join(&place, "ann", "orders").await;
    let count = |count| Notice::SubscriptionCount {
        channel: channel("orders"),
        count,
    };
    ann.told(|notice| *notice == count(1)).await;
    let bob = Person::join(&place, "bob", "orders").await;
    ann.told(|notice| *notice == count(2)).await;
    let asked = within(ann.channels.subscription_count(&channel("orders"))).await;
    assert_eq!(asked, Some(2));
    drop(bob);
    ann.told(|notice| *notice == count(1)).await;
}
