//! Answers that are late, of another history, or of a server that was put back.

use super::*;

#[test]
fn a_snapshot_that_does_not_tell_of_every_own_command_is_not_taken() {
    let mut host = Host::new();
    let mut one = Page::opened(&mut host);
    let mut two = Page::new();
    two.handle(Input::Woke);
    one.command(7, create(1, "alpha"));
    one.settle(&mut host);
    let request = two.requests.pop().expect("a new page asks for everything");
    let answer = host.answer(&request, &ANN());
    // Meanwhile the other tab of the same device tells of its command.
    two.handle(Input::Loaded(one.device.load()));
    two.handle(Input::SyncAnswered(Box::new(answer)));
    assert_eq!(two.titles(), "nothing");
    two.settle(&mut host);
    assert_eq!(two.titles(), "alpha");
}

#[test]
fn changes_heard_while_everything_is_on_its_way_follow_on_it() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    let mut beacon = host.beacon();
    beacon.digest = backlog::Digest(backlog::id::Bits128(0));
    page.handle(Input::BeaconHeard(beacon));
    let request = page.requests.pop().expect("a copy that differs is asked for");
    let answer = host.answer(&request, &ANN());
    page.hear(&host.does(2, create(2, "beta"), &BOB()));
    page.handle(Input::SyncAnswered(Box::new(answer)));
    assert_eq!(page.titles(), "beta alpha");
    assert_eq!(page.replica.version(), Some(host.ledger.version()));
}

#[test]
fn an_answer_of_another_history_decides_nothing() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let before = host.clone();
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    let request = page.requests.pop().expect("it was sent");
    // The answer was given by a server that then lost what it had.
    let mut late = host.answer(&request, &ANN());
    late.changes.clear();
    let mut host = before;
    page.handle(Input::SyncAnswered(Box::new(late)));
    assert_eq!(page.waiting(), 1);
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "mine");
    assert_eq!(host.history.len(), 2);
}

#[test]
fn a_server_that_always_resets_is_not_asked_without_pause() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.handle(Input::Woke);
    let mut asked = 0;
    while let Some(request) = page.requests.pop() {
        asked += 1;
        assert!(asked < 10, "the page never stops asking");
        let mut answer = host.answer(&request, &ANN());
        answer.reset = !request.full;
        page.handle(Input::SyncAnswered(Box::new(answer)));
    }
    // The next occasion is another try.
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.replica.version(), Some(host.ledger.version()));
}

#[test]
fn a_server_put_back_to_an_earlier_revision_is_noticed_by_its_beacon() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut before = host.clone();
    host.does(2, create(2, "beta"), &BOB());
    let mut page = Page::opened(&mut host);
    assert_eq!(page.titles(), "beta alpha");
    page.handle(Input::BeaconHeard(before.beacon()));
    page.settle(&mut before);
    assert_eq!(page.titles(), "alpha");
}

#[test]
fn a_beacon_sent_before_what_is_here_is_no_news() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.hear(&host.does(1, create(1, "alpha"), &BOB()));
    let beacon = host.beacon();
    page.hear(&host.does(2, create(2, "beta"), &BOB()));
    page.handle(Input::BeaconHeard(beacon));
    assert_eq!(page.requests, []);
}

/// Lets the host answer, but fail at every request that carries the poison.
fn settle_but_fail_at(page: &mut Page, host: &mut Host, poison: Mid) {
    for _ in 0..40 {
        while let Some(request) = page.requests.pop() {
            match request.commands.iter().any(|sent| sent.mid == poison) {
                true => page.handle(Input::SyncBroke),
                false => page.handle(Input::SyncAnswered(Box::new(host.answer(&request, &ANN())))),
            }
        }
        page.handle(Input::Woke);
    }
}

#[test]
fn a_command_at_which_the_server_fails_stops_no_other() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.handle(Input::Woke);
    page.command(7, create(1, "alpha"));
    page.command(8, create(2, "poison"));
    page.command(9, create(3, "gamma"));
    settle_but_fail_at(&mut page, &mut host, mid(8));
    assert_eq!(page.titles(), "gamma alpha");
    assert_eq!(page.attention(), [Stage::Refused(Refusal::Failing)]);
    assert_eq!(page.waiting(), 0);
}

#[test]
fn a_server_that_fails_at_everything_blames_no_command() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, create(1, "alpha"));
    for _ in 0..20 {
        page.requests.clear();
        page.handle(Input::SyncBroke);
        page.handle(Input::Woke);
    }
    assert_eq!(page.attention(), []);
    page.settle(&mut host);
    assert_eq!(page.waiting(), 0);
    assert_eq!(host.ledger.version().rev, 1);
}

#[test]
fn more_commands_than_one_request_asks_after_drain_all_the_same() {
    let mut host = Host::new();
    let mut page = Page::new();
    let many = backlog::api::MAX_ASKED as u128 + 200;
    for n in 1..=many {
        let kept = Kept {
            mid: mid(n),
            by: ANN(),
            at: Millis(n as i64),
            base: 0,
            on: None,
            command: match n {
                1 => create(1, "alpha"),
                _ => retitle(1, &format!("t{n}")),
            },
            undo: Vec::new(),
            undoes: None,
            stage: Stage::Pending,
        };
        page.device.put(&kept);
    }
    page.reload();
    page.handle(Input::Woke);
    let mut asked = 0;
    while let Some(request) = page.requests.pop() {
        asked += 1;
        assert!(asked < 60, "the page asks without end");
        page.handle(Input::SyncAnswered(Box::new(host.answer(&request, &ANN()))));
    }
    assert_eq!(host.ledger.version().rev as u128, many);
    assert_eq!(page.waiting(), 0);
}
