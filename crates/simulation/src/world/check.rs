//! What must hold after every step.

use super::World;
use super::network::short;
use super::page::Page;
use crate::breach::{Breach, Invariant};
use crate::truth::check_list;
use backlog::Mid;
use std::collections::HashSet;

impl World {
    /// After a page took something.
    pub(crate) fn check_tab(&mut self, tab: usize) {
        let Some(mut page) = self.tabs[tab].page.take() else {
            return;
        };
        let judged = self.judge(tab, &mut page);
        self.tabs[tab].page = Some(page);
        if let Err(breach) = judged {
            self.fail(Breach::new(breach.invariant, format!("tab {tab}: {}", breach.what)));
        }
    }

    fn judge(&self, tab: usize, page: &mut Page) -> Result<(), Breach> {
        let (Some(version), Some(epoch)) = (page.replica.version(), page.replica.epoch()) else {
            return Ok(());
        };
        let truth = &self.truths[self.tabs[tab].project];
        if page.judged != Some((epoch, version)) {
            self.judge_base(tab, page)?;
            page.judged = Some((epoch, version));
        }
        let overlay: HashSet<Mid> = page.replica.overlay().map(|kept| kept.mid).collect();
        if let Some(mid) = overlay.iter().find(|mid| truth.holds(version, **mid)) {
            let what = format!("{} is laid over a base at {version} that holds it", short(*mid));
            return Err(Breach::new(Invariant::I4, what));
        }
        for mid in &page.shown {
            let attended = page.replica.kept(*mid).is_some_and(|kept| kept.stage.needs_attention());
            let seen = overlay.contains(mid) || truth.holds(version, *mid) || attended;
            if !seen && !self.book.is_released(*mid) {
                let what = format!("{} was seen and is not, at {version}", short(*mid));
                return Err(Breach::new(Invariant::I5, what));
            }
        }
        page.shown.extend(overlay);
        self.judge_view(tab, page)
    }

    fn judge_base(&self, tab: usize, page: &Page) -> Result<(), Breach> {
        let truth = &self.truths[self.tabs[tab].project];
        let (Some(version), Some(base)) = (page.replica.version(), page.replica.base()) else {
            return Ok(());
        };
        let Some(node) = truth.node(version) else {
            return Err(Breach::new(Invariant::I1, format!("the server never was at {version}")));
        };
        // A page cannot know that the relay garbled what it told; the next digest that it is told tells.
        if node.digest != base.digest() && !self.garbled {
            let what = format!("the base at {version} is not what the server had then");
            return Err(Breach::new(Invariant::I1, what));
        }
        match page.judged {
            Some((epoch, before)) if page.replica.epoch() == Some(epoch) => {
                if version.rev < before.rev && !truth.was_lost(before) {
                    let what = format!("from {before} back to {version}");
                    return Err(Breach::new(Invariant::I7, what));
                }
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    // What one sees is the base with the own commands laid over it, found out the long way.
    fn judge_view(&self, tab: usize, page: &Page) -> Result<(), Breach> {
        let (Some(base), Some(view)) = (page.replica.base(), page.replica.view()) else {
            return Ok(());
        };
        let mut expected = base.clone();
        for kept in page.replica.overlay() {
            if let Ok(change) = expected.decide(&kept.command, kept.hand()) {
                let _unfit = expected.apply(&change, kept.hand());
            }
        }
        if expected.digest() != view.digest() {
            return Err(Breach::new(Invariant::I5, "the view is not the overlay on the base"));
        }
        check_list(view, self.truths[self.tabs[tab].project].stories())
    }

    pub(crate) fn check_step(&mut self) {
        if std::mem::take(&mut self.search) {
            self.check_nothing_lost();
        }
        self.check_staleness();
    }

    /// I3: every command that a device said it holds is somewhere.
    fn check_nothing_lost(&mut self) {
        let nowhere = self.book.iter().find(|(mid, given)| {
            let somewhere = self.disk.projects[given.project].holds(*mid)
                || self
                    .devices
                    .iter()
                    .any(|device| device.keeping[given.project].kept.contains_key(mid));
            given.kept && !given.released && !somewhere
        });
        if let Some((mid, _)) = nowhere {
            let what = format!("{} is nowhere", short(mid));
            self.fail(Breach::new(Invariant::I3, what));
        }
    }

    /// S1: who is sent an event is a member.
    pub(crate) fn check_hearer(&mut self, conn: usize, about: Option<usize>) {
        let Some(project) = about else { return };
        let person = self.tabs[self.conns[conn].tab].person;
        if self.role(project, person).is_none() {
            let what = format!("person {person} hears project {project}");
            self.fail(Breach::new(Invariant::S1, what));
        }
    }

    /// S1: who is told changes, or the whole project, by an answer is a member.
    pub(crate) fn check_reader(&mut self, project: usize, person: usize) {
        if self.role(project, person).is_none() {
            let what = format!("person {person} reads project {project}");
            self.fail(Breach::new(Invariant::S1, what));
        }
    }

    /// When all is quiet every command was carried out, or a person was told why not.
    pub(crate) fn check_end(&mut self) {
        let open = self.book.iter().find(|(mid, given)| {
            let told = self
                .devices
                .iter()
                .filter_map(|device| device.keeping[given.project].kept.get(mid));
            let told = told.into_iter().any(|kept| kept.stage.needs_attention());
            let out = self.role(given.project, given.person).is_none();
            given.kept && !given.released && !told && !out && !self.truths[given.project].has(*mid)
        });
        if let Some((mid, _)) = open {
            let what = format!("{} is neither in the history nor in a tray", short(mid));
            self.fail(Breach::new(Invariant::I3, what));
        }
        for tab in 0..self.tabs.len() {
            let Some(page) = &self.tabs[tab].page else { continue };
            let (person, project) = (self.tabs[tab].person, self.tabs[tab].project);
            let truth = &self.truths[project];
            let view = page.replica.view().map(backlog::Project::digest);
            if self.role(project, person).is_some() && view != Some(truth.project().digest()) {
                return self.fail(Breach::new(Invariant::L2, format!("tab {tab} shows something else")));
            }
        }
    }
}
