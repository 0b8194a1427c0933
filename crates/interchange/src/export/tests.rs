//! A project as JSON: pinned, and read back by the domain's own types.

use super::write;
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Description, Edit, Hand, Millis, Name, Panel, PartId, Project, ProjectId, Snapshot,
    StoryId, StoryType, Title, Words,
};
use serde_json::{Value, json};

fn carry_out(project: &mut Project, command: &Command) {
    let by = Actor {
        id: ActorId(Bits128(0xada)),
        name: Name::new("Ada").unwrap(),
    };
    let hand = Hand {
        by: &by,
        at: Millis(1_425_283_200_000),
    };
    let change = project.decide(command, hand).unwrap();
    project.apply(&change, hand).unwrap();
}

fn id(number: u128) -> String {
    Bits128(number).to_string()
}

#[test]
fn everything_is_in_it_but_what_was_deleted() {
    let mut project = Project::new(Name::new("Alpha").unwrap(), Millis(1_425_283_200_000));
    for number in [1, 2] {
        let new = NewStory {
            id: StoryId(Bits128(number)),
            title: Title::new("A story").unwrap(),
            story_type: StoryType::Bug,
            panel: Panel::Icebox,
            after: None,
            estimate: None,
            description: Description::default(),
            labels: Default::default(),
        };
        carry_out(&mut project, &Command::CreateStory(new));
    }
    let [kept, deleted] = [1, 2].map(|number| StoryId(Bits128(number)));
    let say = |number| {
        Edit::CommentAdded(backlog::Remark {
            id: PartId(Bits128(number)),
            text: Words::new("Hm").unwrap(),
        })
    };
    let edits = vec![say(3), say(4)];
    carry_out(&mut project, &Command::EditStory { id: kept, edits });
    let edits = vec![Edit::CommentRemoved(PartId(Bits128(3)))];
    carry_out(&mut project, &Command::EditStory { id: kept, edits });
    carry_out(&mut project, &Command::DeleteStories { stories: vec![deleted] });

    let text = write(&project, ProjectId(Bits128(0xb)), Millis(1_425_290_000_000));
    let written: Value = serde_json::from_str(&text).unwrap();
    let at = 1_425_283_200_000_i64;
    let ada = id(0xada);
    let expected = json!({
        "format": "truestory", "version": 1, "exported_at": 1_425_290_000_000_i64, "id": id(0xb),
        "project": {
            "name": "Alpha",
            "settings": {
                "scale": "linear", "pointed": "features", "iteration_weeks": 1, "start_weekday": 0, "started_on": 16_496,
                "time_zone": "UTC", "velocity_window": 3, "initial_velocity": 10, "planning": "automatic",
            },
            "next_number": 3,
            "people": [{"id": ada, "name": "Ada"}],
            "stories": [{
                "id": id(1), "number": 1, "title": "A story", "type": "bug", "state": "unscheduled", "requester": ada,
                "comments": [{"id": id(4), "author": ada, "at": at, "text": "Hm"}],
                "created_at": at,
            }],
        },
    });
    assert_eq!(written, expected, "{text}");
    let read: Snapshot = serde_json::from_value(written["project"].clone()).unwrap();
    assert_eq!(read.stories.len(), 1);
    // The project itself has lost nothing.
    assert_eq!(project.snapshot().stories.len(), 2);
}
