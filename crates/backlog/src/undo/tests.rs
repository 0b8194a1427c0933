//! Commands with their inverses, written by hand in the language of the project's scripts, and what others overtook.

mod framing;
mod parts;
mod properties;
mod standing;

use super::inverse;
use crate::project::tests::script::{Bench, id, person, read_command, show_panels};
use crate::{Command, Edit, Label, Rejection};

/// Holds the inverse of the last command of a script to commands, which must lead back to where it was.
#[track_caller]
fn check([given, script]: [&str; 2], expected: &[&str]) {
    let mut bench = Bench::new(given);
    let (said, last) = script.rsplit_once("; ").unwrap_or(("", script));
    for command in said.split("; ").filter(|command| !command.is_empty()) {
        bench.say(command).unwrap();
    }
    let expected: Vec<Command> = expected.iter().map(|text| read_command(text)).collect();
    let last = read_command(last);
    let before = show_panels(&bench.project);
    let inverse = inverse(&bench.project, &last, &person("ada"));
    assert_eq!(inverse, expected);
    let accepted = bench.carry_out(&last).is_ok();
    for command in &inverse {
        bench.carry_out(command).unwrap();
    }
    if accepted && !inverse.is_empty() && !matches!(last, Command::CreateStory(_)) {
        assert_eq!(show_panels(&bench.project), before);
    }
}

#[test]
fn what_was_created_is_deleted() {
    let given = "backlog: a | icebox:";
    check([given, "create b bug backlog after a"], &["delete b"]);
    // Created by the same command that was sent before.
    check([given, "create a bug backlog"], &[]);
}

#[test]
fn fields_get_their_values_back() {
    let given = "backlog: a bug:b* | icebox:";
    check([given, "edit a title=Pay"], &["edit a title=a"]);
    check([given, "edit a title=Pay title=a"], &[]);
    check([given, "edit a estimate=3 estimate=2"], &["edit a estimate=1"]);
    check([given, "edit a estimate=none"], &["edit a estimate=1"]);
    check([given, "edit a type=bug"], &["edit a type=feature estimate=1"]);
    check(
        [given, "edit b type=feature estimate=2"],
        &["edit b type=bug estimate=none"],
    );
    check(
        [given, "edit b title=Buy +web; edit b +ios +web -web -other"],
        &["edit b -ios +web"],
    );
    check([given, "edit a title=a estimate=1 -web"], &[]);
    check([given, "edit a"], &[]);
}

#[test]
fn a_description_is_revised_back() {
    let given = "backlog: a | icebox:";
    check(
        [given, "edit a description=b; edit a description=c"],
        &["edit a revised=c>b"],
    );
    check(
        [given, "edit a description=a/b/c; edit a revised=a/b>a/B"],
        &["edit a revised=a/B/c>a/b/c"],
    );
    // Where it overlaps, the own text goes from beside the description again.
    check(
        [given, "edit a description=c; edit a revised=a>b"],
        &["edit a dropped=b"],
    );
    // What was let go is not asked for again.
    check(
        [given, "edit a description=c; edit a revised=a>b; edit a dropped=b"],
        &[],
    );
}

#[test]
fn a_transition_goes_back_to_its_place() {
    let given = "backlog: a! b* c d e | icebox: f g";
    check(
        [given, "start e"],
        &["return e started>unstarted backlog after d", "edit e owner-ada"],
    );
    check(
        [given, "start c"],
        &["return c started>unstarted backlog after b", "edit c owner-ada"],
    );
    check(
        [given, "start g"],
        &["return g started>unscheduled icebox after f", "edit g owner-ada"],
    );
    check(
        [given, "start f"],
        &["return f started>unscheduled icebox", "edit f owner-ada"],
    );
    // Whose it was already, it stays.
    check(
        [given, "edit e owner+ada; start e"],
        &["return e started>unstarted backlog after d"],
    );
    check([given, "finish b"], &["return b finished>started backlog after a"]);
    check(
        [given, "start c; finish c; deliver c; accept c"],
        &["return c accepted>delivered backlog after b"],
    );
}

#[test]
fn moved_stories_go_back_from_the_top_down() {
    let given = "backlog: a b c d e | icebox: f g";
    check(
        [given, "move e g b to backlog"],
        &[concat!(
            "return b unstarted>unstarted backlog after a, e unstarted>unstarted backlog after d, ",
            "g unstarted>unscheduled icebox after f"
        )],
    );
    check(
        [given, "move a b c to icebox after g"],
        &[concat!(
            "return a unscheduled>unstarted backlog, b unscheduled>unstarted backlog after a, ",
            "c unscheduled>unstarted backlog after b"
        )],
    );
    check(
        [given, "start d; move d to icebox"],
        &["return d unscheduled>started backlog"],
    );
    check(
        [given, "delete b; move c to backlog"],
        &["return c unstarted>unstarted backlog after b"],
    );
    check([given, "move c to backlog after b"], &[]);
    check([given, "move a b to backlog"], &[]);
}

#[test]
fn deleted_and_restored_stories() {
    let given = "backlog: a b c | icebox: d";
    check([given, "delete a d"], &["restore a d"]);
    check([given, "delete a; delete a d"], &["restore d"]);
    check([given, "delete a; delete a"], &[]);
    check([given, "delete a b; restore b c"], &["delete b"]);
    check([given, "restore b c"], &[]);
}

#[test]
fn a_name() {
    check(["backlog: | icebox:", "rename Shop"], &["rename Bench"]);
    check(["backlog: | icebox:", "rename Bench"], &[]);
}

#[test]
fn what_was_taken_back_is_done_again() {
    let given = "backlog: a! b* c d | icebox: e";
    check(
        [given, "start d; return d started>unstarted backlog after c"],
        &["return d unstarted>started backlog after b"],
    );
    check(
        [
            given,
            "move c to icebox after e; return c unscheduled>unstarted backlog after b",
        ],
        &["return c unstarted>unscheduled icebox after e"],
    );
    check(
        [given, "return a accepted>delivered backlog"],
        &["return a delivered>accepted backlog"],
    );
}

#[test]
fn what_is_refused_has_no_inverse() {
    let given = "backlog: a! b c | icebox: d";
    for refused in [
        "finish b",
        "edit b estimate=8",
        "edit nobody title=x",
        "delete nobody",
        "move a to icebox",
        "move b to backlog after b",
        "return b started>unstarted backlog",
        "create e bug backlog after nobody",
    ] {
        check([given, refused], &[]);
    }
}

#[test]
fn what_may_not_be_put_back_has_no_inverse() {
    let given = "backlog: bug:a* | icebox:";
    check([given, "edit a type=feature; edit a estimate=2"], &[]);
    check([given, "edit a type=feature; move a to icebox"], &[]);
    check(
        [given, "edit a type=feature; finish a"],
        &["return a finished>started backlog"],
    );
}

#[test]
fn more_edits_than_a_command_holds_are_taken_back_in_several() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let label = |number: usize| Edit::LabelAdded(Label::new(&format!("label {number}")).unwrap());
    let mut edits: Vec<Edit> = (0..99).map(label).collect();
    edits.push(Edit::Type(crate::StoryType::Bug));
    let command = Command::EditStory { id: id("a"), edits };
    let inverse = inverse(&bench.project, &command, &person("ada"));
    assert_eq!(inverse.len(), 2);
    bench.carry_out(&command).unwrap();
    for command in &inverse {
        bench.carry_out(command).unwrap();
    }
    assert_eq!(bench.look("a"), "#1 feature unstarted 1pt \"a\" []");
}

#[test]
fn what_somebody_went_on_with_is_not_taken_back() {
    let mut bench = Bench::new("backlog: a b | icebox:");
    let start = read_command("start a");
    let inverse = inverse(&bench.project, &start, &person("ada"));
    bench.carry_out(&start).unwrap();
    bench.carry_out(&read_command("finish a")).unwrap();
    assert_eq!(bench.carry_out(&inverse[0]), Err(Rejection::Overtaken));
}
