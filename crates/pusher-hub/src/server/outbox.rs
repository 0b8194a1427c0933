//! What waits to be written to one connection: filled by the hub's task, emptied by the connection's, neither waiting
//! for the other. Knows no socket.

use std::{
    collections::VecDeque,
    future::poll_fn,
    mem,
    sync::Mutex,
    task::{Context, Poll, Waker},
};

use axum::extract::ws::{CloseFrame, Utf8Bytes};

use super::lock;

pub(super) struct Outbox {
    state: Mutex<State>,
    max_bytes: usize,
}

#[derive(Default)]
struct State {
    frames: VecDeque<Utf8Bytes>,
    waiting_bytes: usize,
    /// Bytes of the batch that is being written.
    writing_bytes: usize,
    close: Option<CloseFrame>,
    /// The connection's task, if it waits.
    waker: Option<Waker>,
}

/// What is to be written next.
pub(super) struct Batch {
    pub frames: VecDeque<Utf8Bytes>,
    /// The last there will be, if any.
    pub close: Option<CloseFrame>,
}

/// More bytes wait than the limit allows.
pub(super) struct Overflow;

impl Outbox {
    pub fn new(max_bytes: usize) -> Self {
        Self {
            state: Mutex::default(),
            max_bytes,
        }
    }

    /// Adds a frame; after [`Outbox::close`] it goes nowhere.
    pub fn push(&self, frame: Utf8Bytes) -> Result<(), Overflow> {
        let mut state = lock(&self.state);
        if state.close.is_some() {
            return Ok(());
        }
        let bytes = state.waiting_bytes + frame.len();
        if bytes + state.writing_bytes > self.max_bytes {
            return Err(Overflow);
        }
        state.waiting_bytes = bytes;
        state.frames.push_back(frame);
        wake(state.waker.take());
        Ok(())
    }

    /// Nothing comes after what waits; the first reason stays.
    pub fn close(&self, frame: CloseFrame) {
        let mut state = lock(&self.state);
        state.close.get_or_insert(frame);
        wake(state.waker.take());
    }

    /// As [`Outbox::close`], and what waits is not worth waiting for.
    pub fn abandon(&self, frame: CloseFrame) {
        let mut state = lock(&self.state);
        state.frames = VecDeque::new();
        state.waiting_bytes = 0;
        state.close = Some(frame);
        wake(state.waker.take());
    }

    /// The next batch. By asking for it one says that the one before is written.
    pub async fn next(&self) -> Batch {
        poll_fn(|context| {
            let mut state = lock(&self.state);
            state.writing_bytes = 0;
            if state.frames.is_empty() && state.close.is_none() {
                return wait(&mut state, context);
            }
            state.writing_bytes = mem::take(&mut state.waiting_bytes);
            Poll::Ready(Batch {
                frames: mem::take(&mut state.frames),
                close: state.close.clone(),
            })
        })
        .await
    }

    /// Waits until the outbox is closed.
    pub async fn closing(&self) {
        poll_fn(|context| {
            let mut state = lock(&self.state);
            match state.close {
                Some(_) => Poll::Ready(()),
                None => wait(&mut state, context),
            }
        })
        .await;
    }
}

fn wait<T>(state: &mut State, context: &Context<'_>) -> Poll<T> {
    match &mut state.waker {
        Some(waker) => waker.clone_from(context.waker()),
        None => state.waker = Some(context.waker().clone()),
    }
    Poll::Pending
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests;
