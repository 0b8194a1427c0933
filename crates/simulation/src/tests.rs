//! A share of the simulation that every run of the tests plays, and what keeps it honest: the same seed has one course, every
//! planted defect is caught, and every fault and every recovery really occurs.

use super::*;

/// Courses of the share.
const SHARE: u64 = 300;
/// A planted defect that so many courses do not catch is not caught.
const SEEDS_PER_DEFECT: u64 = 1_000;

fn course(seed: u64) -> Course {
    Course {
        seed,
        defect: None,
        entries: None,
    }
}

fn campaign(seeds: u64, defect: Option<Defect>) -> Outcome {
    Campaign {
        seeds: 0..seeds,
        defect,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    }
    .run()
}

#[test]
fn a_share_of_the_courses_holds_and_nothing_in_it_is_idle() {
    let outcome = campaign(SHARE, None);
    assert_eq!(outcome.broken, None, "replay it: cargo xtask sim --seed SEED");
    assert_eq!(outcome.seeds, SHARE);
    for (counter, words) in Counter::ALL {
        assert!(outcome.counters.get(counter) > 0, "no course had any: {words}");
    }
}

#[test]
fn one_seed_has_one_course() {
    for seed in [1, 2, 3] {
        let (one, two) = (
            run(&course(seed), Record::Transcript),
            run(&course(seed), Record::Transcript),
        );
        assert!(one.transcript.len() > 50, "seed {seed} is a course");
        assert_eq!(one.transcript, two.transcript, "seed {seed}");
    }
}

#[test]
fn a_transcript_changes_nothing() {
    let (silent, told) = (run(&course(5), Record::Nothing), run(&course(5), Record::Transcript));
    assert_eq!((silent.steps, silent.transcript.len()), (told.steps, 0));
}

#[test]
fn every_planted_defect_is_caught() {
    let missed: Vec<&str> = Defect::ALL
        .into_iter()
        .filter(|defect| campaign(SEEDS_PER_DEFECT, Some(*defect)).broken.is_none())
        .map(Defect::name)
        .collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn every_defect_has_a_name_of_its_own() {
    for defect in Defect::ALL {
        assert_eq!(Defect::named(defect.name()), Some(defect));
    }
    assert_eq!(Defect::named("no-such-defect"), None);
}

#[test]
fn a_shrunk_course_breaks_the_same_with_less() {
    let defect = Some(Defect::NoIdempotency);
    let seed = campaign(SEEDS_PER_DEFECT, defect).broken.expect("it is caught");
    let whole = Course {
        seed,
        defect,
        entries: None,
    };
    let small = shrink(&whole);
    let entries = small.entries.clone().expect("something was left out");
    assert!(entries.len() < 10, "{} entries are left", entries.len());
    let breach = run(&small, Record::Nothing).breach.expect("it still breaks");
    assert_eq!(breach.invariant, Invariant::I2);
}

#[test]
fn a_course_without_a_breach_is_not_shrunk() {
    assert_eq!(shrink(&course(0)).entries, None);
}

#[test]
fn a_course_that_is_watched_is_the_same() {
    let mut watch = Watch::new(3);
    while watch.go_on(1_000) {}
    let scene = watch.scene();
    let finding = run(&course(3), Record::Transcript);
    assert_eq!(scene.steps, finding.steps);
    assert_eq!(scene.lines.last(), finding.transcript.last());
    assert!(scene.calm && scene.breach.is_none());
}
