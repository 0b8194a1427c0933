//! Deliveries as scripts: what happened at which millisecond, and what is to be done then.

mod random;

use super::parcel::Parcel;
use super::rounds::{Input, Output, Rounds};
use crate::store::{Progress, Receiver};
use backlog::id::Bits128;
use backlog::{Millis, ProjectId, Recorded};

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

fn project() -> ProjectId {
    ProjectId(Bits128(0xa))
}

fn fresh(webhook: u128, delivered: u64) -> Progress {
    Progress {
        webhook: Bits128(webhook),
        delivered,
        failing_since: None,
        given_up: false,
        last: None,
    }
}

fn change(rev: u64) -> Recorded {
    let text = format!(
        r#"{{"rev":{rev},"prev":"{:032x}","hash":"{:032x}","mid":"{rev:032x}","base":0,
            "actor":{{"id":"{:032x}","name":"Ada"}},"at":0,"change":{{"story-deleted":{{"stories":["{:032x}"]}}}}}}"#,
        0x10 + rev - 1,
        0x10 + rev,
        7,
        1
    );
    serde_json::from_str(&text).expect("a recorded change")
}

fn found(webhook: u128, rev: u64) -> Input {
    Input::Found(Bits128(webhook), Some(Box::new(change(rev))))
}

fn nothing(webhook: u128) -> Input {
    Input::Found(Bits128(webhook), None)
}

fn taken(webhook: u128) -> Input {
    Input::Taken(Bits128(webhook))
}

fn refused(webhook: u128) -> Input {
    Input::Refused(Bits128(webhook), "answered by 500".to_owned())
}

fn in_words(output: Output) -> String {
    match output {
        Output::Find { webhook, after, .. } => format!("{:x}: find after {after}", webhook.0),
        Output::Post { webhook, change } => format!("{:x}: post {}", webhook.0, change.rev),
        Output::Keep(all) => {
            let one = |one: &Progress| {
                let state = match (one.given_up, one.failing_since) {
                    (true, _) => " given up".to_owned(),
                    (false, Some(since)) => format!(" failing since {}", since.0),
                    (false, None) => String::new(),
                };
                format!("{:x} has {}{state}", one.webhook.0, one.delivered)
            };
            format!("keep {}", all.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Deliveries under test.
struct Script {
    rounds: Rounds,
    last: Vec<Progress>,
}

impl Script {
    /// Webhooks that have all there is.
    fn idle(webhooks: &[u128]) -> Script {
        let mut script = Script {
            rounds: Rounds::default(),
            last: Vec::new(),
        };
        for webhook in webhooks {
            script
                .rounds
                .handle(Input::Made(project(), fresh(*webhook, 5)), Millis(0));
            script.rounds.handle(nothing(*webhook), Millis(0));
        }
        script.outputs();
        script
    }

    fn outputs(&mut self) -> Vec<String> {
        let outputs: Vec<Output> = std::iter::from_fn(|| self.rounds.poll_output()).collect();
        for output in &outputs {
            if let Output::Keep(progress) = output {
                self.last.clone_from(progress);
            }
        }
        outputs.into_iter().map(in_words).collect()
    }

    #[track_caller]
    fn check(&mut self, at: i64, input: Input, expected: &[&str]) {
        let what = format!("{input:?}");
        self.rounds.handle(input, Millis(at));
        assert_eq!(self.outputs(), expected, "at {at} after {what}");
    }

    #[track_caller]
    fn is_due(&self, at: Option<i64>) {
        assert_eq!(self.rounds.poll_timeout(), at.map(Millis));
    }

    /// What was last to be written down of how it went.
    fn sentence(&self) -> &str {
        self.last[0].last.as_deref().expect("there was a try")
    }
}

#[test]
fn changes_go_out_in_order_one_at_a_time() {
    let mut script = Script::idle(&[1]);
    script.check(10, Input::Recorded(project()), &["1: find after 5"]);
    script.check(11, found(1, 6), &["1: post 6"]);
    script.check(12, Input::Recorded(project()), &[]);
    script.check(13, taken(1), &["1: find after 6", "keep 1 has 6"]);
    script.check(14, found(1, 7), &["1: post 7"]);
    script.check(15, taken(1), &["1: find after 7"]);
    script.check(16, nothing(1), &[]);
    script.check(17, Input::Kept, &[]);
    // What is not on disk yet has its time.
    script.is_due(Some(1_017));
    script.check(1_017, Input::TimePassed, &["keep 1 has 7"]);
    script.check(1_018, Input::Kept, &[]);
    // Nothing is lost should nobody tell of a change.
    script.is_due(Some(300_016));
    script.check(300_016, Input::TimePassed, &["1: find after 7"]);
}

#[test]
fn a_change_told_of_while_one_looks_is_looked_for_again() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    script.check(1, Input::Recorded(project()), &[]);
    script.check(2, nothing(1), &["1: find after 5"]);
    script.check(3, nothing(1), &[]);
    script.check(4, Input::Missed, &["1: find after 5"]);
}

#[test]
fn other_projects_wake_nobody() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(ProjectId(Bits128(0xb))), &[]);
}

#[test]
fn what_is_not_taken_is_tried_again_with_growing_pauses() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    script.check(0, found(1, 6), &["1: post 6"]);
    script.check(0, refused(1), &["keep 1 has 5 failing since 0"]);
    assert_eq!(
        script.sentence(),
        "Revision 6 was not taken on 1970-01-01 00:00 UTC: answered by 500. It is tried again until 1970-01-02 00:00 UTC."
    );
    script.check(1, Input::Kept, &[]);
    let mut now = 0;
    for pause in [2_000, 4_000, 8_000, 16_000] {
        script.check(now + 1, Input::Recorded(project()), &[]);
        script.check(now + pause - 1, Input::TimePassed, &[]);
        now += pause;
        script.check(now, Input::TimePassed, &["1: find after 5"]);
        script.check(now, found(1, 6), &["1: post 6"]);
        script.check(now, refused(1), &["keep 1 has 5 failing since 0"]);
        script.check(now, Input::Kept, &[]);
    }
    now += 32_000;
    script.check(now, Input::TimePassed, &["1: find after 5"]);
    script.check(now, found(1, 6), &["1: post 6"]);
    script.check(now, taken(1), &["1: find after 6", "keep 1 has 6"]);
    assert_eq!(script.sentence(), "Revision 6 was taken on 1970-01-01 00:01 UTC.");
}

#[test]
fn what_nobody_takes_for_a_day_is_given_up() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    let mut tries = 0;
    loop {
        let now = script.rounds.poll_timeout().map_or(0, |at| at.0);
        script.rounds.handle(Input::TimePassed, Millis(now));
        script.rounds.handle(found(1, 6), Millis(now));
        script.rounds.handle(refused(1), Millis(now));
        script.outputs();
        script.rounds.handle(Input::Kept, Millis(now));
        tries += 1;
        if script.last[0].given_up {
            assert_eq!(now, DAY);
            break;
        }
    }
    // Ten pauses that grow, then four an hour, and a last one.
    assert_eq!(tries, 105);
    assert_eq!(
        script.sentence(),
        "Given up on 1970-01-02 00:00 UTC: for a day revision 6 was not taken; the last reason: answered by 500. Make the webhook anew."
    );
    script.check(DAY + 1, Input::Recorded(project()), &[]);
    script.is_due(None);
}

#[test]
fn a_day_of_failing_is_a_day_over_restarts_too() {
    let mut script = Script::idle(&[]);
    let failing = Progress {
        failing_since: Some(Millis(0)),
        ..fresh(1, 5)
    };
    script.check(DAY, Input::Made(project(), failing), &["1: find after 5"]);
    script.check(DAY, found(1, 6), &["1: post 6"]);
    script.check(DAY, refused(1), &["keep 1 has 5 given up"]);
}

#[test]
fn a_slow_receiver_delays_no_other() {
    let mut script = Script::idle(&[1, 2]);
    script.check(0, Input::Recorded(project()), &["1: find after 5", "2: find after 5"]);
    script.check(1, found(1, 6), &["1: post 6"]);
    script.check(2, found(2, 6), &["2: post 6"]);
    script.check(3, taken(2), &["2: find after 6", "keep 2 has 6"]);
    script.check(4, found(2, 7), &["2: post 7"]);
    script.check(5, taken(2), &["2: find after 7"]);
}

#[test]
fn whoever_had_a_turn_goes_to_the_back() {
    let all: Vec<u128> = (1..=129).collect();
    let mut script = Script::idle(&all);
    script.rounds.handle(Input::Recorded(project()), Millis(0));
    let begun = script.outputs();
    assert_eq!((begun.len(), &*begun[127]), (128, "80: find after 5"));
    script.check(1, found(1, 6), &["1: post 6"]);
    script.check(2, taken(1), &["81: find after 5", "keep 1 has 6"]);
    script.check(3, nothing(2), &["1: find after 6"]);
}

#[test]
fn one_that_is_removed_gets_nothing_more() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    script.check(1, Input::Removed(Bits128(1)), &[]);
    script.check(2, found(1, 6), &[]);
    script.check(3, Input::Recorded(project()), &[]);
    script.is_due(None);
    assert!(script.rounds.is_settled());
}

#[test]
fn one_that_is_told_of_twice_is_one() {
    let mut script = Script::idle(&[]);
    script.check(0, Input::Made(project(), fresh(1, 5)), &["1: find after 5"]);
    script.check(1, Input::Made(project(), fresh(1, 5)), &[]);
}

#[test]
fn a_store_that_fails_is_asked_again() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    script.check(0, Input::Unread(Bits128(1)), &[]);
    script.is_due(Some(10_000));
    script.check(10_000, Input::TimePassed, &["1: find after 5"]);
    script.check(10_000, found(1, 6), &["1: post 6"]);
    script.check(10_000, taken(1), &["1: find after 6", "keep 1 has 6"]);
    script.check(10_000, Input::Unkept, &[]);
    script.check(11_000, Input::TimePassed, &["keep 1 has 6"]);
}

#[test]
fn at_the_end_what_is_known_is_written_down_and_nothing_goes_out() {
    let mut script = Script::idle(&[1]);
    script.check(0, Input::Recorded(project()), &["1: find after 5"]);
    script.check(0, found(1, 6), &["1: post 6"]);
    script.check(0, taken(1), &["1: find after 6", "keep 1 has 6"]);
    script.check(1, found(1, 7), &["1: post 7"]);
    script.check(2, taken(1), &["1: find after 7"]);
    script.check(3, Input::EndingBegan, &[]);
    script.check(4, found(1, 8), &[]);
    assert!(!script.rounds.is_settled());
    script.check(5, Input::Kept, &["keep 1 has 7"]);
    script.check(6, Input::Kept, &[]);
    assert!(script.rounds.is_settled());
}

#[test]
fn a_parcel_says_what_it_is_and_proves_who_sent_it() {
    let receiver = Receiver {
        project: project(),
        url: "http://example.com/".to_owned(),
        secret: "key".to_owned(),
        progress: fresh(1, 5),
    };
    let parcel = Parcel::new(&receiver, &change(6));
    let body = concat!(
        r#"{"event":"story-deleted","project":"0000000000000000000000000000000a","change":{"rev":6,"#,
        r#""prev":"00000000000000000000000000000015","hash":"00000000000000000000000000000016","#,
        r#""mid":"00000000000000000000000000000006","base":0,"actor":{"id":"00000000000000000000000000000007","name":"Ada"},"#,
        r#""at":0,"change":{"story-deleted":{"stories":["00000000000000000000000000000001"]}}}}"#,
    );
    let expected = Parcel {
        event: "story-deleted",
        delivery: "00000000000000000000000000000001-00000000000000000000000000000016".to_owned(),
        // printf '%s' BODY | openssl dgst -sha256 -hmac key
        signature: "sha256=3b4ef93452d05dd7c7ae49936dcdb45d929abd9e660465a055a47ee05181f9f9".to_owned(),
        body: body.to_owned(),
    };
    assert_eq!(parcel, expected);
}
