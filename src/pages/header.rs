//! What stands opposite the mark on the pages beside the backlog: who is here, and the ways on.

use super::parting::{Place, SignOut};
use crate::components::frame::signed_in;
use backlog::Name;
use backlog::api::{Session, SessionKind};
use yew::prelude::*;

/// Who is here, and the ways on.
pub fn header(session: &Session) -> Html {
    header_of(session, &session.actor.name)
}

/// Who is here, by what they are called now, and the ways on.
pub fn header_of(session: &Session, name: &Name) -> Html {
    let account = session.actor.id;
    let place = match session.kind {
        SessionKind::Open => None,
        SessionKind::Account => Some(Place::Here),
        SessionKind::Guest => Some(Place::Shared),
    };
    let way_out = place.map(|place| html! { <SignOut {account} {place} /> });
    signed_in(session.kind, name, way_out.unwrap_or_default())
}
