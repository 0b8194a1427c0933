//! The scene: what the page shows of the board. Only rows in sight are described, so that a scene is as cheap at 10,000
//! stories as at 100.

mod plan;

pub(super) use plan::due;

use super::Board;
use super::column::Column;
use super::connection::{Copy, Own};
use super::draft::{Draft, Subject};
use super::layout::{Layout, RowKey, Rows};
use super::may::{Deed, Rights};
use super::motion::{CARRYING, Hand};
use super::parts::epic_labels;
use super::past::Past;
use super::scene::plan::{Due, IterationLine};
use super::scene::{Adds, Age, Body, Card, ColumnScene, Form, Header, Light, LightKind, Row, Scene, Standing};
use super::window::Heights;
use backlog::api::SessionKind;
use backlog::plan::Iteration;
use backlog::project::Slot;
use backlog::{Project, StoryId};
use std::collections::HashSet;
use std::rc::Rc;

impl Board {
    /// What the page shows now.
    pub fn scene(&self) -> Scene {
        Scene {
            header: self.header(),
            body: self.body(),
            shown: self.shown,
            sheet: self.sheet_scene(),
            notice: self.notices.front().cloned(),
            signed_out: self.signed_out_scene(),
            left: self.left_scene(),
            toast: self.toast.clone(),
            hint: self.hint(),
            help: self.help,
            search: self.search_scene(),
            tray: self.tray(),
            selection: self.selection_scene(),
            moving: self.motion.is_some(),
        }
    }

    fn header(&self) -> Header {
        Header {
            project: self.replica.view().map(|view| view.name().clone()),
            velocity: self.velocity_scene(),
            light: self.light(),
            standing: self.judge().map(|judge| Standing {
                role: judge.role,
                rights: self.rights(),
            }),
            kind: self.kind,
            people: self.people_address(),
            name: self.name.clone(),
            name_draft: self.name_draft.clone(),
            keeping: self.device.keeping,
            parting: self.parting(),
            attention: self.replica.attention().count(),
            panels: self.panels,
            sheet: self.sheet,
        }
    }

    /// Guests see the backlog, not who is behind it.
    fn people_address(&self) -> Option<String> {
        let is_known = self.kind.is_some_and(|kind| kind == SessionKind::Account) && self.replica.view().is_some();
        is_known.then(|| format!("/projects/{}/people", self.project))
    }

    fn hint(&self) -> Option<&'static str> {
        let carried = self.motion.as_ref().is_some_and(|motion| motion.hand == Hand::Keys);
        carried.then_some(CARRYING)
    }

    fn light(&self) -> Light {
        if self.missing || self.removal.is_some() {
            return Light {
                kind: LightKind::Connecting,
                words: "Nothing to follow".to_owned(),
                age: None,
            };
        }
        let (kind, words) = self.connection.light(&Own {
            pending: self.replica.pending().count(),
            attention: self.replica.attention().count(),
            place: self.device.place(),
            copy: match self.replica.version() {
                Some(_) => Copy::There,
                None => Copy::Missing,
            },
        });
        let age = |at| Age { at, now: self.present };
        Light {
            kind,
            words,
            age: self.fresh_at.filter(|_| !self.connection.is_live()).map(age),
        }
    }

    fn body(&self) -> Body {
        match (&self.layout, self.replica.view()) {
            (Some(layout), Some(view)) => {
                let draw = |column: &Column| ColumnView::new(self, (layout, view), *column).draw();
                Body::Columns(Rc::new(self.columns().iter().map(draw).collect()))
            }
            _ if self.missing => Body::NoProject,
            _ if self.removal.is_some() => self
                .removal
                .as_ref()
                .map_or(Body::Loading, |left| Body::Removed(left.scene())),
            _ if self.connection.is_unavailable() => Body::Unavailable,
            _ => Body::Loading,
        }
    }
}

/// One column while it is described.
struct ColumnView<'a> {
    board: &'a Board,
    layout: &'a Layout,
    view: &'a Project,
    column: Column,
    rows: &'a Rows,
    heights: Heights,
    tab_stop: Option<Slot>,
    // What the visitor may do at all.
    rights: Rights,
    // The labels of epics.
    epics: HashSet<&'a str>,
}

impl<'a> ColumnView<'a> {
    fn new(board: &'a Board, (layout, view): (&'a Layout, &'a Project), column: Column) -> ColumnView<'a> {
        let rows = layout.rows(column);
        let heights = board.heights(layout, column);
        let focused = board
            .focus
            .and_then(|id| view.slot(id))
            .filter(|slot| rows.row_of(*slot).is_some());
        // Where the keyboard is elsewhere, Tab leads to the first row in sight.
        let first = heights.row_at(board.windows[column.index()].top);
        let in_sight = || rows.keys.iter().skip(first).find_map(|key| key.slot());
        let tab_stop = focused.or_else(in_sight);
        ColumnView {
            board,
            layout,
            view,
            column,
            rows,
            heights,
            tab_stop,
            rights: board.rights(),
            epics: epic_labels(view),
        }
    }

    fn draw(&self) -> ColumnScene {
        let current = &self.layout.plan.current;
        ColumnScene {
            column: self.column,
            stories: self.rows.stories as usize,
            points: self.rows.points,
            searching: self.board.search.is_on(),
            line: (self.column == Column::Current).then(|| self.iteration_line(current)),
            iteration: self.board.iteration_form(self.layout, self.column),
            rows: Rc::new(self.rows_and_gaps()),
            adds: self.adds(),
            sets_iterations: self.rights.may(Deed::Iteration),
            selects: self.rights.may_select(),
            height: self.heights.top_of(self.rows.keys.len()),
            drop_at: self.drop_at(),
            carried: self.board.motion.as_ref().map_or(0, |motion| motion.stories.len()),
            selecting: self.board.selection.is_shown(),
        }
    }

    fn adds(&self) -> Adds {
        match self.column.takes_stories() && self.rights.may(Deed::of_column(self.column)) {
            _ if self.board.drafts.is_begun(self.column) => Adds::Begun,
            true => Adds::Yes,
            false => Adds::No,
        }
    }

    fn rows_and_gaps(&self) -> Vec<Row> {
        let keys = &self.rows.keys;
        let mut drawn: Vec<usize> = self.board.windows[self.column.index()]
            .rows(&self.heights, keys.len())
            .collect();
        // What is focused or pulled stays in the page even where it is scrolled out of sight: the browser sends keys and
        // a finger's movements to the element that they began on.
        let held = [self.board.focus, self.board.motion.as_ref().map(|motion| motion.story)]
            .into_iter()
            .flatten();
        drawn.extend(held.filter_map(|id| self.rows.row_of(self.view.slot(id)?)));
        drawn.extend(self.heights.form.map(|(row, _)| row));
        drawn.sort_unstable();
        drawn.dedup();

        let mut rows = Vec::with_capacity(drawn.len() + 2);
        let mut next = 0;
        for row in drawn {
            push_gap(&mut rows, self.heights.top_of(row) - self.heights.top_of(next));
            rows.push(self.row(row, keys[row]));
            next = row + 1;
        }
        push_gap(&mut rows, self.heights.top_of(keys.len()) - self.heights.top_of(next));
        rows
    }

    fn row(&self, row: usize, key: RowKey) -> Row {
        match (key, self.board.drafts.open()) {
            (RowKey::Iteration(index), _) => Row::Iteration(self.iteration_line(self.layout.iteration(index))),
            (RowKey::Gap(index), _) => self.empty_iterations(index),
            (RowKey::NewForm, Some((id, draft))) => self.form(id, draft),
            (RowKey::Story(slot, _), Some((id, draft))) if self.view.slot(id) == Some(slot) => self.form(id, draft),
            (RowKey::Story(slot, place), _) => Row::Card(self.card(slot, (row, place))),
            (RowKey::NewForm, None) => Row::Gap {
                key: usize::MAX,
                height: 0,
            },
        }
    }

    fn form(&self, id: StoryId, draft: &Draft) -> Row {
        let mut form = form(id, draft, (self.view, &self.board.past));
        form.rights = match draft.subject {
            Subject::New(column) => self.board.rights_in(column),
            Subject::Story(_) => self.board.rights_to(id),
        };
        form.stranded = draft.stranded(form.rights);
        if !form.rights.may(Deed::Estimate) {
            form.scale = Rc::new([]);
        }
        let story = form.story.as_deref();
        form.parts = story.and_then(|story| self.board.parts_of(story, draft));
        Row::Form(Box::new(form))
    }

    fn card(&self, slot: Slot, (row, place): (usize, u32)) -> Card {
        let board = self.board;
        let story = self.view.at(slot).clone();
        let id = story.id;
        let signs = board.signs_of(&story, &self.epics);
        Card {
            story,
            place,
            of: self.rows.stories,
            focused: board.focus == Some(id),
            tab_stop: self.tab_stop == Some(slot),
            scale: self.layout.scale.clone(),
            rights: self.rights,
            signs,
            moving: board.motion.as_ref().is_some_and(|motion| motion.holds(id)),
            selected: board.selection.holds(id),
            unsaved: board.drafts.is_unsaved(id),
            changed_by: board.news.get(&id).cloned(),
            overwritten_by: board.past.note(id).map(|note| note.by),
            due: self.due(slot, row),
        }
    }

    fn due(&self, slot: Slot, row: usize) -> Option<Due> {
        plan::due(self.view.at(slot), self.layout.releases.get(&slot), || {
            self.layout.iteration_of(self.column, row)
        })
    }

    fn iteration_line(&self, iteration: &Iteration) -> IterationLine {
        IterationLine {
            is_open: self.board.is_iteration_open(iteration.number),
            ..plan::iteration_line(iteration, (self.layout, self.view.settings()))
        }
    }

    fn empty_iterations(&self, index: u32) -> Row {
        match self.layout.iteration(index).gap {
            Some(gap) => Row::EmptyIterations(plan::gap_line(gap, self.column)),
            None => Row::Gap {
                key: usize::MAX - 1,
                height: self.board.row_height,
            },
        }
    }

    fn drop_at(&self) -> Option<i32> {
        let motion = self.board.motion.as_ref()?;
        let place = motion.target.filter(|place| place.column == self.column)?;
        let after = place.after.and_then(|id| self.rows.row_of(self.view.slot(id)?));
        Some(self.heights.top_of(after.map_or(0, |row| row + 1)))
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

fn form(id: StoryId, draft: &Draft, (view, past): (&Project, &Past)) -> Form {
    let settings = view.settings();
    let carries = settings.carries_points(draft.story_type);
    let scale = settings.scale.points().iter().copied().filter(|_| carries).collect();
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
        rights: Rights::default(),
        stranded: None,
        description: draft.description.clone(),
        view: draft.view,
        parts: None,
        labels: draft.labels.clone(),
        problem: draft.problem.clone(),
        unsaved: draft.is_unsaved(),
        overtaken: draft.overtaken.clone(),
        overwritten: past.note(id),
        kept_texts: past.kept_texts(&draft.subject),
        history: past.history(id),
    }
}
