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
