//! Stories that would wait for each other: no project has such, so that one blocker of each ring becomes text. Stories that were there
//! before wait for none of the new ones, so that a ring lies in the file alone.

use crate::notes;
use backlog::api::import::Notes;
use backlog::{Line, Obstacle, Story, StoryId};
use std::collections::HashMap;

/// A blocker, by the place of its story and its place there.
type Edge = (usize, usize);

/// Makes text of the blockers that close a ring. `lines` says where each story stands in the file.
pub(super) fn open(stories: &mut [Story], lines: &[u32], losses: &mut Notes) {
    for ((waiting, blocker), on) in closing(stories) {
        let text = format!("#{}", stories[on].origin.unwrap_or_default());
        let says = format!("It waits for {text}, which waits for it; the blocker is a text now.");
        notes::add(losses, lines[waiting], says);
        if let Ok(text) = Line::new(&text) {
            stories[waiting].blockers[blocker].what = Obstacle::Text(text);
        }
    }
}

/// The blockers that lead back to a story on the way to them, and that story: a walk in depth, without recursion, since a file may hold a chain of
/// a hundred thousand.
fn closing(stories: &[Story]) -> Vec<(Edge, usize)> {
    let places: HashMap<StoryId, usize> = stories
        .iter()
        .zip(0..)
        .map(|(story, place)| (story.id, place))
        .collect();
    let mut seen = vec![Seen::Never; stories.len()];
    let mut closing = Vec::new();
    for start in 0..stories.len() {
        let mut way: Vec<Edge> = Vec::new();
        if seen[start] == Seen::Never {
            seen[start] = Seen::OnTheWay;
            way.push((start, 0));
        }
        while let Some((story, blocker)) = way.pop() {
            let Some(next) = stories[story].blockers.get(blocker) else {
                seen[story] = Seen::Done;
                continue;
            };
            way.push((story, blocker + 1));
            let on = match next.what {
                Obstacle::Story(on) if !next.resolved => places.get(&on).copied(),
                Obstacle::Story(_) | Obstacle::Text(_) => None,
            };
            match on.map(|on| (on, seen[on])) {
                Some((on, Seen::Never)) => {
                    seen[on] = Seen::OnTheWay;
                    way.push((on, 0));
                }
                Some((on, Seen::OnTheWay)) => closing.push(((story, blocker), on)),
                Some((_, Seen::Done)) | None => {}
            }
        }
    }
    closing
}

/// Whether the walk has been at a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Never,
    OnTheWay,
    Done,
}
