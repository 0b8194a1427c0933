//! The table on the server: what is asked and what becomes of it.

use super::*;

fn content(name: &str, quantity: u32) -> Content {
    Content::new(name, quantity).unwrap()
}

fn save(name: &str, quantity: u32, seen: u64) -> Save {
    Save {
        content: content(name, quantity),
        seen,
    }
}

#[test]
fn each_change_is_the_next_revision() {
    let mut stock = Stock::new(0);
    let bolts = stock.add(content("Bolts", 3)).unwrap();
    assert_eq!((bolts.rev, stock.save(1, save("Bolts", 4, 1)).unwrap().rev), (1, 2));
    let removed = stock.remove(1).unwrap();
    assert_eq!(
        removed,
        Change {
            rev: 3,
            what: What::Removed(1)
        }
    );
    assert_eq!(stock.snapshot(), Snapshot { rev: 3, items: vec![] });
}

#[test]
fn nobody_overwrites_what_they_have_not_read() {
    let mut stock = Stock::new(0);
    stock.add(content("Bolts", 3)).unwrap();
    stock.save(1, save("Bolts", 12, 1)).unwrap();
    assert_eq!(stock.save(1, save("Nails", 3, 1)), Err(Refusal::Overtaken));
    assert_eq!(stock.save(9, save("Nails", 3, 1)), Err(Refusal::Gone));
    assert_eq!(stock.snapshot().items[0].content, content("Bolts", 12));
}

#[test]
fn there_is_a_last_item() {
    let mut stock = Stock::new(0);
    for _ in 0..200 {
        stock.add(content("Bolts", 1)).unwrap();
    }
    assert_eq!(stock.add(content("One too many", 1)), Err(Refusal::Full));
}

#[test]
fn what_is_written_has_limits() {
    let check = |name: &str, quantity, expected: &str| {
        assert_eq!(Content::new(name, quantity).unwrap_err(), expected);
    };
    check("  ", 1, "Give the item a name.");
    check(&"x".repeat(81), 1, "A name has at most 80 characters.");
    check("Bolts", 1_000_001, "The quantity is at most 1000000.");
    assert!(serde_json::from_str::<Content>(r#"{"name":"","quantity":1}"#).is_err());
}
