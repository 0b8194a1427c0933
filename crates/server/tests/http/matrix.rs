//! The door, whole: every route of the table, everyone who could come, and what each is to find. The table of routes says which routes there are
//! and by which rule, so that a new one cannot be forgotten; who is to find what stands in `cast`, a request for each route in `samples`.

#![allow(clippy::panic, reason = "where a test cannot go on, it says why")]

mod bodies;
mod cast;
mod channels;
mod commands;
mod database;
mod ear;
mod foreign;
mod headers;
mod late;
mod origins;
mod samples;
mod words;
mod world;

use crate::site::{Answer, Visitor};
use cast::{Verdict, Who, open_verdict, verdict};
use samples::{Sample, samples};
use std::collections::BTreeSet;
use truestory_server::routes::{Route, Rule, table};
use words::{HERE, THERE};
use world::{FIRST, World};

/// The request for a route; without one the test says what to add.
fn sample<'a>(samples: &'a [Sample], route: &Route) -> &'a Sample {
    let wanted = format!("{} {}", route.method, route.path);
    let found = samples.iter().find(|sample| sample.route == wanted);
    found.unwrap_or_else(|| {
        panic!("{wanted} has no sample: add a line to `samples` in tests/http/matrix/samples.rs that says what is sent and what those are answered who are let in")
    })
}

/// What an answer must not say to whoever gets it: words of a project that they are not in.
fn forbidden(who: Who, rule: Rule) -> &'static [&'static str] {
    match who {
        // Who sees to all accounts is told what people are called, and what happened to them.
        Who::Administrator if rule == Rule::Administrator => &[],
        Who::OwnerElsewhere => &[HERE],
        Who::Owner | Who::Member | Who::Client | Who::Viewer | Who::Guest | Who::ReadToken | Who::WriteToken => {
            &[THERE]
        }
        Who::Nobody
        | Who::SignedOut
        | Who::Closed
        | Who::FromOpenTimes
        | Who::Outsider
        | Who::Removed
        | Who::Administrator
        | Who::GuestOfRevoked
        | Who::TokenElsewhere
        | Who::TokenOfRemoved
        | Who::RevokedToken
        | Who::MadeUpToken => &[HERE, THERE],
    }
}

/// Neither the body nor a header says one of these words.
#[track_caller]
fn says_nothing_of(answer: &Answer, words: &[&str], at: &str) {
    let said = answer.everything().to_lowercase();
    for word in words {
        assert!(!said.contains(word), "{at} is told of the {word}: {said}");
    }
}

/// The answer is the one of that verdict.
#[track_caller]
fn holds(answer: &Answer, (verdict, sample): (Verdict, &Sample), (who, at): (Who, &str)) {
    assert!(answer.status < 500, "{at}: {} {}", answer.status, answer.text);
    match verdict {
        Verdict::In => {
            let fits = sample
                .but(who)
                .map_or(sample.answers.contains(&answer.status), |status| {
                    status == answer.status
                });
            assert!(fits, "{at} is let in and gets {}: {}", answer.status, answer.text);
        }
        Verdict::Out(status, says) => {
            assert_eq!(answer.status, status, "{at}: {}", answer.text);
            assert!(answer.text.contains(says), "{at}: {}", answer.text);
            let gone = answer.header("x-truestory-gone") == "true";
            assert_eq!(gone, verdict == cast::GONE, "{at}: whether their copy is to go");
            let asks = answer.header("www-authenticate") == "Bearer";
            assert_eq!(
                asks,
                says.contains("API token") && status == 401,
                "{at}: whether a token is asked for"
            );
        }
    }
}

/// Someone at a route.
struct Visit<'a> {
    world: &'a World,
    route: &'a Route,
    sample: &'a Sample,
    who: Who,
}

impl Visit<'_> {
    /// Whoever comes, and the path that they ask, with things of their own in it.
    async fn begin(&self) -> (Visitor, String) {
        let visitor = self.world.comes(self.who).await;
        let path = samples::path(self.world, self.route.path, (FIRST, self.who)).await;
        (visitor, path)
    }

    /// The answer, whatever it changes.
    async fn answer(&self) -> Answer {
        let (visitor, path) = self.begin().await;
        self.sample.send(self.world, &visitor, &path).await
    }

    /// The answer of a visit that leaves everything as it was.
    async fn answer_without_a_trace(&self, at: &str) -> Answer {
        let (visitor, path) = self.begin().await;
        let before = self.world.database.version().await;
        let answer = self.sample.send(self.world, &visitor, &path).await;
        // Mostly nothing at all was written. Where something was, the same visit once more tells what.
        if self.world.database.version().await != before {
            let (visitor, path) = self.begin().await;
            let before = self.world.database.kept().await;
            self.sample.send(self.world, &visitor, &path).await;
            assert_eq!(self.world.database.kept().await, before, "{at} changed something");
        }
        answer
    }
}

/// Everyone comes to every route, and finds what its rule says; whoever is refused learns nothing and changes nothing, and so does whoever only reads.
#[tokio::test]
async fn everyone_at_every_route() {
    let (world, samples) = (World::new().await, samples());
    for route in &table() {
        let sample = sample(&samples, route);
        for who in Who::ALL {
            let visit = Visit {
                world: &world,
                route,
                sample,
                who,
            };
            let (at, verdict) = (format!("{who:?} at {}", sample.route), verdict(who, route.rule));
            let is_refused = verdict != Verdict::In || sample.but(who).is_some();
            let answer = match is_refused || route.method == "GET" {
                true => visit.answer_without_a_trace(&at).await,
                false => visit.answer().await,
            };
            holds(&answer, (verdict, sample), (who, &at));
            says_nothing_of(&answer, forbidden(who, route.rule), &at);
        }
    }
}

/// A line for a route that is no more proves nothing.
#[test]
fn every_sample_has_its_route() {
    let routes: BTreeSet<String> = table()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let samples = samples();
    let without: Vec<&str> = samples
        .iter()
        .map(|sample| sample.route)
        .filter(|route| !routes.contains(*route))
        .collect();
    assert!(without.is_empty(), "no such routes: {without:?}");
}

/// Where everyone is let in, everyone with a session is the owner of everything; nobody else is anything, and there are no accounts.
#[tokio::test]
async fn everyone_where_the_door_is_open() {
    let world = World::new().await.opened().await;
    let samples = samples();
    for route in &table() {
        let sample = sample(&samples, route);
        for who in [
            Who::Nobody,
            Who::SignedOut,
            Who::MadeUpToken,
            Who::Outsider,
            Who::FromOpenTimes,
            Who::Owner,
        ] {
            let (at, verdict) = (
                format!("{who:?} at {}, open", sample.route),
                open_verdict(who, route.rule),
            );
            let visit = Visit {
                world: &world,
                route,
                sample,
                who,
            };
            match verdict {
                Verdict::Out(..) => holds(&visit.answer_without_a_trace(&at).await, (verdict, sample), (who, &at)),
                Verdict::In => {
                    let answer = visit.answer().await;
                    assert!(answer.status < 500, "{at}: {}", answer.text);
                    let is_refused = matches!(answer.status, 401 | 403)
                        && !answer.text.contains("the server was started with --open");
                    assert!(
                        route.rule == Rule::Anyone || !is_refused,
                        "{at}: {} {}",
                        answer.status,
                        answer.text
                    );
                }
            }
        }
    }
}
