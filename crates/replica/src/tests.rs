//! The replica as transcripts against a host that plays the server with the shipping ledger, and a seeded storm over a
//! lossy channel.

mod attention;
mod device;
mod host;
mod lost;
mod role;
mod storm;
mod trouble;
mod undo;

use super::*;
use backlog::api::SyncRequest;
use backlog::{Panel, Rejection, StoryId};
use host::{ANN, BOB, Host, create, mid, retitle, story_id};
use std::collections::BTreeMap;

/// A replica, its device, and what is on its way to and from the host.
struct Page {
    replica: Replica,
    requests: Vec<SyncRequest>,
    seen: Vec<Output>,
    device: Device,
    // Whether the device answers at once. Where not, what it was told to keep waits in `keeping`.
    slow: bool,
    keeping: Vec<Kept>,
}

/// What a device holds, as text: what it gives back went through the form in which it is written.
#[derive(Clone, Default)]
struct Device {
    own: BTreeMap<Mid, String>,
    base: Option<String>,
}

impl Device {
    fn put(&mut self, kept: &Kept) {
        self.own.insert(kept.mid, kept.to_text());
    }

    fn load(&self) -> Loaded {
        let read = |text: &String| Kept::from_text(text).expect("it was written so");
        Loaded {
            saved: self.base.as_deref().and_then(Saved::from_text).map(Box::new),
            kept: self.own.values().map(read).collect(),
        }
    }
}

impl Page {
    fn new() -> Page {
        Page::on(Device::default())
    }

    /// A page that opens on a device.
    fn on(device: Device) -> Page {
        let mut page = Page {
            replica: Replica::new(),
            requests: Vec::new(),
            seen: Vec::new(),
            slow: false,
            keeping: Vec::new(),
            device,
        };
        page.replica.handle(Input::Loaded(page.device.load()));
        page.replica.handle(Input::SyncFailed);
        page
    }

    /// A page that has read everything.
    fn opened(host: &mut Host) -> Page {
        let mut page = Page::new();
        page.handle(Input::Woke);
        page.settle(host);
        page.seen.clear();
        page
    }

    fn handle(&mut self, input: Input) {
        for output in self.replica.handle(input) {
            match output {
                Output::Sync(request) => self.requests.push(request),
                Output::Keep(kept) if self.slow => self.keeping.push(*kept),
                Output::Keep(kept) => self.keep(&kept),
                Output::Write(writes) => writes.into_iter().for_each(|write| self.write(write)),
                Output::Save(saved) => {
                    self.device.base = Some(saved.to_text());
                    self.handle(Input::Saved(saved.version));
                }
                other => self.seen.push(other),
            }
        }
    }

    fn keep(&mut self, kept: &Kept) {
        self.device.put(kept);
        self.handle(Input::Kept(kept.mid));
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Put(kept) => self.device.put(&kept),
            Write::Remove(mid) => {
                self.device.own.remove(&mid);
            }
        }
    }

    /// The tab is closed and opened again.
    fn reload(&mut self) {
        *self = Page::on(self.device.clone());
    }

    fn give(&mut self, given: Given) {
        self.handle(Input::Commanded(given.into()));
    }

    fn command(&mut self, n: u128, command: Command) {
        self.give(given(n, command));
    }

    fn waiting(&self) -> usize {
        self.replica.pending().count()
    }

    fn hear(&mut self, recorded: &Recorded) {
        self.handle(Input::ChangeHeard(Box::new(recorded.clone())));
    }

    /// Lets the host answer until the page asks for nothing more.
    fn settle(&mut self, host: &mut Host) {
        while let Some(request) = self.requests.pop() {
            let answer = host.answer(&request, &ANN());
            self.handle(Input::SyncAnswered(Box::new(answer)));
        }
    }

    fn titles(&self) -> String {
        let Some(view) = self.replica.view() else {
            return "nothing".to_owned();
        };
        let title = |slot| view.at(slot).title.as_str().to_owned();
        view.order(Panel::Icebox).map(title).collect::<Vec<_>>().join(" ")
    }

    fn applied(&self) -> usize {
        self.seen
            .iter()
            .filter(|output| matches!(output, Output::Applied(_)))
            .count()
    }

    fn rejected(&self) -> Vec<Refusal> {
        let reason = |output: &Output| match output {
            Output::Rejected { reason, .. } => Some(reason.clone()),
            Output::Keep(_)
            | Output::Write(_)
            | Output::Save(_)
            | Output::Sync(_)
            | Output::ViewChanged
            | Output::WordsChanged
            | Output::RoleChanged
            | Output::Applied(_)
            | Output::Overwritten(_)
            | Output::NeedsAttention(_) => None,
        };
        self.seen.iter().filter_map(reason).collect()
    }

    /// Why commands need attention, in the order in which they were given.
    fn attention(&self) -> Vec<Stage> {
        self.replica.attention().map(|kept| kept.stage.clone()).collect()
    }
}

fn given(n: u128, command: Command) -> Given {
    Given {
        mid: mid(n),
        command,
        by: ANN(),
        at: Millis(n as i64),
        undoes: None,
        replaces: None,
    }
}

fn refused(rejection: Rejection) -> Stage {
    Stage::Refused(Refusal::Rejected(rejection))
}

#[test]
fn a_new_copy_asks_for_everything() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::new();
    assert_eq!(page.titles(), "nothing");
    page.handle(Input::Woke);
    assert_eq!(
        page.requests,
        [SyncRequest {
            full: true,
            ..SyncRequest::default()
        }]
    );
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.replica.version(), Some(host.ledger.version()));
}

#[test]
fn an_own_command_shows_at_once_and_is_confirmed_once() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, create(1, "alpha"));
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.waiting(), 1);
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.waiting(), 0);
    assert_eq!(
        page.applied(),
        0,
        "the author is not told of the own change as of someone else's"
    );
    assert_eq!(host.ledger.version().rev, 1);
}

#[test]
fn a_change_that_follows_is_applied_and_one_known_is_skipped() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    let first = host.does(1, create(1, "alpha"), &BOB());
    page.hear(&first);
    page.hear(&first);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.applied(), 1);
    assert_eq!(page.requests, []);
}

#[test]
fn a_gap_is_fetched_and_never_guessed() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    host.does(1, create(1, "alpha"), &BOB());
    let second = host.does(2, create(2, "beta"), &BOB());
    page.hear(&second);
    assert_eq!(page.titles(), "", "a change that does not follow must not show");
    assert_eq!(page.requests.len(), 1);
    page.settle(&mut host);
    assert_eq!(page.titles(), "beta alpha");
}

#[test]
fn events_out_of_order_end_in_order() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    let first = host.does(1, create(1, "alpha"), &BOB());
    let second = host.does(2, retitle(1, "gamma"), &BOB());
    page.hear(&second);
    page.hear(&first);
    assert_eq!(page.titles(), "alpha");
    page.settle(&mut host);
    assert_eq!(page.titles(), "gamma");
}

#[test]
fn an_own_edit_stays_seen_while_others_change_the_base() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    let other = host.does(2, create(2, "beta"), &BOB());
    page.hear(&other);
    assert_eq!(page.titles(), "beta mine");
    page.settle(&mut host);
    assert_eq!(page.titles(), "beta mine");
    assert_eq!(page.waiting(), 0);
}

#[test]
fn an_own_event_before_the_answer_confirms_too() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, create(1, "alpha"));
    let request = page.requests.pop().expect("the command was sent");
    let answer = host.answer(&request, &ANN());
    page.hear(&answer.changes[0]);
    assert_eq!(page.waiting(), 0);
    page.handle(Input::SyncAnswered(Box::new(answer)));
    assert_eq!(page.titles(), "alpha");
}

#[test]
fn a_lost_answer_leads_to_no_second_effect() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, create(1, "alpha"));
    let request = page.requests.pop().expect("the command was sent");
    host.answer(&request, &ANN());
    page.handle(Input::SyncFailed);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(page.requests, [], "after a failure the driver says when to try again");
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
    assert_eq!(host.ledger.version().rev, 1);
    assert_eq!(page.waiting(), 0);
}

#[test]
fn commands_given_during_a_request_go_with_the_next() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, create(1, "alpha"));
    page.command(8, create(2, "beta"));
    assert_eq!(page.requests.len(), 1);
    assert_eq!(page.requests[0].commands.len(), 1);
    page.settle(&mut host);
    assert_eq!(page.titles(), "beta alpha");
    assert_eq!(page.waiting(), 0);
}

#[test]
fn what_the_rules_refuse_here_is_not_sent() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(9, "nobody"));
    assert_eq!(page.rejected(), [Refusal::Rejected(Rejection::UnknownStory)]);
    assert_eq!(page.requests, []);
}

#[test]
fn what_the_server_refuses_is_given_back_and_no_longer_shown() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    host.does(
        2,
        Command::DeleteStories {
            stories: vec![story_id(1)],
        },
        &BOB(),
    );
    page.command(7, retitle(1, "mine"));
    page.command(8, create(2, "beta"));
    page.settle(&mut host);
    assert_eq!(page.attention(), [refused(Rejection::DeletedStory)]);
    assert_eq!(page.titles(), "beta");
    assert_eq!(page.waiting(), 0);
}

#[test]
fn a_beacon_heals_a_lost_last_event() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    host.does(1, create(1, "alpha"), &BOB());
    page.handle(Input::BeaconHeard(host.beacon()));
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
    page.handle(Input::BeaconHeard(host.beacon()));
    assert_eq!(page.requests, [], "a beacon that agrees costs nothing");
}

#[test]
fn a_copy_that_differs_is_replaced_whole() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    let mut beacon = host.beacon();
    beacon.digest = backlog::Digest(backlog::id::Bits128(0));
    page.handle(Input::BeaconHeard(beacon));
    assert!(page.requests[0].full);
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
}

#[test]
fn a_history_unknown_to_the_server_is_replaced_and_own_commands_survive() {
    let mut old = Host::new();
    old.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut old);
    let mut restored = Host::new();
    restored.does(9, create(9, "omega"), &BOB());
    page.command(7, create(2, "mine"));
    page.settle(&mut restored);
    assert_eq!(page.titles(), "mine omega");
    assert_eq!(page.waiting(), 0);
    assert_eq!(page.replica.version(), Some(restored.ledger.version()));
}

#[test]
fn a_bare_event_is_fetched() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    let first = host.does(1, create(1, "alpha"), &BOB());
    page.handle(Input::BareHeard(Bare {
        rev: first.rev,
        prev: first.prev,
        hash: first.hash,
    }));
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
    page.handle(Input::BareHeard(Bare {
        rev: first.rev,
        prev: first.prev,
        hash: first.hash,
    }));
    assert_eq!(page.requests, []);
}

#[test]
fn a_request_that_cannot_be_read_stops_no_other_command() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.handle(Input::Woke);
    page.command(7, create(1, "alpha"));
    page.command(8, create(2, "poison"));
    page.command(9, create(3, "gamma"));
    let poison = |request: &SyncRequest| request.commands.iter().any(|sent| sent.mid == mid(8));
    while let Some(request) = page.requests.pop() {
        match poison(&request) {
            true => page.handle(Input::SyncRefused("title is odd".to_owned())),
            false => page.handle(Input::SyncAnswered(Box::new(host.answer(&request, &ANN())))),
        }
    }
    assert_eq!(page.titles(), "gamma alpha");
    assert_eq!(
        page.attention(),
        [Stage::Refused(Refusal::Unreadable("title is odd".to_owned()))]
    );
    assert_eq!(page.waiting(), 0);
}

#[test]
fn a_large_queue_goes_in_pieces_that_the_server_reads() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.handle(Input::Woke);
    for n in 0..250 {
        page.command(100 + n, create(n + 1, &"x".repeat(4_000)));
    }
    let mut most = 0;
    while let Some(request) = page.requests.pop() {
        most = most.max(backlog::api::to_json(&request).len());
        page.handle(Input::SyncAnswered(Box::new(host.answer(&request, &ANN()))));
    }
    assert!(most <= backlog::api::MAX_BODY, "{most}");
    assert_eq!(host.ledger.version().rev, 250);
    assert_eq!(page.waiting(), 0);
}

#[test]
fn unchanged_stories_stay_the_same_pointers() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    host.does(2, create(2, "beta"), &BOB());
    let mut page = Page::opened(&mut host);
    let story = |page: &Page, id: StoryId| {
        page.replica
            .view()
            .and_then(|view| view.story(id))
            .cloned()
            .expect("it is there")
    };
    let before = story(&page, story_id(2));
    page.hear(&host.does(3, retitle(1, "gamma"), &BOB()));
    page.command(7, retitle(1, "delta"));
    page.settle(&mut host);
    assert!(std::sync::Arc::ptr_eq(&before, &story(&page, story_id(2))));
}

#[test]
fn changed_words_are_told_apart_from_a_changed_order() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.hear(&host.does(2, retitle(1, "beta"), &BOB()));
    assert_eq!(page.seen[0], Output::WordsChanged);
    page.seen.clear();
    page.hear(&host.does(3, create(2, "gamma"), &BOB()));
    assert_eq!(page.seen[0], Output::ViewChanged);
    page.command(7, create(3, "mine"));
    page.seen.clear();
    page.hear(&host.does(4, retitle(1, "delta"), &BOB()));
    assert_eq!(
        page.seen[0],
        Output::ViewChanged,
        "the own command is laid over another base: its slot may be another"
    );
}
