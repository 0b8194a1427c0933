//! A seeded storm: three pages and a host over a channel that drops, doubles and reorders, and over requests whose answers
//! get lost. When it calms down all of them must hold the same, with every command carried out exactly once.

use super::host::{ANN, Host, create, mid, retitle, story_id};
use super::*;
use std::collections::HashSet;

/// splitmix64: small, seeded, good enough to shuffle a test.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }
}

fn command(dice: &mut Dice, fresh: u128) -> Command {
    let known = 1 + dice.roll(12) as u128;
    match dice.roll(6) {
        0 | 1 => create(known, &format!("s{known}")),
        2 => retitle(known, &format!("t{fresh}")),
        3 => Command::DeleteStories {
            stories: vec![story_id(known)],
        },
        _ => Command::MoveStories {
            stories: vec![story_id(known)],
            panel: if dice.roll(2) == 0 {
                Panel::Icebox
            } else {
                Panel::Backlog
            },
            after: (dice.roll(2) == 0).then(|| story_id(1 + dice.roll(12) as u128)),
            current: None,
        },
    }
}

fn storm(seed: u64) {
    let mut dice = Dice(seed);
    let mut host = Host::new();
    let mut pages = [Page::new(), Page::new(), Page::new()];
    let mut told = 0;
    let mut flying: Vec<(usize, Recorded)> = Vec::new();
    let mut given = 0;
    for step in 0..200 {
        let who = dice.roll(3);
        match dice.roll(8) {
            0..3 => {
                given += 1;
                let command = command(&mut dice, given);
                pages[who].command(given, command);
            }
            3 => pages[who].handle(Input::Woke),
            4 => {
                if let Some(request) = pages[who].requests.pop() {
                    let answer = host.answer(&request, &ANN());
                    match dice.roll(4) {
                        0 => pages[who].handle(Input::SyncFailed),
                        _ => pages[who].handle(Input::SyncAnswered(Box::new(answer))),
                    }
                }
            }
            _ => {
                if !flying.is_empty() {
                    let (to, recorded) = flying.swap_remove(dice.roll(flying.len()));
                    pages[to].hear(&recorded);
                }
            }
        }
        for recorded in &host.history[told..] {
            for to in 0..3 {
                let copies = [0, 1, 1, 1, 2][dice.roll(5)];
                flying.extend((0..copies).map(|_| (to, recorded.clone())));
            }
        }
        told = host.history.len();
        for page in &pages {
            assert_base_was_real(page, &host, seed, step);
        }
    }
    // Once to drain the queues, once more to read what the others' queues brought.
    for _ in 0..2 {
        for page in &mut pages {
            page.settle(&mut host);
            page.handle(Input::Woke);
            page.settle(&mut host);
        }
    }
    assert_all_agree(&pages, &host, seed);
}

fn assert_base_was_real(page: &Page, host: &Host, seed: u64, step: usize) {
    let Some(version) = page.replica.version().filter(|version| version.rev > 0) else {
        return;
    };
    let real = host.history.get(version.rev as usize - 1).map(|at| at.hash);
    assert_eq!(
        real,
        Some(version.hash),
        "seed {seed}, step {step}: a base that the server never had"
    );
}

fn assert_all_agree(pages: &[Page; 3], host: &Host, seed: u64) {
    let mids: HashSet<Mid> = host.history.iter().map(|at| at.mid).collect();
    assert_eq!(
        mids.len(),
        host.history.len(),
        "seed {seed}: a command took effect twice"
    );
    for page in pages {
        let digest = page.replica.view().map(Project::digest);
        assert_eq!(
            digest,
            Some(host.ledger.project().digest()),
            "seed {seed}: a page holds something else"
        );
        assert_eq!(page.waiting(), 0, "seed {seed}: a command is stuck");
        assert_eq!(
            page.replica.version(),
            Some(host.ledger.version()),
            "seed {seed}: a page is behind"
        );
    }
}

#[test]
fn all_pages_agree_when_the_storm_is_over() {
    for seed in 0..300 {
        storm(seed);
    }
}

#[test]
fn every_command_is_in_the_history_or_given_back() {
    let mut dice = Dice(7);
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    for n in 1..=200 {
        let command = command(&mut dice, n);
        page.command(n, command);
        page.settle(&mut host);
    }
    let kept = host.history.iter().filter(|at| at.mid <= mid(200)).count();
    assert_eq!(kept + page.rejected().len() + page.attention().len(), 200);
}
