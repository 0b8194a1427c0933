//! Histories as scripts, one command a line, `day hour: command`, and the figures that they make, written by hand. Days are counted
//! from a Monday.

use super::*;
use crate::api::charts::IterationFigures;
use crate::id::Bits128;
use crate::project::tests::script::{id, read_command};
use crate::{
    Actor, ActorId, Command, Hand, Import, Ledger, Mid, Millis, Name, ProjectId, Sent, Settings, Snapshot, Title,
};

const MONDAY: Day = Day(20_773);
const HOUR: i64 = 3_600_000;

fn at(day: i32, hour: i64) -> Millis {
    Millis(MONDAY.plus(day).start().0 + hour * HOUR)
}

fn empty() -> Project {
    let name = Name::new("Charts").unwrap();
    Project::read(Snapshot::of_nothing(name, Settings::new(MONDAY)))
}

fn ann() -> Actor {
    Actor {
        id: ActorId(Bits128(1)),
        name: Name::new("Ann").unwrap(),
    }
}

struct Told {
    ledger: Ledger,
    changes: Vec<Recorded>,
}

impl Told {
    fn new(script: &str) -> Told {
        let mut told = Told {
            ledger: Ledger::new(ProjectId(Bits128(9)), empty()),
            changes: Vec::new(),
        };
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (when, command) = line.split_once(": ").unwrap_or_else(|| panic!("no time in {line:?}"));
            let (day, hour) = when.split_once(' ').unwrap_or((when, "12"));
            let moment = at(day.parse().unwrap(), hour.parse().unwrap());
            told.enter(read_command(command), moment);
        }
        told
    }

    fn enter(&mut self, command: Command, at: Millis) {
        let sent = Sent {
            mid: Mid(Bits128(self.changes.len() as u128)),
            base: self.ledger.version().rev,
            command,
        };
        let recorded = self.ledger.enter(&sent, &ann(), at).expect("the script is allowed");
        self.changes.push(recorded);
    }

    fn charts(&self, today: i32) -> Charts {
        let mut chronicle = Chronicle::new(empty(), Zone::utc());
        for recorded in &self.changes {
            chronicle.follow(recorded).unwrap();
        }
        chronicle.charts(MONDAY.plus(today))
    }
}

/// A day's stories by state: accepted, delivered, finished, started, rejected, unstarted, unscheduled; then the points.
fn days(charts: &Charts) -> Vec<String> {
    let row = |figures: &DayFigures| {
        let join = |counts: [u32; 7]| counts.map(|count| count.to_string()).join(" ");
        format!(
            "{}: {} | {}",
            figures.day.0 - MONDAY.0,
            join(figures.stories),
            join(figures.points)
        )
    };
    charts.days.iter().map(row).collect()
}

const SHOP: &str = "
    0: create a feature:2 backlog
    0: create b feature:3 backlog after a
    0: create c bug backlog after b
    0: create r release backlog after c
    0: create d feature:1 backlog after r
    0: create e feature icebox
    1: start a
    1 15: finish a
    1 15: deliver a
    2 17: accept a
    8: start b
    8: finish b
    8: deliver b
    8 13: accept b
    8 13: start c
";

#[test]
fn each_day_ends_with_so_many_stories_in_each_state() {
    let charts = Told::new(SHOP).charts(8);
    assert_eq!(
        days(&charts),
        [
            "0: 0 0 0 0 0 4 1 | 0 0 0 0 0 6 0",
            "1: 0 1 0 0 0 3 1 | 0 2 0 0 0 4 0",
            "2: 1 0 0 0 0 3 1 | 2 0 0 0 0 4 0",
            "8: 2 0 0 1 0 1 1 | 5 0 0 0 0 1 0",
        ]
    );
    assert_eq!(charts.rev, 15);
}

#[test]
fn each_iteration_tells_what_it_brought_and_what_was_expected() {
    let charts = Told::new(SHOP).charts(15);
    let row = |one: &IterationFigures| {
        let cycle = one.cycle.map(|cycle| (cycle.stories, cycle.median, cycle.most));
        (one.number, one.features, one.accepted, one.velocity, cycle)
    };
    assert_eq!(
        charts.iterations.iter().map(row).collect::<Vec<_>>(),
        [
            // From noon of day 1 to 17 h of day 2: 29 hours.
            (1, 2, 1, 10, Some((1, 29, 29))),
            (2, 3, 1, 2, Some((1, 1, 1))),
            (3, 0, 0, 2, None),
        ]
    );
    assert_eq!(charts.iterations[1].start, MONDAY.plus(7));
    assert_eq!(charts.iterations[1].last, MONDAY.plus(13));
    assert_eq!(charts.untimed, 0);
}

#[test]
fn a_release_burns_up() {
    let charts = Told::new(SHOP).charts(8);
    let [release] = &charts.releases[..] else {
        panic!("one release")
    };
    let row = |burn: &BurnDay| (burn.day.0 - MONDAY.0, burn.scope, burn.accepted);
    assert_eq!((release.story, release.number), (id("r"), 4));
    assert_eq!(
        release.days.iter().map(row).collect::<Vec<_>>(),
        [(0, 5, 0), (1, 5, 0), (2, 5, 2), (8, 5, 5)]
    );
    // Three points were accepted where the velocity is two: Current takes nothing more that is not begun.
    assert_eq!(release.date, MONDAY.plus(20));
}

#[test]
fn a_release_covers_what_is_below_the_one_before() {
    let told = Told::new(
        "
        0: create a feature:2 backlog
        0: create r release backlog after a
        0: create b feature:3 backlog after r
        0: create s release backlog after b
        1: start a
        1: finish a
        1: deliver a
        1: accept a
        2: finish r
    ",
    );
    let charts = told.charts(2);
    let row = |burn: &BurnDay| (burn.day.0 - MONDAY.0, burn.scope, burn.accepted);
    let [second] = &charts.releases[..] else {
        panic!("one release is left")
    };
    assert_eq!(
        second.days.iter().map(row).collect::<Vec<_>>(),
        // Before the first was accepted it covered other stories: that is not drawn any more.
        [(2, 3, 0)]
    );
}

fn imported(name: &str, state: State, dates: (i32, Option<i32>)) -> Story {
    let mut story = Story::new(
        id(name),
        Title::new(name).unwrap(),
        (StoryType::Feature, state),
        at(dates.0, 12),
    );
    story.estimate = Some(crate::Estimate(2));
    story.accepted_at = dates.1.map(|day| at(day, 12));
    story
}

fn import(stories: Vec<Story>) -> Command {
    Command::ImportStories(Box::new(Import {
        id: ImportId(Bits128(5)),
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories,
    }))
}

#[test]
fn an_import_tells_of_the_days_before_it() {
    let mut told = Told::new("30: create z feature:1 backlog");
    told.enter(
        import(vec![
            imported("a", State::Accepted, (0, Some(10))),
            imported("b", State::Accepted, (5, Some(20))),
            imported("c", State::Unstarted, (5, None)),
        ]),
        at(31, 12),
    );
    let charts = told.charts(31);
    assert_eq!(
        days(&charts),
        [
            "0: 0 0 0 0 0 1 0 | 0 0 0 0 0 2 0",
            "5: 0 0 0 0 0 3 0 | 0 0 0 0 0 6 0",
            "10: 1 0 0 0 0 2 0 | 2 0 0 0 0 4 0",
            "20: 2 0 0 0 0 1 0 | 4 0 0 0 0 2 0",
            "30: 2 0 0 0 0 2 0 | 4 0 0 0 0 3 0",
            "31: 2 0 0 0 0 2 0 | 4 0 0 0 0 3 0",
        ]
    );
    assert_eq!(charts.untimed, 2);
    assert_eq!(charts.iterations[2].features, 2);

    told.enter(
        Command::DeleteImport {
            id: ImportId(Bits128(5)),
        },
        at(32, 12),
    );
    assert_eq!(
        days(&told.charts(32)),
        [
            "30: 0 0 0 0 0 1 0 | 0 0 0 0 0 1 0",
            // What was here on that day was here.
            "31: 2 0 0 0 0 2 0 | 4 0 0 0 0 3 0",
            "32: 0 0 0 0 0 1 0 | 0 0 0 0 0 1 0",
        ]
    );
}

#[test]
fn half_and_85_of_100_take_no_longer() {
    let mut script = String::new();
    for number in 1..=20 {
        script += &format!("0 0: create s{number} feature:1 backlog\n0 0: start s{number}\n");
        script += &format!("0 0: finish s{number}\n0 0: deliver s{number}\n");
    }
    for number in 1..=20 {
        script += &format!("0 {number}: accept s{number}\n");
    }
    let cycle = Told::new(&script).charts(0).iterations[0].cycle.unwrap();
    assert_eq!((cycle.stories, cycle.median, cycle.most), (20, 10, 17));
}

#[test]
fn a_long_series_is_thinned_and_keeps_its_end() {
    let thin = thinned((0..1_000).collect::<Vec<i32>>());
    assert_eq!((thin.len(), thin[0], thin[1], thin[333]), (334, 0, 3, 999));
    assert_eq!(thinned(vec![1, 2, 3]), [1, 2, 3]);
    assert!(thinned(Vec::<i32>::new()).is_empty());
}

#[test]
fn a_change_out_of_turn_is_refused() {
    let told = Told::new("0: create a feature:2 backlog\n0: start a");
    let mut chronicle = Chronicle::new(empty(), Zone::utc());
    assert!(chronicle.follow(&told.changes[1]).is_err());
    assert!(chronicle.follow(&told.changes[0]).is_ok());
    assert!(chronicle.follow(&told.changes[0]).is_err());
}

mod properties {
    use super::*;
    use crate::project::tests::any::{commands, small};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(small())]

        #[test]
        fn the_counts_of_the_last_day_are_the_living_stories(commands in commands(), hours in 1i64..40) {
            let mut told = Told::new("");
            for (place, command) in commands.into_iter().enumerate() {
                let moment = at(0, hours * place as i64);
                let hand = Hand { by: &ann(), at: moment };
                if told.ledger.project().decide(&command, hand).is_ok() {
                    told.enter(command, moment);
                }
            }
            let charts = told.charts(200);
            let project = told.ledger.project();
            let living = [Panel::Backlog, Panel::Icebox].into_iter().flat_map(|panel| project.order(panel));
            let living = living.filter(|slot| project.facts(*slot).story_type != StoryType::Release).count();
            let counted: u32 = charts.days.last().map_or(0, |day| day.stories.iter().sum());
            prop_assert_eq!(counted as usize, living);
            for burn in charts.releases.iter().flat_map(|release| &release.days) {
                prop_assert!(burn.accepted <= burn.scope);
            }
        }
    }
}
