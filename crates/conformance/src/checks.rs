//! Every check: which part of the protocol it belongs to and what must hold. Each part has its file.

mod api;
mod cache;
mod channels;
mod client_events;
mod connection;
mod limits;
mod presence;
mod users;

use crate::server::{Server, Verdict};
use std::future::Future;
use std::pin::Pin;

/// One rule and how it is checked.
pub struct Check {
    pub part: &'static str,
    pub rule: &'static str,
    pub run: Box<Run>,
}

/// Checks one server; the answer comes some time later.
type Run = dyn Fn(Server) -> Pin<Box<dyn Future<Output = Verdict>>>;

pub fn all() -> Vec<Check> {
    let parts = [
        connection::checks(),
        channels::checks(),
        presence::checks(),
        cache::checks(),
        client_events::checks(),
        users::checks(),
        api::checks(),
        limits::checks(),
    ];
    parts.into_iter().flatten().collect()
}

fn check<F>(part: &'static str, rule: &'static str, run: impl Fn(Server) -> F + 'static) -> Check
where
    F: Future<Output = Verdict> + 'static,
{
    Check {
        part,
        rule,
        run: Box::new(move |server| Box::pin(run(server))),
    }
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, seen: T, expected: T) -> Verdict {
    match seen == expected {
        true => Ok(()),
        false => Err(format!("{what}: expected {expected:?}, got {seen:?}")),
    }
}
