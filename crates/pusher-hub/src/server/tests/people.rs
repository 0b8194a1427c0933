//! Members and users on real sockets, and what the embedding program may ask and order about them.

use super::*;
use crate::ChannelNews;

/// A frame that ends what `raw` has been sent so far.
async fn pong(raw: &mut Raw) {
    raw.say(r#"{"event":"pusher:ping","data":{}}"#).await;
    assert_eq!(raw.text().await, r#"{"event":"pusher:pong","data":"{}"}"#);
}

impl Place {
    /// A connection on a presence channel, as this member.
    async fn member(&self, to: &str, data: &str) -> Raw {
        let mut raw = self.connect().await;
        let signed = self.hub.app().sign_presence(&raw.socket_id(), &channel(to), data);
        let frame = ClientFrame::Subscribe {
            channel: channel(to),
            auth: Some(signed.auth),
            channel_data: signed.channel_data,
        };
        raw.say(&frame.encode()).await;
        let answer = raw.text().await;
        assert!(answer.contains("subscription_succeeded"), "{answer}");
        raw
    }

    /// A connection that is signed in, by its user's data.
    async fn signed_in(&self, user_data: &str) -> Raw {
        let mut raw = self.connect().await;
        let signed = self.hub.app().sign_user(&raw.socket_id(), user_data);
        let (auth, user_data) = (signed.auth, signed.user_data);
        raw.say(&ClientFrame::SignIn { auth, user_data }.encode()).await;
        let answer = raw.text().await;
        assert!(answer.contains("signin_success"), "{answer}");
        raw
    }
}

#[tokio::test]
async fn members_are_known() {
    let place = Place::new(config()).await;
    let mut feed = place.hub.news();
    let room = channel("presence-room");
    let mut ann = place.member("presence-room", r#"{"user_id":"7"}"#).await;
    let bob = place.member("presence-room", r#"{"user_id":"8"}"#).await;
    assert_eq!(
        ann.text().await,
        r#"{"event":"pusher_internal:member_added","channel":"presence-room","data":"{\"user_id\":\"8\"}"}"#
    );
    assert_eq!(place.hub.user_ids(&room).await.unwrap(), ["7", "8"]);
    assert_eq!(place.hub.subscription_count(&room).await, Some(2));
    // A connection that is lost without a word is no ghost.
    drop(bob);
    assert_eq!(
        ann.text().await,
        r#"{"event":"pusher_internal:member_removed","channel":"presence-room","data":"{\"user_id\":\"8\"}"}"#
    );
    assert_eq!(place.hub.user_ids(&room).await.unwrap(), ["7"]);
    place.hub.withdraw_now(&room, &ann.socket_id()).await.unwrap();
    place.hub.trigger(news("presence-room", "late")).unwrap();
    assert_eq!(
        ann.text().await,
        r#"{"event":"pusher:subscription_error","channel":"presence-room","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}"#
    );
    pong(&mut ann).await;
    assert_eq!(place.hub.user_ids(&room).await.unwrap(), [""; 0]);
    let (channel, user_id) = (room, "8".to_owned());
    let removed = ChannelNews::MemberRemoved { channel, user_id };
    while within(feed.next()).await.as_ref() != Some(&removed) {}
}

#[tokio::test]
async fn a_user_is_reached_and_terminated() {
    let place = Place::new(config()).await;
    let mut ann = place.signed_in(r#"{"id":"7"}"#).await;
    let mut bob = place.signed_in(r#"{"id":"8","watchlist":["7"]}"#).await;
    assert!(bob.text().await.contains("online"));
    ann.subscribe("#server-to-user-7").await;
    place.hub.trigger(news("#server-to-user-7", "hello")).unwrap();
    assert_eq!(
        ann.text().await,
        r##"{"event":"news","channel":"#server-to-user-7","data":"hello"}"##
    );
    assert_eq!(place.hub.is_online("7").await, Some(true));
    place.hub.terminate("7").unwrap();
    let reason = "the connections of this user were terminated";
    assert_eq!(
        ann.text().await,
        format!(r#"{{"event":"pusher:error","data":{{"code":4009,"message":"{reason}"}}}}"#)
    );
    assert_eq!(ann.closed().await, (4009, reason.to_owned()));
    assert_eq!(place.hub.is_online("7").await, Some(false));
    assert_eq!(
        bob.text().await,
        r#"{"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"7\"]}]}"}"#
    );
    pong(&mut bob).await;
}

#[tokio::test]
async fn the_cache_is_told_of() {
    let place = Place::new(config()).await;
    let prices = channel("cache-prices");
    assert_eq!(place.hub.cached(&prices).await, None);
    place.hub.trigger(news("cache-prices", "12")).unwrap();
    let cached = place.hub.cached(&prices).await.unwrap();
    assert_eq!(cached.data, "12");
    assert!(cached.ttl <= Duration::from_secs(30 * 60) && cached.ttl > Duration::from_secs(29 * 60));
    let mut raw = place.connect().await;
    raw.subscribe("cache-prices").await;
    assert_eq!(
        raw.text().await,
        r#"{"event":"news","channel":"cache-prices","data":"12"}"#
    );
    within(place.server.shutdown()).await;
    assert_eq!(place.hub.user_ids(&prices).await, None);
}

#[tokio::test]
async fn sockets_that_are_gone_are_told_from_those_that_are_not() {
    let place = Place::new(config()).await;
    let mut feed = place.hub.news();
    let ann = place.member("presence-room", r#"{"user_id":"7"}"#).await;
    let bob = place.member("presence-room", r#"{"user_id":"8"}"#).await;
    let asked = vec![ann.socket_id(), SocketId::from_parts(1, 2), bob.socket_id()];
    assert_eq!(
        place.hub.connected(asked.clone()).await.unwrap(),
        [ann.socket_id(), bob.socket_id()]
    );
    drop(bob);
    let room = channel("presence-room");
    let (channel, user_id) = (room.clone(), "8".to_owned());
    let removed = ChannelNews::MemberRemoved { channel, user_id };
    while within(feed.next()).await.as_ref() != Some(&removed) {}
    assert_eq!(place.hub.subscribers(&room).await.unwrap(), [ann.socket_id()]);
    assert_eq!(place.hub.connected(asked).await.unwrap(), [ann.socket_id()]);
}
