//! What an outbox holds, and how much.

use futures_util::FutureExt;

use super::*;

fn farewell(code: u16) -> CloseFrame {
    CloseFrame {
        code,
        reason: "".into(),
    }
}

fn push(outbox: &Outbox, text: &'static str) -> &'static str {
    match outbox.push(Utf8Bytes::from_static(text)) {
        Ok(()) => "taken",
        Err(Overflow) => "overflow",
    }
}

/// The frames of the next batch and the code of its close frame, if there is a batch now.
fn next(outbox: &Outbox) -> Option<(Vec<String>, Option<u16>)> {
    let Batch { frames, close } = outbox.next().now_or_never()?;
    let frames = frames.iter().map(ToString::to_string).collect();
    Some((frames, close.map(|close| close.code)))
}

#[test]
fn holds_so_much_and_no_more() {
    let outbox = Outbox::new(4);
    assert_eq!(next(&outbox), None);
    assert_eq!(push(&outbox, "ab"), "taken");
    assert_eq!(push(&outbox, "cd"), "taken");
    assert_eq!(push(&outbox, "e"), "overflow");
    assert_eq!(next(&outbox), Some((vec!["ab".to_owned(), "cd".to_owned()], None)));
    // The batch counts until the next is asked for.
    assert_eq!(push(&outbox, "e"), "overflow");
    assert_eq!(next(&outbox), None);
    assert_eq!(push(&outbox, "e"), "taken");
}

#[test]
fn closes_after_what_waits() {
    let outbox = Outbox::new(4);
    assert_eq!(outbox.closing().now_or_never(), None);
    assert_eq!(push(&outbox, "ab"), "taken");
    outbox.close(farewell(4200));
    outbox.close(farewell(4201));
    assert_eq!(outbox.closing().now_or_never(), Some(()));
    assert_eq!(push(&outbox, "cd"), "taken");
    assert_eq!(next(&outbox), Some((vec!["ab".to_owned()], Some(4200))));
}

#[test]
fn abandons_what_waits() {
    let outbox = Outbox::new(4);
    assert_eq!(push(&outbox, "ab"), "taken");
    outbox.abandon(farewell(4100));
    assert_eq!(next(&outbox), Some((vec![], Some(4100))));
}
