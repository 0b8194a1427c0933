//! Stories and epics as the cells of a row.

use super::{Cow, Epic, Story, Writing, branches, date, guard, pull_requests};
use crate::remark;
use backlog::{ActorId, Blocker, Comment, Day, Name, Obstacle, Priority, State, StoryType, Title, Verdict};

/// The cells of a row, from the left.
#[derive(Debug, Default)]
pub(super) struct Row<'a>(Vec<Cow<'a, str>>);

impl<'a> Row<'a> {
    /// The cells as they go into the file.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    fn put(&mut self, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        let guarded = match guard::shut(&text) {
            Cow::Owned(guarded) => Some(guarded),
            Cow::Borrowed(_) => None,
        };
        self.0.push(guarded.map_or(text, Cow::Owned));
    }

    fn put_day(&mut self, day: Option<Day>) {
        self.put(day.map(date::write).unwrap_or_default());
    }

    /// Leaves cells empty up to a width.
    fn fill(&mut self, width: usize) {
        debug_assert!(self.0.len() <= width, "a story is no wider than the widest");
        self.0.resize(width, Cow::Borrowed(""));
    }
}

impl<'a> Writing<'a> {
    /// The row of the story at a place of the file.
    pub(super) fn story(&self, story: &'a Story, place: usize) -> Row<'a> {
        let mut row = Row::default();
        row.put(self.references.get(&story.id).map(u32::to_string).unwrap_or_default());
        row.put(story.title.as_str());
        let labels: Vec<&str> = story.labels.iter().map(|label| label.as_str()).collect();
        row.put(labels.join(", "));
        self.put_iteration(&mut row, place);
        row.put(type_word(story.story_type));
        row.put(
            story
                .estimate
                .map(|estimate| estimate.0.to_string())
                .unwrap_or_default(),
        );
        row.put(priority_word(story.priority));
        row.put(state_word(story.state));
        row.put_day(Some(self.present.zone.day(story.created_at)));
        row.put_day(story.accepted_at.map(|at| self.present.zone.day(at)));
        row.put_day(story.deadline);
        row.put(self.name(story.requester));
        row.put(story.description.as_str());
        row.put(format!("{}#story-{}", self.address(), story.number));
        self.put_parts(&mut row, story);
        row
    }

    /// The row of an epic.
    pub(super) fn epic(&self, epic: &'a Epic) -> Row<'a> {
        let mut row = Row::default();
        row.put(epic.origin.unwrap_or(epic.number).to_string());
        row.put(epic.words.name.as_str());
        row.put(epic.words.label.as_str());
        row.fill(6);
        row.put("epic");
        row.fill(10);
        row.put_day(Some(self.present.zone.day(epic.created_at)));
        row.fill(14);
        row.put(epic.words.description.as_str());
        row.put(format!("{}#epic-{}", self.address(), epic.number));
        row.fill(self.widths.header().count());
        row
    }

    fn put_iteration(&self, row: &mut Row<'a>, place: usize) {
        let iteration = self.plan.iteration_of(place);
        row.put(
            iteration
                .map(|iteration| iteration.number.to_string())
                .unwrap_or_default(),
        );
        row.put_day(iteration.map(|iteration| iteration.start));
        row.put_day(iteration.map(backlog::plan::Iteration::last_day));
    }

    fn put_parts(&self, row: &mut Row<'a>, story: &'a Story) {
        let widths = self.widths;
        let mut width = row.0.len() + widths.owners;
        story.owners.iter().for_each(|owner| row.put(self.name(Some(*owner))));
        row.fill(width);
        for blocker in &story.blockers {
            row.put(self.obstacle(blocker));
            let is_resolved = self.present.project.is_resolved(blocker);
            row.put(if is_resolved { "resolved" } else { "blocked" });
        }
        width += 2 * widths.blockers;
        row.fill(width);
        story.said().for_each(|comment| row.put(self.comment(comment)));
        width += widths.comments;
        row.fill(width);
        for task in &story.tasks {
            row.put(task.text.as_str());
            row.put(if task.done { "completed" } else { "not completed" });
        }
        width += 2 * widths.tasks;
        row.fill(width);
        for review in &story.reviews {
            row.put(review.kind.as_str());
            row.put(self.name(review.reviewer));
            row.put(verdict_word(review.verdict));
        }
        width += 3 * widths.reviews;
        row.fill(width);
        pull_requests(story).for_each(|address| row.put(address));
        width += widths.pull_requests;
        row.fill(width);
        branches(story).for_each(|branch| row.put(branch));
        row.fill(width + widths.branches);
    }

    /// A story that blocks, by its number in the file; one that is not in the file, by its title.
    fn obstacle(&self, blocker: &'a Blocker) -> Cow<'a, str> {
        let id = match &blocker.what {
            Obstacle::Text(text) => return text.as_str().into(),
            Obstacle::Story(id) => id,
        };
        let project = self.present.project;
        match (self.references.get(id), project.slot(*id)) {
            (Some(number), _) => format!("#{number}").into(),
            (None, Some(slot)) => short(&project.at(slot).title),
            (None, None) => "a story that is gone".into(),
        }
    }

    fn comment(&self, comment: &'a Comment) -> Cow<'a, str> {
        let by = comment
            .author
            .and_then(|author| self.present.project.people().get(&author));
        match by {
            Some(name) => remark::write(comment.text.as_str(), Some((name, self.present.zone.day(comment.at)))).into(),
            None => comment.text.as_str().into(),
        }
    }

    fn name(&self, person: Option<ActorId>) -> &'a str {
        let name = person.and_then(|person| self.present.project.people().get(&person));
        name.map(Name::as_str).unwrap_or_default()
    }

    fn address(&self) -> String {
        format!("{}/projects/{}", self.present.address, self.present.id)
    }
}

/// A title, as much of it as a line holds.
fn short(title: &Title) -> Cow<'_, str> {
    let text = title.as_str();
    let end = text.char_indices().nth(backlog::Line::MAX).map(|(place, _)| place);
    Cow::Borrowed(end.and_then(|end| text.get(..end)).unwrap_or(text))
}

fn type_word(story_type: StoryType) -> &'static str {
    match story_type {
        StoryType::Feature => "feature",
        StoryType::Bug => "bug",
        StoryType::Chore => "chore",
        StoryType::Release => "release",
    }
}

fn state_word(state: State) -> &'static str {
    match state {
        State::Unscheduled => "unscheduled",
        State::Unstarted => "unstarted",
        State::Started => "started",
        State::Finished => "finished",
        State::Delivered => "delivered",
        State::Accepted => "accepted",
        State::Rejected => "rejected",
    }
}

fn priority_word(priority: Option<Priority>) -> &'static str {
    match priority {
        Some(Priority::P0) => "p0 - Critical",
        Some(Priority::P1) => "p1 - High",
        Some(Priority::P2) => "p2 - Medium",
        Some(Priority::P3) => "p3 - Low",
        None => "none",
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unstarted => "unstarted",
        Verdict::InReview => "in review",
        Verdict::Pass => "pass",
        Verdict::Revise => "revise",
    }
}
