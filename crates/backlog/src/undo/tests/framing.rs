//! Settings, epics, saved searches and imports, taken back.

use super::check;
use crate::project::tests::script::{Bench, ada, read_command, show_panels};
use crate::undo::inverse;
use crate::{Command, Estimate, Millis};

#[test]
fn settings() {
    let given = "backlog: a | icebox:";
    check(
        [
            given,
            "settings weeks=2 weekday=6 zone=Europe/Berlin window=4 velocity=12",
        ],
        &["settings weeks=1 weekday=0 zone=UTC window=3 velocity=10"],
    );
    check(
        [given, "settings started=2026-01-05 pointed=features-bugs-and-chores"],
        // Day 20,000, on which the bench begins.
        &["settings pointed=features started=2024-10-04"],
    );
    check(
        [
            given,
            "settings length@5=2 strength@6=50; settings length@5=none strength@5=60 strength@6=70",
        ],
        &["settings length@5=2 strength@5=none strength@6=50"],
    );
    check([given, "settings weeks=1 window=3"], &[]);
    check([given, "settings weeks=2 weeks=1"], &[]);
}

#[test]
fn the_estimates_of_the_scale_before_come_back() {
    let given = "backlog: a b bug:c | icebox: d";
    check(
        [given, "edit b estimate=3; edit d estimate=2; settings scale=0/5"],
        &["settings scale=linear", "each a estimate=1, b estimate=3, d estimate=2"],
    );
    check(
        [given, "edit b estimate=0; edit d estimate=0; settings scale=0/5"],
        &["settings scale=linear", "edit a estimate=1"],
    );
    check([given, "settings scale=fibonacci"], &["settings scale=linear"]);
    // Points that do not count cannot be given; they follow the scale once more.
    check(
        [
            given,
            "settings pointed=features-bugs-and-chores; edit c estimate=2; settings pointed=features; settings scale=0/5",
        ],
        &["settings scale=linear", "each a estimate=1, b estimate=1, d estimate=1"],
    );
    check(
        [
            given,
            "settings pointed=features-bugs-and-chores; edit c estimate=2; settings pointed=features scale=0/5",
        ],
        &[
            "settings scale=linear pointed=features-bugs-and-chores",
            "each a estimate=1, b estimate=1, c estimate=2, d estimate=1",
        ],
    );
}

#[test]
fn more_estimates_than_a_command_holds_come_back_in_several() {
    let mut bench = Bench::new("backlog: | icebox:");
    for number in 0..1_001 {
        bench.say(&format!("create s{number} feature:1 icebox")).unwrap();
    }
    let scale = read_command("settings scale=0/20");
    let back = inverse(&bench.project, &scale, ada(Millis(0)).by);
    let sizes: Vec<usize> = back.iter().map(|command| command.stories().len()).collect();
    assert_eq!(sizes, [0, 1_000, 1]);
    bench.carry_out(&scale).unwrap();
    for command in &back {
        bench.carry_out(command).unwrap();
    }
    let stories = bench.project.snapshot().stories;
    assert!(stories.iter().all(|story| story.estimate == Some(Estimate(1))));
}

#[test]
fn planning_by_hand() {
    let given = "backlog: a b c | icebox: d";
    let manual = "settings planning=manual; ";
    check(
        [given, &format!("{manual}move c to backlog by-hand")],
        &["return c unstarted>unstarted backlog after b"],
    );
    check(
        [given, &format!("{manual}edit b current=yes")],
        &["return b unstarted>unstarted backlog after a"],
    );
    check(
        [given, &format!("{manual}each b +web current=yes, c +web")],
        &["return b unstarted>unstarted backlog after a", "each b -web, c -web"],
    );
    check([given, &format!("{manual}edit a current=yes")], &["edit a current=no"]);
    check(
        [given, &format!("{manual}move c b to backlog by-hand; move c to icebox")],
        &["return c unscheduled>unstarted backlog by-hand"],
    );
    check(
        [
            given,
            &format!("{manual}move c b to backlog by-hand; move c to backlog after b not-by-hand"),
        ],
        &["return c unstarted>unstarted backlog by-hand"],
    );
    check(
        [given, &format!("{manual}move d to backlog after c by-hand")],
        &["return d unstarted>unscheduled icebox"],
    );
    check(
        [
            given,
            &format!("{manual}edit c current=yes; start c; edit c current=no"),
        ],
        &["edit c current=yes"],
    );
}

#[test]
fn planning_by_hand_and_back() {
    let given = "backlog: a b c | icebox:";
    check(
        [given, "edit c current=yes; settings planning=manual"],
        &[
            "settings planning=automatic",
            "return c unstarted>unstarted backlog after b by-hand",
        ],
    );
    check(
        [
            given,
            "settings planning=manual; edit c current=yes; settings planning=automatic",
        ],
        &["settings planning=manual"],
    );
}

fn shown(bench: &Bench) -> String {
    let snapshot = bench.project.snapshot();
    let epics = snapshot
        .epics
        .iter()
        .map(|epic| format!("#{} {}", epic.number, epic.words.name.as_str()));
    let searches = snapshot.searches.iter().map(|search| search.name.as_str().to_owned());
    let words: Vec<String> = epics.chain(searches).collect();
    let panels = show_panels(&bench.project);
    let there: Vec<&str> = panels.split(' ').filter(|word| !word.starts_with('(')).collect();
    format!("{}; {}", there.join(" "), words.join(", "))
}

/// Carries a script out, then the inverse of its last command, which must be these and lead back.
#[track_caller]
fn check_frame(script: &str, expected: &[&str]) {
    let mut bench = Bench::new("backlog: a | icebox:");
    let (said, last) = script.rsplit_once("; ").unwrap_or(("edit a", script));
    said.split("; ").for_each(|line| drop(bench.say(line).unwrap()));
    let (before, last) = (shown(&bench), read_command(last));
    let back = inverse(&bench.project, &last, ada(Millis(0)).by);
    let expected: Vec<Command> = expected.iter().map(|line| read_command(line)).collect();
    assert_eq!(back, expected);
    bench.carry_out(&last).unwrap();
    for command in &back {
        bench.carry_out(command).unwrap();
    }
    assert_eq!(shown(&bench), before);
}

#[test]
fn epics() {
    check_frame("epic e web Web", &["epic-gone e"]);
    check_frame("epic e web Web; epic e net Net", &["epic e web Web"]);
    check_frame("epic e web Web; epic e web Web", &[]);
    let three = "epic e web E; epic f net F; epic g tax G; ";
    check_frame(&format!("{three}epic-move g"), &["epic-move g after f"]);
    check_frame(&format!("{three}epic-move e after g"), &["epic-move e"]);
    check_frame(&format!("{three}epic-move e"), &[]);
    check_frame(&format!("{three}epic-gone f"), &["epic f net F", "epic-move f after e"]);
    check_frame(&format!("{three}epic-gone e"), &["epic e web E", "epic-move e"]);
    check_frame(&format!("{three}epic-gone e; epic-gone e"), &[]);
}

#[test]
fn saved_searches() {
    check_frame("search s Mine owner:me", &["search-gone s"]);
    check_frame("search s Mine owner:me; search s Ours bug", &["search s Mine owner:me"]);
    check_frame("search s Mine owner:me; search s Mine owner:me", &[]);
    check_frame("search s Mine owner:me; search-gone s", &["search s Mine owner:me"]);
    check_frame("search-gone s", &[]);
}

#[test]
fn imports() {
    let import = "import i epic=e:web story=m:bug:unstarted:none story=n:bug:unscheduled:none";
    // The number of an epic and of a story is given out once.
    check_frame(import, &["import-gone i"]);
    check_frame(&format!("{import}; import-gone i"), &["import-back i"]);
    check_frame(&format!("{import}; import-gone i; import-back i"), &["import-gone i"]);
    check_frame(&format!("{import}; import-back i"), &[]);
    check_frame(&format!("{import}; import-gone i; import-gone i"), &[]);
    check_frame(
        &format!("{import}; delete m; epic-gone e; import-gone i"),
        &["import-back i", "delete m", "epic-gone e"],
    );
    check_frame(
        &format!("{import}; import-gone i; restore m; import-back i"),
        &["import-gone i", "restore m"],
    );
    check_frame(
        &format!("{import}; epic f net F; epic-move f; import-gone i"),
        &["import-back i"],
    );
    check_frame(
        &format!("{import}; epic f net F; import-gone i"),
        &["import-back i", "epic-move e"],
    );
    check_frame(
        "import i epic=e:web epic=f:net; epic g tax G; epic-move g after e; import-gone i",
        &["import-back i", "epic-move e"],
    );
    let given = "backlog: a | icebox:";
    check([given, "import i story=a:bug:unstarted:none"], &[]);
}

#[test]
fn the_scale_that_an_import_brought() {
    check_frame(
        "edit a estimate=2; import i scale=0/5 story=m:feature:unstarted:5",
        &["import-gone i", "settings scale=linear", "edit a estimate=2"],
    );
}
