//! Time zones as the browser knows them; the server's tests hold its database to the same table.

use backlog::{Millis, Zone, ZoneName};
use serde::Deserialize;
use std::collections::BTreeMap;
use truestory_app::services::{clock, zone};
use wasm_bindgen_test::wasm_bindgen_test;

const GOLDEN: &str = include_str!("../golden/zones.json");

/// A zone as the file has it: the offset before the first change of clocks, then the changes, by minutes since 1970.
#[derive(Deserialize)]
struct Golden {
    before: i32,
    changes: Vec<(i64, i32)>,
}

fn named(name: &str) -> Zone {
    zone::find(&ZoneName::new(name).expect("a name"))
}

#[wasm_bindgen_test]
fn zones_are_those_of_the_server() {
    let golden: BTreeMap<String, Golden> = serde_json::from_str(GOLDEN).expect("the file is as it should be");
    assert_eq!(golden.len(), 10);
    for (name, Golden { before, changes }) in golden {
        let before = (before != 0).then_some((Millis(i64::MIN), before));
        let changes = changes
            .into_iter()
            .map(|(minute, offset)| (Millis(minute * 60_000), offset));
        assert_eq!(named(&name), Zone::new(before.into_iter().chain(changes)), "{name}");
    }
}

#[wasm_bindgen_test]
fn names_that_nobody_knows_are_utc() {
    for name in ["UTC", "Middle/Earth", "+02", "-0330", "/etc/localtime"] {
        assert_eq!(named(name), Zone::utc(), "{name}");
    }
}

#[wasm_bindgen_test]
fn a_zone_is_found_before_anyone_notices() {
    // Half a frame would do; what a busy machine adds is not to fail the test.
    let before = clock::now();
    named("Africa/Casablanca");
    let took = clock::now().0 - before.0;
    assert!(took < 100, "{took} ms");
    web_sys::console::log_1(&format!("a zone took {took} ms").into());
}
