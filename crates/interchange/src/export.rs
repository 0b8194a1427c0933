//! A project as JSON: everything that it holds now, for other programs and for safe-keeping. `docs/interchange.md` says what each
//! field is.
//!
//! What was deleted or taken back is not in it; a backup of the server has that, and the history.

use backlog::{Comment, Millis, Project, ProjectId, Snapshot, Story};
use serde::Serialize;
use std::sync::Arc;

/// What the file says it is.
const FORMAT: &str = "truestory";
/// The version of its form. A field more is no new version; one that means something else is.
const VERSION: u32 = 1;

/// The file.
#[derive(Serialize)]
struct Export {
    format: &'static str,
    version: u32,
    exported_at: Millis,
    id: ProjectId,
    project: Snapshot,
}

/// Writes a project down.
pub fn write(project: &Project, id: ProjectId, at: Millis) -> String {
    let mut snapshot = project.snapshot();
    snapshot.stories.retain(|story| !story.deleted);
    snapshot.stories.iter_mut().for_each(leave_out_what_was_taken_back);
    let export = Export {
        format: FORMAT,
        version: VERSION,
        exported_at: at,
        id,
        project: snapshot,
    };
    serde_json::to_string(&export)
        .expect("the domain's values have string keys and no floats, so they always serialise")
}

fn leave_out_what_was_taken_back(story: &mut Arc<Story>) {
    let was_taken_back = |comment: &Comment| comment.removed;
    if story.comments.iter().any(was_taken_back) {
        Arc::make_mut(story).comments.retain(|comment| !was_taken_back(comment));
    }
}

#[cfg(test)]
mod tests;
