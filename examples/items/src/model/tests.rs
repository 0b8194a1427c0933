//! Scripts: what happened, and what the page knows then.

use super::*;

fn item(id: u32, rev: u64, name: &str, quantity: u32) -> Item {
    let content = Content::new(name, quantity).unwrap();
    Item { id, rev, content }
}

fn saved(item: Item) -> Msg {
    Msg::Heard(Change {
        rev: item.rev,
        what: What::Saved(item),
    })
}

fn removed(rev: u64, id: u32) -> Msg {
    Msg::Heard(Change {
        rev,
        what: What::Removed(id),
    })
}

fn fetched(rev: u64, items: &[Item]) -> Msg {
    let items = items.to_vec();
    Msg::Fetched(Snapshot { rev, items })
}

/// After these messages the table reads so (`id name quantity`), and this revision is missing.
fn check(msgs: impl IntoIterator<Item = Msg>, table: &str, missing: Option<u64>) -> Model {
    let mut model = Model::default();
    for msg in msgs {
        model.update(msg);
    }
    let line = |item: &Item| format!("{} {} {}", item.id, item.content.name(), item.content.quantity());
    let lines: Vec<String> = model.items().map(line).collect();
    assert_eq!((lines.join(", ").as_str(), model.missing()), (table, missing));
    model
}

#[test]
fn changes_are_applied_in_their_order() {
    check(
        [
            fetched(0, &[]),
            saved(item(1, 1, "Bolts", 3)),
            saved(item(2, 2, "Nails", 9)),
        ],
        "1 Bolts 3, 2 Nails 9",
        None,
    );
    check([fetched(1, &[item(1, 1, "Bolts", 3)]), removed(2, 1)], "", None);
}

#[test]
fn a_doubled_or_late_change_is_no_news() {
    let bolts = || saved(item(1, 1, "Bolts", 3));
    check([fetched(0, &[]), bolts(), removed(2, 1), bolts()], "", None);
    check([fetched(2, &[item(1, 2, "Bolts", 4)]), bolts()], "1 Bolts 4", None);
}

#[test]
fn a_change_that_follows_a_lost_one_asks_for_the_table() {
    check(
        [fetched(1, &[item(1, 1, "Bolts", 3)]), removed(3, 1)],
        "1 Bolts 3",
        Some(3),
    );
    let unloaded = check([saved(item(1, 1, "Bolts", 3))], "", Some(1));
    assert!(!unloaded.is_loaded());
    check(
        [fetched(1, &[item(1, 1, "Bolts", 3)]), removed(3, 1), fetched(3, &[])],
        "",
        None,
    );
}

#[test]
fn a_table_that_changes_overtook_is_no_news() {
    check(
        [fetched(0, &[]), saved(item(1, 1, "Bolts", 3)), fetched(0, &[])],
        "1 Bolts 3",
        None,
    );
}

#[test]
fn what_is_being_written_is_not_overwritten() {
    let script = || {
        [
            fetched(1, &[item(1, 1, "Bolts", 3)]),
            Msg::EditBegan(1),
            Msg::NameTyped("Long bolts".to_owned()),
            saved(item(1, 2, "Bolts", 12)),
        ]
    };
    let mut model = check(script(), "1 Bolts 12", None);
    assert_eq!(model.theirs(), Theirs::Saved(&item(1, 2, "Bolts", 12)));
    assert_eq!(model.draft().unwrap().name, "Long bolts");

    model.update(Msg::TheirsLeft);
    let save = model.draft().unwrap().save().unwrap();
    let content = Content::new("Long bolts", 3).unwrap();
    assert_eq!((save, model.theirs()), (Save { content, seen: 2 }, Theirs::Nothing));

    let mut model = check(script(), "1 Bolts 12", None);
    model.update(Msg::TheirsTaken);
    let draft = model.draft().unwrap();
    assert_eq!((draft.name.as_str(), draft.quantity.as_str()), ("Bolts", "12"));
    assert_eq!(model.theirs(), Theirs::Nothing);
}

#[test]
fn a_removed_item_is_let_go_or_added_again() {
    let script = || [fetched(1, &[item(1, 1, "Bolts", 3)]), Msg::EditBegan(1), removed(2, 1)];
    let mut model = check(script(), "", None);
    assert_eq!(model.theirs(), Theirs::Removed);
    model.update(Msg::TheirsLeft);
    assert_eq!((model.edited(), model.draft().unwrap().name.as_str()), (None, "Bolts"));

    let mut model = check(script(), "", None);
    model.update(Msg::TheirsTaken);
    assert_eq!(model.draft(), None);
}

#[test]
fn a_quantity_is_a_whole_number() {
    let mut model = Model::default();
    model.update(Msg::NewBegan);
    model.update(Msg::NameTyped("Bolts".to_owned()));
    model.update(Msg::QuantityTyped("a few".to_owned()));
    let problem = model.draft().unwrap().save().unwrap_err();
    assert_eq!(problem, "The quantity is a whole number, 0 or more.");
    model.update(Msg::DraftDropped);
    assert_eq!(model.draft(), None);
}

#[test]
fn what_is_typed_while_it_is_saved_is_kept() {
    let mut model = check(
        [fetched(1, &[item(1, 1, "Bolts", 3)]), Msg::EditBegan(1)],
        "1 Bolts 3",
        None,
    );
    let sent = model.draft().unwrap().clone();
    model.update(Msg::QuantityTyped("4".to_owned()));
    model.update(Msg::DraftSaved(sent));
    let now = model.draft().unwrap().clone();
    assert_eq!(now.quantity, "4");
    model.update(Msg::DraftSaved(now));
    assert_eq!(model.draft(), None);
}
