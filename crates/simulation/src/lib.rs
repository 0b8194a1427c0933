//! The whole product in one process, driven by a seed.
#![forbid(unsafe_code)]

mod defect;
mod random;

pub use defect::Defect;
