//! The form of a request for several channels, and what its answers mean.

use super::{BatchAnswer, BatchRequest};
use crate::protocol::{ChannelName, SocketId};

fn request() -> BatchRequest {
    BatchRequest {
        channels: ["private-a", "private-b", "presence-c"]
            .map(|name| ChannelName::new(name).unwrap())
            .to_vec(),
        socket_id: SocketId::parse("1.2").unwrap(),
    }
}

/// One line for each channel, or for all.
#[track_caller]
fn check(status: u16, body: &str, expected: &[&str]) {
    let lines: Vec<String> = match request().read(status, body) {
        BatchAnswer::Each(answers) => answers
            .into_iter()
            .map(|(channel, answer)| match answer {
                Ok(authorization) => format!(
                    "{channel} {} {}",
                    authorization.auth,
                    authorization.channel_data.unwrap_or_default()
                ),
                Err(failure) => format!("{channel} {:?} {failure}", failure.status),
            })
            .collect(),
        BatchAnswer::NotUnderstood(failure) => vec![format!("not understood: {failure}")],
        BatchAnswer::Unavailable(failure) => vec![format!("unavailable: {failure}")],
    };
    assert_eq!(lines, expected, "{status} {body}");
}

#[test]
fn the_form_numbers_the_channels() {
    assert_eq!(
        request().form(),
        "socket_id=1.2&channel_name%5B0%5D=private-a&channel_name%5B1%5D=private-b&channel_name%5B2%5D=presence-c"
    );
}

#[test]
fn each_channel_has_its_own_answer() {
    check(
        200,
        r#"{"private-a":{"status":200,"data":{"auth":"K:A"}},"private-b":{"status":403},
            "presence-c":{"data":{"auth":"K:C","channel_data":"{}"}},"private-other":{"data":{"auth":"K:O"}}}"#,
        &[
            "private-a K:A ",
            "private-b Some(403) the authorisation endpoint answered 403: not allowed",
            "presence-c K:C {}",
        ],
    );
}

#[test]
fn one_part_that_makes_no_sense_does_not_hurt_the_others() {
    check(
        200,
        r#"{"private-a":{"data":{"auth":"K:A"}},"private-b":7}"#,
        &[
            "private-a K:A ",
            "private-b None the authorisation endpoint's answer cannot be read: invalid type: integer `7`, expected struct Part at line 1 column 1",
            "presence-c None the authorisation endpoint's answer does not name this channel",
        ],
    );
    check(
        200,
        r#"{"private-a":{}}"#,
        &[
            "private-a Some(200) the authorisation endpoint's answer cannot be read: EOF while parsing a value at line 1 column 0",
            "private-b None the authorisation endpoint's answer does not name this channel",
            "presence-c None the authorisation endpoint's answer does not name this channel",
        ],
    );
}

#[test]
fn an_endpoint_for_one_channel_is_recognised() {
    let none = "not understood: the authorisation endpoint's answer names none of the channels";
    check(200, r#"{"auth":"K:S"}"#, &[none]);
    check(200, "", &[none]);
    check(200, "[]", &[none]);
    check(400, "", &["not understood: the authorisation endpoint answered 400"]);
    check(
        403,
        "",
        &["not understood: the authorisation endpoint answered 403: not allowed"],
    );
    check(500, "", &["not understood: the authorisation endpoint answered 500"]);
}

#[test]
fn a_server_in_need_is_not_asked_more() {
    check(429, "", &["unavailable: the authorisation endpoint answered 429"]);
    check(503, "{}", &["unavailable: the authorisation endpoint answered 503"]);
}
