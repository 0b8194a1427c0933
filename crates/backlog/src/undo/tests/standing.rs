//! What others did after a command, and which parts of it do not stand any more.

use crate::project::tests::script::{Bench, read_said};
use crate::undo::overtaken;

/// Carries a command out, then what others do, and holds the parts that do not stand to words.
#[track_caller]
fn check([given, command]: [&str; 2], rows: &[[&str; 2]]) {
    for [others, expected] in rows {
        let mut bench = Bench::new(given);
        let (by, command) = read_said(command);
        bench.carry_out_by(&by, &command).unwrap();
        assert_eq!(overtaken(&bench.project, &command), [], "before the others");
        for other in others.split("; ").filter(|other| !other.is_empty()) {
            bench.say(other).unwrap();
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
fn people_and_fields() {
    check(
        [
            "backlog: a | icebox:",
            "edit a priority=p1 deadline=2026-12-24 requester=none owner+ada follower+ada",
        ],
        &[
            ["bo: edit a owner+bo follower+bo", ""],
            ["edit a priority=p2", "priority"],
            ["edit a deadline=none", "deadline"],
            ["edit a requester=ada", "requester"],
            ["bo: edit a owner-ada owner+bo", "owners"],
            ["edit a follower-ada", "followers"],
            ["edit a owner-ada; edit a owner+ada", ""],
        ],
    );
}

#[test]
fn parts() {
    let given = "backlog: a b | icebox:";
    check(
        [
            given,
            "edit a task+p:P task+q:Q tick=p blocker+k:Why review+r:code link+l:branch:pay",
        ],
        &[
            [
                "edit a task+r:R task>q blocker+l:#b review+s:code link+m:branch:pay",
                "",
            ],
            ["edit a task=p:Else", "tasks"],
            ["edit a untick=p", "tasks"],
            ["edit a tick=q", "tasks"],
            ["edit a task-q", "tasks"],
            ["edit a blocker+k!:Why", "blockers"],
            ["edit a blocker-k", "blockers"],
            ["edit a review+r:code/pass", "reviews"],
            ["edit a link-l", "links"],
        ],
    );
    check(
        [given, "edit a task+p:P task+q:Q task+r:R task>r"],
        &[
            ["edit a task>q", "tasks"],
            ["edit a task>q@p", ""],
            ["edit a task+s:S", ""],
        ],
    );
}

#[test]
fn comments() {
    check(
        ["backlog: a | icebox:", "edit a comment+k:Why"],
        &[
            ["bo: edit a comment+l:Because", ""],
            ["edit a comment=k:Why_not", "comments"],
            ["edit a comment=k:Why_not comment=k:Why", ""],
            ["edit a comment-k", "comments"],
            ["edit a comment-k comment^k", ""],
        ],
    );
    check(
        ["backlog: bug:a* | icebox:", "edit a comment+k:Why comment-k"],
        &[["edit a comment^k", "comments"]],
    );
}

#[test]
fn several_stories() {
    check(
        ["backlog: a b c | icebox:", "each a +web title=Pay, b +web"],
        &[
            ["edit c title=Buy; edit a +ios", ""],
            ["edit b -web; edit a title=Buy", "title, labels"],
            ["delete b", ""],
            ["delete b; edit a -web", "labels"],
            ["delete a b", "existence"],
        ],
    );
    check(
        ["backlog: a b c | icebox:", "all start a b"],
        &[
            ["finish a", ""],
            ["finish a; finish b", "state"],
            ["delete a; finish b", "state, existence"],
            ["start c", ""],
        ],
    );
}

#[test]
fn places_by_hand() {
    check(
        ["backlog: a b | icebox: c", "move b to backlog by-hand"],
        &[
            ["edit b current=no", "place"],
            ["edit a current=yes", ""],
            ["settings planning=manual", ""],
            ["start a", ""],
        ],
    );
    check(
        ["backlog: a b | icebox: c", "edit b current=yes"],
        &[["edit b current=no", "place"], ["start a", ""]],
    );
    check(
        [
            "backlog: a b* | icebox: c",
            "return b started>unstarted backlog by-hand",
        ],
        &[
            ["edit b current=no", "place"],
            ["start b", "state"],
            ["edit a current=yes", ""],
        ],
    );
}

#[test]
fn types_of_stories_that_carry_points_no_more() {
    check(
        ["backlog: bug:a | icebox:", "settings pointed=features-bugs-and-chores"],
        &[["edit a estimate=2", ""], ["settings pointed=features", "settings"]],
    );
    check(
        ["backlog: a | icebox:", "edit a type=bug"],
        &[
            ["settings pointed=features-bugs-and-chores; edit a estimate=2", ""],
            ["edit a type=feature estimate=2", "type, estimate"],
        ],
    );
}

#[test]
fn what_a_project_has_besides() {
    let given = "backlog: a | icebox:";
    check(
        [given, "settings weeks=2 strength@5=50"],
        &[
            ["settings window=2 strength@6=50", ""],
            ["settings weeks=1", "settings"],
            ["settings strength@5=none", "settings"],
            ["settings weeks=1; settings weeks=2", ""],
        ],
    );
    check(
        [given, "epic e web Web"],
        &[
            ["epic f net Net; epic-move e after f", ""],
            ["epic e web Page", "epic"],
            ["epic-gone e", "epic"],
        ],
    );
    check(
        [given, "search s Mine owner:me"],
        &[
            ["search t Ours bug", ""],
            ["search s Mine bug", "saved search"],
            ["search-gone s", "saved search"],
        ],
    );
    check([given, "search-gone s"], &[["search s Mine bug", "saved search"]]);
    check([given, "epic-gone e"], &[["epic e web Web", "epic"]]);
}

#[test]
fn imports() {
    let given = "backlog: a | icebox:";
    let import = "import i epic=e:web story=m:bug:unstarted:none story=n:bug:unstarted:none";
    check(
        [given, import],
        &[
            ["start m; epic-gone e", ""],
            ["delete n", "existence"],
            ["import-gone i", "existence"],
            ["import-gone i; import-back i", ""],
        ],
    );
}

#[test]
fn the_words_of_all_parts() {
    use crate::undo::Aspect::{
        Blockers, Comments, Deadline, Description, Epic, Estimate, Existence, Followers, Labels, Links, Owners, Place,
        Priority, ProjectName, Requester, Reviews, Search, Settings, State, Tasks, Title, Type,
    };
    let words = [
        (Title, "title"),
        (Type, "type"),
        (Estimate, "estimate"),
        (Description, "description"),
        (Labels, "labels"),
        (State, "state"),
        (Place, "place"),
        (Existence, "existence"),
        (Priority, "priority"),
        (Requester, "requester"),
        (Owners, "owners"),
        (Followers, "followers"),
        (Deadline, "deadline"),
        (Tasks, "tasks"),
        (Comments, "comments"),
        (Blockers, "blockers"),
        (Reviews, "reviews"),
        (Links, "links"),
        (ProjectName, "project name"),
        (Settings, "settings"),
        (Epic, "epic"),
        (Search, "saved search"),
    ];
    for (aspect, word) in words {
        assert_eq!(aspect.to_string(), word);
    }
}
