//! What counts as lost, doubled, divergent and stuck: a history of the shipping ledger, and what clients say they saw of it.

use super::*;
use crate::witness::{Base, Count, Witness};
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Epoch, Hash, Ledger, Millis, ProjectId, Recorded, Sent};

const NOW: Epoch = Epoch(Bits128(2));
const BEFORE: Epoch = Epoch(Bits128(1));

fn mid(n: u128) -> Mid {
    Mid(Bits128(n))
}

fn rename(n: u128) -> Command {
    Command::RenameProject {
        name: Name::new(&format!("Name {n}")).expect("a name"),
    }
}

fn ann() -> Actor {
    Actor {
        id: ActorId(Bits128(1)),
        name: Name::new("Ann").expect("a name"),
    }
}

fn kept(n: u128, stage: Stage) -> Kept {
    Kept {
        mid: mid(n),
        by: ann(),
        at: Millis(0),
        base: 0,
        on: None,
        command: rename(n),
        undo: Vec::new(),
        undoes: None,
        stage,
    }
}

/// A server to which these mutations came.
fn truth(mids: &[u128]) -> Truth {
    let project = Project::new(Name::new("Name 0").expect("a name"), Millis(0));
    let mut ledger = Ledger::new(ProjectId(Bits128(1)), project);
    let actor = ann();
    let changes: Vec<Recorded> = mids
        .iter()
        .map(|n| {
            let sent = Sent {
                mid: mid(*n),
                base: 0,
                command: rename(*n),
            };
            ledger.enter(&sent, &actor, Millis(0)).expect("anyone may rename it")
        })
        .collect();
    let head = ledger.version();
    let beginning = Version {
        rev: 0,
        hash: Hash::genesis(ProjectId(Bits128(1))),
    };
    let history = SyncAnswer {
        epoch: NOW,
        rev: head.rev,
        hash: head.hash,
        digest: ledger.project().digest(),
        role: backlog::Role::Owner,
        changes,
        outcomes: Vec::new(),
        snapshot: None,
        reset: false,
    };
    let whole = SyncAnswer {
        changes: Vec::new(),
        snapshot: Some(Box::new(ledger.project().snapshot())),
        ..history.clone()
    };
    Truth {
        history,
        whole,
        beginning,
        first_name: Name::new("Name 0").expect("a name"),
    }
}

/// What a witness saw of commands, by their last stages.
fn witness(stages: &[(u128, Stage)]) -> Witness {
    let witness = Witness::default();
    for (n, stage) in stages {
        witness.given(0, mid(*n), &rename(*n));
        witness.found(&kept(*n, stage.clone()));
    }
    witness
}

#[track_caller]
fn finds(truth: &Truth, witness: &Witness, counts: &str) {
    let mut verdict = Verdict::default();
    verdict.of_history(truth, &witness.seen());
    assert_eq!(verdict.counts(), counts, "{verdict}");
}

fn confirmed(rev: u64, epoch: Epoch) -> Stage {
    Stage::Confirmed { rev, epoch }
}

const CLEAN: &str = "0 lost, 0 doubled, 0 divergent, 0 stuck, 0 unsound";
const LOST: &str = "1 lost, 0 doubled, 0 divergent, 0 stuck, 0 unsound";

#[test]
fn what_is_in_the_history_is_well() {
    let witness = witness(&[(1, confirmed(1, NOW)), (2, Stage::Pending)]);
    finds(&truth(&[1, 2]), &witness, CLEAN);
}

#[test]
fn what_was_kept_and_is_nowhere_is_lost() {
    finds(
        &truth(&[1]),
        &witness(&[(1, Stage::Pending), (2, Stage::Pending)]),
        LOST,
    );
}

#[test]
fn what_was_given_but_never_kept_is_not_owed() {
    let witness = witness(&[(1, Stage::Pending)]);
    witness.given(0, mid(2), &rename(2));
    finds(&truth(&[1]), &witness, CLEAN);
}

#[test]
fn what_was_refused_or_offered_is_not_lost() {
    let refused = Stage::Refused(replica::Refusal::TooMany);
    finds(&truth(&[]), &witness(&[(1, refused), (2, Stage::Lost)]), CLEAN);
}

#[test]
fn what_was_confirmed_before_a_restore_must_be_offered() {
    finds(&truth(&[]), &witness(&[(1, confirmed(5, BEFORE))]), LOST);
    let offered = witness(&[(1, Stage::Lost)]);
    offered.found(&kept(1, confirmed(5, BEFORE)));
    finds(&truth(&[]), &offered, CLEAN);
}

#[test]
fn what_was_confirmed_in_this_life_cannot_be_refused_or_offered() {
    let witness = witness(&[(1, Stage::Lost)]);
    witness.found(&kept(1, confirmed(1, NOW)));
    finds(&truth(&[]), &witness, LOST);
}

#[test]
fn what_a_disk_lost_is_sent_again_or_refused() {
    let lost = |stage| {
        let witness = witness(&[(1, confirmed(1, NOW))]);
        witness.found(&kept(1, stage));
        witness.count(Count::Losses);
        witness
    };
    finds(&truth(&[]), &lost(Stage::Pending), LOST);
    finds(&truth(&[]), &lost(Stage::Refused(replica::Refusal::TooMany)), CLEAN);
    finds(&truth(&[1]), &lost(Stage::Pending), CLEAN);
}

#[test]
fn a_mutation_that_is_there_twice_is_doubled() {
    let doubled = "0 lost, 1 doubled, 0 divergent, 0 stuck, 0 unsound";
    finds(&truth(&[1, 1]), &witness(&[(1, Stage::Pending)]), doubled);
}

#[test]
fn a_change_that_nobody_asked_for_is_found() {
    finds(&truth(&[1]), &witness(&[]), LOST);
}

#[test]
fn a_history_with_a_hole_is_unsound() {
    let mut truth = truth(&[1, 2]);
    truth.history.changes.remove(0);
    let unsound = "0 lost, 0 doubled, 0 divergent, 0 stuck, 1 unsound";
    finds(&truth, &witness(&[(1, Stage::Pending), (2, Stage::Pending)]), unsound);
}

#[test]
fn a_project_that_does_not_add_up_is_divergent() {
    let mut truth = truth(&[1]);
    truth.whole.digest = Digest(Bits128(0));
    let divergent = "0 lost, 0 doubled, 1 divergent, 0 stuck, 0 unsound";
    finds(&truth, &witness(&[(1, Stage::Pending)]), divergent);
}

#[test]
fn a_base_that_the_server_never_had_is_divergent() {
    let truth = truth(&[1, 2]);
    let had = |epoch, rev: usize, digest| Base {
        client: 0,
        epoch,
        version: truth.history.changes[rev - 1].version(),
        digest,
    };
    let now = truth.whole.digest;
    let cases = [
        (had(NOW, 2, now), 0),
        // What the second revision holds, at the first one.
        (had(NOW, 1, now), 1),
        (had(NOW, 2, Digest(Bits128(0))), 1),
        // Of what a restored database had, nobody is left to ask.
        (had(BEFORE, 2, Digest(Bits128(0))), 0),
    ];
    for (base, found) in cases {
        let witness = Witness::default();
        witness.seen().bases.insert(base);
        let mut verdict = Verdict::default();
        verdict.of_bases(&truth, &witness.seen());
        assert_eq!(verdict.divergent.len(), found, "{base:?}");
        assert!(verdict.unsound.is_empty(), "{verdict}");
    }
}

#[test]
fn clients_are_held_against_the_head() {
    let truth = truth(&[1]);
    let well = Standing {
        version: Some(truth.whole.version()),
        epoch: Some(NOW),
        base: Some(truth.whole.digest),
        view: Some(truth.whole.digest),
        pending: Vec::new(),
        overlay: 0,
        lost: 0,
    };
    let other = Some(Digest(Bits128(0)));
    let cases = [
        (Some(well.clone()), CLEAN),
        (None, "0 lost, 0 doubled, 0 divergent, 1 stuck, 0 unsound"),
        (
            Some(Standing {
                version: None,
                ..well.clone()
            }),
            "0 lost, 0 doubled, 0 divergent, 1 stuck, 0 unsound",
        ),
        (
            Some(Standing {
                pending: vec![mid(1)],
                ..well.clone()
            }),
            "0 lost, 0 doubled, 0 divergent, 1 stuck, 0 unsound",
        ),
        (
            Some(Standing {
                base: other,
                ..well.clone()
            }),
            "0 lost, 0 doubled, 1 divergent, 0 stuck, 0 unsound",
        ),
        (
            Some(Standing { view: other, ..well }),
            "0 lost, 0 doubled, 1 divergent, 0 stuck, 0 unsound",
        ),
    ];
    for (standing, counts) in cases {
        let mut verdict = Verdict::default();
        verdict.of_clients(&truth, &[standing]);
        assert_eq!(verdict.counts(), counts);
    }
}

#[test]
fn what_a_device_still_waits_with_is_stuck() {
    let mut verdict = Verdict::default();
    let loaded = Loaded {
        saved: None,
        kept: vec![kept(1, Stage::Pending), kept(2, Stage::Lost)],
    };
    let witness = witness(&[(1, Stage::Pending), (2, Stage::Lost)]);
    verdict.of_devices(&[(0, loaded)], &witness.seen());
    assert_eq!(verdict.counts(), "0 lost, 0 doubled, 0 divergent, 1 stuck, 0 unsound");
}
