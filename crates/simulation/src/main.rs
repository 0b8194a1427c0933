//! `simulation`: runs courses of seeds, replays one, and tries the planted defects. Knows the command line and how to say what
//! was found; what is simulated stands in the library.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "it speaks to a person")]

mod arguments;

use arguments::{Arguments, Job};
use simulation::{Campaign, Counter, Course, Defect, Finding, Outcome, Record, run, shrink};
use std::process::ExitCode;
use std::time::Instant;

/// A planted defect that so many courses do not catch is not caught.
const SEEDS_PER_DEFECT: u64 = 1_000;
/// The lines of a transcript that are shown unless all of them are wanted.
const LAST_LINES: usize = 40;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let arguments = match Arguments::read(&words) {
        Ok(arguments) => arguments,
        Err(problem) => {
            println!("{problem}\n\n{}", arguments::HELP);
            return ExitCode::FAILURE;
        }
    };
    let held = match arguments.job {
        Job::Help => {
            println!("{}", arguments::HELP);
            true
        }
        Job::Replay(course) => replay(&course),
        Job::Campaign(campaign) => play(&campaign),
        Job::Defects(campaign) => try_defects(&campaign),
    };
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn replay(course: &Course) -> bool {
    let finding = run(course, Record::Transcript);
    for line in &finding.transcript {
        println!("{line}");
    }
    match &finding.breach {
        Some(breach) => println!("\nseed {}: {breach}", course.seed),
        None => println!("\nseed {} holds, {} steps", course.seed, finding.steps),
    }
    finding.breach.is_none()
}

fn play(campaign: &Campaign) -> bool {
    let began = now();
    let outcome = campaign.run();
    let minutes = now().duration_since(began).as_secs_f64() / 60.0;
    println!("what occurred:");
    for (counter, words) in Counter::ALL {
        println!("{:>12}  {words}", outcome.counters.get(counter));
    }
    let rate = outcome.seeds as f64 / minutes / campaign.threads as f64;
    println!(
        "\n{} seeds from {}, {} steps, {:.0} seeds per minute and core",
        outcome.seeds, campaign.seeds.start, outcome.steps, rate
    );
    let Outcome { broken, .. } = outcome;
    if let Some(seed) = broken {
        explain(&Course {
            seed,
            defect: campaign.defect,
            entries: None,
        });
    }
    broken.is_none()
}

/// Says what broke, in as few words as the seed allows.
fn explain(course: &Course) {
    println!("\nBROKEN");
    tell(course, &run(course, Record::Transcript));
    let small = shrink(course);
    println!("\nthe same with less:");
    tell(&small, &run(&small, Record::Transcript));
}

fn tell(course: &Course, finding: &Finding) {
    let skipped = finding.transcript.len().saturating_sub(LAST_LINES);
    for line in finding.transcript.iter().skip(skipped) {
        println!("{line}");
    }
    if let Some(breach) = &finding.breach {
        println!("seed {}, step {}: {breach}", course.seed, finding.steps);
    }
    println!("replay it: cargo xtask sim {}", arguments::of(course));
}

fn try_defects(clean: &Campaign) -> bool {
    let mut held = play(clean);
    println!();
    for defect in Defect::ALL {
        let outcome = Campaign {
            seeds: 0..SEEDS_PER_DEFECT,
            defect: Some(defect),
            threads: clean.threads,
        }
        .run();
        let course = outcome.broken.map(|seed| Course {
            seed,
            defect: Some(defect),
            entries: None,
        });
        let breach = course.and_then(|course| run(&course, Record::Nothing).breach);
        match (outcome.broken, breach) {
            (Some(seed), Some(breach)) => println!("{:<26} seed {seed:>4}  {:?}", defect.name(), breach.invariant),
            _ => {
                println!("{:<26} NOT CAUGHT in {} seeds", defect.name(), outcome.seeds);
                held = false;
            }
        }
    }
    held
}

#[expect(clippy::disallowed_methods, reason = "how long it took is only shown")]
fn now() -> Instant {
    Instant::now()
}
