//! The scene: what the page shows of the board. Only rows in sight are described, so that a scene is as cheap at 10,000
//! stories as at 100.

use super::Board;
use super::column::Column;
use super::draft::{Draft, Subject};
use super::layout::{Layout, RowKey};
use super::scene::{Body, Card, ColumnScene, Form, Header, IterationLine, Row, Scene};
use backlog::project::Slot;
use backlog::{Project, StoryId};
use std::rc::Rc;

impl Board {
    /// What the page shows now.
    pub fn scene(&self) -> Scene {
        Scene {
            header: self.header(),
            body: self.body(),
            shown: self.shown,
            notice: self.notices.front().cloned(),
            moving: self.motion.is_some(),
        }
    }

    fn header(&self) -> Header {
        Header {
            project: self.replica.view().map(|view| view.name().clone()),
            velocity: self.layout.as_ref().map(|layout| layout.plan.velocity),
            light: self.connection.light(self.replica.pending().len()),
            name: self.session.as_ref().map(|session| session.actor.name.clone()),
            name_draft: self.name_draft.clone(),
        }
    }

    fn body(&self) -> Body {
        match (&self.layout, self.replica.view()) {
            (Some(layout), Some(view)) => {
                Body::Columns(Rc::new(Column::ALL.map(|column| self.column(layout, view, column))))
            }
            _ if self.missing => Body::NoProject,
            _ if self.connection.is_unavailable() => Body::Unavailable,
            _ => Body::Loading,
        }
    }

    fn column(&self, layout: &Layout, view: &Project, column: Column) -> ColumnScene {
        let rows = layout.rows(column);
        ColumnScene {
            column,
            stories: rows.stories as usize,
            points: rows.points,
            capacity: (column == Column::Current).then_some(layout.plan.current.capacity),
            rows: Rc::new(self.rows(layout, view, column)),
            drop_at: self.drop_at(layout, view, column),
        }
    }

    fn rows(&self, layout: &Layout, view: &Project, column: Column) -> Vec<Row> {
        let keys = &layout.rows(column).keys;
        let heights = self.heights(layout, column);
        let in_sight = self.windows[column.index()].rows(&heights, keys.len());
        let form = heights.form.map(|(row, _)| row);
        let mut drawn: Vec<usize> = in_sight.collect();
        // What is focused or pulled stays in the page even where it is scrolled out of sight: the browser sends keys and
        // a finger's movements to the element that they began on.
        let held = [self.focus, self.motion.map(|motion| motion.story)]
            .into_iter()
            .flatten();
        drawn.extend(held.filter_map(|id| layout.rows(column).row_of(view.slot(id)?)));
        drawn.extend(form);
        drawn.sort_unstable();
        drawn.dedup();

        let mut rows = Vec::with_capacity(drawn.len() + 2);
        let mut next = 0;
        for row in drawn {
            push_gap(&mut rows, heights.top_of(row) - heights.top_of(next));
            rows.push(self.row(layout, view, (column, keys[row])));
            next = row + 1;
        }
        push_gap(&mut rows, heights.top_of(keys.len()) - heights.top_of(next));
        rows
    }

    fn row(&self, layout: &Layout, view: &Project, (column, key): (Column, RowKey)) -> Row {
        match (key, self.drafts.open()) {
            (RowKey::Iteration(index), _) => Row::Iteration(iteration_line(layout, index)),
            (RowKey::NewForm, Some((id, draft))) => Row::Form(Box::new(form(id, draft, view))),
            (RowKey::Story(slot, _), Some((id, draft))) if view.slot(id) == Some(slot) => {
                Row::Form(Box::new(form(id, draft, view)))
            }
            (RowKey::Story(slot, place), _) => {
                let of = layout.rows(column).stories as usize;
                Row::Card(self.card(view, slot, (place as usize, of)))
            }
            (RowKey::NewForm, None) => Row::Gap {
                key: usize::MAX,
                height: 0,
            },
        }
    }

    fn card(&self, view: &Project, slot: Slot, (place, of): (usize, usize)) -> Card {
        let story = view.at(slot).clone();
        let id = story.id;
        Card {
            story,
            place,
            of,
            focused: self.focus == Some(id),
            moving: self.motion.is_some_and(|motion| motion.story == id),
            unsaved: self.drafts.is_unsaved(id),
            changed_by: self.news.get(&id).cloned(),
        }
    }

    fn drop_at(&self, layout: &Layout, view: &Project, column: Column) -> Option<i32> {
        let place = self.motion?.target.filter(|place| place.column == column)?;
        let after = place.after.and_then(|id| layout.rows(column).row_of(view.slot(id)?));
        Some(self.heights(layout, column).top_of(after.map_or(0, |row| row + 1)))
    }
}

fn push_gap(rows: &mut Vec<Row>, height: i32) {
    if height > 0 {
        rows.push(Row::Gap {
            key: rows.len(),
            height,
        });
    }
}

fn iteration_line(layout: &Layout, index: u32) -> IterationLine {
    let iteration = &layout.plan.future[index as usize];
    IterationLine {
        number: iteration.number,
        start: iteration.start,
        last: iteration.end.plus(-1),
        points: iteration.points,
    }
}

fn form(id: StoryId, draft: &Draft, view: &Project) -> Form {
    let scale = if draft.story_type.is_estimated() {
        view.settings().scale.points()
    } else {
        &[]
    };
    Form {
        story: match &draft.subject {
            Subject::New(_) => None,
            Subject::Story(story) => Some(story.clone()),
        },
        id,
        title: draft.title.clone(),
        story_type: draft.story_type,
        estimate: draft.estimate,
        scale,
        description: draft.description.clone(),
        labels: draft.labels.clone(),
        problem: draft.problem.clone(),
        unsaved: draft.is_unsaved(),
        overtaken: draft.overtaken.clone(),
    }
}
