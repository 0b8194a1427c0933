//! The command that a text becomes which was begun beside a story's form, or the sentence that says why it becomes none.

use super::mention::mentioned;
use super::{blocker, edit_story, part_id, review};
use crate::board::Board;
use crate::board::msg::{Aside, Now};
use crate::board::phrases;
use backlog::{
    ActorId, Command, Day, Destination, Edit, Line, Link, Obstacle, PartId, Problem, Remark, Story, Task, Transition,
    Web, Words,
};

type Outcome = Result<Option<Command>, String>;

impl Board {
    /// The command; none where the story says all that already.
    pub(super) fn command_of(&self, story: &Story, aside: Aside, now: Now) -> Outcome {
        let typed = self.drafts.get(story.id).map(|draft| &draft.asides);
        let text = |aside| typed.map_or("", |asides| asides.text(aside));
        let own = text(aside);
        let said = |edit| Ok(Some(edit_story(story.id, edit)));
        match aside {
            Aside::Comment => self.comment(story, own, now).map(Some),
            Aside::Reworded(id) => match says(story, id, own) {
                true => Ok(None),
                false => said(Edit::CommentReworded(remark(id, own)?)),
            },
            Aside::Task => said(added(story, own, now)?),
            Aside::TaskReworded(id) => match story
                .tasks
                .iter()
                .any(|task| task.id == id && task.text.as_str() == own)
            {
                true => Ok(None),
                false => said(Edit::TaskReworded { id, text: line(own)? }),
            },
            Aside::Blocker => said(Edit::BlockerPut(blocker(self.obstacle(own)?, now))),
            Aside::Review => said(Edit::ReviewPut(review(line(own)?, now))),
            Aside::LinkKind | Aside::Link | Aside::LinkName => {
                let id = part_id(now);
                let to = destination(text(Aside::LinkKind), (text(Aside::Link), text(Aside::LinkName)))?;
                said(Edit::LinkPut(Link { id, to }))
            }
            Aside::Reason => rejected(story, own, now).map(Some),
            Aside::Deadline => {
                let deadline = deadline(own)?;
                match deadline == story.deadline {
                    true => Ok(None),
                    false => said(Edit::Deadline(deadline)),
                }
            }
        }
    }

    /// A comment; whoever it names follows the story from then on, where one may have others follow.
    fn comment(&self, story: &Story, text: &str, now: Now) -> Result<Command, String> {
        let mut edits = vec![Edit::CommentAdded(remark(part_id(now), text)?)];
        let view = self.replica.view();
        let named = view.map_or(Vec::new(), |view| mentioned(text, view.people()));
        let is_there = |person: &ActorId| view.is_some_and(|view| !view.has_left(*person));
        let fresh = named
            .into_iter()
            .filter(|person| is_there(person) && !story.followers.contains(person))
            .map(Edit::FollowerAdded);
        let may = |edit: &Edit| {
            self.replica
                .may(&edit_story(story.id, edit.clone()), self.me().id)
                .is_ok()
        };
        edits.extend(fresh.filter(may));
        Ok(Command::EditStory { id: story.id, edits })
    }

    /// A story where the text is a number, or else the words.
    fn obstacle(&self, text: &str) -> Result<Obstacle, String> {
        match text.trim().strip_prefix('#').map(str::parse) {
            Some(Ok(number)) => match self.numbered(number) {
                Some(story) => Ok(Obstacle::Story(story.id)),
                None => Err(format!("This project has no story #{number}.")),
            },
            Some(Err(_)) | None => line(text).map(Obstacle::Text),
        }
    }
}

fn says(story: &Story, id: PartId, text: &str) -> bool {
    story
        .said()
        .any(|comment| comment.id == id && comment.text.as_str() == text)
}

fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Empty { .. } => "There is no text yet.".to_owned(),
        problem => format!("{}.", phrases::capital(&problem.to_string())),
    }
}

fn line(text: &str) -> Result<Line, String> {
    Line::new(text).map_err(|problem| sentence(&problem))
}

fn remark(id: PartId, text: &str) -> Result<Remark, String> {
    let text = Words::new(text).map_err(|problem| sentence(&problem))?;
    Ok(Remark { id, text })
}

fn added(story: &Story, text: &str, now: Now) -> Result<Edit, String> {
    let task = Task {
        id: part_id(now),
        text: line(text)?,
        done: false,
    };
    let after = story.tasks.last().map(|task| task.id);
    Ok(Edit::TaskAdded { task, after })
}

/// Sends a story back; a reason need not be given.
fn rejected(story: &Story, text: &str, now: Now) -> Result<Command, String> {
    let comment = match text.trim().is_empty() {
        true => None,
        false => Some(remark(part_id(now), text)?),
    };
    Ok(Command::TransitionStory {
        id: story.id,
        transition: Transition::Reject,
        comment,
    })
}

fn destination(kind: &str, (address, name): (&str, &str)) -> Result<Destination, String> {
    let web = || Web::new(address).map_err(|problem| sentence(&problem));
    match kind {
        "branch" => line(address).map(Destination::Branch),
        "attachment" => Ok(Destination::Attachment {
            url: web()?,
            name: match name.trim().is_empty() {
                true => None,
                false => Some(line(name)?),
            },
        }),
        _ => web().map(Destination::PullRequest),
    }
}

/// The day of a date as it is typed; none where the field is empty.
fn deadline(text: &str) -> Result<Option<Day>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let parts: Vec<Option<u32>> = text
        .trim()
        .split(['-', '.', '/'])
        .map(|part| part.parse().ok())
        .collect();
    let &[Some(year), Some(month), Some(day)] = parts.as_slice() else {
        return Err("Write the date as year, month and day, like 2027-02-28.".to_owned());
    };
    match Day::of_date(i32::try_from(year).unwrap_or(i32::MAX), month, day) {
        Some(day) => Ok(Some(day)),
        None => Err("No calendar has this date. Years go from 1900 to 2999.".to_owned()),
    }
}

#[cfg(test)]
mod tests;
