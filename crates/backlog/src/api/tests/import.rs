//! What is told of a file, and how an import is asked for.

use super::{check, mid, reads, refused};
use crate::api::Fate;
use crate::api::import::{
    Accepted, Estimates, Found, ImportAnswer, ImportRequest, Meant, Note, Notes, Report, Rescaling, Tally, Velocities,
};
use crate::id::Bits128;
use crate::{ActorId, CustomScale, Day, ImportId, Name, PointScale, State, StoryType};

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn notes(count: u32, line: u32, says: &str) -> Notes {
    let says = says.to_owned();
    Notes {
        count,
        first: vec![Note { line, says }],
    }
}

#[test]
fn a_report() {
    let report = Report {
        rows: 9,
        stories: vec![Tally {
            story_type: StoryType::Feature,
            state: State::Accepted,
            count: 4,
        }],
        epics: 1,
        accepted: Some(Accepted {
            first: Day(16_000),
            last: Day(16_010),
            points: 12,
        }),
        velocity: Velocities { before: 10, after: 6 },
        people: vec![
            Found {
                name: name("Ada"),
                stories: 3,
                member: Some(ActorId(Bits128(0xad_a0))),
            },
            Found {
                name: name("Bo"),
                stories: 1,
                member: None,
            },
        ],
        scale: Some(Rescaling {
            points: vec![5, 13],
            stories: 2,
            offered: Some(PointScale::Custom(CustomScale::new(vec![1, 5, 13]).unwrap())),
        }),
        left_out: notes(1, 4, "It has no title."),
        here: notes(1_200, 5, "Story 123 is here already."),
        losses: Notes::default(),
    };
    let text = r#"{"rows":9,"stories":[{"type":"feature","state":"accepted","count":4}],"epics":1,
        "accepted":{"first":16000,"last":16010,"points":12},
        "velocity":{"before":10,"after":6},
        "people":[{"name":"Ada","stories":3,"member":"0000000000000000000000000000ada0"},{"name":"Bo","stories":1}],
        "scale":{"points":[5,13],"stories":2,"offered":{"custom":[1,5,13]}},
        "left_out":{"count":1,"first":[{"line":4,"says":"It has no title."}]},
        "here":{"count":1200,"first":[{"line":5,"says":"Story 123 is here already."}]},
        "losses":{"count":0}}"#;
    check(&report, text);
    let nothing = r#"{"rows":0,"stories":[],"epics":0,"velocity":{"before":0,"after":0},"people":[],
        "left_out":{"count":0},"here":{"count":0},"losses":{"count":0}}"#;
    check(&Report::default(), nothing);
}

#[test]
fn an_import_asked_for() {
    let mut request = ImportRequest {
        id: ImportId(Bits128(5)),
        mid: mid(0x33),
        base: 7,
        by: Some(ActorId(Bits128(0xad_a0))),
        people: vec![Meant {
            name: name("Ada L."),
            member: ActorId(Bits128(0xad_a0)),
        }],
        estimates: Estimates::Nearest,
    };
    let text = r#"{"id":"00000000000000000000000000000005","mid":"00000000000000000000000000000033","base":7,
        "by":"0000000000000000000000000000ada0",
        "people":[{"name":"Ada L.","member":"0000000000000000000000000000ada0"}],"estimates":"nearest"}"#;
    check(&request, text);
    request.by = None;
    request.people.clear();
    request.estimates = Estimates::Kept;
    let text = r#"{"id":"00000000000000000000000000000005","mid":"00000000000000000000000000000033","base":7}"#;
    reads(text, &request);
}

#[test]
fn a_slip_in_asking_is_refused() {
    let text =
        r#"{"id":"00000000000000000000000000000005","mid":"00000000000000000000000000000033","base":7,"scale":1}"#;
    let known = "`id`, `mid`, `base`, `by`, `people`, `estimates`";
    refused::<ImportRequest>(text, &format!("unknown field `scale`, expected one of {known}"));
}

#[test]
fn an_import_that_was_made() {
    let answer = ImportAnswer {
        fate: Fate::Applied(8),
        report: None,
    };
    check(&answer, r#"{"fate":{"applied":8}}"#);
}
