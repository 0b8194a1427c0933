//! The plan of a project as other programs read it.

use super::{check, hash, refused, story_id, title};
use crate::api::plan::{PlannedIteration, PlannedRelease, ProjectPlan, Time};
use crate::plan::Lateness;
use crate::settings::{Strength, Velocity};
use crate::{
    Day, Estimate, Millis, Name, Project, Settings, Snapshot, State, Story, StoryId, StoryType, Terms, Version, Zone,
    ZoneName,
};
use std::sync::Arc;

const MONDAY: Day = Day(20_773);

fn version() -> Version {
    Version {
        rev: 7,
        hash: hash(0xabc),
    }
}

#[test]
fn a_plan() {
    let release = PlannedRelease {
        story: story_id(2),
        iteration: 2,
        date: MONDAY.plus(13),
        early: MONDAY.plus(6),
        late: None,
        deadline: Some(MONDAY.plus(12)),
        lateness: Some(Lateness::Late),
    };
    let current = PlannedIteration {
        number: 1,
        time: Time::Current,
        first_day: MONDAY,
        last_day: MONDAY.plus(6),
        strength: Strength::new(50).unwrap(),
        points: 3,
        capacity: 5,
        stories: vec![story_id(1)],
    };
    check(
        &ProjectPlan {
            version: version(),
            time_zone: ZoneName::new("Europe/Berlin").unwrap(),
            today: MONDAY.plus(5),
            velocity: 10,
            volatility: 141,
            iterations: vec![current],
            releases: vec![release],
        },
        r#"{
            "version":"7.00000000000000000000000000000abc","time_zone":"Europe/Berlin","today":"2026-11-21",
            "velocity":10,"volatility":141,
            "iterations":[{
                "number":1,"time":"current","first_day":"2026-11-16","last_day":"2026-11-22","strength":50,"points":3,"capacity":5,
                "stories":["00000000000000000000000000000001"]
            }],
            "releases":[{
                "story":"00000000000000000000000000000002","iteration":2,"date":"2026-11-29","early":"2026-11-22","late":null,
                "deadline":"2026-11-28","lateness":"late"
            }]
        }"#,
    );
    check(&Time::Done, r#""done""#);
    check(&Time::Future, r#""future""#);
    check(&Lateness::InTime, r#""in-time""#);
    check(&Lateness::AtRisk, r#""at-risk""#);
}

#[test]
fn dates_have_one_spelling() {
    let release = |date: &str| {
        format!(
            r#"{{"story":"00000000000000000000000000000002","iteration":2,"date":"{date}","early":"2026-11-22","late":null,"deadline":null,"lateness":null}}"#
        )
    };
    for date in [
        "",
        "2026-11-31",
        "2026-11-+2",
        "2026-11-2",
        "2026-11",
        "2026-11-21-",
        "21.11.2026",
        "1899-12-31",
    ] {
        refused::<PlannedRelease>(&release(date), "a date is written as 2027-02-28");
    }
}

fn story(number: u128, story_type: StoryType, points: Option<u16>) -> Arc<Story> {
    let story = Story::new(
        story_id(number),
        title("A story"),
        (story_type, State::Unstarted),
        Millis(0),
    );
    Arc::new(Story {
        estimate: points.map(Estimate),
        deadline: Some(MONDAY.plus(6)),
        ..story
    })
}

#[test]
fn a_project_has_one() {
    let settings = Settings {
        initial_velocity: Velocity::new(4).unwrap(),
        ..Settings::new(MONDAY)
    };
    let deleted = Story {
        deleted: true,
        ..(*story(9, StoryType::Feature, Some(8))).clone()
    };
    let accepted = Story {
        state: State::Accepted,
        accepted_at: Some(MONDAY.start()),
        ..(*story(1, StoryType::Feature, Some(4))).clone()
    };
    let stories = vec![
        Arc::new(accepted),
        Arc::new(deleted),
        story(2, StoryType::Feature, Some(4)),
        story(3, StoryType::Release, None),
        story(4, StoryType::Feature, Some(4)),
        story(5, StoryType::Release, None),
    ];
    let snapshot = Snapshot {
        stories,
        ..Snapshot::of_nothing(Name::new("Shop").unwrap(), settings)
    };
    let project = Project::read(snapshot);
    let zone = Zone::utc();
    let terms = Terms::new(project.settings(), &zone, MONDAY.plus(7));
    let plan = ProjectPlan::new((&project, version()), &terms);
    let told: Vec<(Time, u32, Vec<StoryId>)> = plan
        .iterations
        .iter()
        .map(|one| (one.time, one.number, one.stories.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (Time::Done, 1, vec![story_id(1)]),
            (Time::Current, 2, vec![story_id(2), story_id(3)]),
            (Time::Future, 3, vec![story_id(4), story_id(5)]),
        ]
    );
    let releases: Vec<_> = plan
        .releases
        .iter()
        .map(|one| (one.story, one.date, one.lateness))
        .collect();
    assert_eq!(
        releases,
        [
            (story_id(3), MONDAY.plus(13), Some(Lateness::Late)),
            (story_id(5), MONDAY.plus(20), Some(Lateness::Late)),
        ]
    );
}
