//! Sealed events as tweetnacl seals them, with keys as the Node SDK derives them: SHA-256 of the channel's name and the
//! master key `0123456789abcdef0123456789abcdef`.

#![cfg(feature = "encrypted")]

use super::{super::DecryptionError, open};
use crate::client::SharedSecret;

/// Of `private-encrypted-x`.
const KEY: &str = "yg0RrojlChIBGKYDax2K5oqaMIaBtMi7HK+TiLLndM0=";
/// Of `private-encrypted-cache-x`.
const CACHE_KEY: &str = "phKQ4MblukrCXxPnYf2usw009QbsE0X+DHO0ykkIgcQ=";

#[track_caller]
fn check(key: &str, data: &str, expected: Result<&str, DecryptionError>) {
    let secret = SharedSecret::from_base64(key).unwrap();
    assert_eq!(open(&secret, data), expected.map(str::to_owned), "{data}");
}

#[test]
fn what_was_sealed_is_opened() {
    check(
        KEY,
        r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX","ciphertext":"4KLh/8JMKksAWCm9OX9sTJZk0Q9Y0LEu"}"#,
        Ok(r#"{"id":1}"#),
    );
    check(
        KEY,
        r#"{"nonce":"AwQFBgcICQoLDA0ODxAREhMUFRYXGBka","ciphertext":"cJn78gDXkJjzxz390vfl9A=="}"#,
        Ok(""),
    );
    check(
        KEY,
        r#"{"ciphertext":"is2rZZ70WdHrjkfYpNllhNpejR0ZklZx9gUl51ly","nonce":"BAUGBwgJCgsMDQ4PEBESExQVFhcYGRob"}"#,
        Ok(r#""Grüße 🎉""#),
    );
    check(
        CACHE_KEY,
        r#"{"nonce":"BgcICQoLDA0ODxAREhMUFRYXGBkaGxwd","ciphertext":"KDB4crMKj0Yv82SBpWS9O+9Zy739UNPy"}"#,
        Ok(r#"{"id":9}"#),
    );
}

#[test]
fn another_key_or_a_changed_byte_opens_nothing() {
    let sealed = r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX","ciphertext":"4KLh/8JMKksAWCm9OX9sTJZk0Q9Y0LEu"}"#;
    check(CACHE_KEY, sealed, Err(DecryptionError::WrongKey));
    for (from, to) in [("4KLh", "5KLh"), ("0LEu", "0LEv"), ("AAEC", "BAEC")] {
        check(KEY, &sealed.replace(from, to), Err(DecryptionError::WrongKey));
    }
}

#[test]
fn what_is_not_sealed_needs_no_key() {
    for data in [
        "",
        "{}",
        "7",
        r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"}"#,
        r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX","ciphertext":"?"}"#,
        r#"{"nonce":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX","ciphertext":"Zm9v"}"#,
        r#"{"nonce":"Zm9v","ciphertext":"cJn78gDXkJjzxz390vfl9A=="}"#,
        r#"{"nonce":7,"ciphertext":"cJn78gDXkJjzxz390vfl9A=="}"#,
    ] {
        check(KEY, data, Err(DecryptionError::NotSealed));
    }
}

#[test]
fn what_is_no_text_is_told_so() {
    check(
        KEY,
        r#"{"nonce":"BQYHCAkKCwwNDg8QERITFBUWFxgZGhsc","ciphertext":"0OdIEKJZ4sIptS+qG5vAt5iv"}"#,
        Err(DecryptionError::NotText),
    );
}
