//! What else a story carries: priority, deadline, reviews, links.

use super::check;
use super::script::{Bench, bits, id};
use crate::{
    Blocker, Command, Destination, Edit, Limit, Line, Link, Obstacle, PartId, Rejection, Remark, Review, Story,
    Verdict, Words,
};

#[test]
fn priority_and_deadline() {
    check(
        "backlog: release:a b | icebox:",
        "
        edit a deadline=2026-12-24 priority=p1 -> edited a deadline=2026-12-24 priority=p1
        parts a -> priority=p1 requester=ada deadline=2026-12-24
        edit a deadline=2026-12-24 priority=p1 -> edited a
        edit a deadline=none priority=none -> edited a deadline=none priority=none
        parts a -> requester=ada
        edit b deadline=2026-02-28 -> edited b deadline=2026-02-28 | backlog: a b | icebox:
        ",
    );
}

#[test]
fn reviews() {
    check(
        "backlog: a | icebox:",
        "
        edit a review+r:code review+s:design/in-review@ada -> edited a review+r:code/unstarted review+s:design/in-review@ada
        edit a review+r:code/revise@ada -> edited a review+r:code/revise@ada
        edit a review+r:code/revise@ada -> edited a
        parts a -> requester=ada review+r:code/revise@ada review+s:design/in-review@ada
        edit a review-s review-x -> edited a review-s
        parts a -> requester=ada review+r:code/revise@ada
        ",
    );
}

#[test]
fn links() {
    check(
        "backlog: a | icebox:",
        "
        edit a link+l:pull:https://a.example/7 link+m:branch:pay -> edited a link+l:pull:https://a.example/7 link+m:branch:pay
        edit a link+n:file:https://a.example/f -> edited a link+n:file:https://a.example/f
        edit a link+n:file:https://a.example/f@The_plan -> edited a link+n:file:https://a.example/f@The_plan
        edit a link-m link-x -> edited a link-m
        parts a -> requester=ada link+l:pull:https://a.example/7 link+n:file:https://a.example/f@The_plan
        edit a link+l:branch:pay link+l:branch:pay -> edited a link+l:branch:pay
        ",
    );
}

/// A thousand of one kind, and one more.
fn full(part: impl Fn(PartId) -> Edit, what: Limit) {
    let mut bench = Bench::new("backlog: a | icebox:");
    let edits: Vec<Edit> = (0..Story::MAX_PARTS)
        .map(|number| part(PartId(bits(&format!("p{number}")))))
        .collect();
    let edit = |edits: &[Edit]| Command::EditStory {
        id: id("a"),
        edits: edits.to_vec(),
    };
    for edits in edits.chunks(Command::MAX_EDITS) {
        bench.carry_out(&edit(edits)).unwrap();
    }
    let more = edit(&[part(PartId(bits("more")))]);
    assert_eq!(bench.carry_out(&more), Err(Rejection::TooMany { what }));
    // What is there already is not one more.
    assert!(bench.carry_out(&edit(&edits[..1])).is_ok());
}

#[test]
fn at_most_a_thousand_of_each_kind() {
    let line = || Line::new("pay").unwrap();
    full(
        |id| {
            let text = Words::new("Why").unwrap();
            Edit::CommentAdded(Remark { id, text })
        },
        Limit::Comments,
    );
    full(
        |id| {
            let what = Obstacle::Text(line());
            Edit::BlockerPut(Blocker {
                id,
                what,
                resolved: false,
            })
        },
        Limit::Blockers,
    );
    full(
        |id| {
            Edit::ReviewPut(Review {
                id,
                kind: line(),
                reviewer: None,
                verdict: Verdict::Unstarted,
            })
        },
        Limit::Reviews,
    );
    full(
        |id| {
            let to = Destination::Branch(line());
            Edit::LinkPut(Link { id, to })
        },
        Limit::Links,
    );
}
