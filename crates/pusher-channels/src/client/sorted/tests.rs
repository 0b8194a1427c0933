//! The list does what a tree does.

use super::Sorted;

fn of(keys: &[u64]) -> Sorted<u64, &'static str> {
    let mut sorted = Sorted::new();
    for &key in keys {
        sorted.insert(key, "old");
    }
    sorted
}

fn check(sorted: &Sorted<u64, &'static str>, expected: &str) {
    assert_eq!(format!("{sorted:?}"), expected);
}

#[test]
fn keeps_the_order_of_its_keys() {
    check(&of(&[3, 1, 2]), r#"{1: "old", 2: "old", 3: "old"}"#);
}

#[test]
fn has_each_key_once() {
    let mut sorted = of(&[1, 2]);
    sorted.insert(2, "new");
    assert_eq!(*sorted.get_or_insert_with(2, || "newer"), "new");
    assert_eq!(*sorted.get_or_insert_with(0, || "first"), "first");
    check(&sorted, r#"{0: "first", 1: "old", 2: "new"}"#);
}

#[test]
fn finds_and_removes() {
    let mut sorted = of(&[1, 5]);
    assert_eq!((sorted.get(&5), sorted.get(&4)), (Some(&"old"), None));
    assert_eq!((sorted.remove(&4), sorted.remove(&1)), (None, Some("old")));
    assert_eq!((sorted.len(), sorted.get(&1).is_some()), (1, false));
    check(&sorted, r#"{5: "old"}"#);
}

#[test]
fn is_taken_from_either_end() {
    let mut sorted = of(&[1, 3, 5, 7]);
    check(&sorted.take_up_to(&0), "{}");
    check(&sorted.take_up_to(&4), r#"{1: "old", 3: "old"}"#);
    check(&sorted.take_up_to(&5), r#"{5: "old"}"#);
    assert_eq!(sorted.last(), Some((&7, &"old")));
    assert_eq!((sorted.pop_last(), sorted.pop_last()), (Some((7, "old")), None));
}
