//! The plan as values of the scene: lines of iterations, and when stories are due. Knows no column's rows.

use crate::board::column::Column;
use crate::board::layout::Layout;
use crate::board::scene::plan::{Due, DueKind, GapLine, IterationLine};
use backlog::plan::{Gap, Iteration, Lateness, ReleaseDate};
use backlog::settings::{Strength, Weeks};
use backlog::{Settings, State, Story, StoryType};

/// The line above an iteration, closed.
pub fn iteration_line(iteration: &Iteration, (layout, settings): (&Layout, &Settings)) -> IterationLine {
    let weeks = settings.weeks(iteration.number);
    let is_over = iteration.number < layout.plan.current.number;
    IterationLine {
        number: iteration.number,
        start: iteration.start,
        last: iteration.last_day(),
        points: iteration.points,
        capacity: (!is_over).then_some(iteration.capacity),
        strength: Some(iteration.strength)
            .filter(|strength| *strength != Strength::default())
            .map(Strength::get),
        weeks: Some(weeks)
            .filter(|weeks| *weeks != settings.iteration_weeks)
            .map(Weeks::get),
        is_open: false,
    }
}

/// The line of iterations without a story, in a column.
pub fn gap_line(gap: Gap, column: Column) -> GapLine {
    GapLine {
        first: gap.first,
        last: gap.last,
        start: gap.start,
        last_day: gap.end.plus(-1),
        is_over: column == Column::Done,
    }
}

/// When a story is due: a release that is planned always is, another story where it has a deadline. `iteration` is the one it stands in.
pub fn due<'a>(
    story: &Story,
    release: Option<&ReleaseDate>,
    iteration: impl FnOnce() -> Option<&'a Iteration>,
) -> Option<Due> {
    let deadline = story.deadline;
    if story.state == State::Accepted || (deadline.is_none() && release.is_none()) {
        return None;
    }
    if let Some(release) = release {
        let is_sure = release.early == release.date && release.late == Some(release.date);
        return Some(Due {
            deadline,
            expected: Some(release.date),
            kind: DueKind::Release,
            bounds: (!is_sure).then_some((release.early, release.late)),
            lateness: deadline.map(|deadline| release.lateness(deadline)),
        });
    }
    let expected = iteration().map(Iteration::last_day);
    let late = |(deadline, expected)| match expected > deadline {
        true => Lateness::Late,
        false => Lateness::InTime,
    };
    Some(Due {
        deadline,
        expected,
        kind: kind_of(story),
        bounds: None,
        lateness: deadline.zip(expected).map(late),
    })
}

fn kind_of(story: &Story) -> DueKind {
    match story.story_type {
        StoryType::Release => DueKind::Release,
        StoryType::Feature | StoryType::Bug | StoryType::Chore => DueKind::Story,
    }
}
