//! A history grows by one revision per accepted command, and only at its end.

use super::{Ledger, Unlinked};
use crate::id::Bits128;
use crate::{Actor, ActorId, Command, Hash, Mid, Millis, Name, Project, ProjectId, Recorded, Rejection, Sent, StoryId};

const PROJECT: ProjectId = ProjectId(Bits128(5));

fn ledger() -> Ledger {
    Ledger::new(PROJECT, Project::new(Name::new("Shop").unwrap(), Millis(0)))
}

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xada0)),
        name: Name::new("Ada").unwrap(),
    }
}

fn sent(mid: u128, command: Command) -> Sent {
    Sent {
        mid: Mid(Bits128(mid)),
        base: 0,
        command,
    }
}

fn rename(ledger: &mut Ledger, mid: u128, name: &str) -> Recorded {
    let command = Command::RenameProject {
        name: Name::new(name).unwrap(),
    };
    ledger
        .enter(&sent(mid, command), &ada(), Millis(1_700_000_000_000))
        .unwrap()
}

#[test]
fn a_command_enters_as_the_next_revision() {
    let mut ledger = ledger();
    assert_eq!(
        (ledger.id(), ledger.version().rev, ledger.version().hash),
        (PROJECT, 0, Hash::genesis(PROJECT))
    );
    let first = rename(&mut ledger, 0x33, "Shop");
    assert_eq!((first.rev, first.prev), (1, Hash::genesis(PROJECT)));
    assert_eq!(first.hash.0.to_string(), "c8f6487d0bb97950311fc736b339a26f");
    let second = rename(&mut ledger, 0x34, "Market");
    assert_eq!((second.rev, second.prev), (2, first.hash));
    assert_eq!(
        (ledger.version(), ledger.project().name().as_str()),
        (second.version(), "Market")
    );
}

#[test]
fn a_rejected_command_takes_no_revision() {
    let mut ledger = ledger();
    let stories = vec![StoryId(Bits128(1))];
    let refused = ledger.enter(&sent(1, Command::DeleteStories { stories }), &ada(), Millis(0));
    assert_eq!(refused, Err(Rejection::UnknownStory));
    assert_eq!(ledger.version().rev, 0);
}

#[test]
fn what_the_author_saw_is_kept_and_lies_before_the_change() {
    let mut ledger = ledger();
    let mut seen = |base| {
        let name = Name::new("Shop").unwrap();
        let sent = Sent {
            base,
            ..sent(u128::from(base) + 1, Command::RenameProject { name })
        };
        let recorded = ledger.enter(&sent, &ada(), Millis(0)).unwrap();
        (recorded.rev, recorded.base)
    };
    assert_eq!(
        [seen(7), seen(0), seen(2), seen(3), seen(5)],
        [(1, 0), (2, 0), (3, 2), (4, 3), (5, 4)]
    );
}

#[test]
fn a_change_of_another_history_does_not_follow() {
    let (mut ours, mut theirs) = (ledger(), ledger());
    rename(&mut ours, 1, "a");
    rename(&mut theirs, 2, "a");
    let next = rename(&mut theirs, 3, "b");
    let before = ours.version();
    assert_eq!(ours.follow(&next), Err(Unlinked));
    assert_eq!((ours.version(), ours.project().name().as_str()), (before, "a"));
}

#[test]
fn a_copy_follows_change_by_change() {
    let (mut ledger, mut copy) = (ledger(), ledger());
    let changes = [
        rename(&mut ledger, 1, "a"),
        rename(&mut ledger, 2, "b"),
        rename(&mut ledger, 3, "c"),
    ];
    assert_eq!(copy.follow(&changes[1]), Err(Unlinked));
    assert_eq!(copy.follow(&changes[0]), Ok(()));
    assert_eq!(copy.follow(&changes[0]), Err(Unlinked));
    assert_eq!(copy.follow(&changes[2]), Err(Unlinked));
    assert_eq!(
        copy.follow(&Recorded {
            rev: 7,
            ..changes[1].clone()
        }),
        Err(Unlinked)
    );
    assert_eq!(
        (copy.version(), copy.project().name().as_str()),
        (changes[0].version(), "a")
    );
    assert_eq!(copy.follow(&changes[1]), Ok(()));
    assert_eq!(copy.follow(&changes[2]), Ok(()));
    assert_eq!(
        (copy.version(), copy.project().digest()),
        (ledger.version(), ledger.project().digest())
    );
}
