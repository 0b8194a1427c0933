//! What outlives a tab: nothing is shown or sent before the device holds it, and what it holds comes back once.

use super::*;

#[test]
fn a_command_is_neither_shown_nor_sent_before_the_device_holds_it() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.slow = true;
    page.command(7, create(1, "alpha"));
    assert_eq!(page.titles(), "");
    assert_eq!(page.requests, []);
    assert_eq!(page.waiting(), 1);
    let kept = page.keeping.remove(0);
    page.keep(&kept);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.requests[0].commands.len(), 1);
}

#[test]
fn a_command_is_judged_on_what_one_will_see() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.slow = true;
    page.command(7, create(1, "alpha"));
    page.command(8, retitle(1, "beta"));
    assert_eq!(page.rejected(), []);
    for kept in std::mem::take(&mut page.keeping) {
        page.keep(&kept);
    }
    assert_eq!(page.titles(), "beta");
}

#[test]
fn what_was_given_offline_is_there_after_a_reload_and_goes_once() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.handle(Input::SaveDue);
    page.command(7, retitle(1, "mine"));
    page.command(8, create(2, "more"));
    page.reload();
    assert_eq!(page.titles(), "more mine");
    page.handle(Input::Woke);
    page.settle(&mut host);
    page.reload();
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "more mine");
    assert_eq!(host.ledger.version().rev, 3);
    assert_eq!(page.waiting(), 0);
}

#[test]
fn a_confirmed_command_stays_seen_on_a_base_saved_before_it() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.handle(Input::SaveDue);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    page.reload();
    assert_eq!(page.replica.version().map(|version| version.rev), Some(1));
    assert_eq!(page.titles(), "mine");
    assert_eq!(page.waiting(), 0);
}

#[test]
fn a_damaged_base_is_fetched_anew() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.handle(Input::SaveDue);
    let torn = page.device.base.take().map(|text| text.replace("alpha", "alphb"));
    page.device.base = torn;
    page.reload();
    assert_eq!(page.titles(), "nothing");
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
}

#[test]
fn what_another_tab_gave_shows_here_and_any_tab_may_send_it() {
    let mut host = Host::new();
    let mut one = Page::opened(&mut host);
    let mut two = Page::opened(&mut host);
    one.command(7, create(1, "alpha"));
    two.device = one.device.clone();
    two.handle(Input::Loaded(Loaded {
        saved: None,
        ..one.device.load()
    }));
    assert_eq!(two.titles(), "alpha");
    two.settle(&mut host);
    one.settle(&mut host);
    assert_eq!(host.ledger.version().rev, 1);
    assert_eq!((one.waiting(), two.waiting()), (0, 0));
}

#[test]
fn what_the_base_holds_already_is_not_laid_over_it_again() {
    let mut host = Host::new();
    let mut one = Page::opened(&mut host);
    let mut two = Page::opened(&mut host);
    one.command(7, create(1, "alpha"));
    let told = one.device.load();
    let request = one.requests.pop().expect("it was sent");
    let answer = host.answer(&request, &ANN());
    two.hear(&answer.changes[0]);
    two.hear(&host.does(2, retitle(1, "beta"), &BOB()));
    two.handle(Input::Loaded(told));
    assert_eq!(two.titles(), "beta");
    assert_eq!(two.waiting(), 0);
}

#[test]
fn what_the_base_may_hold_shows_once_the_server_has_said() {
    let mut host = Host::new();
    let mut one = Page::opened(&mut host);
    one.command(7, create(1, "alpha"));
    let told = one.device.load();
    let request = one.requests.pop().expect("it was sent");
    host.answer(&request, &ANN());
    host.does(2, retitle(1, "beta"), &BOB());
    // The other tab has it all by a snapshot, which names no mutation ids.
    let mut two = Page::opened(&mut host);
    two.handle(Input::Loaded(told));
    assert_eq!(two.titles(), "beta");
    two.settle(&mut host);
    assert_eq!(two.titles(), "beta");
    assert_eq!(two.waiting(), 0);
}

#[test]
fn the_journal_is_as_long_as_it_says_and_never_lets_go_of_what_is_not_saved() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(1, create(1, "alpha"));
    for n in 2..=520 {
        page.command(n, retitle(1, &format!("t{n}")));
    }
    page.settle(&mut host);
    assert_eq!(page.device.own.len(), 520);
    page.handle(Input::SaveDue);
    assert_eq!(page.device.own.len(), JOURNAL);
    assert!(!page.device.own.contains_key(&mid(1)));
    assert!(page.device.own.contains_key(&mid(520)));
}

#[test]
fn the_queue_has_an_end_and_says_so() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(1, create(1, "alpha"));
    for n in 2..=MAX_PENDING as u128 {
        page.command(n, retitle(1, &format!("t{n}")));
    }
    assert_eq!(page.rejected(), []);
    page.command(9_999, retitle(1, "one too many"));
    assert_eq!(page.rejected(), [Refusal::TooMany]);
    page.handle(Input::SyncFailed);
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(host.ledger.version().rev, MAX_PENDING as u64);
    assert_eq!(page.waiting(), 0);
}

#[test]
fn the_form_on_the_device_is_read_by_later_programs() {
    let text = "{\"form\":1,\"kept\":{\"mid\":\"00000000000000000000000000000007\",\
                \"by\":{\"id\":\"0000000000000000000000000000ada0\",\"name\":\"Ada\"},\"at\":5,\"base\":3,\
                \"command\":{\"rename-project\":{\"name\":\"Alpha\"}},\
                \"stage\":{\"confirmed\":{\"rev\":4,\"epoch\":\"0000000000000000000000000000000e\"}}}}";
    let kept = Kept::from_text(text).expect("it can be read");
    assert_eq!((kept.mid, kept.at, kept.base), (mid(7), Millis(5), 3));
    assert_eq!(kept.to_text(), text);
    // An earlier program did not write down whose it is.
    let (before, rest) = text.split_once("\"by\"").expect("it is there");
    let (_, after) = rest.split_once("},").expect("it is there");
    let earlier = Kept::from_text(&format!("{before}{after}")).expect("it can be read");
    assert_eq!(earlier.by.name.as_str(), "Somebody");
    assert_eq!(
        Kept {
            by: kept.by.clone(),
            ..earlier
        },
        kept
    );
    for text in [
        "",
        "{}",
        "[]",
        &text.replace("\"form\":1", "\"form\":2"),
        &text.replace("rename", "recolour"),
    ] {
        assert_eq!(Kept::from_text(text), Err(Unreadable), "{text}");
    }
}
