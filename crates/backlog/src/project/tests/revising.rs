//! Descriptions that two people changed: what is merged, what is kept beside, and how it is let go.

use super::check;
use super::script::{Bench, id, read_command, read_text};
use crate::{Command, Description, Edit, Rejection};

#[test]
fn what_both_changed_is_merged_with_what_others_changed_meanwhile() {
    check(
        "backlog: a | icebox:",
        "
        edit a description=one/two/three -> edited a description=one/two/three
        edit a revised=one/two/three>one/two/THREE -> edited a description=one/two/THREE
        edit a revised=one/two/three>ONE/two/three -> edited a description=ONE/two/THREE
        edit a revised=one/two/three>ONE/two/three -> edited a
        edit a revised=one/two/three>one/two/three -> edited a
        edit a revised=ONE/two/THREE>one_two_three_four -> edited a description=one_two_three_four
        edit a revised=one_two_three_four>1_two_three_four -> edited a description=1_two_three_four
        edit a revised=one_two_three_four>one_two_three_4 -> edited a description=1_two_three_4
        edit a revised=1_two_three_4>here title=there -> edited a description=here title=there
        edit a description=gone revised=gone>back -> edited a description=gone description=back
        ",
    );
}

#[test]
fn where_two_overlap_theirs_stays_and_mine_is_kept_whole() {
    check(
        "backlog: a | icebox:",
        "
        edit a description=a/b/c -> edited a description=a/b/c
        edit a revised=a/b/c>a/b/C -> edited a description=a/b/C
        edit a revised=a/b/c>1/b/3 -> edited a description=1/b/C kept=1/b/3
        edit a revised=a/b/c>a/b/3 -> edited a kept=a/b/3
        edit a revised=a/b/c>a/b/3 -> edited a
        edit a revised=other>1/b/C -> edited a
        edit a revised=other> -> edited a kept=
        edit a dropped=a/b/3 dropped=never -> edited a dropped=a/b/3
        edit a revised=a/b/c>a/b/3 -> edited a kept=a/b/3
        ",
    );
}

#[test]
fn the_oldest_of_ten_makes_room() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.carry_out(&read_command("edit a description=theirs")).unwrap();
    for number in 1..=12 {
        let command = format!("edit a revised=base>mine{number}");
        bench.carry_out(&read_command(&command)).unwrap();
    }
    let kept = "mine3 mine4 mine5 mine6 mine7 mine8 mine9 mine10 mine11 mine12";
    assert_eq!(bench.kept("a"), kept);
    check(
        "backlog: a | icebox:",
        "
        edit a description=theirs -> edited a description=theirs
        edit a revised=b>1 revised=b>2 revised=b>3 revised=b>4 revised=b>5 -> edited a kept=1 kept=2 kept=3 kept=4 kept=5
        edit a revised=b>6 revised=b>7 revised=b>8 revised=b>9 revised=b>X -> edited a kept=6 kept=7 kept=8 kept=9 kept=X
        edit a revised=b>11 -> edited a dropped=1 kept=11
        ",
    );
}

#[test]
fn a_conflict_cannot_be_asked_for() {
    check(
        "backlog: a | icebox:",
        "
        edit a title=lost kept=mine -> rejected conflict-asked
        look a -> #1 feature unstarted 1pt \"a\" []
        ",
    );
}

#[test]
fn a_merge_too_long_for_a_description_overlaps() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let text = |text: String| Description::new(&text).unwrap();
    let (long, line) = ("x".repeat(12_000), "base\n");
    let theirs = text(format!("{line}{long}"));
    let mine = text(format!("{long}\n{line}"));
    let set = |edit| Command::EditStory {
        id: id("a"),
        edits: vec![edit],
    };
    bench.carry_out(&set(Edit::Description(theirs.clone()))).unwrap();
    let revised = Edit::DescriptionRevised {
        from: text(line.to_owned()),
        to: mine.clone(),
    };
    bench.carry_out(&set(revised)).unwrap();
    let story = bench.project.story(id("a")).unwrap();
    assert_eq!((&story.description, &story.conflicts[..]), (&theirs, &[mine][..]));
}

#[test]
fn a_revision_of_a_deleted_story_is_refused() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.carry_out(&read_command("delete a")).unwrap();
    let edits = vec![Edit::DescriptionRevised {
        from: read_text("old"),
        to: read_text("new"),
    }];
    let refused = bench.carry_out(&Command::EditStory { id: id("a"), edits });
    assert_eq!(refused, Err(Rejection::DeletedStory));
}
