//! Who asks for a story, works on it and wants to hear of it, and who is known at all.

use super::check;
use super::script::{Bench, id, read_said};
use crate::{ActorId, Command, Edit, Limit, Name, Rejection, Story};

#[test]
fn whoever_starts_what_nobody_owns_becomes_its_owner() {
    check(
        "backlog: a b chore:c release:r | icebox: d",
        "
        bo: start a -> transitioned a started owner+bo | backlog: a* b c r | icebox: d
        parts a -> requester=ada owner+bo
        edit b owner+bo -> edited b owner+bo
        start b -> transitioned b started
        parts b -> requester=ada owner+bo
        bo: start c -> transitioned c started owner+bo
        bo: start d -> transitioned d started owner+bo
        finish r -> transitioned r accepted
        parts r -> requester=ada
        finish a -> transitioned a finished
        edit a owner-bo -> edited a owner-bo
        deliver a -> transitioned a delivered
        parts a -> requester=ada
        ",
    );
}

#[test]
fn owners_come_one_by_one_and_in_that_order() {
    check(
        "backlog: a bug:b c d e | icebox:",
        "
        bo: edit b +x -> edited b +x
        edit a owner+bo owner+ada owner+bo -> edited a owner+bo owner+ada
        parts a -> requester=ada owner+bo owner+ada
        edit a owner-bo owner-cy owner+bo -> edited a owner-bo owner+bo
        parts a -> requester=ada owner+ada owner+bo
        ",
    );
}

#[test]
fn at_most_five_owners() {
    check(
        "backlog: a | icebox:",
        "
        bo: edit a +x -> edited a +x
        cy: edit a +x -> edited a
        di: edit a +x -> edited a
        el: edit a +x -> edited a
        fay: edit a +x -> edited a
        edit a owner+ada owner+bo owner+cy owner+di owner+el -> edited a owner+ada owner+bo owner+cy owner+di owner+el
        edit a owner+el -> edited a
        edit a title=lost owner+fay -> rejected too-many owners
        edit a owner+fay owner-ada -> rejected too-many owners
        edit a owner-ada owner+fay -> edited a owner-ada owner+fay
        look a -> #1 feature unstarted 1pt \"a\" [x]
        ",
    );
}

#[test]
fn nobody_is_named_whom_the_project_does_not_know() {
    check(
        "backlog: a | icebox:",
        "
        edit a owner+bo -> rejected unknown-person
        edit a follower+bo -> rejected unknown-person
        edit a requester=bo -> rejected unknown-person
        edit a review+r:code@bo -> rejected unknown-person
        edit a owner-bo follower-bo -> edited a
        bo: edit a owner+bo follower+bo requester=bo review+r:code@bo -> edited a owner+bo follower+bo requester=bo review+r:code/unstarted@bo
        edit a requester=none -> edited a requester=none
        edit a requester=bo -> edited a requester=bo
        parts a -> requester=bo owner+bo follower+bo review+r:code/unstarted@bo
        ",
    );
}

/// Each command of someone else makes one more person known, be it refused or not.
#[test]
fn whoever_did_something_is_known_by_the_name_of_the_last_time() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let names = |bench: &Bench| {
        let names = bench.project.people().values().map(|name| name.as_str().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&bench), ["ada"]);
    bench.say("bo: start b").unwrap_err();
    assert_eq!(names(&bench), ["ada"], "what was refused did not happen");
    bench.say("bo: edit a").unwrap();
    assert_eq!(names(&bench), ["bo", "ada"], "by identity");
    let (mut renamed, command) = read_said("bo: edit a");
    renamed.name = Name::new("Bob").unwrap();
    bench.carry_out_by(&renamed, &command).unwrap();
    assert_eq!(names(&bench), ["Bob", "ada"]);
}

#[test]
fn followers_and_labels_have_their_limits() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let mut people: Vec<Command> = Vec::new();
    for number in 0..=Story::MAX_FOLLOWERS {
        bench.say(&format!("p{number}: edit a")).unwrap();
        let follower = ActorId(super::script::bits(&format!("p{number}")));
        people.push(Command::EditStory {
            id: id("a"),
            edits: vec![Edit::FollowerAdded(follower)],
        });
    }
    let (last, first) = people.split_last().unwrap();
    assert!(first.iter().all(|command| bench.carry_out(command).is_ok()));
    let too_many = |what| Err(Rejection::TooMany { what });
    assert_eq!(bench.carry_out(last), too_many(Limit::Followers));
    assert_eq!(bench.carry_out(&first[0]).map(|_| ()), Ok(()), "who follows already");
    for number in 0..Story::MAX_LABELS {
        bench.say(&format!("edit a +l{number}")).unwrap();
    }
    assert_eq!(bench.say("edit a +more"), too_many(Limit::Labels));
    assert!(bench.say("edit a +l0 -l1 +more").is_ok());
}
