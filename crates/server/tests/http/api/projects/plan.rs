//! `/api/projects/{id}/plan`

use crate::site::{Site, id};
use serde_json::{Value, json};

const PLAN: &str = "/api/projects/00000000000000000000000000000001/plan";
const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

fn create(number: u128, story_type: &str, estimate: Option<u32>) -> Value {
    let story =
        json!({"id": id(number), "title": "A story", "type": story_type, "panel": "backlog", "estimate": estimate});
    json!({"mid": id(number), "base": 0, "command": {"create-story": story}})
}

fn edit(number: u128, command: Value) -> Value {
    json!({"mid": id(number), "base": 0, "command": command})
}

#[tokio::test]
async fn the_plan_is_that_of_today() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    // Each stands above the one before it.
    let commands = json!([
        create(13, "release", None),
        create(12, "feature", Some(3)),
        create(11, "feature", Some(2)),
        create(10, "chore", None),
        edit(
            20,
            json!({"edit-settings": {"edits": [{"initial-velocity": 3}, {"time-zone": "Pacific/Kiritimati"}]}})
        ),
        edit(21, json!({"edit-story": {"id": id(13), "edits": [{"deadline": 0}]}})),
    ]);
    let answer = visitor.post(SYNC, &json!({"commands": commands})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(
        answer.body["outcomes"]
            .as_array()
            .is_some_and(|all| all.iter().all(|one| one["fate"]["applied"].is_u64())),
        "{}",
        answer.text
    );

    let plan = visitor.get(PLAN).await;
    assert_eq!(plan.status, 200, "{}", plan.text);
    let plan = plan.body;
    let version = format!(
        "{}.{}",
        answer.body["rev"],
        answer.body["hash"].as_str().expect("a hash")
    );
    assert_eq!(plan["version"], json!(version));
    assert_eq!(
        [&plan["velocity"], &plan["volatility"], &plan["time_zone"]],
        [&json!(3), &json!(0), &json!("Pacific/Kiritimati")]
    );
    let iterations = plan["iterations"].as_array().expect("a list");
    let told: Vec<Value> = iterations
        .iter()
        .map(|one| {
            json!([
                one["time"],
                one["points"],
                one["capacity"],
                one["strength"],
                one["stories"]
            ])
        })
        .collect();
    let expected = [
        json!(["current", 2, 3, 100, [id(10), id(11)]]),
        json!(["future", 3, 3, 100, [id(12), id(13)]]),
    ];
    assert_eq!(told, expected);
    let today = plan["today"].as_str().expect("a date");
    let text = |value: &Value| value.as_str().expect("a date").to_owned();
    assert!(text(&iterations[0]["first_day"]).as_str() <= today && today <= text(&iterations[0]["last_day"]).as_str());
    let release = json!({
        "story": id(13), "iteration": iterations[1]["number"], "date": iterations[1]["last_day"],
        "early": iterations[1]["last_day"], "late": iterations[1]["last_day"],
        "deadline": "1970-01-01", "lateness": "late",
    });
    assert_eq!(plan["releases"], json!([release]));
}

#[tokio::test]
async fn an_empty_project_has_a_current_iteration() {
    let plan = Site::new().await.with_project(1).await.get(PLAN).await.body;
    assert_eq!(plan["iterations"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan["iterations"][0]["number"], json!(1));
    assert_eq!([&plan["velocity"], &plan["releases"]], [&json!(10), &json!([])]);
}

#[tokio::test]
async fn it_is_told_to_visitors_of_a_project_that_is_there() {
    let site = Site::new().await;
    site.stranger()
        .get(PLAN)
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
    site.visitor()
        .await
        .get(PLAN)
        .await
        .is_error(404, "there is no such project");
}
