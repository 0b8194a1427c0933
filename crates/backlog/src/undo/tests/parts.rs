//! What a story carries, taken back; and several stories by one command.

use super::check;
use crate::project::tests::script::{Bench, ada, person, read_command, read_said};
use crate::undo::inverse;
use crate::{Command, Millis, Rejection};

#[test]
fn fields_and_people() {
    let given = "backlog: a b* | icebox:";
    check(
        [given, "edit a priority=p1 deadline=2026-12-24 requester=none"],
        &["edit a priority=none requester=ada deadline=none"],
    );
    check([given, "edit a priority=p1; edit a priority=p2 priority=p1"], &[]);
    check(
        [given, "bo: edit a; edit b owner-ada owner+bo follower+bo"],
        &["edit b owner-bo owner+ada follower-bo"],
    );
    check([given, "edit b owner+ada follower-ada"], &[]);
}

#[test]
fn parts_one_by_one() {
    let given = "backlog: a b | icebox:";
    check(
        [given, "edit a blocker+k:Why review+r:code link+l:branch:pay"],
        &["edit a blocker-k review-r link-l"],
    );
    check(
        [
            given,
            "edit a blocker+k:Why blocker+l:#b; edit a blocker+k!:Why blocker-l",
        ],
        &["edit a blocker+k:Why blocker+l:#b"],
    );
    check(
        [
            given,
            "edit a review+r:code link+l:branch:pay; edit a review+r:code/pass link-l",
        ],
        &["edit a review+r:code link+l:branch:pay"],
    );
    check([given, "edit a blocker-k review-r link-l"], &[]);
}

#[test]
fn comments_are_taken_back_and_stand_again() {
    let given = "backlog: a | icebox:";
    check([given, "edit a comment+k:Why"], &["edit a comment-k"]);
    check([given, "edit a comment+k:Why; edit a comment-k"], &["edit a comment^k"]);
    check(
        [given, "edit a comment+k:Why comment-k; edit a comment^k"],
        &["edit a comment-k"],
    );
    check(
        [given, "edit a comment+k:Why; edit a comment=k:Why_not"],
        &["edit a comment=k:Why"],
    );
    check([given, "edit a comment+k:Why comment-k"], &[]);
    check(
        [
            "backlog: bug:a* | icebox:",
            "finish a; deliver a; reject a saying k:It_is_slow",
        ],
        &["return a rejected>delivered backlog", "edit a comment-k"],
    );
}

#[test]
fn a_checklist_goes_back_in_as_few_moves_as_there_are() {
    let given = "backlog: a | icebox:";
    let four = "edit a task+p:P task+q:Q task+r:R task+s:S; ";
    let rows = [
        ("edit a task+t:T", "edit a task-t"),
        ("edit a task=p:Else tick=q", "edit a task=p:P untick=q"),
        ("edit a task-s", "edit a task+s:S@r"),
        ("edit a task-p", "edit a task+p:P task>p"),
        ("edit a task-q task-r", "edit a task+q:Q@p task+r:R@q"),
        ("edit a task>s", "edit a task>s@r"),
        ("edit a task>p@s", "edit a task>p"),
        ("edit a task>q@r", "edit a task>q@p"),
        ("edit a task>s task>r", "edit a task>p task>q@p"),
        ("edit a task>s@p task-q tick=s", "edit a task+q:Q@p task>r@q untick=s"),
        (
            "edit a task-p task-q task-r task-s",
            "edit a task+p:P task>p task+q:Q@p task+r:R@q task+s:S@r",
        ),
    ];
    for (change, back) in rows {
        check([given, &format!("{four}{change}")], &[back]);
        let mut bench = Bench::new(given);
        let words = "requester=ada task+p:P task+q:Q task+r:R task+s:S";
        for command in [four.trim_end_matches("; "), change, back] {
            bench.say(command).unwrap();
        }
        assert_eq!(bench.parts("a"), words, "after {change:?}");
    }
    check([given, &format!("{four}edit a task>p task>s@r")], &[]);
}

/// What others did to the rest of the checklist meanwhile stays.
#[test]
fn only_the_task_that_was_moved_moves_back() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.say("edit a task+p:P task+q:Q task+r:R task+s:S").unwrap();
    let moved = read_command("edit a task>s");
    let back = inverse(&bench.project, &moved, ada(Millis(0)).by);
    bench.carry_out(&moved).unwrap();
    bench.say("bo: edit a task>p@r").unwrap();
    for command in &back {
        bench.carry_out(command).unwrap();
    }
    assert_eq!(bench.parts("a"), "requester=ada task+q:Q task+r:R task+s:S task+p:P");
}

#[test]
fn several_stories_go_back_by_one_command() {
    let given = "backlog: a b* bug:c d | icebox: e";
    check(
        [given, "each a +web title=Pay, b +web, d title=d"],
        &["each a title=a -web, b -web"],
    );
    check([given, "each a +web, d title=d"], &["edit a -web"]);
    check([given, "delete a; each a +web, b +web"], &["edit b -web"]);
    check([given, "each a title=a"], &[]);
    check(
        [given, "all start d b c"],
        &[
            "return c started>unstarted backlog after b, d started>unstarted backlog after c",
            "each d owner-ada, c owner-ada",
        ],
    );
    check([given, "all start b"], &[]);
    check([given, "all finish b a"], &["return b finished>started backlog"]);
}

#[test]
fn what_is_taken_back_is_the_authors_own() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let (bo, comment) = read_said("bo: edit a comment+k:Why");
    let back = inverse(&bench.project, &comment, &bo);
    bench.carry_out_by(&bo, &comment).unwrap();
    assert_eq!(back, [read_command("edit a comment-k")]);
    assert_eq!(bench.carry_out(&back[0]), Err(Rejection::NotYours));
    assert!(bench.carry_out_by(&bo, &back[0]).is_ok());
    // Nobody else could have done it, so that there is nothing to take back either.
    let reworded = read_command("edit a comment=k:Mine");
    assert_eq!(inverse(&bench.project, &reworded, &person("ada")), []);
}

#[test]
fn more_edits_of_several_stories_than_a_command_holds() {
    let mut bench = Bench::new("backlog: a b | icebox:");
    let labels = |names: std::ops::Range<usize>| names.map(|n| format!(" +l{n}")).collect::<String>();
    bench
        .say(&format!("each a{}, b{}", labels(0..60), labels(0..60)))
        .unwrap();
    let off = |names: std::ops::Range<usize>| names.map(|n| format!(" -l{n}")).collect::<String>();
    let swap = format!("{}{}", off(0..50), labels(60..110));
    let swap = read_command(&format!("each a{swap} , b{swap}").replace(" ,", ","));
    let before = [bench.look("a"), bench.look("b")];
    let mut back = inverse(&bench.project, &swap, &person("ada"));
    assert_eq!(back.len(), 1);
    bench.carry_out(&swap).unwrap();
    // With one more, which follows from nothing that was asked, each story has one edit left over.
    bench.say("each a +more, b +more").unwrap();
    back.push(read_command("each a -more, b -more"));
    for command in &back {
        bench.carry_out(command).unwrap();
    }
    assert_eq!([bench.look("a"), bench.look("b")], before);
    let retyped = format!("{} type=bug", labels(110..149));
    let many = format!("each a{}{retyped}, b +web", off(0..60));
    let Command::EditStories { .. } = read_command(&many) else {
        panic!("several")
    };
    let back = inverse(&bench.project, &read_command(&many), &person("ada"));
    let sizes = back.iter().map(|command| match command {
        Command::EditStories { stories } => stories.iter().map(|story| story.edits.len()).collect(),
        Command::EditStory { edits, .. } => vec![edits.len()],
        other => panic!("{other:?}"),
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [vec![100, 1], vec![1]]);
}
