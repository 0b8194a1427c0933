//! The posts on the server: what is asked and what becomes of it.

use super::*;

fn content(title: &str) -> Content {
    Content::new(title, "").unwrap()
}

#[test]
fn each_change_is_the_next_revision() {
    let mut blog = Blog::new(7);
    let post = Post {
        id: 1,
        content: content("Hello"),
    };
    let (posted, removed) = (blog.post(content("Hello")).unwrap(), blog.remove(1).unwrap());
    assert_eq!((posted.rev, posted.what), (8, Some(What::Posted(post))));
    assert_eq!((removed.rev, removed.what), (9, Some(What::Removed(1))));
    assert_eq!(blog.snapshot(), Snapshot { rev: 9, posts: vec![] });
}

#[test]
fn what_cannot_be_is_refused() {
    let mut blog = Blog::new(0);
    assert_eq!(blog.remove(1), Err(Refusal::Gone));
    for _ in 0..100 {
        blog.post(content("Hello")).unwrap();
    }
    assert_eq!(blog.post(content("One too many")), Err(Refusal::Full));
}

#[test]
fn what_is_written_has_limits() {
    let check = |title: &str, text: &str, expected: &str| {
        assert_eq!(Content::new(title, text).unwrap_err(), expected);
    };
    check(" ", "", "Give the post a title.");
    check(&"x".repeat(121), "", "A title has at most 120 characters.");
    check("Hello", &"x".repeat(20_001), "A text has at most 20000 characters.");
    assert!(serde_json::from_str::<Content>(r#"{"title":"","text":"x"}"#).is_err());
}

#[test]
fn an_event_may_carry_the_change_or_only_tell_of_it() {
    let bare = Change { rev: 8, what: None };
    assert_eq!(serde_json::to_string(&bare).unwrap(), r#"{"rev":8}"#);
    let full = Change {
        rev: 9,
        what: Some(What::Removed(1)),
    };
    assert_eq!(
        serde_json::to_string(&full).unwrap(),
        r#"{"rev":9,"what":{"removed":1}}"#
    );
}
