//! Keys and sealed events against what another implementation made.

use super::*;
use crate::App;
use pusher_channels::protocol::SocketId;

const MASTER_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

#[test]
fn each_channel_has_its_key() {
    let key = MasterKey::from_base64(MASTER_KEY).unwrap();
    for (name, expected) in [
        (
            "private-encrypted-foobar",
            "g3Au6SZ+UCU+IMfFsFva0rq+Gi4tzSHR6WCcWZbS9sY=",
        ),
        (
            "private-encrypted-cache-x",
            "EL9VBUURoCLg6KVdzIxsFSQB+LcUEeJ2Xtt7Hz933bI=",
        ),
    ] {
        assert_eq!(key.shared_secret_base64(&channel(name)), expected);
    }
}

#[test]
fn the_answer_to_a_client() {
    let app = App::new("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");
    let key = MasterKey::new(std::array::from_fn(|index| index as u8));
    let socket_id = SocketId::parse("1234.1234").unwrap();
    let channel = channel("private-encrypted-foobar");
    let plain = app.sign_private(&socket_id, &channel);
    let answer = app.sign_encrypted(&socket_id, &channel, &key);
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        format!(
            r#"{{"auth":"{}","shared_secret":"g3Au6SZ+UCU+IMfFsFva0rq+Gi4tzSHR6WCcWZbS9sY="}}"#,
            plain.auth
        )
    );
}

#[cfg(feature = "encrypted")]
#[test]
fn a_sealed_event() {
    let key = MasterKey::from_base64(MASTER_KEY).unwrap();
    let nonce = std::array::from_fn(|index| index as u8);
    assert_eq!(
        key.seal(&channel("private-encrypted-foobar"), r#"{"a":"é"}"#, nonce),
        r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX","ciphertext":"CIH6uWGAMK8okkw5vGvup0sGK39h3j20et4="}"#
    );
}

#[test]
fn what_is_no_key() {
    for text in ["", "AAEC", "not base64", &MASTER_KEY.replace('=', "")] {
        assert_eq!(MasterKey::from_base64(text).err(), Some(MasterKeyError), "{text:?}");
    }
}

#[test]
fn a_key_is_not_shown() {
    assert_eq!(format!("{:?}", MasterKey::new([7; 32])), "MasterKey(..)");
}
