//! What others did after a command, and which parts of it do not stand any more.

use crate::project::tests::script::{Bench, read_command};
use crate::undo::overtaken;

/// Carries a command out, then what others do, and holds the parts that do not stand to words.
#[track_caller]
fn check([given, command]: [&str; 2], rows: &[[&str; 2]]) {
    for [others, expected] in rows {
        let mut bench = Bench::new(given);
        let command = read_command(command);
        bench.carry_out(&command).unwrap();
        assert_eq!(overtaken(&bench.project, &command), [], "before the others");
        for other in others.split("; ").filter(|other| !other.is_empty()) {
            bench.carry_out(&read_command(other)).unwrap();
        }
        let words: Vec<String> = overtaken(&bench.project, &command)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(words.join(", "), *expected, "after {others:?}");
    }
}

#[test]
fn edits() {
    check(
        [
            "backlog: a | icebox:",
            "edit a title=Pay estimate=2 description=why +web -ios",
        ],
        &[
            ["edit a title=Buy; edit a title=Pay +pay", ""],
            ["edit a title=Buy", "title"],
            ["edit a type=bug", "estimate"],
            ["edit a estimate=3 -web", "estimate, labels"],
            ["edit a +ios", "labels"],
            ["edit a revised=why>why_not", "description"],
            ["start a; finish a", ""],
            ["move a to icebox", ""],
            ["delete a", "existence"],
            ["delete a; restore a", ""],
        ],
    );
    check(
        ["backlog: a | icebox:", "edit a estimate=2 type=chore"],
        &[
            ["edit a type=bug", "type"],
            ["edit a type=feature estimate=3", "type, estimate"],
        ],
    );
}

#[test]
fn creations() {
    check(
        ["backlog: a b | icebox:", "create c feature:2 backlog after a"],
        &[
            ["edit b title=other", ""],
            ["edit c title=other estimate=1 +web", "title, estimate"],
            ["edit c type=bug description=why", "type, estimate, description"],
            ["start c", "state"],
            ["move c to backlog", "place"],
            ["move c to icebox", "state"],
            ["delete c", "existence"],
        ],
    );
}

#[test]
fn transitions() {
    check(
        ["backlog: a b | icebox:", "start b"],
        &[
            ["start a", ""],
            ["move b to backlog after a", ""],
            ["finish b", "state"],
            ["move b to icebox", "state"],
            ["delete b", "existence"],
        ],
    );
    check(
        ["backlog: chore:a* | icebox:", "finish a"],
        &[["return a accepted>started backlog", "state"]],
    );
}

#[test]
fn moves() {
    check(
        ["backlog: a b c d | icebox: e", "move c a to backlog after d"],
        &[
            ["edit c title=other; move e to icebox", ""],
            ["move b to backlog after a", ""],
            ["move d to backlog", "place"],
            ["move c to backlog", "place"],
            ["move e to backlog after d", "place"],
            ["move a to icebox", "place"],
            ["delete a", "existence"],
            ["delete a; move c to icebox", "place, existence"],
            ["return c unstarted>accepted backlog", "state"],
        ],
    );
    check(
        ["backlog: a b | icebox: e", "move b to backlog"],
        &[
            ["create c bug backlog after b", ""],
            ["create c bug backlog", "place"],
            ["start a", ""],
            ["start b", ""],
        ],
    );
}

#[test]
fn deletions_and_restorations() {
    check(
        ["backlog: a b | icebox:", "delete a b"],
        &[["restore a", "existence"], ["restore a; delete a", ""]],
    );
    check(
        ["backlog: a b | icebox:", "restore a b"],
        &[["delete a", "existence"], ["start a", ""]],
    );
}

#[test]
fn returns() {
    check(
        [
            "backlog: a* b c | icebox:",
            "return a started>unstarted backlog after b",
        ],
        &[
            ["start c", ""],
            ["start a", "state"],
            ["move a to backlog after c", "place"],
            ["move a to icebox", "state"],
            ["delete a", "existence"],
        ],
    );
    check(
        ["backlog: a! b! c | icebox:", "return c unstarted>accepted backlog"],
        &[
            ["return a accepted>delivered backlog", ""],
            ["return c accepted>delivered backlog", "state"],
        ],
    );
}

#[test]
fn a_name() {
    check(
        ["backlog: | icebox:", "rename Shop"],
        &[["rename Market", "project name"], ["rename Market; rename Shop", ""]],
    );
}

#[test]
fn the_words_of_all_parts() {
    use crate::undo::Aspect::{Description, Estimate, Existence, Labels, Place, ProjectName, State, Title, Type};
    let all = [
        Title,
        Type,
        Estimate,
        Description,
        Labels,
        State,
        Place,
        Existence,
        ProjectName,
    ];
    let words = [
        "title",
        "type",
        "estimate",
        "description",
        "labels",
        "state",
        "place",
        "existence",
        "project name",
    ];
    assert_eq!(all.map(|aspect| aspect.to_string()), words);
}
