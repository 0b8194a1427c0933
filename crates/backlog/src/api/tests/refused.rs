//! What is refused, and that the reason names the field. Where serde cannot name it, the server adds the path.

use super::refused;
use crate::api::{NewProject, Rename, SyncRequest};
use crate::command::NewStory;
use crate::{Command, Edit, Name, Title, Version};

const A: &str = "000000000000000000000000000000a1";

fn create(fields: &str) -> String {
    format!(r#"{{"create-story":{{"id":"{A}","title":"Pay","type":"bug","panel":"backlog"{fields}}}}}"#)
}

#[test]
fn unknown_fields() {
    let story = "expected one of `id`, `title`, `type`, `panel`, `after`, `estimate`, `description`, `labels`";
    refused::<Command>(
        &create(r#","state":"accepted""#),
        &format!("unknown field `state`, {story}"),
    );
    refused::<Command>(
        &format!(r#"{{"edit-story":{{"id":"{A}","edits":[],"title":"x"}}}}"#),
        "unknown field `title`, expected `id` or `edits`",
    );
    refused::<Edit>(
        r#"{"description-revised":{"from":"","to":"","base":1}}"#,
        "unknown field `base`, expected `from` or `to`",
    );
    refused::<Command>(
        &format!(r#"{{"transition-story":{{"id":"{A}","transition":"start","by":"me"}}}}"#),
        "unknown field `by`, expected one of `id`, `transition`, `comment`",
    );
    refused::<Command>(
        r#"{"move-stories":{"stories":[],"panel":"backlog","position":3}}"#,
        "unknown field `position`, expected one of `stories`, `panel`, `after`, `current`",
    );
    refused::<Command>(
        r#"{"delete-stories":{"stories":[],"all":true}}"#,
        "unknown field `all`, expected `stories`",
    );
    refused::<Command>(
        r#"{"return-stories":{"stories":[{"id":"000000000000000000000000000000a1","place":1}]}}"#,
        "unknown field `place`, expected one of `id`, `seen`, `state`, `panel`, `after`, `current`",
    );
    refused::<Command>(
        r#"{"rename-project":{"name":"a","to":"b"}}"#,
        "unknown field `to`, expected `name`",
    );
    refused::<SyncRequest>(
        r#"{"comands":[]}"#,
        "unknown field `comands`, expected one of `by`, `since`, `commands`, `ask`, `full`",
    );
    refused::<SyncRequest>(
        r#"{"commands":[{"mid":"00000000000000000000000000000001","base":0,"cmd":1}]}"#,
        "unknown field `cmd`, expected one of `mid`, `base`, `command`",
    );
    refused::<Rename>(r#"{"name":"a","id":1}"#, "unknown field `id`, expected `name`");
    refused::<NewProject>(r#"{"title":"a"}"#, "unknown field `title`, expected `id` or `name`");
}

#[test]
fn unknown_words() {
    refused::<Command>(
        r#"{"drop-tables":{}}"#,
        "unknown variant `drop-tables`, expected one of `create-story`, `edit-story`, `edit-stories`, \
         `transition-story`, `transition-stories`, `move-stories`, `delete-stories`, `restore-stories`, \
         `return-stories`, `rename-project`, `edit-settings`, `put-epic`, `move-epic`, `remove-epic`, `save-search`, \
         `remove-search`, `import-stories`, `delete-import`, `restore-import`, `join`, `leave`",
    );
    refused::<Edit>(
        r#"{"number":1}"#,
        "unknown variant `number`, expected one of `title`, `type`, `estimate`, `description`, `description-revised`, \
         `conflict-kept`, `conflict-dropped`, `label-added`, `label-removed`, `priority`, `requester`, `deadline`, \
         `current`, `owner-added`, `owner-removed`, `follower-added`, `follower-removed`, `task-added`, \
         `task-reworded`, `task-ticked`, `task-moved`, `task-removed`, `comment-added`, `comment-reworded`, \
         `comment-removed`, `comment-restored`, `blocker-put`, `blocker-removed`, `review-put`, `review-removed`, \
         `link-put`, `link-removed`",
    );
    refused::<Edit>(
        r#"{"type":"epic"}"#,
        "unknown variant `epic`, expected one of `feature`, `bug`, `chore`, `release`",
    );
    refused::<Edit>(r#"{"title":"a","type":"bug"}"#, "expected value");
    refused::<Command>(
        &format!(r#"{{"transition-story":{{"id":"{A}","transition":"undo"}}}}"#),
        "unknown variant `undo`, expected one of `start`, `finish`, `deliver`, `accept`, `reject`, `restart`",
    );
    refused::<Command>(
        r#"{"move-stories":{"stories":[],"panel":"current"}}"#,
        "unknown variant `current`, expected `backlog` or `icebox`",
    );
}

#[test]
fn missing_and_doubled_fields() {
    refused::<Command>(
        &format!(r#"{{"create-story":{{"id":"{A}"}}}}"#),
        "missing field `title`",
    );
    refused::<Command>(r#"{"move-stories":{"stories":[]}}"#, "missing field `panel`");
    refused::<Command>(&create(r#","title":"twice""#), "duplicate field `title`");
    refused::<Rename>("{}", "missing field `name`");
}

#[test]
fn texts_that_no_field_takes() {
    let titled = |title: &str| format!(r#"{{"title":"{title}"}}"#);
    refused::<Edit>(
        &titled(&"x".repeat(5_001)),
        "title is too long: 5001 characters, at most 5000",
    );
    refused::<Edit>(&titled(" \\n\\t "), "title is empty");
    refused::<Edit>(&titled("\\ud800"), "unexpected end of hex escape");
    refused::<Command>(
        &create(&format!(r#","description":"{}""#, "x".repeat(20_001))),
        "description is too long: 20001 characters, at most 20000",
    );
    refused::<Command>(
        &create(r#","description":"a\u0000""#),
        "description cannot hold the character '\\0'",
    );
    refused::<Command>(&create(r#","labels":["a,b"]"#), "label cannot hold the character ','");
    refused::<Edit>(r#"{"label-added":""}"#, "label is empty");
    let long = "l".repeat(256);
    refused::<Edit>(
        &format!(r#"{{"label-added":"{long}"}}"#),
        "label is too long: 256 characters, at most 255",
    );
    let long = "n".repeat(101);
    refused::<Rename>(
        &format!(r#"{{"name":"{long}"}}"#),
        "name is too long: 101 characters, at most 100",
    );
    refused::<Title>("5", "invalid type: integer `5`, expected a string");
    refused::<Name>("null", "invalid type: null, expected a string");
}

#[test]
fn ids_that_are_none() {
    let why = "an id has 32 hex digits (0-9, a-f)";
    let upper = A.to_uppercase();
    let long = format!("{A}0");
    for id in [
        "",
        "a1",
        A.trim_start_matches('0'),
        &long,
        &upper,
        "0000000000000000000000000000-0a1",
        "0000000000000000000000000000000é",
    ] {
        refused::<NewStory>(&format!(r#"{{"id":"{id}"}}"#), why);
        refused::<NewProject>(&format!(r#"{{"id":"{id}"}}"#), why);
        refused::<SyncRequest>(&format!(r#"{{"ask":["{id}"]}}"#), why);
    }
    refused::<NewStory>(r#"{"id":161}"#, "invalid type: integer `161`, expected a string");
}

#[test]
fn versions_that_are_none() {
    let why = "a version is written as revision, dot, 32 hex digits";
    let hash = "0000000000000000000000000000ffee";
    let bad = [
        String::new(),
        "17".into(),
        hash.into(),
        format!("17,{hash}"),
        format!("-1.{hash}"),
        format!("+1.{hash}"),
        format!("01.{hash}"),
        format!("1.5.{hash}"),
        format!(" 1.{hash}"),
        format!("18446744073709551616.{hash}"),
        format!("17.{}", hash.trim_start_matches('0')),
        format!("17.{}", hash.to_uppercase()),
    ];
    for version in bad {
        refused::<SyncRequest>(&format!(r#"{{"since":"{version}"}}"#), why);
        assert!(version.parse::<Version>().is_err());
    }
    assert_eq!(
        format!("18446744073709551615.{hash}").parse::<Version>().unwrap().rev,
        u64::MAX
    );
}

#[test]
fn numbers_that_do_not_fit() {
    refused::<Edit>(r#"{"estimate":65536}"#, "invalid value: integer `65536`, expected u16");
    refused::<Edit>(r#"{"estimate":-1}"#, "invalid value: integer `-1`, expected u16");
    refused::<Edit>(
        r#"{"estimate":1.5}"#,
        "invalid type: floating point `1.5`, expected u16",
    );
}
