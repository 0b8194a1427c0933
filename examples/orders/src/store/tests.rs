//! The orders on the server: what is asked and what becomes of it.

use super::*;

fn title(title: &str) -> Title {
    Title::new(title).unwrap()
}

fn edit(state: State, owner: Option<&str>, seen: u64) -> Edit {
    let owner = owner.map(str::to_owned);
    Edit { state, owner, seen }
}

#[test]
fn each_change_of_any_order_is_the_next_revision() {
    let mut store = Store::new(7);
    let chairs = store.create(title("40 chairs")).unwrap();
    let table = store.create(title("A table")).unwrap();
    assert_eq!((chairs.id, chairs.rev, table.id, table.rev), (1, 8, 2, 9));
    let begun = store.edit(1, edit(State::Making, Some("zoe"), 8)).unwrap();
    assert_eq!(
        (begun.rev, begun.state, begun.owner.as_deref()),
        (10, State::Making, Some("zoe"))
    );
    assert_eq!(store.order(1), Ok(begun));
    assert_eq!(store.delete(1), Ok(Deleted { id: 1, rev: 11 }));
    let orders = vec![table];
    assert_eq!(store.snapshot(), Snapshot { rev: 11, orders });
}

#[test]
fn what_cannot_be_is_refused() {
    let mut store = Store::new(0);
    store.create(title("40 chairs")).unwrap();
    assert_eq!(store.edit(1, edit(State::Done, None, 0)), Err(Refusal::Overtaken));
    assert_eq!(store.edit(1, edit(State::Done, Some("eve"), 1)), Err(Refusal::Stranger));
    assert_eq!(store.edit(2, edit(State::Done, None, 1)), Err(Refusal::Gone));
    assert_eq!(store.delete(2), Err(Refusal::Gone));
    for _ in 1..200 {
        store.create(title("A table")).unwrap();
    }
    assert_eq!(store.create(title("One too many")), Err(Refusal::Full));
}

#[test]
fn a_title_has_limits() {
    assert_eq!(Title::new(" ").unwrap_err(), "Say what is ordered.");
    assert_eq!(
        Title::new(&"x".repeat(101)).unwrap_err(),
        "A title has at most 100 characters."
    );
    assert!(serde_json::from_str::<Title>("\"\"").is_err());
}
