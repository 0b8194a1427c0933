//! How a link speaks: one numbered request after the other, each with all frames that wait. Knows answers, not how they are
//! asked for.

use std::{collections::VecDeque, time::Duration};

use super::{Asked, End, RequestId, pause_after};

/// Frames beyond this many bytes wait for the next request; the hub takes 64 KiB.
const MAX_BODY: usize = 32 * 1024;
/// A request that has no answer by then was lost. It may have been heard, so it is made again under the same number.
const LOST_AFTER: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct Sending {
    waiting: VecDeque<String>,
    /// What was not confirmed.
    body: Option<String>,
    /// The number of the last body.
    number: u64,
    asked: Option<Asked>,
    /// When to ask again, while nothing is asked.
    again_at: Duration,
    failures: usize,
}

impl Sending {
    pub fn push(&mut self, frame: String) {
        self.waiting.push_back(frame);
    }

    pub fn asked_mut(&mut self) -> Option<&mut Asked> {
        self.asked.as_mut()
    }

    pub fn begin(&mut self, asked: Asked) {
        self.asked = Some(asked);
    }

    pub fn wants_to_ask(&self, now: Duration) -> bool {
        self.asked.is_none() && self.has_something() && self.again_at <= now
    }

    pub fn due(&self) -> Option<Duration> {
        match &self.asked {
            Some(asked) => Some(asked.since.saturating_add(LOST_AFTER)),
            None => self.has_something().then_some(self.again_at),
        }
    }

    /// The number and the body of the request to make.
    pub fn batch(&mut self) -> (u64, String) {
        if self.body.is_none() {
            self.number += 1;
        }
        let waiting = &mut self.waiting;
        let body = self.body.get_or_insert_with(|| gather(waiting));
        (self.number, body.clone())
    }

    pub fn give_up(&mut self, now: Duration) -> Option<RequestId> {
        let is_lost = |asked: &Asked| asked.since.saturating_add(LOST_AFTER) <= now;
        if !self.asked.as_ref().is_some_and(is_lost) {
            return None;
        }
        self.again_at = now;
        self.asked.take().map(|asked| asked.id)
    }

    /// An answer is complete.
    pub fn ended(&mut self, request: RequestId, now: Duration) -> Result<(), End> {
        match self
            .asked
            .as_ref()
            .filter(|asked| asked.id == request)
            .map(|asked| asked.status)
        {
            None => Ok(()),
            Some(404 | 410) => {
                self.asked = None;
                Err(End::unknown())
            }
            // Of what it refuses the server tells in frames, as it would on a WebSocket.
            Some(200..=299 | 400 | 413) => {
                (self.asked, self.body, self.failures) = (None, None, 0);
                self.again_at = now;
                Ok(())
            }
            Some(_) => self.failed(request, now),
        }
    }

    /// The request came to nothing.
    pub fn failed(&mut self, request: RequestId, now: Duration) -> Result<(), End> {
        if self.asked.take_if(|asked| asked.id == request).is_none() {
            return Ok(());
        }
        self.failures += 1;
        match pause_after(self.failures) {
            Some(pause) => {
                self.again_at = now.saturating_add(pause);
                Ok(())
            }
            None => Err(End::lost("frames cannot be sent to the server".to_owned())),
        }
    }

    fn has_something(&self) -> bool {
        self.body.is_some() || !self.waiting.is_empty()
    }
}

/// A JSON array of frames, which are JSON already: as many as fit, and one at least.
fn gather(waiting: &mut VecDeque<String>) -> String {
    let mut body = String::from("[");
    while let Some(frame) = waiting.front() {
        if body.len() > 1 {
            if body.len() + frame.len() > MAX_BODY {
                break;
            }
            body.push(',');
        }
        body.push_str(frame);
        waiting.pop_front();
    }
    body.push(']');
    body
}
