//! Transcripts of encrypted channels. Events 1 and `wrong` are sealed as in `encryption/sealed/tests.rs`; OLD and NEW are
//! keys of `private-encrypted-x` from two master keys, and events 2 and 3 are sealed with NEW.

use super::transcript::Play;

const OLD: &str = "yg0RrojlChIBGKYDax2K5oqaMIaBtMi7HK+TiLLndM0=";
const NEW: &str = "RlV/LxbBpywnmFswK1l0eaGVQ+hrxxs/dRlV2XotteQ=";
const ONE: &str =
    r#"{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":\"4KLh/8JMKksAWCm9OX9sTJZk0Q9Y0LEu\"}"#;
const TWO: &str =
    r#"{\"nonce\":\"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY\",\"ciphertext\":\"A3Gr5elS/M2+7fyrQIrBOiHDvpOruA/r\"}"#;
const THREE: &str =
    r#"{\"nonce\":\"AgMEBQYHCAkKCwwNDg8QERITFBUWFxgZ\",\"ciphertext\":\"vRUGBLpkPeNeXZehx0TpnzqOPih9C5rk\"}"#;

/// Plays lines in which the names of keys and sealed events stand for them.
#[track_caller]
fn check(play: &mut Play, transcript: &str) {
    let mut lines = transcript.to_owned();
    for (name, value) in [("$OLD", OLD), ("$NEW", NEW), ("$1", ONE), ("$2", TWO), ("$3", THREE)] {
        lines = lines.replace(name, value);
    }
    play.check(&lines);
}

/// Subscribed to `private-encrypted-x` with the key OLD.
fn subscribed() -> Play {
    let mut play = Play::connected();
    check(
        &mut play,
        r#"> want private-encrypted-x
           < authorize private-encrypted-x for 1.2 #1
           > keyed private-encrypted-x K:S $OLD
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-encrypted-x"}}
           > success private-encrypted-x
           < subscribed private-encrypted-x"#,
    );
    play
}

#[test]
fn events_are_opened() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$1"}
           < event e on private-encrypted-x: {"id":1}"#,
    );
}

#[test]
fn cache_channels_are_encrypted_too() {
    check(
        &mut Play::connected(),
        r#"> want private-encrypted-cache-x
           < authorize private-encrypted-cache-x for 1.2 #1
           > keyed private-encrypted-cache-x K:S phKQ4MblukrCXxPnYf2usw009QbsE0X+DHO0ykkIgcQ=
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-encrypted-cache-x"}}
           > success private-encrypted-cache-x
           < subscribed private-encrypted-cache-x
           > frame {"event":"e","channel":"private-encrypted-cache-x","data":"{\"nonce\":\"BgcICQoLDA0ODxAREhMUFRYXGBkaGxwd\",\"ciphertext\":\"KDB4crMKj0Yv82SBpWS9O+9Zy739UNPy\"}"}
           < event e on private-encrypted-cache-x: {"id":9}"#,
    );
}

#[test]
fn the_protocol_s_events_pass() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"pusher:something","channel":"private-encrypted-x","data":"plain"}
           < event pusher:something on private-encrypted-x: plain"#,
    );
}

#[test]
fn an_authorisation_without_a_key_fails() {
    check(
        &mut Play::connected(),
        r#"> want private-encrypted-x
           < authorize private-encrypted-x for 1.2 #1
           > authorized private-encrypted-x K:S
           < failed private-encrypted-x: the authorisation of this encrypted channel has no `shared_secret`
           > timeout
           < authorize private-encrypted-x for 1.2 #1"#,
    );
}

#[test]
fn the_key_is_fetched_once_more_and_the_order_stays() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > frame {"event":"e","channel":"private-encrypted-x","data":"$3"}
           > frame {"event":"pusher:cache_miss","channel":"private-encrypted-x"}
           < event pusher:cache_miss on private-encrypted-x:
           > keyed private-encrypted-x K:S $NEW
           < event e on private-encrypted-x: {"id":2}
           < event e on private-encrypted-x: {"id":3}
           > frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < event e on private-encrypted-x: {"id":2}"#,
    );
}

#[test]
fn a_new_key_that_does_not_fit_is_told_and_not_asked_for_again_at_once() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > frame {"event":"f","channel":"private-encrypted-x","data":"$1"}
           > keyed private-encrypted-x K:S $OLD
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key
           < event f on private-encrypted-x: {"id":1}
           > after 9.9
           > frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key
           > after 0.1
           > frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1"#,
    );
}

#[test]
fn a_key_that_cannot_be_fetched_is_told_and_the_subscription_stays() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > unauthorized private-encrypted-x no more
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key, and no new one came: no more
           > frame {"event":"e","channel":"private-encrypted-x","data":"$1"}
           < event e on private-encrypted-x: {"id":1}
           > after 10
           > frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > authorized private-encrypted-x K:S
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key, and no new one came: the authorisation of this encrypted channel has no `shared_secret`
           > after 10
           > frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > after 15
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key, and no new one came: the key did not come in time
           > keyed private-encrypted-x K:S $NEW
           > frame {"event":"e","channel":"private-encrypted-x","data":"$1"}
           < event e on private-encrypted-x: {"id":1}"#,
    );
}

#[test]
fn what_is_not_sealed_asks_for_no_key() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"{\"id\":1}"}
           < closed e on private-encrypted-x: an event of an encrypted channel has no usable `nonce` and `ciphertext`"#,
    );
}

#[test]
fn events_before_the_key_are_told() {
    check(
        &mut Play::connected(),
        r#"> want private-encrypted-x
           < authorize private-encrypted-x for 1.2 #1
           > frame {"event":"e","channel":"private-encrypted-x","data":"$1"}
           < closed e on private-encrypted-x: an encrypted event came before the channel's key"#,
    );
}

#[test]
fn only_so_many_events_wait() {
    let mut play = subscribed();
    let event = r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}"#;
    check(
        &mut play,
        &format!("{event}\n< authorize private-encrypted-x for 1.2 #1"),
    );
    check(&mut play, &[event; 99].join("\n"));
    check(
        &mut play,
        &format!(
            "{event}\n< closed e on private-encrypted-x: too many encrypted events wait for a new key\n\
             > keyed private-encrypted-x K:S $NEW\n{}",
            ["< event e on private-encrypted-x: {\"id\":2}"; 100].join("\n")
        ),
    );
}

#[test]
fn what_waits_outlives_the_connection_and_the_key_is_fetched_anew() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > closed 1006
           < connected -> connecting
           < wait
           > keyed private-encrypted-x K:S $NEW #1
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < authorize private-encrypted-x for 3.4 #2
           > keyed private-encrypted-x K:S $NEW
           < event e on private-encrypted-x: {"id":2}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-encrypted-x"}}
           > frame {"event":"e","channel":"private-encrypted-x","data":"$1"}
           < closed e on private-encrypted-x: an encrypted event does not fit the channel's key
           > success private-encrypted-x
           < subscribed private-encrypted-x
           > frame {"event":"e","channel":"private-encrypted-x","data":"$3"}
           < event e on private-encrypted-x: {"id":3}"#,
    );
}

#[test]
fn leaving_forgets_the_key_and_what_waits() {
    check(
        &mut subscribed(),
        r#"> frame {"event":"e","channel":"private-encrypted-x","data":"$2"}
           < authorize private-encrypted-x for 1.2 #1
           > drop private-encrypted-x
           < send {"event":"pusher:unsubscribe","data":{"channel":"private-encrypted-x"}}
           > keyed private-encrypted-x K:S $NEW
           > want private-encrypted-x
           < authorize private-encrypted-x for 1.2 #1"#,
    );
}
