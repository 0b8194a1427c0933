//! Signing in, and what others hear of it. Knows the rules of users; who is signed in is kept by [`Users`](super::users::Users).

use std::{collections::HashSet, sync::Arc};

use pusher_channels::protocol::{
    CloseCode, ServerFrame, User, WatchlistEvent,
    limits::{MAX_USER_ID, MAX_WATCHLIST},
};

use super::{
    AppIndex, Hub,
    connections::{Connection, SignedIn},
    peers::{Teller, Thing},
    users::Change,
};
use crate::{AppId, AuthError, ConnId, Output};

/// Which list of a watchlist event a user is on.
#[derive(Clone, Copy)]
pub(super) enum Status {
    Online,
    Offline,
}

impl Hub {
    /// A refusal is told as an error 4009; the connection lives on without a user.
    pub(super) fn sign_in(&mut self, conn: ConnId, auth: &str, user_data: String) {
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        match self.check_sign_in(connection, auth, &user_data) {
            Ok(user) => self.signed_in(conn, user, user_data),
            Err(reason) => self.send_error(conn, Some(CloseCode::UNAUTHORIZED), &reason),
        }
    }

    /// What a signed-in connection leaves behind. It is no longer among the open ones.
    pub(super) fn sign_out(&mut self, conn: ConnId, app: AppIndex, user: &SignedIn) {
        let users = &mut self.apps[app.0].users;
        for watched in &user.watchlist {
            users.unwatch(conn, watched);
        }
        match users.go(&user.id, conn) {
            Change::WentOffline => self.touch(Thing::User(app, Arc::clone(&user.id)), Teller::Them),
            Change::CameOnline | Change::Nothing => return,
        }
        if !self.peers.is_online(app, &user.id) {
            self.tell_watchers(app, &user.id, Status::Offline);
        }
    }

    /// Closes all connections of a user on this node.
    pub(super) fn terminate_here(&mut self, app: &AppId, user_id: &str) {
        let Some(app) = self.index_of(app) else {
            return;
        };
        for conn in self.apps[app.0].users.connections(user_id) {
            let reason = "the connections of this user were terminated";
            self.send_error(conn, Some(CloseCode::UNAUTHORIZED), reason);
            self.close(conn, CloseCode::UNAUTHORIZED, reason.to_owned());
        }
    }

    fn check_sign_in(&self, connection: &Connection, auth: &str, user_data: &str) -> Result<User, String> {
        let app = &self.apps[connection.app.0].app;
        app.check_user(&connection.socket_id, user_data, auth)
            .map_err(|error| match error {
                AuthError::Missing | AuthError::Malformed | AuthError::OtherKey => error.to_string(),
                AuthError::BadSignature => {
                    "auth: the signature is not the one for this socket_id and user_data".to_owned()
                }
            })?;
        let user = User::parse(user_data).map_err(|reason| format!("user_data: {reason}"))?;
        check_user_id(&user.id).map_err(|reason| format!("user_data: id: {reason}"))?;
        match &connection.user {
            Some(signed_in) if *signed_in.id != *user.id => {
                Err("user_data: this connection is signed in as another user".to_owned())
            }
            Some(_) | None => Ok(user),
        }
    }

    /// Who signs in again as the same user is told so once more, and nothing else happens.
    fn signed_in(&mut self, conn: ConnId, user: User, user_data: String) {
        let Some(connection) = self.connections.get_mut(conn) else {
            return;
        };
        let app = connection.app;
        let known = connection.user.is_some();
        self.outputs.push_back(Output::Send {
            to: vec![conn],
            frame: ServerFrame::SigninSuccess { user_data }.encode(),
        });
        if known {
            return;
        }
        let id: Arc<str> = user.id.into();
        let change = self.apps[app.0].users.come(Arc::clone(&id), conn);
        // Before the newcomer watches: whether they are online themselves, the first list says.
        match change {
            Change::CameOnline => {
                if !self.peers.is_online(app, &id) {
                    self.tell_watchers(app, &id, Status::Online);
                }
                self.touch(Thing::User(app, Arc::clone(&id)), Teller::Them);
            }
            Change::WentOffline | Change::Nothing => {}
        }
        let watchlist = self.watch(conn, app, user.watchlist);
        if let Some(connection) = self.connections.get_mut(conn) {
            let info = user.info;
            connection.user = Some(Box::new(SignedIn { id, info, watchlist }));
        }
    }

    /// Answers whom the connection watches now.
    fn watch(&mut self, conn: ConnId, app: AppIndex, watchlist: Vec<String>) -> Box<[Arc<str>]> {
        let mut seen = HashSet::new();
        let wanted = watchlist.into_iter().map(Arc::<str>::from);
        let mut watched: Vec<Arc<str>> = wanted.filter(|user_id| seen.insert(Arc::clone(user_id))).collect();
        if watched.len() > MAX_WATCHLIST {
            watched.truncate(MAX_WATCHLIST);
            let message = format!("watchlist: only the first {MAX_WATCHLIST} users are watched");
            self.send_error(conn, Some(CloseCode::WATCHLIST_LIMIT), &message);
        }
        let users = &mut self.apps[app.0].users;
        let (mut online, mut offline) = (Vec::new(), Vec::new());
        for user_id in &watched {
            users.watch(conn, Arc::clone(user_id));
            match users.is_online(user_id) || self.peers.is_online(app, user_id) {
                true => online.push(user_id.to_string()),
                false => offline.push(user_id.to_string()),
            }
        }
        let lists = [(Status::Online, online), (Status::Offline, offline)].into_iter();
        let events: Vec<WatchlistEvent> = lists
            .filter(|(_, user_ids)| !user_ids.is_empty())
            .map(|(status, user_ids)| event(status, user_ids))
            .collect();
        if !events.is_empty() {
            self.send_frame(conn, &ServerFrame::WatchlistEvents { events });
        }
        watched.into()
    }

    pub(super) fn tell_watchers(&mut self, app: AppIndex, user_id: &str, status: Status) {
        let to = self.apps[app.0].users.watchers(user_id);
        if to.is_empty() {
            return;
        }
        let events = vec![event(status, vec![user_id.to_owned()])];
        self.outputs.push_back(Output::Send {
            to,
            frame: ServerFrame::WatchlistEvents { events }.encode(),
        });
    }
}

/// What holds for the id of a member and of a signed-in user alike.
pub(super) fn check_user_id(user_id: &str) -> Result<(), String> {
    match user_id.chars().count() {
        0 => Err("at least one character is needed".to_owned()),
        length if length > MAX_USER_ID => Err(format!("{length} characters, at most {MAX_USER_ID} are allowed")),
        _ => Ok(()),
    }
}

fn event(status: Status, user_ids: Vec<String>) -> WatchlistEvent {
    let name = match status {
        Status::Online => "online",
        Status::Offline => "offline",
    };
    WatchlistEvent {
        name: name.to_owned(),
        user_ids,
    }
}
