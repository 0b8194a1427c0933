//! Forms and their answers, to the byte.

use super::*;
use crate::App;

/// The answer to a form by an app that refuses `private-vault`, as `STATUS JSON`, or why it has none.
#[track_caller]
fn check(form: &str, expected: &str) {
    let app = App::new("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");
    let outcome = match AuthorizationForm::parse(form) {
        Ok(form) => {
            let answer = form.answer(|channel| {
                (channel.as_str() != "private-vault").then(|| app.sign_private(form.socket_id(), channel))
            });
            assert_eq!(form.only_channel().is_some(), !answer.json.starts_with(r#"{"private"#));
            format!("{} {}", answer.status, answer.json)
        }
        Err(error) => error.to_string(),
    };
    assert_eq!(outcome, expected);
}

#[test]
fn one_channel() {
    check(
        "socket_id=1234.1234&channel_name=private-foobar",
        r#"200 {"auth":"278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"}"#,
    );
    check(
        "channel_name=private-vault&socket_id=1234.1234&csrf=x",
        r#"403 {"error":"channel_name: not allowed"}"#,
    );
}

#[test]
fn several_channels() {
    let expected = r#"200 {"private-foobar":{"status":200,"data":{"auth":"278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"}},"private-vault":{"status":403}}"#;
    check(
        "socket_id=1234.1234&channel_name%5B0%5D=private-vault&channel_name%5B1%5D=private-foobar",
        expected,
    );
    check(
        "socket_id=1234.1234&channel_name[]=private-vault&channel_name[]=private-foobar",
        expected,
    );
}

#[test]
fn what_cannot_be_answered() {
    let socket_id = "socket_id: expected two numbers with a dot between";
    check("channel_name=private-a", socket_id);
    check("socket_id=1.2::user::&channel_name=private-a", socket_id);
    check("socket_id=1.2", "channel_name: missing");
    check("socket_id=1.2&channel_name[a]=private-a", "channel_name: missing");
    check(
        "socket_id=1.2&channel_name=private-a:b",
        "channel_name: a channel name cannot contain ':'",
    );
    check(
        "socket_id=1.2&channel_name[0]=private-a&channel_name[1]=",
        "channel_name: a channel name needs at least one character",
    );
    let many = |count: usize| "&channel_name[]=a".repeat(count);
    assert!(AuthorizationForm::parse(&format!("socket_id=1.2{}", many(100))).is_ok());
    check(
        &format!("socket_id=1.2{}", many(101)),
        "channel_name: 101 channels, at most 100 are allowed",
    );
}
