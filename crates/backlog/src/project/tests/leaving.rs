//! Who is in a project: joining, leaving, and what stays of someone who left.

use super::check;
use super::script::{Bench, id, person};
use crate::{Name, Project};

#[test]
fn one_joins_and_leaves_and_joins_again() {
    check(
        "backlog: a | icebox:",
        "
        bo: join client -> joined as client
        bo: join owner -> joined as owner
        leave bo -> left bo
        leave bo -> left bo
        bo: join viewer -> joined as viewer
        bo: leave bo -> left bo
        cy: leave cy -> left cy
        leave di -> rejected unknown-person
        ",
    );
}

#[test]
fn what_someone_did_and_owns_stays_theirs() {
    check(
        "backlog: a | icebox:",
        "
        bo: join member -> joined as member
        bo: edit a comment+k:why -> edited a comment+k:why
        edit a owner+bo follower+bo -> edited a owner+bo follower+bo
        leave bo -> left bo
        parts a -> requester=ada owner+bo follower+bo bo/k:why
        edit a owner-bo -> edited a owner-bo
        edit a owner+bo -> edited a owner+bo
        ",
    );
}

fn names<'a>(people: impl Iterator<Item = &'a Name>) -> Vec<&'a str> {
    people.map(Name::as_str).collect()
}

fn present(project: &Project) -> Vec<&str> {
    names(project.present().map(|(_, name)| name))
}

#[test]
fn who_left_keeps_the_name_and_is_not_offered() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.say("bo: join client").unwrap();
    assert_eq!(present(&bench.project), ["bo", "ada"], "by identity");
    bench.say("leave bo").unwrap();
    assert_eq!(present(&bench.project), ["ada"]);
    assert_eq!(names(bench.project.people().values()), ["bo", "ada"]);
    assert!(bench.project.has_left(person("bo").id));
    assert!(!bench.project.has_left(person("ada").id));
    // A snapshot keeps it.
    let read = Project::read(bench.project.snapshot());
    assert_eq!(present(&read), ["ada"]);
    assert_eq!(read.digest(), bench.project.digest());
    bench.say("bo: join client").unwrap();
    assert_eq!(present(&bench.project), ["bo", "ada"]);
    assert!(bench.project.story(id("a")).is_some());
}

#[test]
fn who_left_is_part_of_what_is_verified() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.say("bo: join client").unwrap();
    let before = bench.project.digest();
    bench.say("leave bo").unwrap();
    assert_ne!(bench.project.digest(), before);
    bench.say("bo: join client").unwrap();
    assert_eq!(bench.project.digest(), before, "as if nobody had ever left");
}

#[test]
fn nobody_leaves_whom_the_project_never_knew() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let ada = person("ada");
    let hand = crate::Hand {
        by: &ada,
        at: bench.now(),
    };
    let left = crate::Change::PersonLeft { id: person("zo").id };
    let before = bench.project.digest();
    bench.project.apply(&left, hand).unwrap_err();
    assert_eq!(bench.project.digest(), before);
}
