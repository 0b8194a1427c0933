//! Scripts: what happened, and what the page knows then.

use super::*;
use crate::wire::{State, Title};

fn order(id: u32, rev: u64, title: &str) -> Order {
    Order {
        id,
        rev,
        title: Title::new(title).unwrap(),
        state: State::New,
        owner: None,
    }
}

fn fetched(rev: u64, orders: &[Order]) -> AllMsg {
    let orders = orders.to_vec();
    AllMsg::Fetched(Snapshot { rev, orders })
}

/// After these messages the list reads so, and this revision is missing.
fn check(msgs: impl IntoIterator<Item = AllMsg>, expected: &str, missing: Option<u64>) {
    let mut all = All::default();
    for msg in msgs {
        all.update(msg);
    }
    let titles: Vec<String> = all
        .orders()
        .into_iter()
        .flatten()
        .map(|order| order.title.to_string())
        .collect();
    assert_eq!((titles.join(", ").as_str(), all.missing()), (expected, missing));
}

#[test]
fn what_follows_is_applied() {
    let deleted = AllMsg::Deleted(Deleted { id: 1, rev: 3 });
    let script = || {
        [
            fetched(1, &[order(1, 1, "Chairs")]),
            AllMsg::Saved(order(2, 2, "Table")),
        ]
    };
    check(script(), "Table, Chairs", None);
    check(script().into_iter().chain([deleted]), "Table", None);
    let doubled = [AllMsg::Saved(order(2, 2, "Table")), AllMsg::Saved(order(1, 1, "Old"))];
    check(script().into_iter().chain(doubled), "Table, Chairs", None);
}

#[test]
fn what_was_missed_is_fetched() {
    let script = || {
        [
            fetched(1, &[order(1, 1, "Chairs")]),
            AllMsg::Saved(order(3, 3, "Bench")),
        ]
    };
    check(script(), "Chairs", Some(3));
    let answer = fetched(3, &[order(1, 2, "Stools"), order(3, 3, "Bench")]);
    check(script().into_iter().chain([answer]), "Bench, Stools", None);
    let overtaken = [fetched(2, &[]), AllMsg::Saved(order(3, 3, "Bench")), fetched(2, &[])];
    check(overtaken, "Bench", None);
}

#[test]
fn of_one_order_the_latest_counts() {
    let check = |msgs: Vec<OneMsg>, expected: One| {
        let mut one = One::default();
        for msg in msgs {
            one.update(msg);
        }
        assert_eq!(one, expected);
    };
    let saved = |rev| OneMsg::Saved(order(1, rev, "Chairs"));
    check(vec![], One::Awaited);
    check(vec![saved(4), saved(3)], One::Here(order(1, 4, "Chairs")));
    check(vec![saved(3), saved(9)], One::Here(order(1, 9, "Chairs")));
    check(vec![saved(3), OneMsg::Deleted, saved(3)], One::Gone);
}
