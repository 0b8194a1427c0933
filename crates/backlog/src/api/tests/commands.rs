//! What a browser sends: commands, and the request that carries them.

use super::{check, hash, mid, reads, story_id, title};
use crate::api::{NewProject, Rename, Sent, SyncRequest};
use crate::command::NewStory;
use crate::id::Bits128;
use crate::{
    Command, Description, Edit, Estimate, Label, Name, Panel, ProjectId, Return, State, StoryType, Transition, Version,
};
use std::collections::BTreeSet;

fn new_story() -> NewStory {
    NewStory {
        id: story_id(0xa1),
        title: title("Pay by card"),
        story_type: StoryType::Feature,
        panel: Panel::Backlog,
        after: Some(story_id(0xa0)),
        estimate: Some(Estimate(2)),
        description: Description::new("One\n\"two\"").unwrap(),
        labels: [Label::new("web").unwrap(), Label::new("checkout").unwrap()].into(),
    }
}

#[test]
fn create_story() {
    check(
        &Command::CreateStory(new_story()),
        r#"{"create-story":{
            "id":"000000000000000000000000000000a1",
            "title":"Pay by card",
            "type":"feature",
            "panel":"backlog",
            "after":"000000000000000000000000000000a0",
            "estimate":2,
            "description":"One\n\"two\"",
            "labels":["checkout","web"]
        }}"#,
    );
}

#[test]
fn create_story_with_nothing_but_the_necessary() {
    let story = NewStory {
        story_type: StoryType::Release,
        panel: Panel::Icebox,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: BTreeSet::new(),
        ..new_story()
    };
    let command = Command::CreateStory(story);
    check(
        &command,
        r#"{"create-story":{
            "id":"000000000000000000000000000000a1",
            "title":"Pay by card",
            "type":"release",
            "panel":"icebox",
            "description":"",
            "labels":[]
        }}"#,
    );
    reads(
        r#"{"create-story":{"id":"000000000000000000000000000000a1","title":" Pay\nby card ","type":"release",
            "panel":"icebox","after":null,"estimate":null}}"#,
        &command,
    );
}

#[test]
fn edit_story() {
    let edits = vec![
        Edit::Title(title("Pay")),
        Edit::Type(StoryType::Bug),
        Edit::Estimate(Some(Estimate(3))),
        Edit::Estimate(None),
        Edit::Description(Description::default()),
        Edit::DescriptionRevised {
            from: Description::new("Why").unwrap(),
            to: Description::new("Why not").unwrap(),
        },
        Edit::ConflictDropped(Description::new("What").unwrap()),
        Edit::LabelAdded(Label::new("web").unwrap()),
        Edit::LabelRemoved(Label::new("ios").unwrap()),
    ];
    check(
        &Command::EditStory {
            id: story_id(0xa1),
            edits,
        },
        r#"{"edit-story":{
            "id":"000000000000000000000000000000a1",
            "edits":[
                {"title":"Pay"},
                {"type":"bug"},
                {"estimate":3},
                {"estimate":null},
                {"description":""},
                {"description-revised":{"from":"Why","to":"Why not"}},
                {"conflict-dropped":"What"},
                {"label-added":"web"},
                {"label-removed":"ios"}
            ]
        }}"#,
    );
}

#[test]
fn transition_story() {
    let words = [
        (Transition::Start, "start"),
        (Transition::Finish, "finish"),
        (Transition::Deliver, "deliver"),
        (Transition::Accept, "accept"),
        (Transition::Reject, "reject"),
        (Transition::Restart, "restart"),
    ];
    for (transition, word) in words {
        let text = r#"{"transition-story":{"id":"000000000000000000000000000000a1","transition":"WORD"}}"#;
        check(
            &Command::TransitionStory {
                id: story_id(0xa1),
                transition,
                comment: None,
            },
            &text.replace("WORD", word),
        );
    }
}

#[test]
fn move_stories() {
    let stories = vec![story_id(0xa2), story_id(0xa1)];
    check(
        &Command::MoveStories {
            stories: stories.clone(),
            panel: Panel::Backlog,
            after: Some(story_id(0xa0)),
            current: None,
        },
        r#"{"move-stories":{
            "stories":["000000000000000000000000000000a2","000000000000000000000000000000a1"],
            "panel":"backlog",
            "after":"000000000000000000000000000000a0"
        }}"#,
    );
    let to_the_top = Command::MoveStories {
        stories,
        panel: Panel::Icebox,
        after: None,
        current: None,
    };
    check(
        &to_the_top,
        r#"{"move-stories":{
            "stories":["000000000000000000000000000000a2","000000000000000000000000000000a1"],
            "panel":"icebox",
            "after":null
        }}"#,
    );
    reads(
        r#"{"move-stories":{"stories":["000000000000000000000000000000a2","000000000000000000000000000000a1"],
            "panel":"icebox"}}"#,
        &to_the_top,
    );
}

#[test]
fn delete_stories() {
    check(
        &Command::DeleteStories {
            stories: vec![story_id(0xa1)],
        },
        r#"{"delete-stories":{"stories":["000000000000000000000000000000a1"]}}"#,
    );
}

#[test]
fn restore_stories() {
    check(
        &Command::RestoreStories {
            stories: vec![story_id(0xa1)],
        },
        r#"{"restore-stories":{"stories":["000000000000000000000000000000a1"]}}"#,
    );
}

#[test]
fn return_stories() {
    let back = Return {
        id: story_id(0xa1),
        seen: State::Started,
        state: State::Unstarted,
        panel: Panel::Backlog,
        after: Some(story_id(0xa0)),
        current: true,
    };
    let first = Return {
        after: None,
        current: false,
        ..back.clone()
    };
    check(
        &Command::ReturnStories {
            stories: vec![first, back],
        },
        r#"{"return-stories":{"stories":[
            {
                "id":"000000000000000000000000000000a1",
                "seen":"started",
                "state":"unstarted",
                "panel":"backlog"
            },
            {
                "id":"000000000000000000000000000000a1",
                "seen":"started",
                "state":"unstarted",
                "panel":"backlog",
                "after":"000000000000000000000000000000a0",
                "current":true
            }
        ]}}"#,
    );
}

#[test]
fn rename_project() {
    let name = Name::new("Shop").unwrap();
    check(
        &Command::RenameProject { name },
        r#"{"rename-project":{"name":"Shop"}}"#,
    );
}

#[test]
fn sync_request() {
    let sent = Sent {
        mid: mid(0x33),
        base: 17,
        command: Command::DeleteStories {
            stories: vec![story_id(0xa1)],
        },
    };
    check(
        &SyncRequest {
            by: Some(crate::ActorId(crate::id::Bits128(5))),
            since: Some(Version {
                rev: 17,
                hash: hash(0xffee),
            }),
            commands: vec![sent],
            ask: vec![mid(0x44)],
            full: true,
        },
        r#"{
            "by":"00000000000000000000000000000005",
            "since":"17.0000000000000000000000000000ffee",
            "commands":[{
                "mid":"00000000000000000000000000000033",
                "base":17,
                "command":{"delete-stories":{"stories":["000000000000000000000000000000a1"]}}
            }],
            "ask":["00000000000000000000000000000044"],
            "full":true
        }"#,
    );
    check(&SyncRequest::default(), "{}");
    reads(
        r#"{"since":null,"commands":[],"ask":[],"full":false}"#,
        &SyncRequest::default(),
    );
}

#[test]
fn bodies_of_the_other_routes() {
    let name = Name::new("Shop").unwrap();
    check(&Rename { name: name.clone() }, r#"{"name":"Shop"}"#);
    check(
        &NewProject {
            id: ProjectId(Bits128(u128::MAX)),
            name,
        },
        r#"{"id":"ffffffffffffffffffffffffffffffff","name":"Shop"}"#,
    );
}
