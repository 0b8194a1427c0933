//! The process chaos: the real program `truestory` in a folder of its own, clients made of the shipping replica and channel client,
//! and between them a network and a machine that fail in every way that they do in life. Afterwards it is said, from the outside,
//! what became of every command.
//!
//! | module | knows |
//! |---|---|
//! | [`server`] | the program: started, killed, stopped, backed up, restored, verified |
//! | [`proxy`] | the network: slow, cut, half open, reset, sliced, refusing |
//! | [`device`] | what outlives a client: a folder with a file for each own command |
//! | [`http`], [`client`] | a page without a page |
//! | [`person`] | what to do next |
//! | [`witness`] | what was seen of every command |
//! | [`run`](mod@run) | one run: work under faults, then calm |
//! | [`verdict`] | lost, doubled, divergent, stuck |
//! | [`kills`] | kill -9 under load, over and over |
//! | [`defect`] | rules that clients can break, to see that the verdict notices |
//! | [`summary`] | what all runs came to |
#![forbid(unsafe_code)]

pub mod client;
pub mod clock;
pub mod defect;
pub mod device;
pub mod dice;
pub mod http;
pub mod kills;
pub mod person;
pub mod proxy;
pub mod run;
pub mod server;
pub mod summary;
pub mod verdict;
pub mod witness;
