//! What people say about a story. Only who said it says it differently, takes it back or lets it stand again.

use super::check;
use super::script::{Bench, id};
use crate::Millis;

#[test]
fn a_comment_is_its_authors() {
    check(
        "backlog: a | icebox:",
        "
        bo: edit a comment+k:Why_not -> edited a comment+k:Why_not
        parts a -> requester=ada bo/k:Why_not
        edit a comment=k:Mine -> rejected not-yours
        edit a comment-k -> rejected not-yours
        edit a comment^k -> rejected not-yours
        edit a comment-x -> rejected unknown-part
        edit a comment+k:Another -> edited a
        bo: edit a comment=k:Why -> edited a comment=k:Why
        bo: edit a comment=k:Why -> edited a
        parts a -> requester=ada bo/k~:Why
        edit a comment+l:Because -> edited a comment+l:Because
        parts a -> requester=ada bo/k~:Why ada/l:Because
        ",
    );
}

#[test]
fn what_was_taken_back_can_stand_again() {
    check(
        "backlog: a | icebox:",
        "
        edit a comment+k:Why comment+l:Because -> edited a comment+k:Why comment+l:Because
        edit a comment-k -> edited a comment-k
        edit a comment-k -> edited a
        parts a -> requester=ada (ada/k:Why) ada/l:Because
        edit a comment^k -> edited a comment^k
        edit a comment^k -> edited a
        parts a -> requester=ada ada/k:Why ada/l:Because
        ",
    );
}

#[test]
fn a_reason_is_kept_where_a_story_is_sent_back_and_nowhere_else() {
    check(
        "backlog: a* | icebox:",
        "
        finish a saying k:Done -> rejected nothing-to-say
        finish a -> transitioned a finished
        deliver a -> transitioned a delivered
        accept a saying k:Well_done -> rejected nothing-to-say
        bo: reject a saying k:It_is_too_slow -> transitioned a rejected comment+k:It_is_too_slow
        parts a -> requester=ada owner+ada bo/k:It_is_too_slow
        restart a saying l:Again -> rejected nothing-to-say
        restart a -> transitioned a started
        reject a saying l:No -> rejected closed-transition reject started
        ",
    );
}

#[test]
fn a_comment_knows_when_it_was_said_and_when_it_was_changed() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let times = |bench: &Bench| {
        let story = bench.project.story(id("a")).unwrap();
        (story.comments[0].at, story.comments[0].edited_at)
    };
    bench.say("edit a comment+k:Why").unwrap();
    let said = bench.now();
    assert_eq!(times(&bench), (said, None));
    bench.say("edit a comment=k:Why_not").unwrap();
    let changed = Millis(said.0 + 60_000);
    assert_eq!(times(&bench), (said, Some(changed)));
    bench.say("edit a comment-k comment^k").unwrap();
    assert_eq!(times(&bench), (said, Some(changed)));
    assert_eq!(bench.project.story(id("a")).unwrap().said().count(), 1);
    bench.say("edit a comment-k").unwrap();
    assert_eq!(bench.project.story(id("a")).unwrap().said().count(), 0);
}
