//! Seeded projects and their plans, so that the native program and the browser's can be held to the same file. Whoever includes this
//! file compares with `plans.txt` beside it: line by line a seed's plan, the first as JSON, the others by the SHA-256 of their JSON.

use backlog::plan::Terms;
use backlog::project::Facts;
use backlog::settings::{Override, Planning, Settings, Strength, Velocity, Weekday, Weeks, Window};
use backlog::{Day, Millis, State, StoryType, Zone, plan};
use sha2::{Digest, Sha256};

/// How many seeds the file has.
pub const SEEDS: u64 = 320;
/// Of so many, from the first, it has the whole plan.
pub const WHOLE: u64 = 20;

const GOLDEN: &str = include_str!("plans.txt");
/// 2026-11-16, a Monday.
const MONDAY: Day = Day(20_773);
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Plans every seed's project and compares byte for byte.
pub fn check() {
    let lines: Vec<&str> = GOLDEN.lines().collect();
    assert_eq!(lines.len() as u64, SEEDS);
    for (seed, line) in (0..).zip(lines) {
        assert_eq!(self::line(seed), line, "the plan of seed {seed}");
    }
}

/// The line of a seed.
pub fn line(seed: u64) -> String {
    let json = json_of(seed);
    if seed < WHOLE {
        return json;
    }
    Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json_of(seed: u64) -> String {
    let mut dice = Dice(seed);
    let today = MONDAY.plus(dice.below(4_000) as i32 - 2_000);
    let settings = settings(&mut dice, today);
    let zone = zone(&mut dice);
    let stories = stories(&mut dice, today);
    let what_if = dice
        .one_in(5)
        .then(|| Velocity::new(1 + dice.below(60) as u16).expect("within its limits"));
    let terms = Terms {
        what_if,
        ..Terms::new(&settings, &zone, today)
    };
    serde_json::to_string(&plan(&stories, &terms)).expect("plans are JSON")
}

/// Chance that is the same everywhere (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// From 0 to less than that.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

fn settings(dice: &mut Dice, today: Day) -> Settings {
    let mut settings = Settings::new(today.plus(50 - dice.below(700) as i32));
    settings.iteration_weeks = Weeks::new(1 + dice.below(4) as u16).expect("within its limits");
    settings.start_weekday = Weekday::new(dice.below(7) as u16).expect("within its limits");
    settings.velocity_window = Window::new(1 + dice.below(4) as u16).expect("within its limits");
    settings.initial_velocity = Velocity::new(1 + dice.below(40) as u16).expect("within its limits");
    if dice.one_in(3) {
        settings.planning = Planning::Manual;
    }
    for _ in 0..dice.below(12) {
        let weeks = dice
            .one_in(2)
            .then(|| Weeks::new(1 + dice.below(4) as u16).expect("within its limits"));
        let percent = if dice.one_in(4) { 0 } else { dice.below(201) };
        let strength = dice
            .one_in(2)
            .then(|| Strength::new(percent as u16).expect("within its limits"));
        let number = 1 + dice.below(150) as u32;
        settings.overrides.insert(number, Override { weeks, strength });
    }
    settings
}

/// UTC, one offset for ever, or clocks that change now and then.
fn zone(dice: &mut Dice) -> Zone {
    let mut quarter = || 900 * (dice.below(109) as i32 - 48);
    match quarter().rem_euclid(3) {
        0 => Zone::utc(),
        1 => Zone::new([(Millis(i64::MIN), quarter())]),
        _ => {
            let change = |n: i64| Millis(n * 180 * DAY + 3_600_000 * (n % 24));
            Zone::new((0..70).map(|n| (change(n), quarter())))
        }
    }
}

/// Accepted stories by acceptance, those in progress, some put into the current iteration by hand, then the others.
fn stories(dice: &mut Dice, today: Day) -> Vec<Facts> {
    let mut stories = Vec::new();
    let mut at = today.start().0 - dice.below(600) as i64 * DAY;
    for _ in 0..dice.below(120) {
        at += dice.below(9 * DAY as u64) as i64;
        stories.push(Facts {
            state: State::Accepted,
            accepted_at: Some(Millis(at)),
            ..facts(dice)
        });
    }
    let begun = [State::Started, State::Finished, State::Delivered, State::Rejected];
    for _ in 0..dice.below(8) {
        let state = begun[dice.below(4) as usize];
        stories.push(Facts { state, ..facts(dice) });
    }
    for _ in 0..dice.below(4) {
        let current = true;
        stories.push(Facts { current, ..facts(dice) });
    }
    for _ in 0..dice.below(250) {
        stories.push(facts(dice));
    }
    stories
}

/// A story that is not started.
fn facts(dice: &mut Dice) -> Facts {
    let (story_type, points) = match dice.below(12) {
        0 => (StoryType::Release, None),
        1 => (StoryType::Chore, None),
        2 => (StoryType::Bug, None),
        3 => (StoryType::Bug, Some(dice.below(9) as u16)),
        4 => (StoryType::Feature, None),
        5 => (StoryType::Feature, Some(dice.below(120) as u16)),
        _ => (StoryType::Feature, Some(dice.below(9) as u16)),
    };
    Facts {
        state: State::Unstarted,
        story_type,
        points,
        accepted_at: None,
        current: false,
        deleted: false,
    }
}
