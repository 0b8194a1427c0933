//! One connection over HTTP: what is kept for its client, and who asks for it. Knows numbers of frames, not what they say.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use axum::extract::ws::Utf8Bytes;
use tokio::{
    sync::{Mutex, mpsc, watch},
    time::{Instant, sleep_until},
};

use crate::{ConnId, server::engine::Report};

pub(super) struct Session {
    pub conn: ConnId,
    pub reports: mpsc::Sender<Report>,
    pub heard: Mutex<Heard>,
    state: watch::Sender<State>,
    max_kept_bytes: usize,
}

/// How far the client's own frames were heard. Its requests are numbered from 1.
pub(super) struct Heard {
    /// The number of the last request that was heard to its end.
    pub requests: u64,
    /// How many frames of the one after it.
    pub frames_of_next: usize,
}

struct State {
    /// What the client has not confirmed, oldest first.
    kept: VecDeque<Utf8Bytes>,
    kept_bytes: usize,
    /// The number of the oldest; frames are numbered from 1.
    oldest: u64,
    /// The number of the last frame that was handed to a request.
    handed: u64,
    end: End,
    /// Counts the requests for frames. Only the last one is served.
    turn: u64,
    attention: Attention,
}

#[derive(PartialEq, Eq)]
enum End {
    None,
    /// The client wants no more.
    Wanted,
    /// Nothing comes after what is kept.
    Said,
}

enum Attention {
    Asked,
    Left { since: Instant },
}

/// A request for frames. When it is dropped the client has stopped asking.
pub(super) struct Ask {
    session: Arc<Session>,
    turn: u64,
}

/// What a request for frames gets.
pub(super) enum Next {
    Frame(Utf8Bytes),
    /// Nothing comes any more, or another request gets it.
    Nothing,
}

impl Heard {
    /// All of this request and of those before it.
    pub fn up_to(number: u64) -> Self {
        Self {
            requests: number,
            frames_of_next: 0,
        }
    }
}

impl State {
    fn newest(&self) -> u64 {
        self.oldest + self.kept.len() as u64 - 1
    }

    fn frame(&self, number: u64) -> Option<&Utf8Bytes> {
        let index = number.checked_sub(self.oldest)?;
        self.kept.get(usize::try_from(index).ok()?)
    }

    fn drop_oldest(&mut self) {
        if let Some(frame) = self.kept.pop_front() {
            self.kept_bytes -= frame.len();
            self.oldest += 1;
        }
    }
}

impl Session {
    pub fn new(conn: ConnId, reports: mpsc::Sender<Report>, max_kept_bytes: usize) -> Self {
        let state = State {
            kept: VecDeque::new(),
            kept_bytes: 0,
            oldest: 1,
            handed: 0,
            end: End::None,
            turn: 0,
            attention: Attention::Left { since: now() },
        };
        Self {
            conn,
            reports,
            heard: Mutex::new(Heard::up_to(0)),
            state: watch::Sender::new(state),
            max_kept_bytes,
        }
    }

    /// The client has all frames up to this number and asks for those after it. None when they are not kept.
    pub fn ask(self: Arc<Self>, after: u64) -> Option<Ask> {
        let mut turn = None;
        self.state.send_if_modified(|state| {
            if after > state.newest() || after + 1 < state.oldest {
                return false;
            }
            while state.oldest <= after {
                state.drop_oldest();
            }
            state.handed = after;
            state.turn += 1;
            state.attention = Attention::Asked;
            turn = Some(state.turn);
            true
        });
        turn.map(|turn| Ask { session: self, turn })
    }

    /// The client wants no more.
    pub fn end(&self) {
        self.state.send_modify(|state| {
            if state.end == End::None {
                state.end = End::Wanted;
            }
        });
    }

    /// Keeps frames until the client has them. What was handed out gives way when it is too much: nobody may ever confirm it.
    pub fn keep(&self, frames: impl IntoIterator<Item = Utf8Bytes>) {
        self.state.send_modify(|state| {
            for frame in frames {
                state.kept_bytes += frame.len();
                state.kept.push_back(frame);
            }
            while state.kept_bytes > self.max_kept_bytes && state.oldest <= state.handed {
                state.drop_oldest();
            }
        });
    }

    /// Nothing comes after what is kept.
    pub fn finish(&self) {
        self.state.send_modify(|state| state.end = End::Said);
    }

    /// Waits until all that is kept was handed out.
    pub async fn handed_out(&self) {
        self.until(|state| state.handed == state.newest()).await;
    }

    /// Waits until the client says that it wants no more, or has not asked for so long.
    pub async fn deserted(&self, grace: Duration) {
        loop {
            let mut left = now();
            self.until(|state| match state.attention {
                Attention::Left { since } => {
                    left = since;
                    true
                }
                Attention::Asked => state.end == End::Wanted,
            })
            .await;
            let returned = self.until(|state| match state.attention {
                Attention::Left { since } => since != left || state.end == End::Wanted,
                Attention::Asked => true,
            });
            tokio::select! {
                () = returned => if self.is_unwanted() { return },
                () = sleep_until(left + grace) => return,
            }
        }
    }

    fn is_unwanted(&self) -> bool {
        self.state.borrow().end == End::Wanted
    }

    async fn until(&self, is_so: impl FnMut(&State) -> bool) {
        // An error says that the sender is gone, which is this session's own.
        let _ = self.state.subscribe().wait_for(is_so).await;
    }
}

impl Ask {
    /// The frame after this one, as soon as there is one.
    pub async fn next(&self, after: u64) -> Next {
        let state = &self.session.state;
        self.session
            .until(|state| state.turn != self.turn || state.newest() > after || state.end != End::None)
            .await;
        let mut next = Next::Nothing;
        state.send_if_modified(|state| {
            if state.turn != self.turn {
                return false;
            }
            let Some(frame) = state.frame(after + 1) else {
                return false;
            };
            next = Next::Frame(frame.clone());
            state.handed = state.handed.max(after + 1);
            true
        });
        next
    }

    /// All frames after this one that there are.
    pub fn all(&self, after: u64) -> Vec<Utf8Bytes> {
        let mut frames = Vec::new();
        self.session.state.send_if_modified(|state| {
            if state.turn != self.turn || state.newest() <= after {
                return false;
            }
            frames.extend((after + 1..=state.newest()).filter_map(|number| state.frame(number).cloned()));
            state.handed = state.newest();
            true
        });
        frames
    }
}

impl Drop for Ask {
    fn drop(&mut self) {
        self.session.state.send_if_modified(|state| {
            let is_last = state.turn == self.turn;
            if is_last {
                state.attention = Attention::Left { since: now() };
            }
            is_last
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "the driver is where the hub's time comes from")]
fn now() -> Instant {
    Instant::now()
}
