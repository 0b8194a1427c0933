//! What a story carries: as it is written in a story, and each edit of it.

use super::{check, reads, refused, story_id, title};
use crate::id::Bits128;
use crate::{
    ActorId, Blocker, Comment, Day, Destination, Edit, ImportId, Line, Link, Millis, Obstacle, PartId, Priority,
    Remark, Review, State, Story, StoryType, Task, Verdict, Web, Words,
};

const P: &str = "0000000000000000000000000000000f";
const ADA: &str = "0000000000000000000000000000ada0";
const STORY: &str = "000000000000000000000000000000a1";

fn part() -> PartId {
    PartId(Bits128(0xf))
}

fn ada() -> ActorId {
    ActorId(Bits128(0xada0))
}

fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

fn web() -> Web {
    Web::new("https://a.example/7").unwrap()
}

/// The text with the ids that the letters stand for.
fn with_ids(text: &str) -> String {
    text.replace("<P>", P).replace("<ADA>", ADA).replace("<STORY>", STORY)
}

#[test]
fn a_story_with_all_that_it_can_carry() {
    let story = Story {
        number: 7,
        origin: Some(123),
        priority: Some(Priority::P2),
        requester: Some(ada()),
        owners: vec![ada()],
        followers: [ada()].into(),
        tasks: vec![Task {
            id: part(),
            text: line("Write"),
            done: true,
        }],
        comments: vec![Comment {
            id: part(),
            author: Some(ada()),
            at: Millis(5),
            edited_at: Some(Millis(6)),
            text: Words::new("Why\nnot").unwrap(),
            removed: true,
        }],
        blockers: vec![Blocker {
            id: part(),
            what: Obstacle::Story(story_id(0xa1)),
            resolved: true,
        }],
        reviews: vec![Review {
            id: part(),
            kind: line("code"),
            reviewer: Some(ada()),
            verdict: Verdict::InReview,
        }],
        links: vec![Link {
            id: part(),
            to: Destination::Branch(line("pay")),
        }],
        deadline: Some(Day(20_000)),
        current: true,
        started_at: Some(Millis(4)),
        import: Some(ImportId(Bits128(0xf))),
        ..Story::new(
            story_id(0xa1),
            title("Pay"),
            (StoryType::Bug, State::Started),
            Millis(3),
        )
    };
    let text = r#"{
        "id":"<STORY>",
        "number":7,
        "origin":123,
        "title":"Pay",
        "type":"bug",
        "state":"started",
        "priority":"p2",
        "requester":"<ADA>",
        "owners":["<ADA>"],
        "followers":["<ADA>"],
        "tasks":[{"id":"<P>","text":"Write","done":true}],
        "comments":[{"id":"<P>","author":"<ADA>","at":5,"edited_at":6,"text":"Why\nnot","removed":true}],
        "blockers":[{"id":"<P>","what":{"story":"<STORY>"},"resolved":true}],
        "reviews":[{"id":"<P>","kind":"code","reviewer":"<ADA>","verdict":"in-review"}],
        "links":[{"id":"<P>","to":{"branch":"pay"}}],
        "deadline":20000,
        "current":true,
        "created_at":3,
        "started_at":4,
        "import":"<P>"
    }"#;
    check(&story, &with_ids(text));
}

#[test]
fn words() {
    check(&Priority::ALL.to_vec(), r#"["p0","p1","p2","p3"]"#);
    check(&Verdict::ALL.to_vec(), r#"["unstarted","in-review","pass","revise"]"#);
}

#[track_caller]
fn check_edits(rows: &[(Edit, &str)]) {
    for (edit, text) in rows {
        check(edit, &with_ids(text));
    }
}

#[test]
fn edits_of_fields_and_people() {
    check_edits(&[
        (Edit::Priority(Some(Priority::P0)), r#"{"priority":"p0"}"#),
        (Edit::Priority(None), r#"{"priority":null}"#),
        (Edit::Requester(Some(ada())), r#"{"requester":"<ADA>"}"#),
        (Edit::Requester(None), r#"{"requester":null}"#),
        (Edit::Deadline(Some(Day(20_000))), r#"{"deadline":20000}"#),
        (Edit::Deadline(None), r#"{"deadline":null}"#),
        (Edit::Current(true), r#"{"current":true}"#),
        (Edit::OwnerAdded(ada()), r#"{"owner-added":"<ADA>"}"#),
        (Edit::OwnerRemoved(ada()), r#"{"owner-removed":"<ADA>"}"#),
        (Edit::FollowerAdded(ada()), r#"{"follower-added":"<ADA>"}"#),
        (Edit::FollowerRemoved(ada()), r#"{"follower-removed":"<ADA>"}"#),
    ]);
}

#[test]
fn edits_of_tasks() {
    let (id, text) = (part(), line("Write"));
    let task = |done| Task {
        id,
        text: text.clone(),
        done,
    };
    check_edits(&[
        (
            Edit::TaskAdded {
                task: task(false),
                after: None,
            },
            r#"{"task-added":{"task":{"id":"<P>","text":"Write"}}}"#,
        ),
        (
            Edit::TaskAdded {
                task: task(true),
                after: Some(id),
            },
            r#"{"task-added":{"task":{"id":"<P>","text":"Write","done":true},"after":"<P>"}}"#,
        ),
        (
            Edit::TaskReworded { id, text: text.clone() },
            r#"{"task-reworded":{"id":"<P>","text":"Write"}}"#,
        ),
        (
            Edit::TaskTicked { id, done: false },
            r#"{"task-ticked":{"id":"<P>","done":false}}"#,
        ),
        (
            Edit::TaskMoved { id, after: None },
            r#"{"task-moved":{"id":"<P>","after":null}}"#,
        ),
        (Edit::TaskRemoved(id), r#"{"task-removed":"<P>"}"#),
    ]);
}

#[test]
fn edits_of_comments() {
    let remark = Remark {
        id: part(),
        text: Words::new("Why").unwrap(),
    };
    check_edits(&[
        (
            Edit::CommentAdded(remark.clone()),
            r#"{"comment-added":{"id":"<P>","text":"Why"}}"#,
        ),
        (
            Edit::CommentReworded(remark),
            r#"{"comment-reworded":{"id":"<P>","text":"Why"}}"#,
        ),
        (Edit::CommentRemoved(part()), r#"{"comment-removed":"<P>"}"#),
        (Edit::CommentRestored(part()), r#"{"comment-restored":"<P>"}"#),
    ]);
}

#[test]
fn edits_of_blockers_and_reviews() {
    let (id, kind) = (part(), line("code"));
    let blocker = |what, resolved| Edit::BlockerPut(Blocker { id, what, resolved });
    let review = |reviewer, verdict| {
        Edit::ReviewPut(Review {
            id,
            kind: kind.clone(),
            reviewer,
            verdict,
        })
    };
    check_edits(&[
        (
            blocker(Obstacle::Text(line("No answer")), true),
            r#"{"blocker-put":{"id":"<P>","what":{"text":"No answer"},"resolved":true}}"#,
        ),
        (
            blocker(Obstacle::Story(story_id(0xa1)), false),
            r#"{"blocker-put":{"id":"<P>","what":{"story":"<STORY>"}}}"#,
        ),
        (Edit::BlockerRemoved(id), r#"{"blocker-removed":"<P>"}"#),
        (
            review(None, Verdict::Unstarted),
            r#"{"review-put":{"id":"<P>","kind":"code","verdict":"unstarted"}}"#,
        ),
        (
            review(Some(ada()), Verdict::Pass),
            r#"{"review-put":{"id":"<P>","kind":"code","reviewer":"<ADA>","verdict":"pass"}}"#,
        ),
        (Edit::ReviewRemoved(id), r#"{"review-removed":"<P>"}"#),
    ]);
}

#[test]
fn edits_of_links() {
    let link = |to| Edit::LinkPut(Link { id: part(), to });
    check_edits(&[
        (
            link(Destination::PullRequest(web())),
            r#"{"link-put":{"id":"<P>","to":{"pull-request":"https://a.example/7"}}}"#,
        ),
        (
            link(Destination::Branch(line("pay"))),
            r#"{"link-put":{"id":"<P>","to":{"branch":"pay"}}}"#,
        ),
        (
            link(Destination::Attachment {
                url: web(),
                name: Some(line("The plan")),
            }),
            r#"{"link-put":{"id":"<P>","to":{"attachment":{"url":"https://a.example/7","name":"The plan"}}}}"#,
        ),
        (
            link(Destination::Attachment { url: web(), name: None }),
            r#"{"link-put":{"id":"<P>","to":{"attachment":{"url":"https://a.example/7"}}}}"#,
        ),
        (Edit::LinkRemoved(part()), r#"{"link-removed":"<P>"}"#),
    ]);
}

#[test]
fn what_no_part_takes() {
    let rows = [
        (
            r#"{"task-added":{"task":{"id":"<P>","text":"a","by":1}}}"#,
            "unknown field `by`, expected one of `id`, `text`, `done`",
        ),
        (
            r#"{"comment-added":{"id":"<P>","text":"a","author":"<ADA>"}}"#,
            "unknown field `author`, expected `id` or `text`",
        ),
        (r#"{"comment-added":{"id":"<P>","text":"  \n"}}"#, "text is empty"),
        (r#"{"task-reworded":{"id":"<P>","text":""}}"#, "text is empty"),
        (
            r#"{"blocker-put":{"id":"<P>","what":"Text"}}"#,
            "unknown variant `Text`, expected `text` or `story`",
        ),
        (
            r#"{"link-put":{"id":"<P>","to":{"pull-request":"javascript:alert(1)"}}}"#,
            "address begins with https:// or http:// and names a host",
        ),
        (
            r#"{"review-put":{"id":"<P>","kind":"code","verdict":"fine"}}"#,
            "unknown variant `fine`, expected one of `unstarted`, `in-review`, `pass`, `revise`",
        ),
        (
            r#"{"priority":"p4"}"#,
            "unknown variant `p4`, expected one of `p0`, `p1`, `p2`, `p3`",
        ),
    ];
    for (text, why) in rows {
        refused::<Edit>(&with_ids(text), why);
    }
    reads(
        r#"{"comment-removed":"0000000000000000000000000000000f"}"#,
        &Edit::CommentRemoved(part()),
    );
}
