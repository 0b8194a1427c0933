//! How commands are read.

use super::edits::read_edit;
use super::frame::{read_import, read_setting};
use super::{bits, id, new_story};
use crate::{
    ActorId, Command, EpicId, EpicWords, Estimate, ImportId, Label, Line, Name, PartId, Query, Remark, Return,
    SearchId, StoryEdits, StoryId, Title, Words,
};
use serde::de::DeserializeOwned;

/// Reads `create a feature:2 backlog after b`, `edit a title=b type=bug estimate=none +label -label revised=from>to`,
/// `each a title=b, b +web`, `start a`, `reject a saying k:why`, `all start a b`, `move a b to icebox after c`,
/// `move a to backlog by-hand`, `delete a b`, `return a started>unstarted backlog after b, c ..`, `join client`, `leave bo`, and
/// those about the project.
pub(crate) fn read_command(text: &str) -> Command {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["create", new, story_type, panel, ref rest @ ..] => {
            let (story_type, points) = story_type.split_once(':').unwrap_or((story_type, "none"));
            let mut new = new_story(id(new), read_word(story_type), read_word(panel));
            (new.estimate, new.after) = (read_estimate(points), read_after(rest));
            Command::CreateStory(new)
        }
        ["edit", ref rest @ ..] => {
            let StoryEdits { id, edits } = read_edits(rest);
            Command::EditStory { id, edits }
        }
        ["each", ref rest @ ..] => {
            let stories = rest.join(" ");
            let stories = stories.split(", ").map(|text| read_edits(&split(text)));
            Command::EditStories {
                stories: stories.collect(),
            }
        }
        ["all", transition, ref stories @ ..] => Command::TransitionStories {
            stories: ids(stories),
            transition: read_word(transition),
        },
        ["move", ref rest @ ..] => read_move(rest),
        ["delete", ref stories @ ..] => Command::DeleteStories { stories: ids(stories) },
        ["restore", ref stories @ ..] => Command::RestoreStories { stories: ids(stories) },
        ["return", ref rest @ ..] => Command::ReturnStories {
            stories: rest.join(" ").split(", ").map(read_return).collect(),
        },
        ["rename", name] => Command::RenameProject {
            name: Name::new(name).unwrap(),
        },
        [transition, story, "saying", remark] => Command::TransitionStory {
            id: id(story),
            transition: read_word(transition),
            comment: Some(read_remark(remark)),
        },
        [
            "settings" | "epic" | "epic-move" | "epic-gone" | "search" | "search-gone",
            ..,
        ] => read_framing(&words),
        ["join", role] => Command::Join { role: read_word(role) },
        ["leave", person] => Command::Leave {
            id: ActorId(bits(person)),
        },
        ["import" | "import-gone" | "import-back", ..] => read_importing(&words),
        [transition, story] => Command::TransitionStory {
            id: id(story),
            transition: read_word(transition),
            comment: None,
        },
        _ => panic!("not a command: {text:?}"),
    }
}

/// Reads `settings scale=fibonacci weeks=2`, `epic e label Name`, `epic-move e after f`, `epic-gone e`, `search s Name query`,
/// `search-gone s`.
fn read_framing(words: &[&str]) -> Command {
    let epic = |name| EpicId(bits(name));
    let search = |name| SearchId(bits(name));
    match words[..] {
        ["settings", ref edits @ ..] => Command::EditSettings {
            edits: edits.iter().map(|word| read_setting(word)).collect(),
        },
        ["epic", id, label, name] => Command::PutEpic {
            id: epic(id),
            words: EpicWords {
                name: Title::new(name).unwrap(),
                label: Label::new(label).unwrap(),
                description: crate::Description::default(),
            },
        },
        ["epic-move", id] => Command::MoveEpic {
            id: epic(id),
            after: None,
        },
        ["epic-move", id, "after", anchor] => Command::MoveEpic {
            id: epic(id),
            after: Some(epic(anchor)),
        },
        ["epic-gone", id] => Command::RemoveEpic { id: epic(id) },
        ["search", id, name, query] => Command::SaveSearch {
            id: search(id),
            name: Line::new(name).unwrap(),
            query: Query::new(query).unwrap(),
        },
        ["search-gone", id] => Command::RemoveSearch { id: search(id) },
        _ => panic!("not a command: {words:?}"),
    }
}

/// Reads `import i person=cy scale=fibonacci epic=e:label story=a:feature:started:2`, `import-gone i`, `import-back i`.
fn read_importing(words: &[&str]) -> Command {
    let import = |name| ImportId(bits(name));
    match words[..] {
        ["import", id, ref brought @ ..] => Command::ImportStories(Box::new(read_import(import(id), brought))),
        ["import-gone", id] => Command::DeleteImport { id: import(id) },
        ["import-back", id] => Command::RestoreImport { id: import(id) },
        _ => panic!("not a command: {words:?}"),
    }
}

fn read_move(rest: &[&str]) -> Command {
    let to = rest.iter().position(|word| *word == "to").expect("move .. to PANEL");
    let (stories, rest) = (ids(&rest[..to]), &rest[to + 1..]);
    let (current, after) = match rest[1..] {
        [ref after @ .., "by-hand"] => (Some(true), after),
        [ref after @ .., "not-by-hand"] => (Some(false), after),
        ref after => (None, after),
    };
    Command::MoveStories {
        stories,
        panel: read_word(rest[0]),
        after: read_after(after),
        current,
    }
}

/// Reads `a title=b +web`.
fn read_edits(words: &[&str]) -> StoryEdits {
    let [story, edits @ ..] = words else {
        panic!("no story to edit")
    };
    StoryEdits {
        id: id(story),
        edits: edits.iter().map(|word| read_edit(word)).collect(),
    }
}

/// Reads `a started>unstarted backlog after b`, `a started>unstarted backlog by-hand`.
fn read_return(text: &str) -> Return {
    let (text, current) = match text.strip_suffix(" by-hand") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let words = split(text);
    let [story, states, panel, ref rest @ ..] = words[..] else {
        panic!("not a story to put back: {text:?}")
    };
    let (seen, state) = states.split_once('>').expect("SEEN>STATE");
    Return {
        id: id(story),
        seen: read_word(seen),
        state: read_word(state),
        panel: read_word(panel),
        after: read_after(rest),
        current,
    }
}

/// Reads `k:why`: a comment by its name.
pub(crate) fn read_remark(word: &str) -> Remark {
    let (id, text) = word.split_once(':').expect("ID:TEXT");
    Remark {
        id: PartId(bits(id)),
        text: Words::new(&text.replace('_', " ")).unwrap(),
    }
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn ids(words: &[&str]) -> Vec<StoryId> {
    words.iter().map(|word| id(word)).collect()
}

fn read_after(words: &[&str]) -> Option<StoryId> {
    match words {
        [] => None,
        ["after", anchor] => Some(id(anchor)),
        _ => panic!("not an anchor: {words:?}"),
    }
}

pub(super) fn read_estimate(text: &str) -> Option<Estimate> {
    (text != "none").then(|| Estimate(text.parse().expect("points")))
}

/// A value whose wire form is one word.
pub(crate) fn read_word<T: DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(word.into()).unwrap_or_else(|e| panic!("{word:?}: {e}"))
}
