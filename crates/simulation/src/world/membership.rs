//! Who is in which project and as what: people come, go, come back and get other roles while everything goes wrong. The server's
//! writer makes it so; what is on its disk counts.

use super::network::What;
use super::{Event, World};
use crate::counters::Counter;
use crate::random::Dice;
use crate::store::{Seat, Standing};
use backlog::{Mid, Role};

impl World {
    /// What someone is in a project; none where they are not in it.
    pub(crate) fn role(&self, project: usize, person: usize) -> Option<Role> {
        self.truths[project].standing(person).role()
    }

    /// Before anyone looks: in half of the courses not everyone is an owner, and some are not there yet.
    pub(crate) fn seat_all(&mut self) {
        if !self.script.mixed {
            return;
        }
        for (project, person) in self.pairs() {
            let standing = match self.dice.below(100) {
                0..12 => Standing::Never,
                _ => Standing::Is(any_role(&mut self.dice)),
            };
            // Someone has to answer for it.
            if person > 0 {
                self.disk.projects[project].standings[person] = standing;
                self.truths[project].seat(person, standing);
            }
        }
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let people = self.script.people;
        let of_project = |project| (0..people).map(move |person| (project, person));
        (0..self.script.projects).flat_map(of_project).collect()
    }

    fn members(&self) -> Vec<(usize, usize, Role)> {
        let member = |(project, person)| Some((project, person, self.role(project, person)?));
        self.pairs().into_iter().filter_map(member).collect()
    }

    fn strangers(&self) -> Vec<(usize, usize)> {
        let mut pairs = self.pairs();
        pairs.retain(|(project, person)| self.role(*project, *person).is_none());
        pairs
    }

    // Often someone whose commands are on their way: what is taken from them meets what they asked before.
    fn someone(&self, dice: &mut Dice) -> Option<(usize, usize, Role)> {
        let sends = |what: &What| matches!(what, What::Sync(request, _) if !request.commands.is_empty());
        let under_way = self.calls.iter().filter(|call| !call.over && sends(&call.what));
        let busy: Vec<(usize, usize)> = under_way
            .map(|call| (self.tabs[call.tab].project, self.tabs[call.tab].person))
            .collect();
        let mut members = self.members();
        if dice.percent(60)
            && members
                .iter()
                .any(|(project, person, _)| busy.contains(&(*project, *person)))
        {
            members.retain(|(project, person, _)| busy.contains(&(*project, *person)));
        }
        dice.pick(&members).copied()
    }

    pub(crate) fn remove(&mut self, dice: &mut Dice) {
        if let Some((project, person, _)) = self.someone(dice) {
            let standing = Standing::Ended;
            self.take_from(
                Seat {
                    project,
                    person,
                    standing,
                },
                dice,
            );
        }
    }

    pub(crate) fn admit(&mut self, dice: &mut Dice) {
        if let Some((project, person)) = dice.pick(&self.strangers()).copied() {
            let standing = Standing::Is(any_role(dice));
            self.ask_to_seat(Seat {
                project,
                person,
                standing,
            });
        }
    }

    pub(crate) fn recast(&mut self, dice: &mut Dice) {
        let Some((project, person, before)) = self.someone(dice) else {
            return;
        };
        let less: Vec<Role> = Role::ALL.into_iter().filter(|role| *role < before).collect();
        let standing = match dice.pick(&less) {
            Some(less) if dice.percent(65) => Standing::Is(*less),
            Some(_) | None => Standing::Is(any_role(dice)),
        };
        self.take_from(
            Seat {
                project,
                person,
                standing,
            },
            dice,
        );
    }

    // Now, or right before the next commands of that person reach the writer.
    fn take_from(&mut self, seat: Seat, dice: &mut Dice) {
        if dice.percent(40) {
            self.server.meets = Some(seat);
        } else {
            self.ask_to_seat(seat);
        }
    }

    /// Whoever may, has someone be something else. They see at once where the server does not answer, and try another day.
    pub(crate) fn ask_to_seat(&mut self, seat: Seat) {
        if !self.server.up {
            return;
        }
        let (now, before) = (self.now, self.role(seat.project, seat.person));
        self.note(|| format!("{now:>7} it is asked for: {seat:?}"));
        match (before, seat.standing.role()) {
            (None, Some(_)) => self.count(Counter::Admissions),
            (Some(_), None) => self.count(Counter::Removals),
            (Some(before), Some(after)) => {
                self.count(Counter::Recasts);
                if after < before {
                    self.count(Counter::Demotions);
                }
            }
            (None, None) => {}
        }
        self.seat_by_writer(seat);
    }

    /// Once the faults stop, most of those who are not in a project come to it.
    pub(crate) fn let_back_in(&mut self) {
        if !self.server.up {
            return self.plan(50, Event::BackIn);
        }
        for (project, person) in self.strangers() {
            if self.dice.percent(75) {
                let standing = Standing::Is(any_role(&mut self.dice));
                self.ask_to_seat(Seat {
                    project,
                    person,
                    standing,
                });
            }
        }
    }

    /// Whoever came to a project opens it, on a device where they do not look at it already.
    pub(crate) fn look_in(&mut self, project: usize, person: usize) {
        let of_person: Vec<usize> = (0..self.devices.len())
            .filter(|device| self.devices[*device].person == person)
            .collect();
        for device in of_person {
            let open = self
                .tabs_of(device)
                .iter()
                .any(|tab| self.tabs[*tab].project == project);
            if !open && self.dice.percent(70) {
                let soon = self.dice.between(100, 2_000);
                self.plan(soon, Event::TabOpened(device, project));
            }
        }
    }

    /// A page learns that its person is not in the project any more: it goes, and with it what the device keeps. What was not sent is
    /// offered to the person once, as text.
    pub(crate) fn wipe(&mut self, tab: usize) {
        self.count(Counter::PagesWiped);
        let (device, project) = (self.tabs[tab].device, self.tabs[tab].project);
        let kept = std::mem::take(&mut self.devices[device].keeping[project]).kept;
        let mut gone: Vec<Mid> = kept.into_keys().collect();
        if let Some(page) = &self.tabs[tab].page {
            gone.extend(page.replica.pending().map(|kept| kept.mid));
            gone.extend(page.replica.attention().map(|kept| kept.mid));
        }
        gone.into_iter().for_each(|mid| self.book.release(mid));
        self.close_tab(tab);
        self.tell_others(tab);
    }
}

/// Mostly an owner, so that much still happens.
fn any_role(dice: &mut Dice) -> Role {
    match dice.below(100) {
        0..45 => Role::Owner,
        45..65 => Role::Member,
        65..87 => Role::Client,
        _ => Role::Viewer,
    }
}
