//! Running a course: to its end or its first breach, with or without a transcript, and with parts of it left out.

use crate::breach::Breach;
use crate::counters::Counters;
use crate::defect::Defect;
use crate::script::Script;
use crate::world::World;

/// A course to run.
#[derive(Clone, Debug)]
pub struct Course {
    /// Decides on everything.
    pub seed: u64,
    /// The rule that is switched off.
    pub defect: Option<Defect>,
    /// The entries of its script that are played, by number; all of them where this is none.
    pub entries: Option<Vec<usize>>,
}

/// Whether a transcript is written: it costs more than the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// None.
    Nothing,
    /// Every line.
    Transcript,
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The first breach, if any.
    pub breach: Option<Breach>,
    /// How many steps it took.
    pub steps: u64,
    /// What occurred.
    pub counters: Counters,
    /// What happened, line by line.
    pub transcript: Vec<String>,
}

/// Runs a course.
pub fn run(course: &Course, record: Record) -> Finding {
    let mut script = Script::of(course.seed);
    if let Some(entries) = &course.entries {
        let all = std::mem::take(&mut script.entries);
        script.entries = entries.iter().filter_map(|number| all.get(*number).copied()).collect();
    }
    let mut world = World::new(script, course.seed, course.defect);
    world.transcript = (record == Record::Transcript).then(Vec::new);
    world.run();
    Finding {
        breach: world.breach,
        steps: world.steps,
        counters: world.counters,
        transcript: world.transcript.unwrap_or_default(),
    }
}

/// A course with as few entries as still break the same invariant: halves are left out, then quarters, down to single ones.
pub fn shrink(course: &Course) -> Course {
    let Some(breach) = run(course, Record::Nothing).breach else {
        return course.clone();
    };
    let all = (0..Script::of(course.seed).entries.len()).collect();
    let mut kept: Vec<usize> = course.entries.clone().unwrap_or(all);
    let mut chunk = kept.len().div_ceil(2);
    while chunk > 0 {
        let mut start = 0;
        while start < kept.len() {
            let mut fewer = kept.clone();
            fewer.drain(start..(start + chunk).min(kept.len()));
            let smaller = Course {
                entries: Some(fewer.clone()),
                ..course.clone()
            };
            let same = run(&smaller, Record::Nothing)
                .breach
                .is_some_and(|found| found.invariant == breach.invariant);
            if same {
                kept = fewer;
            } else {
                start += chunk;
            }
        }
        chunk = if chunk == 1 { 0 } else { chunk.div_ceil(2) };
    }
    Course {
        entries: Some(kept),
        ..course.clone()
    }
}
