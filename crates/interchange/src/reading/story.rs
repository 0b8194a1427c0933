//! A row as a story.

use super::draft::{DraftComment, DraftReview, DraftStory};
use super::fit;
use super::losses::Losses;
use crate::columns::{Cells, Column};
use crate::notes::quoted;
use crate::remark;
use backlog::{Destination, Line, Name, State, Story, StoryType, Verdict, Web};

/// Reads a row; the text says why it cannot be taken.
pub(super) fn read(cells: Cells<'_>) -> Result<DraftStory, String> {
    let mut lost = Losses::default();
    let losses = &mut lost;
    let title = fit::title(cells, losses)?;
    let story_type = story_type(cells.one(Column::Type))?;
    let (state, is_planned) = state(cells.one(Column::State))?;
    let state = possible(story_type, state, losses);
    let estimate = fit::estimate(cells.one(Column::Estimate))?;
    let created = fit::day(cells, (Column::CreatedAt, "Created at"))?;
    let started = fit::day(cells, (Column::StartedAt, "Started at"))?;
    let accepted = fit::day(cells, (Column::AcceptedAt, "Accepted at"))?;
    let deadline = fit::day(cells, (Column::Deadline, "Deadline"))?;
    let mut story = DraftStory {
        line: cells.row.line,
        origin: fit::origin(cells, losses),
        url: cells.one(Column::Url).to_owned(),
        title,
        story_type,
        state,
        is_planned,
        estimate,
        priority: fit::priority(cells.one(Column::Priority), losses),
        description: fit::description(cells, losses),
        labels: fit::labels(cells, losses),
        requester: fit::name(cells.one(Column::RequestedBy), losses),
        owners: owners(cells, losses),
        tasks: tasks(cells, losses),
        comments: comments(cells, losses),
        blockers: blockers(cells, losses),
        reviews: reviews(cells, losses),
        links: links(cells, losses),
        deadline,
        created,
        started,
        accepted,
        losses: Losses::default(),
    };
    agree(&mut story, losses);
    story.losses = lost;
    Ok(story)
}

fn story_type(cell: &str) -> Result<StoryType, String> {
    match fit::word(cell).as_str() {
        "" | "feature" => Ok(StoryType::Feature),
        "bug" => Ok(StoryType::Bug),
        "chore" => Ok(StoryType::Chore),
        "release" => Ok(StoryType::Release),
        _ => Err(format!(
            "{} is no type of story: feature, bug, chore, release and epic are.",
            quoted(cell.trim())
        )),
    }
}

/// The state, and whether the story was put into the current iteration by hand.
fn state(cell: &str) -> Result<(State, bool), String> {
    let state = match fit::word(cell).as_str() {
        "" | "unscheduled" => State::Unscheduled,
        "unstarted" => State::Unstarted,
        "planned" => return Ok((State::Unstarted, true)),
        "started" => State::Started,
        "finished" => State::Finished,
        "delivered" => State::Delivered,
        "accepted" => State::Accepted,
        "rejected" => State::Rejected,
        _ => return Err(format!("{} is no state of a story.", quoted(cell.trim()))),
    };
    Ok((state, false))
}

/// The state that comes nearest, where stories of the type know no such one.
fn possible(story_type: StoryType, state: State, losses: &mut Losses) -> State {
    let nearest = match story_type {
        _ if story_type.has_state(state) => return state,
        StoryType::Release => State::Unstarted,
        StoryType::Feature | StoryType::Bug | StoryType::Chore => State::Started,
    };
    losses.push(format!(
        "A {} cannot be {}; it is {} now.",
        spelled(story_type),
        spelled(state),
        spelled(nearest)
    ));
    nearest
}

/// Settles what the columns say against each other.
fn agree(story: &mut DraftStory, losses: &mut Losses) {
    let says = |losses: &mut Losses, text: &str| losses.push(text.to_owned());
    if story.story_type == StoryType::Release && story.estimate.take().is_some() {
        says(losses, "A release has no points; they are left out.");
    }
    let is_begun = !matches!(story.state, State::Unscheduled | State::Unstarted);
    if is_begun && story.state != State::Accepted && story.story_type.awaits_estimate() && story.estimate.is_none() {
        losses.push(format!(
            "A feature without an estimate cannot be {}; it is unstarted now.",
            spelled(story.state)
        ));
        story.state = State::Unstarted;
    }
    match (story.state, story.accepted) {
        (State::Accepted, Some(_)) => {}
        (State::Accepted, None) => says(
            losses,
            "It does not say when it was accepted; the day of its creation is taken.",
        ),
        (_, Some(_)) => {
            says(losses, "It is not accepted; the date of its acceptance is left out.");
            story.accepted = None;
        }
        (_, None) => {}
    }
}

fn owners(cells: Cells<'_>, losses: &mut Losses) -> Vec<Name> {
    let mut owners: Vec<Name> = Vec::new();
    for cell in cells.all(Column::OwnedBy) {
        match fit::name(cell, losses) {
            Some(name) if !owners.contains(&name) => owners.push(name),
            Some(_) | None => {}
        }
    }
    for name in owners.iter().skip(Story::MAX_OWNERS) {
        losses.push(format!(
            "At most five people own a story; {} is left out.",
            quoted(name.as_str())
        ));
    }
    owners.truncate(Story::MAX_OWNERS);
    owners
}

fn tasks(cells: Cells<'_>, losses: &mut Losses) -> Vec<(Line, bool)> {
    let mut tasks = Vec::new();
    for (text, status) in cells.pairs(Column::Task, Column::TaskStatus) {
        let Some(text) = fit::line(text, "A task", losses) else {
            continue;
        };
        let done = match fit::word(status).as_str() {
            "completed" => true,
            "" | "not completed" => false,
            _ => {
                losses.push(format!(
                    "{} is no status of a task; it counts as not completed.",
                    quoted(status.trim())
                ));
                false
            }
        };
        tasks.push((text, done));
    }
    fit::room(tasks, ("tasks", Story::MAX_PARTS), losses)
}

fn blockers(cells: Cells<'_>, losses: &mut Losses) -> Vec<(Line, bool)> {
    let mut blockers = Vec::new();
    for (text, status) in cells.pairs(Column::Blocker, Column::BlockerStatus) {
        let Some(text) = fit::line(text, "A blocker", losses) else {
            continue;
        };
        let resolved = match fit::word(status).as_str() {
            "resolved" => true,
            "" | "blocked" => false,
            _ => {
                losses.push(format!(
                    "{} is no status of a blocker; it counts as blocked.",
                    quoted(status.trim())
                ));
                false
            }
        };
        blockers.push((text, resolved));
    }
    fit::room(blockers, ("blockers", Story::MAX_PARTS), losses)
}

fn comments(cells: Cells<'_>, losses: &mut Losses) -> Vec<DraftComment> {
    let mut comments = Vec::new();
    for cell in cells.all(Column::Comment) {
        let said = remark::read(cell);
        if let Some(text) = fit::words(said.text, "A comment", losses) {
            comments.push(DraftComment { text, by: said.by });
        }
    }
    fit::room(comments, ("comments", Story::MAX_PARTS), losses)
}

fn reviews(cells: Cells<'_>, losses: &mut Losses) -> Vec<DraftReview> {
    let mut reviews = Vec::new();
    let mut statuses = cells.all(Column::ReviewStatus);
    for (kind, reviewer) in cells.pairs(Column::ReviewType, Column::Reviewer) {
        let status = statuses.next().unwrap_or_default();
        let Some(kind) = fit::line(kind, "The type of a review", losses) else {
            continue;
        };
        let verdict = match fit::word(status).replace('_', " ").as_str() {
            "" | "unstarted" => Verdict::Unstarted,
            "in review" => Verdict::InReview,
            "pass" => Verdict::Pass,
            "revise" => Verdict::Revise,
            _ => {
                losses.push(format!(
                    "{} is no status of a review; it counts as unstarted.",
                    quoted(status.trim())
                ));
                Verdict::Unstarted
            }
        };
        let reviewer = fit::name(reviewer, losses);
        reviews.push(DraftReview {
            kind,
            reviewer,
            verdict,
        });
    }
    fit::room(reviews, ("reviews", Story::MAX_PARTS), losses)
}

fn links(cells: Cells<'_>, losses: &mut Losses) -> Vec<Destination> {
    let mut links = Vec::new();
    for cell in cells.all(Column::PullRequest).filter(|cell| !cell.trim().is_empty()) {
        match Web::new(cell) {
            Ok(address) => links.push(Destination::PullRequest(address)),
            Err(problem) => losses.push(format!("The pull request {}: {problem}.", quoted(cell.trim()))),
        }
    }
    let branches = cells.all(Column::GitBranch);
    for cell in branches {
        links.extend(fit::line(cell, "The name of a branch", losses).map(Destination::Branch));
    }
    fit::room(links, ("links", Story::MAX_PARTS), losses)
}

fn spelled(word: impl std::fmt::Debug) -> String {
    format!("{word:?}").to_lowercase()
}
