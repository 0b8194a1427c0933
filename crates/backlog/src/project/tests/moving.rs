//! Moving by anchor: within a panel, between panels, as one block, and never against the strict order.

use super::check;
use super::script::{Bench, id};
use crate::{Command, Panel, Rejection, StoryId};

#[test]
fn within_the_backlog() {
    check(
        "backlog: a b c d | icebox:",
        "
        move d to backlog -> moved d to backlog at the top | backlog: d a b c | icebox:
        move d to backlog after b -> moved d to backlog after b | backlog: a b d c | icebox:
        move a to backlog after c -> moved a to backlog after c | backlog: b d c a | icebox:
        move a to backlog after c -> moved a to backlog after c | backlog: b d c a | icebox:
        ",
    );
}

#[test]
fn several_stay_one_block_in_the_order_named() {
    check(
        "backlog: a b c d e | icebox: i j k",
        "
        move e b to backlog -> moved e b to backlog at the top | backlog: e b a c d | icebox: i j k
        move a e to backlog after c -> moved a e to backlog after c | backlog: b c a e d | icebox: i j k
        move k i to icebox after j -> moved k i to icebox after j | backlog: b c a e d | icebox: j k i
        move d i b to icebox after j -> moved d i b to icebox after j | backlog: c a e | icebox: j d i b k
        move k e d to backlog after c -> moved k e d to backlog after c | backlog: c k e d a | icebox: j i b
        ",
    );
}

#[test]
fn between_panels_a_story_changes_its_state() {
    check(
        "backlog: a* bug:b | icebox: chore:c",
        "
        move c to backlog after b -> moved c to backlog after b | backlog: a* b c | icebox:
        look c -> #3 chore unstarted unestimated \"c\" []
        move a to icebox -> moved a to icebox at the top | backlog: b c | icebox: a
        look a -> #1 feature unscheduled 1pt \"a\" []
        move b a to icebox -> moved b a to icebox at the top | backlog: c | icebox: b a
        move a to backlog -> moved a to backlog at the top | backlog: a c | icebox: b
        look a -> #1 feature unstarted 1pt \"a\" []
        ",
    );
}

#[test]
fn the_strict_order_bounds_a_move() {
    check(
        "backlog: a! b! c* d* e f | icebox: g",
        "
        move f to backlog -> moved f to backlog at the top | backlog: a! b! c* d* f e | icebox: g
        move e to backlog after a -> moved e to backlog after a | backlog: a! b! c* d* e f | icebox: g
        move c to backlog after f -> moved c to backlog after f | backlog: a! b! d* c* e f | icebox: g
        move c to backlog -> moved c to backlog at the top | backlog: a! b! c* d* e f | icebox: g
        move g to backlog after c -> moved g to backlog after c | backlog: a! b! c* d* g e f | icebox:
        move f c to backlog after g -> moved f c to backlog after g | backlog: a! b! d* c* g f e | icebox:
        ",
    );
}

#[test]
fn the_order_of_either_panel_is_part_of_the_digest() {
    let mut bench = Bench::new("backlog: a b | icebox: c d");
    let mut digests = vec![bench.project.digest()];
    for command in ["move b to backlog", "move d to icebox", "move b to backlog after a"] {
        bench.carry_out(&super::script::read_command(command)).unwrap();
        assert!(!digests.contains(&bench.project.digest()), "{command}");
        digests.push(bench.project.digest());
    }
    bench
        .carry_out(&super::script::read_command("move d to icebox after c"))
        .unwrap();
    assert_eq!(bench.project.digest(), digests[0]);
}

#[test]
fn what_was_accepted_keeps_its_place() {
    check(
        "backlog: a! b! c | icebox:",
        "
        move b to backlog -> rejected already-accepted | backlog: a! b! c | icebox:
        move b to icebox -> rejected already-accepted
        move c a to backlog -> rejected already-accepted | backlog: a! b! c | icebox:
        ",
    );
}

#[test]
fn anchors() {
    check(
        "backlog: a b c d | icebox: i j",
        "
        move a to backlog after a -> rejected anchor-moves
        move a b to backlog after b -> rejected anchor-moves
        move a to backlog after nobody -> rejected unknown-anchor | backlog: a b c d | icebox: i j
        move d to backlog after i -> moved d to backlog at the top | backlog: d a b c | icebox: i j
        move d to icebox after c -> moved d to icebox at the top | backlog: a b c | icebox: d i j
        delete b i -> deleted b i | backlog: a (b) c | icebox: d (i) j
        move a to backlog after b -> moved a to backlog after b | backlog: (b) a c | icebox: d (i) j
        move d to icebox after i -> moved d to icebox after i | backlog: (b) a c | icebox: (i) d j
        move j to backlog after i -> moved j to backlog at the top | backlog: j (b) a c | icebox: (i) d
        ",
    );
}

#[test]
fn who_cannot_be_moved() {
    check(
        "backlog: a b | icebox:",
        "
        move nobody to backlog -> rejected unknown-story
        move a nobody to icebox -> rejected unknown-story | backlog: a b | icebox:
        delete b -> deleted b
        move a b to icebox -> rejected deleted-story | backlog: a (b) | icebox:
        ",
    );
}

#[test]
fn a_selection_names_between_one_and_a_thousand_stories_each_once() {
    check(
        "backlog: a b | icebox:",
        "
        move to backlog -> rejected bad-selection
        move a b a to backlog -> rejected bad-selection | backlog: a b | icebox:
        move nobody nobody to backlog -> rejected bad-selection
        delete a a -> rejected bad-selection | backlog: a b | icebox:
        ",
    );
    let mut bench = Bench::new("backlog: | icebox:");
    assert_eq!(
        bench.carry_out(&Command::DeleteStories { stories: Vec::new() }),
        Err(Rejection::BadSelection)
    );
    let all: Vec<StoryId> = (0..1_001).map(|n| id(&format!("s{n}"))).collect();
    for story in &all {
        let new = super::script::new_story(*story, crate::StoryType::Bug, Panel::Icebox);
        bench.carry_out(&Command::CreateStory(new)).unwrap();
    }
    let moving = |count: usize| Command::MoveStories {
        stories: all[..count].into(),
        panel: Panel::Backlog,
        after: None,
        current: None,
    };
    assert_eq!(bench.carry_out(&moving(1_001)), Err(Rejection::BadSelection));
    assert!(bench.carry_out(&moving(1_000)).is_ok());
    assert_eq!(bench.project.order(Panel::Backlog).count(), 1_000);
    assert_eq!(
        bench.carry_out(&Command::DeleteStories { stories: all.clone() }),
        Err(Rejection::BadSelection)
    );
    assert!(
        bench
            .carry_out(&Command::DeleteStories {
                stories: all[1..].into()
            })
            .is_ok()
    );
    assert_eq!(bench.project.order(Panel::Backlog).count(), 1);
}
