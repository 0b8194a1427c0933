//! What a story's history tells of a script of commands, written by hand.

use super::{Happened, MAX_LATEST, history, steps};
use crate::id::Bits128;
use crate::project::tests::script::{
    Bench, id, read_command, read_said, show_after, show_change, show_edit, show_edits, show_estimate, show_text,
    show_word,
};
use crate::{Actor, ActorId, Change, Hash, Mid, Name, Recorded};

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xada)),
        name: Name::new("Ada").unwrap(),
    }
}

/// A change as the server records it, but for its hashes, which no story asks after.
fn recorded(rev: u64, change: Change, bench: &Bench) -> Recorded {
    Recorded {
        rev,
        prev: Hash(Bits128(0)),
        hash: Hash(Bits128(0)),
        mid: Mid(Bits128(rev.into())),
        base: 0,
        actor: ada(),
        at: bench.now(),
        change,
    }
}

/// Holds what is told of a story to words: one line for each command, `-` where there is no step.
#[track_caller]
fn check(story: &str, rows: &[[&str; 2]]) {
    let mut bench = Bench::new("backlog: | icebox:");
    let mut changes = Vec::new();
    for (rev, [line, _]) in (1..).zip(rows) {
        let (actor, command) = read_said(line);
        let change = bench.carry_out_by(&actor, &command).unwrap();
        changes.push(Recorded {
            actor,
            ..recorded(rev, change, &bench)
        });
    }
    let history = history(id(story), changes);
    let steps = steps(id(story), &history);
    for (rev, [command, expected]) in (1..).zip(rows) {
        let step = steps.iter().find(|step| step.rev == rev);
        let words: Vec<String> = step.into_iter().flat_map(|step| &step.happened).map(tell).collect();
        let told = step.map_or("-".to_owned(), |_| words.join(", "));
        assert_eq!(told, *expected, "of {command:?}");
    }
}

fn tell(happened: &Happened) -> String {
    match happened {
        Happened::Created => "created".to_owned(),
        Happened::Title { before, after } => format!("title {} to {}", before.as_str(), after.as_str()),
        Happened::Type { before, after } => format!("type {} to {}", show_word(before), show_word(after)),
        Happened::Estimate { before, after } => {
            format!("estimate {} to {}", show_estimate(*before), show_estimate(*after))
        }
        Happened::Description { before, after } => {
            format!("description {:?} to {:?}", show_text(before), show_text(after))
        }
        Happened::ConflictKept(text) => format!("kept {}", show_text(text)),
        Happened::ConflictDropped(text) => format!("dropped {}", show_text(text)),
        Happened::LabelAdded(label) => format!("+{}", label.as_str()),
        Happened::LabelRemoved(label) => format!("-{}", label.as_str()),
        Happened::State { before, after } => format!("state {} to {}", show_word(before), show_word(after)),
        Happened::Moved { from, to, after } => {
            format!("moved {} to {} {}", show_word(from), show_word(to), show_after(*after))
        }
        Happened::Edited { edit, back } => format!("{} back {}", show_edit(edit), show_edits(back))
            .trim()
            .to_owned(),
        Happened::Imported => "imported".to_owned(),
        Happened::Deleted => "deleted".to_owned(),
        Happened::Restored => "restored".to_owned(),
    }
}

#[test]
fn fields() {
    check(
        "a",
        &[
            ["create b bug backlog", "-"],
            ["create a feature:2 backlog after b", "created"],
            ["edit a title=Pay", "title a to Pay"],
            ["edit b title=Buy", "-"],
            [
                "edit a title=Buy type=bug +web",
                "title Pay to Buy, type feature to bug, estimate 2pt to unestimated, +web",
            ],
            ["edit a title=Buy +web", "-"],
            [
                "edit a type=feature estimate=1 -web",
                "type bug to feature, estimate unestimated to 1pt, -web",
            ],
            ["edit a description=why", r#"description "" to "why""#],
            ["edit a revised=what>how", "kept how"],
            ["edit a revised=why>why/not", r#"description "why" to "why/not""#],
            ["edit a dropped=how", "dropped how"],
            ["rename Shop", "-"],
        ],
    );
}

#[test]
fn life() {
    check(
        "a",
        &[
            ["create a feature:2 icebox", "created"],
            ["start a", "state unscheduled to started, owner+ada back owner-ada"],
            ["finish a", "state started to finished"],
            ["deliver a", "state finished to delivered"],
            ["reject a", "state delivered to rejected"],
            ["delete a", "deleted"],
            ["delete a", "-"],
            ["restore a", "restored"],
            ["restore a", "-"],
            ["restart a", "state rejected to started"],
        ],
    );
}

#[test]
fn places() {
    check(
        "a",
        &[
            ["create b bug backlog", "-"],
            ["create c bug backlog after b", "-"],
            ["create a feature:2 backlog", "created"],
            ["move a to backlog after c", "moved backlog to backlog after c"],
            ["move b a to backlog after c", "moved backlog to backlog after b"],
            ["move a b to backlog", "moved backlog to backlog at the top"],
            ["move b to backlog after a", "-"],
            ["move a to icebox", "moved backlog to icebox at the top"],
            ["move a to backlog after b", "moved icebox to backlog after b"],
            ["start a", "state unstarted to started, owner+ada back owner-ada"],
            [
                "move a to icebox",
                "moved backlog to icebox at the top, state started to unscheduled",
            ],
        ],
    );
}

#[test]
fn what_was_taken_back() {
    check(
        "a",
        &[
            ["create b bug backlog", "-"],
            ["create a feature:2 backlog after b", "created"],
            ["start a", "state unstarted to started, owner+ada back owner-ada"],
            [
                "return a started>unstarted backlog after b",
                "state started to unstarted",
            ],
            ["move a to backlog", "moved backlog to backlog at the top"],
            [
                "return a unstarted>unstarted backlog after b",
                "moved backlog to backlog after b",
            ],
            ["move a to icebox", "moved backlog to icebox at the top"],
            [
                "return b unstarted>unstarted backlog, a unscheduled>unstarted backlog after b",
                "moved icebox to backlog after b",
            ],
            ["return b unstarted>unstarted backlog", "-"],
            ["start a", "state unstarted to started"],
            [
                "return a started>unscheduled icebox",
                "moved backlog to icebox at the top, state started to unscheduled",
            ],
        ],
    );
}

#[test]
fn what_it_carries() {
    check(
        "a",
        &[
            ["create a feature:2 backlog", "created"],
            [
                "edit a priority=p1 deadline=2026-12-24",
                "priority=p1 back priority=none, deadline=2026-12-24 back deadline=none",
            ],
            ["edit a requester=none", "requester=none back requester=ada"],
            [
                "edit a owner+ada follower+ada",
                "owner+ada back owner-ada, follower+ada back follower-ada",
            ],
            ["edit a task+p:P task+q:Q", "task+p:P back task-p, task+q:Q back task-q"],
            [
                "edit a task=p:Else tick=q task>q",
                "task=p:Else back task=p:P, tick=q back untick=q, task>q back task>p",
            ],
            ["edit a task-p", "task-p back task+p:Else@q"],
            ["edit a blocker+k:Why", "blocker+k:Why back blocker-k"],
            ["edit a blocker+k!:Why", "blocker+k!:Why back blocker+k:Why"],
            ["edit a blocker-k", "blocker-k back blocker+k!:Why"],
            ["edit a review+r:code", "review+r:code/unstarted back review-r"],
            [
                "edit a review+r:code/pass",
                "review+r:code/pass back review+r:code/unstarted",
            ],
            ["edit a link+l:branch:pay", "link+l:branch:pay back link-l"],
            ["edit a link-l", "link-l back link+l:branch:pay"],
            ["edit a task-p link-l owner+ada", "-"],
        ],
    );
}

#[test]
fn what_was_said() {
    check(
        "a",
        &[
            ["create a bug backlog", "created"],
            ["bo: edit a comment+k:Why", "comment+k:Why back comment-k"],
            ["bo: edit a comment=k:How", "comment=k:How back comment=k:Why"],
            ["bo: edit a comment=k:How", "-"],
            ["bo: edit a comment-k", "comment-k back comment^k"],
            ["bo: edit a comment^k", "comment^k back comment-k"],
            ["bo: start a", "state unstarted to started, owner+bo back owner-bo"],
            ["finish a", "state started to finished"],
            ["deliver a", "state finished to delivered"],
            [
                "reject a saying l:No",
                "state delivered to rejected, comment+l:No back comment-l",
            ],
        ],
    );
}

#[test]
fn among_several() {
    check(
        "a",
        &[
            ["create b bug backlog", "-"],
            ["create a bug backlog after b", "created"],
            ["each b +web, a +ios title=Pay", "+ios, title a to Pay"],
            ["each b -web", "-"],
            ["all start b a", "state unstarted to started, owner+ada back owner-ada"],
            ["all finish b", "-"],
            ["all finish a", "state started to finished"],
        ],
    );
}

#[test]
fn by_hand() {
    check(
        "a",
        &[
            ["create b bug backlog", "-"],
            ["create a bug backlog after b", "created"],
            ["settings planning=manual", "-"],
            [
                "move a to backlog by-hand",
                "moved backlog to backlog at the top, current=yes back current=no",
            ],
            [
                "return a unstarted>unstarted backlog after b",
                "moved backlog to backlog after b, current=no back current=yes",
            ],
            ["edit a current=yes", "current=yes back current=no"],
            ["move a to icebox", "moved backlog to icebox at the top"],
            ["move a to backlog not-by-hand", "moved icebox to backlog at the top"],
        ],
    );
}

#[test]
fn the_scale_of_the_project() {
    check(
        "a",
        &[
            ["settings scale=fibonacci", "-"],
            ["create b feature:8 backlog", "-"],
            ["create a feature:2 backlog", "created"],
            ["settings scale=powers-of-two weeks=2", "-"],
            ["settings scale=0/3/6", "estimate 2pt to 3pt"],
            ["settings weeks=3", "-"],
            ["edit a estimate=6", "estimate 3pt to 6pt"],
            [
                "settings scale=linear scale=0/2",
                "estimate 6pt to 3pt, estimate 3pt to 2pt",
            ],
            ["import i scale=0/9", "estimate 2pt to 0pt"],
            ["edit a estimate=none", "estimate 0pt to unestimated"],
            ["settings scale=linear", "-"],
        ],
    );
}

#[test]
fn an_import_and_what_goes_with_it() {
    let rows = [
        ["create a bug backlog", "-"],
        [
            "import i person=cy epic=e:web story=m:feature:unstarted:2 story=n:bug:unstarted:none",
            "imported",
        ],
        ["edit m title=Pay", "title m to Pay"],
        ["import j story=o:bug:unstarted:none", "-"],
        ["import-gone j", "-"],
        ["import-gone i", "deleted"],
        ["import-gone i", "-"],
        ["restore m", "restored"],
        ["import-back i", "-"],
        ["delete m", "deleted"],
        ["import-back i", "restored"],
        ["epic-gone e", "-"],
        ["search s Mine bug", "-"],
    ];
    check("m", &rows);
}

#[test]
fn of_what_touched_many_a_history_holds_the_story_alone() {
    let mut bench = Bench::new("backlog: a b | icebox:");
    let lines = [
        "import i person=cy epic=e:web story=m:bug:unstarted:none story=n:bug:unstarted:none",
        "each a +web, m +web, n +web",
        "all start a m n",
        "settings weeks=2 scale=0/9 window=1",
    ];
    let expected = [
        "imported i: #4=m",
        "edited each: m +web",
        "transitioned each: m started owner+ada",
        "settings scale=0/9",
    ];
    for (line, expected) in lines.into_iter().zip(expected) {
        let change = bench.say(line).unwrap();
        let about = super::about(id("m"), recorded(1, change, &bench));
        assert_eq!(show_change(&about.change), expected);
        if let Change::StoriesImported(import) = about.change {
            assert!(import.people.is_empty());
        }
    }
}

/// Another scale that was there before the story is none of its history; what comes after its creation fills it.
#[test]
fn what_was_before_the_story_is_left_out() {
    let mut bench = Bench::new("backlog: | icebox:");
    let mut changes = Vec::new();
    for (rev, line) in (1..).zip([
        "settings scale=fibonacci",
        "create a feature:2 backlog",
        "settings scale=0/9",
    ]) {
        let change = bench.say(line).unwrap();
        changes.push(recorded(rev, change, &bench));
    }
    let history = history(id("a"), changes);
    let revisions: Vec<u64> = history.changes.iter().map(|recorded| recorded.rev).collect();
    assert_eq!(revisions, [2, 3]);
}

#[test]
fn a_step_says_who_and_when() {
    let mut bench = Bench::new("backlog: | icebox:");
    let change = bench.carry_out(&read_command("create a bug icebox")).unwrap();
    let history = history(id("a"), vec![recorded(7, change, &bench)]);
    let steps = steps(id("a"), &history);
    assert_eq!(
        (steps[0].rev, steps[0].mid, &steps[0].actor, steps[0].at),
        (7, Mid(Bits128(7)), &ada(), bench.now())
    );
}

/// A story whose title was changed so often, and what is told of it: from where to where.
fn retitled(times: u64) -> (usize, Vec<String>) {
    let mut bench = Bench::new("backlog: | icebox:");
    let mut changes = Vec::new();
    for rev in 0..=times {
        let command = match rev {
            0 => "create a bug icebox".to_owned(),
            _ => format!("edit a title=t{rev}"),
        };
        let change = bench.carry_out(&read_command(&command)).unwrap();
        changes.push(recorded(rev, change, &bench));
    }
    let history = history(id("a"), changes);
    let steps = steps(id("a"), &history);
    let words = [0, 1, steps.len() - 1].map(|place| tell(&steps[place].happened[0]));
    (history.changes.len(), words.to_vec())
}

#[test]
fn a_long_history_is_the_creation_and_the_latest() {
    assert_eq!(MAX_LATEST, 1_000);
    let told = |second: &str, last: &str| vec!["created".to_owned(), second.to_owned(), last.to_owned()];
    assert_eq!(retitled(999), (1_000, told("title a to t1", "title t998 to t999")));
    assert_eq!(retitled(1_000), (1_001, told("title a to t1", "title t999 to t1000")));
    assert_eq!(retitled(1_001), (1_001, told("title t1 to t2", "title t1000 to t1001")));
    assert_eq!(
        retitled(1_500),
        (1_001, told("title t500 to t501", "title t1499 to t1500"))
    );
}

#[test]
fn of_a_story_that_never_was_nothing_is_told() {
    let mut bench = Bench::new("backlog: | icebox:");
    let change = bench.carry_out(&read_command("create a bug icebox")).unwrap();
    let history = history(id("b"), vec![recorded(1, change, &bench)]);
    assert_eq!(steps(id("b"), &history), []);
}
