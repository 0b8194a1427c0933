//! A server that lost what it had confirmed, in the same life of its database: what was confirmed stays seen and is sent again,
//! whichever numbers the revisions after it bear.

use super::*;

fn loaded(device: &Device) -> Input {
    Input::Loaded(Loaded {
        saved: None,
        ..device.load()
    })
}

/// Two pages of one device: the first gave a command and had it confirmed, the second knows so from the device alone. Then the
/// server loses it.
fn confirmed_and_lost() -> (Host, Page) {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let (mut one, mut two) = (Page::opened(&mut host), Page::opened(&mut host));
    let disk = host.clone();
    one.command(7, create(2, "mine"));
    one.settle(&mut host);
    two.device = one.device.clone();
    let told = loaded(&two.device);
    two.handle(told);
    assert_eq!(two.titles(), "mine alpha");
    (disk, two)
}

#[test]
fn what_was_lost_stays_seen_though_another_change_took_its_revision() {
    let (mut host, mut page) = confirmed_and_lost();
    let theirs = host.does(2, create(3, "theirs"), &BOB());
    page.hear(&theirs);
    assert_eq!(page.titles(), "mine theirs alpha");
    page.settle(&mut host);
    assert_eq!(page.titles(), "mine theirs alpha");
    assert_eq!((host.ledger.version().rev, page.waiting()), (3, 0));
}

#[test]
fn what_was_lost_is_sent_again_though_nothing_else_happens() {
    let (mut host, mut page) = confirmed_and_lost();
    page.settle(&mut host);
    assert_eq!(page.titles(), "mine alpha");
    assert_eq!((host.ledger.version().rev, page.waiting()), (2, 0));
}

#[test]
fn revisions_of_two_histories_are_not_compared() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let disk = host.clone();
    for n in 2..6 {
        host.does(n, retitle(1, &format!("t{n}")), &BOB());
    }
    // Given at revision 5 of a first history, in the second at revision 2, in the third at 4.
    let mut one = Page::opened(&mut host);
    one.command(7, retitle(1, "mine"));
    one.settle(&mut host);
    host = disk.clone();
    one.handle(Input::Woke);
    one.settle(&mut host);
    host.does(6, retitle(1, "yours"), &BOB());
    // A base of the second history, without a word on how it came to be.
    let mut two = Page::on(one.device.clone());
    two.handle(Input::Woke);
    two.settle(&mut host);
    two.handle(Input::SaveDue);
    host = disk;
    host.does(7, create(8, "other"), &BOB());
    host.does(8, create(9, "more"), &BOB());
    one.handle(Input::Woke);
    one.settle(&mut host);
    assert_eq!(host.ledger.version().rev, 4);
    let mut three = Page::on(Device {
        own: one.device.own.clone(),
        base: two.device.base.clone(),
    });
    assert_eq!(three.titles(), "yours");
    three.handle(Input::Woke);
    three.settle(&mut host);
    assert_eq!(three.titles(), "more other mine");
}

#[test]
fn what_a_page_wrote_that_knew_less_is_written_again() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    let gone = Command::DeleteStories {
        stories: vec![story_id(1)],
    };
    host.does(2, gone, &BOB());
    page.command(7, retitle(1, "mine"));
    let before = page.device.clone();
    page.settle(&mut host);
    page.device = before;
    assert_eq!(page.device.load().kept[0].stage, Stage::Pending);
    let told = loaded(&page.device);
    page.handle(told);
    assert_eq!(page.device.load().kept[0].stage, refused(Rejection::DeletedStory));
}

#[test]
fn what_is_known_better_is_written_once_for_each_word_that_says_less() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    let before = page.device.clone();
    page.settle(&mut host);
    let writes = |page: &mut Page| {
        let outputs = page.replica.handle(loaded(&before));
        outputs
            .iter()
            .filter(|output| matches!(output, Output::Write(_)))
            .count()
    };
    assert_eq!(writes(&mut page), 1);
    assert_eq!(writes(&mut page), 0);
}
