//! Scripts: what happened, and what the page knows then.

use super::*;
use crate::wire::Content;

fn post(id: u32, title: &str) -> Post {
    let content = Content::new(title, "").unwrap();
    Post { id, content }
}

fn posted(rev: u64, post: Post) -> Change {
    let what = Some(What::Posted(post));
    Change { rev, what }
}

fn bare(rev: u64) -> Msg {
    Msg::Heard(Change { rev, what: None })
}

fn fetched(rev: u64, posts: &[Post]) -> Msg {
    let posts = posts.to_vec();
    Msg::Fetched(Snapshot { rev, posts })
}

/// After these messages the page shows these titles, and these as news, and asks for the posts or is content.
fn check(msgs: impl IntoIterator<Item = Msg>, shown: &str, next: &str) -> Model {
    let mut model = Model::default();
    for msg in msgs {
        model.update(msg);
    }
    let titles = model.posts().into_iter().flatten().map(|post| post.content.title());
    let titles: Vec<&str> = titles.collect();
    let seen = format!("{} | {}", titles.join(", "), model.news().join(", "));
    assert_eq!(
        (seen.as_str(), if model.wants_posts() { "asks" } else { "content" }),
        (shown, next)
    );
    model
}

#[test]
fn the_first_thing_is_to_fetch() {
    check([], " | ", "asks");
    check([Msg::Asked], " | ", "content");
    let model = check([Msg::Asked, fetched(1, &[post(1, "Hello")])], "Hello | ", "content");
    assert_eq!((model.requests(), model.heard()), (1, 0));
    assert_eq!(model.posts().unwrap().next().unwrap().content.text(), "");
}

#[test]
fn a_bare_event_asks_for_the_posts_once() {
    let script = || [Msg::Asked, fetched(1, &[]), bare(2), bare(3)];
    check(script(), " | ", "asks");
    check(script().into_iter().chain([Msg::Asked, bare(4)]), " | ", "content");
    let answered_late = script()
        .into_iter()
        .chain([Msg::Asked, bare(4), fetched(3, &[post(1, "One")])]);
    check(answered_late, "One | One", "asks");
}

#[test]
fn a_full_event_is_applied_if_it_follows() {
    let start = || [Msg::Asked, fetched(1, &[post(1, "One")])];
    let next = start().into_iter().chain([Msg::Heard(posted(2, post(2, "Two")))]);
    check(next, "Two, One | Two", "content");
    let missed = start().into_iter().chain([Msg::Heard(posted(3, post(3, "Three")))]);
    check(missed, "One | ", "asks");
    let removed = Change {
        rev: 2,
        what: Some(What::Removed(1)),
    };
    let doubled = start()
        .into_iter()
        .chain([Msg::Heard(removed), Msg::Heard(posted(1, post(1, "One")))]);
    check(doubled, " | ", "content");
}

#[test]
fn what_one_posts_oneself_is_no_news() {
    let own = [Msg::Asked, fetched(1, &[]), Msg::Answered(posted(2, post(1, "Mine")))];
    check(own, "Mine | ", "content");
    let overtaken = [
        Msg::Asked,
        fetched(1, &[]),
        Msg::Answered(posted(3, post(2, "Mine"))),
        Msg::Asked,
        fetched(3, &[post(1, "Theirs"), post(2, "Mine")]),
    ];
    let mut model = check(overtaken, "Mine, Theirs | Theirs", "content");
    model.update(Msg::NewsRead);
    assert_eq!(model.news(), [""; 0]);
}

#[test]
fn after_a_failure_something_must_happen_first() {
    check([Msg::Asked, Msg::FetchFailed], " | ", "content");
    check([Msg::Asked, Msg::FetchFailed, Msg::Doubted], " | ", "asks");
    check([Msg::Asked, Msg::FetchFailed, bare(2)], " | ", "asks");
}
