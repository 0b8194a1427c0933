//! The whole product in one process, driven by a seed: the shipping domain, replica, channel client and hub, joined by drivers of
//! its own that join them as the shipping drivers do, on a simulated clock, network and disk. One seed has one course.
//!
//! Knows what must always hold and asserts it after every step. `docs/simulation.md` lists faults, invariants and planted defects.
#![forbid(unsafe_code)]

mod agenda;
mod book;
mod breach;
mod campaign;
mod commands;
mod counters;
mod defect;
mod random;
mod run;
mod script;
mod store;
mod truth;
mod watch;
mod world;

pub use breach::{Breach, Invariant};
pub use campaign::{Campaign, Outcome};
pub use counters::{Counter, Counters};
pub use defect::Defect;
pub use run::{Course, Finding, Record, run, shrink};
pub use watch::{Scene, TabScene, Watch};

#[cfg(test)]
mod tests;
