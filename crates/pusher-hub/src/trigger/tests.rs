//! The limits of a trigger.

use super::*;

fn named(count: usize) -> Vec<ChannelName> {
    (0..count)
        .map(|number| ChannelName::new(&format!("c{number}")).unwrap())
        .collect()
}

#[track_caller]
fn check(channels: usize, bytes: usize, expected: Result<(), &str>) {
    let event = EventName::new("news").unwrap();
    let trigger = Trigger::on_channels(named(channels), event, "x".repeat(bytes));
    let outcome = trigger.map(drop).map_err(|error| error.to_string());
    assert_eq!(outcome, expected.map_err(str::to_owned));
}

#[test]
fn limits() {
    check(1, 0, Ok(()));
    check(100, 10_240, Ok(()));
    check(1, 10_241, Err("data: 10241 bytes, at most 10240 are allowed"));
    check(101, 0, Err("channels: 101, at most 100 are allowed"));
}

#[test]
fn an_encrypted_channel_is_alone() {
    let on = |names: &[&str]| {
        let channels = names.iter().map(|name| ChannelName::new(name).unwrap()).collect();
        Trigger::on_channels(channels, EventName::new("news").unwrap(), "{}").map(drop)
    };
    assert_eq!(on(&["private-encrypted-x"]), Ok(()));
    assert_eq!(on(&["a", "private-x"]), Ok(()));
    assert_eq!(
        on(&["a", "private-encrypted-cache-x"]),
        Err(TriggerError::EncryptedAmongOthers)
    );
}
