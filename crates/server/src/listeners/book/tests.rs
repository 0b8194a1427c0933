//! What is noted, and what is dropped.

use super::{Book, Ear, FEW, Place, Whose};
use crate::access::Credential;
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, Role};
use pusher_hub::protocol::{ChannelName, SocketId};

fn place(socket: u64) -> Place {
    Place {
        socket: SocketId::from_parts(1, socket),
        channel: ChannelName::new("private-project-1").expect("a name"),
    }
}

fn ear(actor: u128, session: u128, project: u128) -> Ear {
    Ear {
        actor: ActorId(Bits128(actor)),
        credential: Credential::Session(Bits128(session)),
        project: ProjectId(Bits128(project)),
        role: Role::Member,
    }
}

#[track_caller]
fn check(book: &Book, whose: Whose, sockets: &[u64]) {
    let mut found: Vec<_> = book.noted(whose).into_iter().map(|(place, _)| place.socket).collect();
    found.sort_by_key(ToString::to_string);
    let expected: Vec<_> = sockets.iter().map(|socket| place(*socket).socket).collect();
    assert_eq!(found, expected);
}

#[test]
fn notes_are_found_by_whom_they_are_about() {
    let mut book = Book::default();
    for (socket, noted) in [(1, ear(1, 11, 7)), (2, ear(1, 12, 8)), (3, ear(2, 21, 7))] {
        assert_eq!(book.note(place(socket), noted), None);
    }
    check(&book, Whose::Project(ProjectId(Bits128(7))), &[1, 3]);
    check(&book, Whose::Member(ProjectId(Bits128(7)), ActorId(Bits128(1))), &[1]);
    check(&book, Whose::Person(ActorId(Bits128(1))), &[1, 2]);
    check(&book, Whose::Shown(Bits128(21)), &[3]);
    check(&book, Whose::Shown(Bits128(22)), &[]);
}

#[test]
fn a_socket_is_whose_it_was_last_signed_for() {
    let mut book = Book::default();
    let (ada, ben) = (ear(1, 11, 7), ear(2, 21, 7));
    book.note(place(1), ada.clone());
    book.note(place(1), ben.clone());
    // What was looked up for Ada comes too late.
    book.forget(&place(1), &ada);
    book.change_role(&place(1), &ada, Role::Viewer);
    assert_eq!(book.ear(&place(1)), Some(ben.clone()));
    book.change_role(&place(1), &ben, Role::Viewer);
    let viewer = Ear {
        role: Role::Viewer,
        ..ben
    };
    assert_eq!(book.ear(&place(1)), Some(viewer.clone()));
    book.forget(&place(1), &viewer);
    assert_eq!(book.ear(&place(1)), None);
}

#[test]
fn sockets_that_are_gone_are_dropped_before_they_are_many() {
    let mut book = Book::default();
    let (mut next, mut asked) = (0, 0);
    for _ in 0..5 * FEW {
        next += 1;
        if let Some(sockets) = book.note(place(next), ear(1, 11, 7)) {
            asked += 1;
            // Ten are connected, all others were made up.
            let connected: Vec<_> = (1..=10).map(|socket| place(socket).socket).collect();
            book.keep(sockets, &connected);
            assert_eq!(book.ears.len(), 10);
        }
        assert!(book.ears.len() <= FEW);
    }
    assert_eq!(asked, 5, "now and then");
    // Where all are connected there may be more, and it is asked ever more rarely.
    let (mut book, mut asked) = (Book::default(), 0);
    for socket in 0..5 * FEW as u64 {
        if let Some(sockets) = book.note(place(socket), ear(1, 11, 7)) {
            asked += 1;
            let connected = sockets.clone();
            book.keep(sockets, &connected);
        }
    }
    assert_eq!((asked, book.ears.len()), (3, 5 * FEW));
}

#[test]
fn who_is_noted_while_it_is_asked_who_is_connected_stays() {
    let mut book = Book::default();
    book.note(place(1), ear(1, 11, 7));
    book.note(place(2), ear(2, 21, 7));
    book.keep(vec![place(1).socket], &[]);
    assert_eq!(book.ear(&place(1)), None);
    assert_eq!(book.ear(&place(2)), Some(ear(2, 21, 7)));
}
