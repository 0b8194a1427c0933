//! The light: it never says more than is known, and how old what one sees may be.

use super::super::msg::DeviceMsg;
use super::desk::{delete, retitle};
use super::*;
use backlog::Transition;
use backlog::api::Beacon;

fn age(desk: &Desk) -> Option<i64> {
    desk.board.scene().header.light.age.map(|age| age.at.0)
}

fn is_asked(desk: &Desk) -> bool {
    desk.effects.contains(&Effect::OpenSession) || !desk.requests.is_empty()
}

#[test]
fn a_server_that_hangs_takes_the_claim_away_within_seconds() {
    let mut desk = Desk::with(&["a"], &[]);
    let fresh = desk.now;
    desk.now += 60_000;
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    assert_eq!(desk.light(), "Live, saving 1");
    let expected = desk.effects.iter().find_map(|effect| match effect {
        Effect::ExpectAnswer(request) => Some(*request),
        _ => None,
    });
    let request = expected.expect("an answer is expected");
    desk.now(Msg::AnswerOverdue(request));
    assert_eq!(desk.light(), "Waiting for the server, saving 1");
    assert_eq!(age(&desk), Some(fresh));
    desk.answer();
    assert_eq!(desk.light(), "Live");
    assert_eq!(age(&desk), None);
    desk.now(Msg::AnswerOverdue(request));
    assert_eq!(desk.light(), "Live", "that one was answered");
}

#[test]
fn what_needs_a_person_stands_before_live_and_beside_offline() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others_do(delete(1));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.answer();
    assert_eq!(desk.light(), "Needs attention (1)");
    assert_eq!(desk.board.scene().header.light.kind, LightKind::Attention);
    desk.now(Msg::ChannelLost);
    desk.answer();
    assert_eq!(desk.light(), "Updating every 15 s, needs attention (1)");
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    assert_eq!(desk.light(), "Offline, needs attention (1)");
}

#[test]
fn a_page_that_is_older_than_the_server_says_so_and_keeps_what_is_its_own() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::Outdated));
    assert_eq!(
        desk.light(),
        "This page is older than the server: reload, 1 change kept on this device"
    );
    desk.reload();
    desk.open();
    check(&desk, "Live \n Current: a started \n Backlog: \n Icebox:");
}

#[test]
fn the_age_is_of_the_last_word_from_the_server() {
    let mut desk = Desk::with(&["a"], &[]);
    let start = desk.now;
    desk.now += 1_000;
    desk.others(retitle(1, "b"));
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    assert_eq!(age(&desk), Some(start + 1_000), "a change");
    desk.now += 1_000;
    let version = desk.ledger.version();
    let mut beacon = Beacon {
        rev: version.rev,
        hash: version.hash,
        digest: desk.ledger.project().digest(),
    };
    desk.now(Msg::BeaconHeard(beacon));
    assert_eq!(age(&desk), Some(start + 2_000), "a beacon that says the same");
    desk.now += 1_000;
    beacon.rev += 1;
    desk.now(Msg::BeaconHeard(beacon));
    assert_eq!(age(&desk), Some(start + 2_000), "a beacon that says more");
}

#[test]
fn the_age_outlives_a_reload() {
    let mut desk = Desk::with(&["a"], &[]);
    let fresh = desk.now;
    desk.now(Msg::Hidden);
    desk.now += 3_600_000;
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    check(&desk, "Offline \n Current: a \n Backlog: \n Icebox:");
    assert_eq!(age(&desk), Some(fresh));
}

#[test]
fn a_tick_that_comes_late_is_a_page_that_slept() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::Ticked);
    desk.now += 15_000;
    desk.now(Msg::Ticked);
    assert!(!desk.effects.contains(&Effect::CheckChannel));
    assert!(!is_asked(&desk));
    desk.now += 31_000;
    desk.now(Msg::Ticked);
    assert!(desk.effects.contains(&Effect::CheckChannel));
    assert!(is_asked(&desk));
}

#[test]
fn a_server_that_answers_with_its_own_failure_is_in_trouble_and_not_gone() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SyncFailed(Failure::Broke));
    assert_eq!(desk.light(), "The server has trouble");
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    assert_eq!(desk.light(), "The server has trouble, 1 change kept on this device");
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    assert_eq!(desk.light(), "Offline, 1 change kept on this device");
    desk.now(Msg::RetryDue);
    desk.answer();
    assert_eq!(desk.light(), "Live");
}

#[test]
fn a_command_at_which_the_server_fails_stops_no_other() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    for story in [1, 2] {
        desk.now(Msg::TransitionClicked(story_id(story), Transition::Start));
    }
    let poison = desk.board.replica.pending().next().map(|kept| kept.mid);
    while let Some(request) = desk.requests.pop() {
        if request.commands.iter().any(|sent| Some(sent.mid) == poison) {
            desk.now(Msg::SyncFailed(Failure::Broke));
            desk.now(Msg::RetryDue);
        } else {
            desk.answer_one(&request);
        }
    }
    check(
        &desk,
        "Needs attention (1) \n Current: b started | a \n Backlog: \n Icebox:",
    );
}

#[test]
fn a_channel_that_tells_nothing_is_doubted_with_the_second_tick() {
    let mut desk = Desk::with(&["a"], &[]);
    let tick = |desk: &mut Desk| {
        desk.effects.clear();
        desk.requests.clear();
        desk.now += 15_000;
        desk.now(Msg::Ticked);
        desk.effects.contains(&Effect::CheckChannel)
    };
    assert!(!tick(&mut desk));
    assert!(tick(&mut desk), "nothing for 30 seconds");
    assert!(is_asked(&desk));
    desk.answer();
    assert!(!tick(&mut desk), "it is asked once");
    let version = desk.ledger.version();
    desk.now(Msg::BeaconHeard(Beacon {
        rev: version.rev,
        hash: version.hash,
        digest: desk.ledger.project().digest(),
    }));
    assert!(!tick(&mut desk), "a beacon 15 seconds ago");
    desk.others(retitle(1, "b"));
    assert!(!tick(&mut desk), "a change 15 seconds ago");
    assert!(tick(&mut desk));
    desk.now(Msg::ChannelLost);
    tick(&mut desk);
    assert!(!tick(&mut desk), "one that is lost is not doubted");
}

#[test]
fn what_waits_is_told_with_where_it_waits() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SyncFailed(Failure::Busy));
    for (transition, words) in [
        (Transition::Start, "Offline, 1 change kept on this device"),
        (Transition::Finish, "Offline, 2 changes kept on this device"),
        (Transition::Deliver, "Offline, 3 changes kept on this device"),
    ] {
        desk.now(Msg::TransitionClicked(story_id(1), transition));
        assert_eq!(desk.light(), words);
    }
    desk.now(Msg::Device(DeviceMsg::Failed("its storage is full".to_owned())));
    assert_eq!(desk.light(), "Offline, 3 changes kept on this page only");
}
