//! Words that stand nowhere else, planted in every field that people can fill, so that they can be searched for in what others are told.

use crate::site::{Visitor, id};
use serde_json::{Value, json};

/// Stands in everything of project 1.
pub const HERE: &str = "wombat";
/// Stands in everything of project 2, and in all that its owner keeps for themselves.
pub const THERE: &str = "quokka";

/// The numbers of what stands in a project: those of project 1 begin at 0xa00, those of project 2 at 0xb00.
#[derive(Clone, Copy)]
pub struct Numbers(pub u128);

impl Numbers {
    pub fn story(self) -> String {
        id(self.0 + 1)
    }

    pub fn deleted(self) -> String {
        id(self.0 + 2)
    }

    pub fn epic(self) -> String {
        id(self.0 + 3)
    }

    pub fn search(self) -> String {
        id(self.0 + 4)
    }

    pub fn comment(self) -> String {
        id(self.0 + 5)
    }

    pub fn task(self) -> String {
        id(self.0 + 6)
    }

    /// The mutation that made the story.
    pub fn mid(self) -> String {
        id(self.0 + 0x40)
    }
}

/// Everything that can be said in a project, with a word in each of its fields.
fn commands(word: &str, numbers: Numbers) -> Vec<Value> {
    let create = |id: String| {
        json!({"create-story": {
            "id": id, "title": format!("The {word} story"), "type": "feature", "panel": "icebox",
            "description": format!("About a **{word}**"), "labels": [word],
        }})
    };
    let edit = |edits: Value| json!({"edit-story": {"id": numbers.story(), "edits": edits}});
    let part = |number: u128| id(numbers.0 + number);
    vec![
        create(numbers.story()),
        create(numbers.deleted()),
        json!({"delete-stories": {"stories": [numbers.deleted()]}}),
        edit(json!([{"task-added": {"task": {"id": numbers.task(), "text": format!("Feed the {word}")}}}])),
        edit(json!([{"comment-added": {"id": numbers.comment(), "text": format!("I saw the {word}")}}])),
        edit(json!([{"blocker-put": {"id": part(7), "what": {"text": format!("The {word} sleeps")}}}])),
        edit(json!([{"review-put": {"id": part(8), "kind": word, "verdict": "in-review"}}])),
        edit(json!([{"link-put": {"id": part(9), "to": {"pull-request": format!("https://{word}.example/{word}")}}}])),
        json!({"put-epic": {"id": numbers.epic(), "words": {
            "name": format!("All of the {word}"), "label": format!("{word}-epic"), "description": word,
        }}}),
        json!({"save-search": {"id": numbers.search(), "name": word, "query": word}}),
    ]
}

/// Says all of that in a project.
pub async fn plant(owner: &Visitor, project: &str, (word, numbers): (&str, Numbers)) {
    let sent: Vec<Value> = (0..)
        .zip(commands(word, numbers))
        .map(|(place, command)| json!({"mid": id(numbers.0 + 0x40 + place), "base": 0, "command": command}))
        .collect();
    let count = sent.len();
    let path = format!("/api/projects/{project}/sync");
    let answer = owner.post(&path, &json!({"commands": sent})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let outcomes = answer.body["outcomes"].as_array().expect("outcomes");
    let applied = outcomes.iter().filter(|one| one["fate"]["applied"].is_u64());
    assert_eq!(applied.count(), count, "{}", answer.text);
}
