//! Commands and changes about several stories at once, and about what a project has besides them.

use super::{check, refused, story_id, title};
use crate::id::Bits128;
use crate::settings::{Strength, Velocity, Weekday, Weeks, Window};
use crate::{
    ActorId, Change, Command, CustomScale, Day, Description, Edit, Epic, EpicId, EpicWords, Import, ImportId, Imported,
    Label, Line, Millis, Name, Panel, PartId, Person, Planning, PointScale, Pointed, Query, Remark, Role, SavedSearch,
    SearchId, SettingEdit, State, Story, StoryEdits, StoryType, Transition, Transitioned, Words, ZoneName,
};

const A: &str = "000000000000000000000000000000a1";
const B: &str = "000000000000000000000000000000a2";
const E: &str = "000000000000000000000000000000e1";

/// Holds a value to its text, in which letters stand for ids.
#[track_caller]
fn holds<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    check(value, &text.replace("<A>", A).replace("<B>", B).replace("<E>", E));
}

#[test]
fn several_stories() {
    let stories = vec![
        StoryEdits {
            id: story_id(0xa1),
            edits: vec![Edit::Title(title("Pay"))],
        },
        StoryEdits {
            id: story_id(0xa2),
            edits: Vec::new(),
        },
    ];
    let each = r#"{"stories":[{"id":"<A>","edits":[{"title":"Pay"}]},{"id":"<B>","edits":[]}]}"#;
    let command = Command::EditStories {
        stories: stories.clone(),
    };
    holds(&command, &format!(r#"{{"edit-stories":{each}}}"#));
    holds(
        &Change::StoriesEdited { stories },
        &format!(r#"{{"stories-edited":{each}}}"#),
    );
    holds(
        &Command::TransitionStories {
            stories: vec![story_id(0xa1), story_id(0xa2)],
            transition: Transition::Start,
        },
        r#"{"transition-stories":{"stories":["<A>","<B>"],"transition":"start"}}"#,
    );
    let owner = Edit::OwnerAdded(ActorId(Bits128(0xa2)));
    holds(
        &Change::StoriesTransitioned {
            stories: vec![
                Transitioned {
                    id: story_id(0xa1),
                    state: State::Started,
                    edits: vec![owner.clone()],
                },
                Transitioned {
                    id: story_id(0xa2),
                    state: State::Started,
                    edits: Vec::new(),
                },
            ],
        },
        r#"{"stories-transitioned":{"stories":[
            {"id":"<A>","state":"started","edits":[{"owner-added":"<B>"}]},
            {"id":"<B>","state":"started"}
        ]}}"#,
    );
    holds(
        &Change::StoryTransitioned {
            id: story_id(0xa1),
            state: State::Started,
            edits: vec![owner],
        },
        r#"{"story-transitioned":{"id":"<A>","state":"started","edits":[{"owner-added":"<B>"}]}}"#,
    );
}

#[test]
fn a_reason_and_a_place_by_hand() {
    let remark = Remark {
        id: PartId(Bits128(0xa2)),
        text: Words::new("Too slow").unwrap(),
    };
    holds(
        &Command::TransitionStory {
            id: story_id(0xa1),
            transition: Transition::Reject,
            comment: Some(remark),
        },
        r#"{"transition-story":{"id":"<A>","transition":"reject","comment":{"id":"<B>","text":"Too slow"}}}"#,
    );
    let stories = vec![story_id(0xa1)];
    let (panel, after) = (Panel::Backlog, None);
    holds(
        &Command::MoveStories {
            stories: stories.clone(),
            panel,
            after,
            current: Some(true),
        },
        r#"{"move-stories":{"stories":["<A>"],"panel":"backlog","after":null,"current":true}}"#,
    );
    holds(
        &Change::StoryMoved {
            stories,
            panel,
            after,
            current: Some(false),
        },
        r#"{"story-moved":{"stories":["<A>"],"panel":"backlog","after":null,"current":false}}"#,
    );
}

fn edits() -> Vec<SettingEdit> {
    vec![
        SettingEdit::Scale(PointScale::Fibonacci),
        SettingEdit::Scale(PointScale::Custom(CustomScale::new(vec![0, 5]).unwrap())),
        SettingEdit::Pointed(Pointed::FeaturesBugsAndChores),
        SettingEdit::IterationWeeks(Weeks::new(4).unwrap()),
        SettingEdit::StartWeekday(Weekday::new(6).unwrap()),
        SettingEdit::StartedOn(Day(20_000)),
        SettingEdit::TimeZone(ZoneName::new("Europe/Berlin").unwrap()),
        SettingEdit::VelocityWindow(Window::new(4).unwrap()),
        SettingEdit::InitialVelocity(Velocity::new(12).unwrap()),
        SettingEdit::Planning(Planning::Manual),
        SettingEdit::Length {
            iteration: 5,
            weeks: Some(Weeks::ONE),
        },
        SettingEdit::Strength {
            iteration: 6,
            strength: Some(Strength::new(60).unwrap()),
        },
        SettingEdit::Strength {
            iteration: 7,
            strength: None,
        },
    ]
}

const EDITS: &str = r#"{"edits":[
    {"scale":"fibonacci"},
    {"scale":{"custom":[0,5]}},
    {"pointed":"features-bugs-and-chores"},
    {"iteration-weeks":4},
    {"start-weekday":6},
    {"started-on":20000},
    {"time-zone":"Europe/Berlin"},
    {"velocity-window":4},
    {"initial-velocity":12},
    {"planning":"manual"},
    {"length":{"iteration":5,"weeks":1}},
    {"strength":{"iteration":6,"strength":60}},
    {"strength":{"iteration":7,"strength":null}}
]}"#;

#[test]
fn settings() {
    holds(
        &Command::EditSettings { edits: edits() },
        &format!(r#"{{"edit-settings":{EDITS}}}"#),
    );
    holds(
        &Change::SettingsEdited { edits: edits() },
        &format!(r#"{{"settings-edited":{EDITS}}}"#),
    );
    let mut settings = crate::Settings::new(Day(20_000));
    edits().into_iter().for_each(|edit| settings.take(edit));
    holds(
        &settings,
        r#"{
            "scale":{"custom":[0,5]},
            "pointed":"features-bugs-and-chores",
            "iteration_weeks":4,
            "start_weekday":6,
            "started_on":20000,
            "time_zone":"Europe/Berlin",
            "velocity_window":4,
            "initial_velocity":12,
            "planning":"manual",
            "overrides":{"5":{"weeks":1},"6":{"strength":60}}
        }"#,
    );
}

#[test]
fn settings_that_cannot_be() {
    let refused = |edit: &str, why: &str| refused::<SettingEdit>(edit, why);
    refused(r#"{"iteration-weeks":5}"#, "iteration length is between 1 and 4, not 5");
    refused(r#"{"start-weekday":7}"#, "first weekday is between 0 and 6, not 7");
    refused(
        r#"{"velocity-window":0}"#,
        "number of iterations is between 1 and 4, not 0",
    );
    refused(r#"{"initial-velocity":0}"#, "velocity is between 1 and 10000, not 0");
    refused(
        r#"{"strength":{"iteration":1,"strength":201}}"#,
        "team strength is between 0 and 200, not 201",
    );
    refused(r#"{"time-zone":""}"#, "time zone is empty");
    refused(
        r#"{"scale":{"custom":[5]}}"#,
        "scale has 2 to 20 different points, rising, at most 1,000",
    );
    refused(
        r#"{"length":{"iteration":1,"week":1}}"#,
        "unknown field `week`, expected `iteration` or `weeks`",
    );
}

fn epic() -> Epic {
    Epic {
        id: EpicId(Bits128(0xe1)),
        number: 3,
        origin: None,
        words: EpicWords {
            name: title("The web"),
            label: Label::new("web").unwrap(),
            description: Description::new("Why").unwrap(),
        },
        created_at: Millis(5),
    }
}

#[test]
fn epics() {
    let Epic { id, words, .. } = epic();
    holds(
        &Command::PutEpic { id, words },
        r#"{"put-epic":{"id":"<E>","words":{"name":"The web","label":"web","description":"Why"}}}"#,
    );
    let after = Some(EpicId(Bits128(0xa1)));
    holds(
        &Command::MoveEpic { id, after },
        r#"{"move-epic":{"id":"<E>","after":"<A>"}}"#,
    );
    holds(&Command::RemoveEpic { id }, r#"{"remove-epic":{"id":"<E>"}}"#);
    let text = r#""id":"<E>","number":3,"name":"The web","label":"web","description":"Why","created_at":5"#;
    holds(
        &Change::EpicPut { epic: Box::new(epic()) },
        &format!(r#"{{"epic-put":{{"epic":{{{text}}}}}}}"#),
    );
    holds(
        &Change::EpicMoved { id, after: None },
        r#"{"epic-moved":{"id":"<E>","after":null}}"#,
    );
    holds(&Change::EpicRemoved { id }, r#"{"epic-removed":{"id":"<E>"}}"#);
    let imported = Epic {
        origin: Some(12),
        ..epic()
    };
    holds(
        &imported,
        r#"{"id":"<E>","number":3,"origin":12,"name":"The web","label":"web","description":"Why","created_at":5}"#,
    );
}

#[test]
fn saved_searches() {
    let search = SavedSearch {
        id: SearchId(Bits128(0xe1)),
        name: Line::new("Mine").unwrap(),
        query: Query::new("owner:me").unwrap(),
    };
    let SavedSearch { id, name, query } = search.clone();
    holds(
        &Command::SaveSearch { id, name, query },
        r#"{"save-search":{"id":"<E>","name":"Mine","query":"owner:me"}}"#,
    );
    holds(&Command::RemoveSearch { id }, r#"{"remove-search":{"id":"<E>"}}"#);
    holds(
        &Change::SearchSaved { search },
        r#"{"search-saved":{"search":{"id":"<E>","name":"Mine","query":"owner:me"}}}"#,
    );
    holds(&Change::SearchRemoved { id }, r#"{"search-removed":{"id":"<E>"}}"#);
}

fn import() -> Import {
    let life = (StoryType::Chore, State::Unscheduled);
    Import {
        id: ImportId(Bits128(0xe1)),
        people: vec![Person {
            id: ActorId(Bits128(0xa2)),
            name: Name::new("Cy").unwrap(),
        }],
        scale: Some(PointScale::Fibonacci),
        epics: vec![epic()],
        stories: vec![Story::new(story_id(0xa1), title("Pay"), life, Millis(3))],
    }
}

const IMPORT: &str = r#"{
    "id":"<E>",
    "people":[{"id":"<B>","name":"Cy"}],
    "scale":"fibonacci",
    "epics":[{"id":"<E>","number":3,"name":"The web","label":"web","description":"Why","created_at":5}],
    "stories":[{"id":"<A>","number":0,"title":"Pay","type":"chore","state":"unscheduled","created_at":3}]
}"#;

#[test]
fn imports() {
    let id = ImportId(Bits128(0xe1));
    holds(
        &Command::ImportStories(Box::new(import())),
        &format!(r#"{{"import-stories":{IMPORT}}}"#),
    );
    holds(
        &Change::StoriesImported(Box::new(import())),
        &format!(r#"{{"stories-imported":{IMPORT}}}"#),
    );
    let nothing = Import {
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories: Vec::new(),
        ..import()
    };
    holds(&nothing, r#"{"id":"<E>","stories":[]}"#);
    holds(&Command::DeleteImport { id }, r#"{"delete-import":{"id":"<E>"}}"#);
    holds(&Command::RestoreImport { id }, r#"{"restore-import":{"id":"<E>"}}"#);
    holds(&Change::ImportDeleted { id }, r#"{"import-deleted":{"id":"<E>"}}"#);
    holds(&Change::ImportRestored { id }, r#"{"import-restored":{"id":"<E>"}}"#);
    let made = Imported {
        id,
        by: ActorId(Bits128(0xa2)),
        at: Millis(6),
        stories: 2,
        epics: vec![EpicId(Bits128(0xa1))],
    };
    holds(&made, r#"{"id":"<E>","by":"<B>","at":6,"stories":2,"epics":["<A>"]}"#);
}

#[test]
fn who_is_in_the_project() {
    let (id, role) = (ActorId(Bits128(0xa2)), Role::Client);
    holds(&Command::Join { role }, r#"{"join":{"role":"client"}}"#);
    holds(&Command::Leave { id }, r#"{"leave":{"id":"<B>"}}"#);
    holds(&Change::PersonJoined { role }, r#"{"person-joined":{"role":"client"}}"#);
    holds(&Change::PersonLeft { id }, r#"{"person-left":{"id":"<B>"}}"#);
    refused::<Command>(
        r#"{"join":{"role":"owner","id":"000000000000000000000000000000a2"}}"#,
        "unknown field `id`, expected `role`",
    );
    refused::<Command>(
        r#"{"join":{"role":"king"}}"#,
        "unknown variant `king`, expected one of `viewer`, `client`, `member`, `owner`",
    );
}
