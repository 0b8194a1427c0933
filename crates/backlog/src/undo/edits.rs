//! The edits that make a story of one that it was before.

use crate::{Comment, Edit, PartId, Remark, Story, Task};

/// What makes the old story of the new one, as far as edits can. The description goes back as a revision, so that what others
/// write meanwhile stays.
pub fn edits_back(old: &Story, new: &Story) -> Vec<Edit> {
    let mut edits = Vec::new();
    // The type first: it decides whether there can be an estimate.
    edits.extend((old.title != new.title).then(|| Edit::Title(old.title.clone())));
    edits.extend((old.story_type != new.story_type).then_some(Edit::Type(old.story_type)));
    edits.extend((old.estimate != new.estimate).then_some(Edit::Estimate(old.estimate)));
    if old.description != new.description {
        edits.push(Edit::DescriptionRevised {
            from: new.description.clone(),
            to: old.description.clone(),
        });
    }
    let kept = new.conflicts.iter().filter(|text| !old.conflicts.contains(text));
    edits.extend(kept.cloned().map(Edit::ConflictDropped));
    // What came goes before others come back: there may be room for so many only.
    edits.extend(new.labels.difference(&old.labels).cloned().map(Edit::LabelRemoved));
    edits.extend(old.labels.difference(&new.labels).cloned().map(Edit::LabelAdded));
    edits.extend((old.priority != new.priority).then_some(Edit::Priority(old.priority)));
    edits.extend((old.requester != new.requester).then_some(Edit::Requester(old.requester)));
    edits.extend((old.deadline != new.deadline).then_some(Edit::Deadline(old.deadline)));
    edits.extend((old.current != new.current).then_some(Edit::Current(old.current)));
    let gone = new.owners.iter().filter(|owner| !old.owners.contains(owner));
    edits.extend(gone.copied().map(Edit::OwnerRemoved));
    let back = old.owners.iter().filter(|owner| !new.owners.contains(owner));
    edits.extend(back.copied().map(Edit::OwnerAdded));
    edits.extend(
        new.followers
            .difference(&old.followers)
            .copied()
            .map(Edit::FollowerRemoved),
    );
    edits.extend(
        old.followers
            .difference(&new.followers)
            .copied()
            .map(Edit::FollowerAdded),
    );
    tasks_back(&old.tasks, &new.tasks, &mut edits);
    comments_back(&old.comments, &new.comments, &mut edits);
    let id = |blocker: &crate::Blocker| blocker.id;
    parts_back(
        (&old.blockers, &new.blockers),
        id,
        (Edit::BlockerPut, Edit::BlockerRemoved),
        &mut edits,
    );
    let id = |review: &crate::Review| review.id;
    parts_back(
        (&old.reviews, &new.reviews),
        id,
        (Edit::ReviewPut, Edit::ReviewRemoved),
        &mut edits,
    );
    let id = |link: &crate::Link| link.id;
    parts_back(
        (&old.links, &new.links),
        id,
        (Edit::LinkPut, Edit::LinkRemoved),
        &mut edits,
    );
    edits
}

/// The edits that put a part and take one away.
type PutAndRemove<T> = (fn(T) -> Edit, fn(PartId) -> Edit);

fn parts_back<T: Clone + PartialEq>(
    (old, new): (&[T], &[T]),
    id: impl Fn(&T) -> PartId,
    (put, remove): PutAndRemove<T>,
    edits: &mut Vec<Edit>,
) {
    let is_in = |parts: &[T], part: &T| parts.iter().any(|other| id(other) == id(part));
    edits.extend(new.iter().filter(|part| !is_in(old, part)).map(|part| remove(id(part))));
    edits.extend(old.iter().filter(|part| !new.contains(part)).cloned().map(put));
}

fn comments_back(old: &[Comment], new: &[Comment], edits: &mut Vec<Edit>) {
    for comment in new {
        let id = comment.id;
        match old.iter().find(|other| other.id == id) {
            None if comment.removed => {}
            None => edits.push(Edit::CommentRemoved(id)),
            Some(before) => {
                if before.text != comment.text {
                    let text = before.text.clone();
                    edits.push(Edit::CommentReworded(Remark { id, text }));
                }
                if before.removed != comment.removed {
                    edits.push(match before.removed {
                        true => Edit::CommentRemoved(id),
                        false => Edit::CommentRestored(id),
                    });
                }
            }
        }
    }
}

/// As few moves as lead back, so that the order that others gave the rest meanwhile stays.
fn tasks_back(old: &[Task], new: &[Task], edits: &mut Vec<Edit>) {
    let find = |tasks: &[Task], id| tasks.iter().position(|task| task.id == id);
    let gone = new.iter().filter(|task| find(old, task.id).is_none());
    edits.extend(gone.map(|task| Edit::TaskRemoved(task.id)));
    let now: Vec<Option<usize>> = old.iter().map(|task| find(new, task.id)).collect();
    let stay = longest_rising(&now);
    let mut after = None;
    for (place, task) in old.iter().enumerate() {
        let id = task.id;
        match now[place].map(|place| &new[place]) {
            None => {
                let task = task.clone();
                edits.push(Edit::TaskAdded { task, after });
                // One that comes first is added at the end and moved up.
                edits.extend(after.is_none().then_some(Edit::TaskMoved { id, after }));
            }
            Some(now) => {
                edits.extend((!stay[place]).then_some(Edit::TaskMoved { id, after }));
                if now.text != task.text {
                    let text = task.text.clone();
                    edits.push(Edit::TaskReworded { id, text });
                }
                edits.extend((now.done != task.done).then_some(Edit::TaskTicked { id, done: task.done }));
            }
        }
        after = Some(id);
    }
}

/// Which places belong to a longest series that rises, none of them empty.
fn longest_rising(places: &[Option<usize>]) -> Vec<bool> {
    // The last member of the best series of each length, and before each member the one that precedes it in its series.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; places.len()];
    for (member, place) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        let length = ends.partition_point(|end| places[*end] < *place);
        before[member] = length.checked_sub(1).map(|last| ends[last]);
        match ends.get_mut(length) {
            Some(end) => *end = member,
            None => ends.push(member),
        }
    }
    let mut stay = vec![false; places.len()];
    let mut member = ends.last().copied();
    while let Some(place) = member {
        stay[place] = true;
        member = before[place];
    }
    stay
}
