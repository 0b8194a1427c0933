//! What one edit makes of a story. An edit of a part that is not there changes nothing.

use crate::{Comment, Edit, Hand, PartId, Remark, State, Story, Task};

impl Edit {
    /// Makes the story as the edit says. What was said was said by that hand.
    pub(crate) fn carry_out(self, story: &mut Story, hand: Hand) {
        match self {
            Edit::Title(title) => story.title = title,
            Edit::Type(story_type) => story.story_type = story_type,
            Edit::Estimate(estimate) => story.estimate = estimate,
            Edit::Description(description) => story.description = description,
            // Stands in no change. Were there one, both ends would still make the same of it.
            Edit::DescriptionRevised { to, .. } => story.description = to,
            Edit::ConflictKept(text) => story.conflicts.push(text),
            Edit::ConflictDropped(text) => story.conflicts.retain(|kept| *kept != text),
            Edit::LabelAdded(label) => {
                story.labels.insert(label);
            }
            Edit::LabelRemoved(label) => {
                story.labels.remove(&label);
            }
            Edit::Priority(priority) => story.priority = priority,
            Edit::Requester(requester) => story.requester = requester,
            Edit::Deadline(deadline) => story.deadline = deadline,
            // Nothing in the icebox stands in an iteration.
            Edit::Current(current) => story.current = current && story.state != State::Unscheduled,
            Edit::OwnerAdded(owner) if story.owners.contains(&owner) => {}
            Edit::OwnerAdded(owner) => story.owners.push(owner),
            Edit::OwnerRemoved(owner) => story.owners.retain(|other| *other != owner),
            Edit::FollowerAdded(follower) => {
                story.followers.insert(follower);
            }
            Edit::FollowerRemoved(follower) => {
                story.followers.remove(&follower);
            }
            Edit::TaskAdded { task, after } => add_task(&mut story.tasks, task, after),
            Edit::TaskReworded { id, text } => {
                story
                    .tasks
                    .iter_mut()
                    .filter(|task| task.id == id)
                    .for_each(|task| task.text = text.clone());
            }
            Edit::TaskTicked { id, done } => {
                story
                    .tasks
                    .iter_mut()
                    .filter(|task| task.id == id)
                    .for_each(|task| task.done = done);
            }
            Edit::TaskMoved { id, after } => move_task(&mut story.tasks, id, after),
            Edit::TaskRemoved(id) => story.tasks.retain(|task| task.id != id),
            Edit::CommentAdded(remark) => say(&mut story.comments, remark, hand),
            Edit::CommentReworded(Remark { id, text }) => {
                if let Some(comment) = comment(story, id).filter(|comment| comment.text != text) {
                    comment.text = text;
                    comment.edited_at = Some(hand.at);
                }
            }
            Edit::CommentRemoved(id) => {
                if let Some(comment) = comment(story, id) {
                    comment.removed = true;
                }
            }
            Edit::CommentRestored(id) => {
                if let Some(comment) = comment(story, id) {
                    comment.removed = false;
                }
            }
            Edit::BlockerPut(blocker) => put(&mut story.blockers, blocker, |blocker| blocker.id),
            Edit::BlockerRemoved(id) => story.blockers.retain(|blocker| blocker.id != id),
            Edit::ReviewPut(review) => put(&mut story.reviews, review, |review| review.id),
            Edit::ReviewRemoved(id) => story.reviews.retain(|review| review.id != id),
            Edit::LinkPut(link) => put(&mut story.links, link, |link| link.id),
            Edit::LinkRemoved(id) => story.links.retain(|link| link.id != id),
        }
    }
}

fn comment(story: &mut Story, id: PartId) -> Option<&mut Comment> {
    story.comments.iter_mut().find(|comment| comment.id == id)
}

fn say(comments: &mut Vec<Comment>, remark: Remark, hand: Hand) {
    if comments.iter().any(|comment| comment.id == remark.id) {
        return;
    }
    comments.push(Comment {
        id: remark.id,
        author: Some(hand.by.id),
        at: hand.at,
        edited_at: None,
        text: remark.text,
        removed: false,
    });
}

fn add_task(tasks: &mut Vec<Task>, task: Task, after: Option<PartId>) {
    if tasks.iter().any(|other| other.id == task.id) {
        return;
    }
    let anchor = after.and_then(|after| tasks.iter().position(|other| other.id == after));
    let place = anchor.map_or(tasks.len(), |place| place + 1);
    tasks.insert(place, task);
}

// After a task that is gone is where it stands: nobody sees it jump.
fn move_task(tasks: &mut Vec<Task>, id: PartId, after: Option<PartId>) {
    let Some(from) = tasks.iter().position(|task| task.id == id) else {
        return;
    };
    let task = tasks.remove(from);
    let to = match after {
        None => 0,
        Some(after) => tasks
            .iter()
            .position(|other| other.id == after)
            .map_or(from, |place| place + 1),
    };
    tasks.insert(to, task);
}

fn put<T>(parts: &mut Vec<T>, part: T, id: impl Fn(&T) -> PartId) {
    match parts.iter_mut().find(|other| id(other) == id(&part)) {
        Some(other) => *other = part,
        None => parts.push(part),
    }
}
