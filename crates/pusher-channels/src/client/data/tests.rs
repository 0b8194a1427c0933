//! What an event's data is read as.

use super::read_data;

#[track_caller]
fn check<T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(data: &str, expected: Option<T>) {
    assert_eq!(read_data::<T>(data).ok(), expected);
}

#[test]
fn json_is_read_as_json() {
    check(
        r#"{"a":1}"#,
        Some(std::collections::BTreeMap::from([("a".to_owned(), 1)])),
    );
    check("7", Some(7_u8));
    check(r#""text""#, Some("text".to_owned()));
}

#[test]
fn what_is_no_json_is_a_string() {
    check("plain words", Some("plain words".to_owned()));
    check("{\"a\":", Some("{\"a\":".to_owned()));
    check::<u8>("plain words", None);
}

#[test]
fn no_data_is_null() {
    check::<()>("", Some(()));
    check::<Option<u8>>("", Some(None));
    check::<u8>("", None);
}

#[test]
fn what_does_not_fit_is_refused() {
    check::<u8>("256", None);
    check::<String>("7", None);
}
