//! One row per case: what is known, what arrives, what is done and told.

use super::*;
use crate::id::Bits128;
use crate::project::tests::script::new_story;
use crate::{ActorId, Command, Edit, Label, Name, Panel, Project, ProjectId, StoryId, StoryType};

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xada)),
        name: Name::new("Ada").unwrap(),
    }
}

fn ledger() -> Ledger {
    let project = Project::new(Name::new("Shop").unwrap(), Millis(0));
    Ledger::new(ProjectId(Bits128(5)), project)
}

fn mid(bits: u128) -> Mid {
    Mid(Bits128(bits))
}

fn rename(bits: u128) -> Sent {
    let name = Name::new(&format!("Shop {bits}")).unwrap();
    Sent {
        mid: mid(bits),
        base: 0,
        command: Command::RenameProject { name },
    }
}

fn delete_unknown(bits: u128) -> Sent {
    let stories = vec![StoryId(Bits128(1))];
    Sent {
        mid: mid(bits),
        base: 0,
        command: Command::DeleteStories { stories },
    }
}

fn told(steps: &[Step<'_>]) -> Vec<(u128, Fate)> {
    let outcomes = steps.iter().map(Step::outcome);
    outcomes.map(|outcome| (outcome.mid.0.0, outcome.fate)).collect()
}

fn recorded(steps: &[Step<'_>]) -> Vec<Option<(u64, Millis)>> {
    let recorded = |step: &Step<'_>| match &step.done {
        Done::Recorded(recorded) => Some((recorded.rev, recorded.at)),
        Done::Repeated(_) | Done::Refused(_) => None,
    };
    steps.iter().map(recorded).collect()
}

#[test]
fn each_command_is_carried_out_once_and_told_in_order() {
    let (mut ledger, mut known, ada) = (ledger(), Fates::new(), ada());
    let commands = [rename(1), delete_unknown(2), rename(3), rename(1), delete_unknown(2)];
    let arrived = Arrived {
        author: &ada,
        role: Role::Owner,
        at: Millis(70),
        commands: &commands,
    };
    let refused = Fate::Rejected(Rejection::UnknownStory);
    let steps = carry_out(&mut ledger, &mut known, arrived);
    let expected = [
        (1, Fate::Applied(1)),
        (2, refused.clone()),
        (3, Fate::Applied(2)),
        (1, Fate::Applied(1)),
        (2, refused.clone()),
    ];
    assert_eq!(told(&steps), expected);
    assert_eq!(
        recorded(&steps),
        [Some((1, Millis(70))), None, Some((2, Millis(70))), None, None]
    );
    assert_eq!(steps[1].done, Done::Refused(Rejection::UnknownStory));
    assert_eq!(steps[4].done, Done::Repeated(refused));
    assert_eq!((ledger.version().rev, ledger.project().name().as_str()), (2, "Shop 3"));

    // Sent again as a whole it takes no revision and gets the same answer.
    let again = carry_out(&mut ledger, &mut known, arrived);
    assert_eq!(told(&again), expected);
    assert_eq!(recorded(&again), [None; 5]);
    assert_eq!(ledger.version().rev, 2);
}

#[test]
fn what_was_refused_stays_refused_although_it_could_be_done() {
    let (mut ledger, ada) = (ledger(), ada());
    let refused = Fate::Rejected(Rejection::UnknownStory);
    let mut known = Fates::from([(mid(1), refused.clone())]);
    let commands = [rename(1)];
    let arrived = Arrived {
        author: &ada,
        role: Role::Owner,
        at: Millis(0),
        commands: &commands,
    };
    assert_eq!(told(&carry_out(&mut ledger, &mut known, arrived)), [(1, refused)]);
    assert_eq!(ledger.version().rev, 0);
}

fn said(bits: u128, command: Command) -> Sent {
    Sent {
        mid: mid(bits),
        base: 0,
        command,
    }
}

fn add_to(panel: Panel, bits: u128) -> Sent {
    let new = new_story(StoryId(Bits128(bits)), StoryType::Bug, panel);
    said(bits, Command::CreateStory(new))
}

#[test]
fn what_a_role_does_not_allow_takes_no_effect_and_stays_refused() {
    let (mut ledger, mut known, ada) = (ledger(), Fates::new(), ada());
    let commands = [add_to(Panel::Icebox, 97), add_to(Panel::Backlog, 98), rename(3)];
    let arrived = |role| Arrived {
        author: &ada,
        role,
        at: Millis(0),
        commands: &commands,
    };
    let refused = || Fate::Rejected(Rejection::NotAllowed);
    let expected = [(97, Fate::Applied(1)), (98, refused()), (3, refused())];
    assert_eq!(
        told(&carry_out(&mut ledger, &mut known, arrived(Role::Client))),
        expected
    );
    assert_eq!((ledger.version().rev, ledger.project().name().as_str()), (1, "Shop"));
    // Whoever may do it by now gives it anew; what was refused is refused for good, and what was done stays done for a viewer.
    for role in [Role::Owner, Role::Viewer] {
        assert_eq!(told(&carry_out(&mut ledger, &mut known, arrived(role))), expected);
    }
    assert_eq!(ledger.version().rev, 1);
}

/// Each command is judged on what those before it made of the project.
#[test]
fn a_client_words_what_they_just_asked_for() {
    let (mut ledger, mut known, ada) = (ledger(), Fates::new(), ada());
    let story = StoryId(Bits128(97));
    let edit = |edits| Command::EditStory { id: story, edits };
    let commands = [
        add_to(Panel::Icebox, 97),
        said(2, edit(vec![Edit::LabelAdded(Label::new("web").unwrap())])),
        said(3, Command::DeleteStories { stories: vec![story] }),
        said(4, Command::RestoreStories { stories: vec![story] }),
        said(5, edit(vec![Edit::Estimate(None)])),
    ];
    let arrived = Arrived {
        author: &ada,
        role: Role::Client,
        at: Millis(0),
        commands: &commands,
    };
    let expected = [
        (97, Fate::Applied(1)),
        (2, Fate::Applied(2)),
        (3, Fate::Applied(3)),
        (4, Fate::Applied(4)),
        (5, Fate::Rejected(Rejection::NotAllowed)),
    ];
    assert_eq!(told(&carry_out(&mut ledger, &mut known, arrived)), expected);
}

#[test]
fn the_server_alone_says_who_joined_and_left() {
    let (mut ledger, mut known, ada) = (ledger(), Fates::new(), ada());
    let (id, role) = (ada.id, Role::Viewer);
    let commands = [
        said(1, Command::Join { role }),
        said(2, Command::Leave { id }),
        rename(3),
    ];
    let arrived = |role| Arrived {
        author: &ada,
        role,
        at: Millis(0),
        commands: &commands,
    };
    let refused = || Fate::Rejected(Rejection::NotAllowed);
    let steps = carry_out(&mut ledger, &mut known, arrived(Role::Owner));
    assert_eq!(told(&steps)[..2], [(1, refused()), (2, refused())]);
    let (mut ledger, mut known) = (self::ledger(), Fates::new());
    let steps = carry_out_membership(&mut ledger, &mut known, arrived(Role::Viewer));
    let expected = [(1, Fate::Applied(1)), (2, Fate::Applied(2)), (3, refused())];
    assert_eq!(told(&steps), expected, "and nothing else gets done by it");
    assert!(ledger.project().has_left(id));
}

#[test]
fn what_the_outcomes_tell_is_not_told_twice() {
    let outcomes = [Outcome {
        mid: mid(2),
        fate: Fate::Applied(1),
    }];
    assert_eq!(untold(vec![mid(3), mid(2), mid(1)], &outcomes), [mid(3), mid(1)]);
    assert_eq!(untold(vec![mid(3)], &[]), [mid(3)]);
}

#[test]
fn a_head_knows_nothing_of_what_comes_after_it() {
    let refused = Fate::Rejected(Rejection::UnknownStory);
    let fates = Fates::from([
        (mid(4), Fate::Applied(4)),
        (mid(5), Fate::Applied(5)),
        (mid(6), refused.clone()),
    ]);
    let said = tell(vec![mid(5), mid(4), mid(6), mid(7)], &fates, version(4, 0xa));
    let said: Vec<(Mid, Fate)> = said.into_iter().map(|outcome| (outcome.mid, outcome.fate)).collect();
    let expected = [
        (mid(5), Fate::Unknown),
        (mid(4), Fate::Applied(4)),
        (mid(6), refused),
        (mid(7), Fate::Unknown),
    ];
    assert_eq!(said, expected);
}

fn version(rev: u64, hash: u128) -> Version {
    Version {
        rev,
        hash: Hash(Bits128(hash)),
    }
}

fn reader(since: Option<Version>) -> Reader {
    Reader {
        since,
        full: false,
        head: version(7_000, 0xa),
    }
}

/// What a reader gets if the history has that hash at the revision that it has read.
fn handed(reader: Reader, (hash, bytes): (u128, u64)) -> CatchUp {
    let hash = Some(Hash(Bits128(hash)));
    reader.catch_up(reader.span().map(|_| Missed { hash, bytes }))
}

#[test]
fn who_is_behind_gets_the_changes_in_between() {
    let changes = |after| CatchUp::Changes { after, upto: 7_000 };
    for after in [6_999, 6_000, 2_000] {
        let reader = reader(Some(version(after, 0xb)));
        assert_eq!(reader.span(), Some(after..7_000));
        assert_eq!(handed(reader, (0xb, 10)), changes(after));
        assert_eq!(handed(reader, (0xc, 10)), CatchUp::Reset, "another history");
        assert_eq!(handed(reader, (0xb, 4_194_304)), changes(after));
        assert_eq!(
            handed(reader, (0xb, 4_194_305)),
            CatchUp::Reset,
            "too much for one answer"
        );
        let never = Missed { hash: None, bytes: 0 };
        assert_eq!(reader.catch_up(Some(never)), CatchUp::Reset);
        assert_eq!(reader.catch_up(None), CatchUp::Reset);
    }
    let far = reader(Some(version(1_999, 0xb)));
    assert_eq!(
        (far.span(), far.catch_up(None)),
        (None, CatchUp::Reset),
        "5,001 changes"
    );
}

#[test]
fn who_is_there_gets_nothing_and_who_is_elsewhere_starts_over() {
    let there = reader(Some(version(7_000, 0xa)));
    assert_eq!((there.span(), there.catch_up(None)), (None, CatchUp::Nothing));
    for elsewhere in [version(7_000, 0xb), version(7_001, 0xa), version(u64::MAX, 0)] {
        let reader = reader(Some(elsewhere));
        assert_eq!(
            (reader.span(), reader.catch_up(None)),
            (None, CatchUp::Reset),
            "{elsewhere}"
        );
    }
}

#[test]
fn who_holds_nothing_or_wants_everything_gets_the_project() {
    let nothing = reader(None);
    let everything = Reader {
        full: true,
        ..reader(Some(version(6_999, 0xb)))
    };
    for reader in [nothing, everything, Reader { full: true, ..nothing }] {
        assert_eq!((reader.span(), reader.catch_up(None)), (None, CatchUp::Snapshot));
    }
}
