//! Signatures against the vectors of the protocol's documents, re-computed with another implementation.

use super::*;

const KEY: &str = "278d425bdf160c739803";
const SECRET: &str = "7ad3773142a6692b25b8";

fn app() -> App {
    App::new("3", KEY, SECRET)
}

fn socket() -> SocketId {
    SocketId::parse("1234.1234").unwrap()
}

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

#[track_caller]
fn check_auth(expected: Result<(), AuthError>, channel_data: Option<&str>, auth: Option<&str>) {
    let signed = Signed {
        socket_id: &socket(),
        channel: &channel("private-foobar"),
        channel_data,
    };
    assert_eq!(app().check_auth(signed, auth), expected);
}

#[test]
fn private_answer() {
    let answer = app().sign_private(&socket(), &channel("private-foobar"));
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        r#"{"auth":"278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"}"#
    );
}

#[test]
fn presence_answer() {
    let data = r#"{"user_id":10,"user_info":{"name":"Mr. Channels"}}"#;
    let answer = app().sign_presence(&socket(), &channel("presence-foobar"), data);
    assert_eq!(
        answer.auth,
        "278d425bdf160c739803:31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80"
    );
    let data = r#"{"user_id":10,"user_info":{"name":"Mr. Pusher"}}"#;
    let answer = app().sign_presence(&socket(), &channel("presence-foobar"), data);
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        r#"{"auth":"278d425bdf160c739803:afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c","channel_data":"{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}"}"#
    );
}

#[test]
fn user_answer() {
    let answer = app().sign_user(&socket(), r#"{"id":"12345"}"#);
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        r#"{"auth":"278d425bdf160c739803:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba","user_data":"{\"id\":\"12345\"}"}"#
    );
}

#[test]
fn auth_of_a_subscription() {
    let good = "278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4";
    check_auth(Ok(()), None, Some(good));
    // Data that was sent is part of what is signed, on a private channel too.
    check_auth(Err(AuthError::BadSignature), Some("{}"), Some(good));
    check_auth(
        Ok(()),
        Some("{}"),
        Some("278d425bdf160c739803:2bf0a15e6f788133270dd8e2530885338cd4413798b338eda7b4dc4adae4562f"),
    );
    check_auth(Err(AuthError::Missing), None, None);
    check_auth(Err(AuthError::Malformed), None, Some(""));
    check_auth(Err(AuthError::Malformed), None, Some("278d425bdf160c739803:"));
    check_auth(Err(AuthError::Malformed), None, Some("278d425bdf160c739803:58df8b0c"));
    check_auth(
        Err(AuthError::OtherKey),
        None,
        Some("another:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"),
    );
    check_auth(
        Err(AuthError::BadSignature),
        None,
        Some("278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a5"),
    );
}

#[test]
fn the_secret_is_not_shown() {
    assert_eq!(
        format!("{:?}", app()),
        r#"App { id: AppId("3"), key: "278d425bdf160c739803", .. }"#
    );
}
