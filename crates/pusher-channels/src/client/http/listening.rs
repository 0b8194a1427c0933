//! How a link hears: one request after the other, each for the frames after those that came. Knows answers, not how they
//! are asked for.

use std::time::Duration;

use serde_json::value::RawValue;

use super::{Asked, End, RequestId, pause_after, stream::StreamReader};
use crate::client::Carrier;

/// How often a link that polls asks while nothing happens.
const REST: Duration = Duration::from_secs(2);
/// How soon it asks again after something came: more may follow.
const SHORT_REST: Duration = Duration::from_millis(250);
/// A request that lived this long was cut by something between, as many do after a while; it is no failure.
const LONG_LIFE: Duration = Duration::from_secs(5);
/// Long polls wait for 25 s at the server; one that takes longer than this was lost.
const LOST_AFTER: Duration = Duration::from_secs(40);

pub(super) struct Listening {
    /// The number of the last frame that came.
    heard: u64,
    asked: Option<Asked>,
    stream: StreamReader,
    /// When to ask again, while nothing is asked.
    again_at: Duration,
    failures: usize,
}

impl Listening {
    pub fn new() -> Self {
        Self {
            heard: 0,
            asked: None,
            stream: StreamReader::default(),
            again_at: Duration::ZERO,
            failures: 0,
        }
    }

    pub fn heard(&self) -> u64 {
        self.heard
    }

    pub fn is_by(&self, request: RequestId) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.id == request)
    }

    pub fn asked_mut(&mut self) -> Option<&mut Asked> {
        self.asked.as_mut()
    }

    pub fn begin(&mut self, asked: Asked) {
        self.asked = Some(asked);
        self.stream = StreamReader::default();
    }

    pub fn wants_to_ask(&self, now: Duration) -> bool {
        self.asked.is_none() && self.again_at <= now
    }

    pub fn due(&self) -> Option<Duration> {
        match &self.asked {
            Some(asked) => Some(asked.since.saturating_add(LOST_AFTER)),
            None => Some(self.again_at),
        }
    }

    /// Asks at once instead of later.
    pub fn hurry(&mut self, now: Duration) {
        self.again_at = now;
    }

    /// A poll that was lost on the way. A stream may be silent for ever: the client's pings test it.
    pub fn give_up(&mut self, carrier: Carrier, now: Duration) -> Option<RequestId> {
        let asked = self.asked.as_mut()?;
        if asked.since.saturating_add(LOST_AFTER) > now {
            return None;
        }
        if carrier == Carrier::ServerSentEvents {
            asked.since = now;
            return None;
        }
        self.again_at = now;
        self.asked.take().map(|asked| asked.id)
    }

    /// The frames that have come on a stream by now.
    pub fn take_events(&mut self) -> Result<Vec<String>, End> {
        let Some(asked) = self.asked.as_mut().filter(|asked| asked.status == 200) else {
            return Ok(Vec::new());
        };
        let events = self.stream.take(&mut asked.body);
        let events = events.map_err(|_| End::lost("an event on the stream is too long".to_owned()))?;
        let mut frames = Vec::new();
        for event in events {
            match event.number {
                Some(number) if number == self.heard + 1 => {
                    self.heard = number;
                    self.failures = 0;
                    frames.push(event.data);
                }
                // Heard before the stream was asked for again.
                Some(number) if number <= self.heard => {}
                Some(_) | None => return Err(End::lost("frames are missing on the stream".to_owned())),
            }
        }
        Ok(frames)
    }

    /// An answer is complete: the frames that it brought.
    pub fn ended(&mut self, carrier: Carrier, now: Duration) -> Result<Vec<String>, End> {
        let Some(asked) = self.asked.as_ref() else {
            return Ok(Vec::new());
        };
        match (asked.status, carrier) {
            // It was taken as it came; a stream that ends is only asked for again.
            (200, Carrier::WebSocket | Carrier::ServerSentEvents) => self.failed(now).map(|()| Vec::new()),
            (200, Carrier::LongPolling | Carrier::Polling) => match read_array(&asked.body) {
                Some(frames) => {
                    self.heard += frames.len() as u64;
                    self.rest(carrier, if frames.is_empty() { REST } else { SHORT_REST }, now);
                    Ok(frames)
                }
                None => self.failed(now).map(|()| Vec::new()),
            },
            (304, _) => {
                self.rest(carrier, REST, now);
                Ok(Vec::new())
            }
            (404 | 410, _) => {
                self.asked = None;
                Err(End::unknown())
            }
            _ => self.failed(now).map(|()| Vec::new()),
        }
    }

    /// The request came to nothing.
    pub fn failed(&mut self, now: Duration) -> Result<(), End> {
        let lived = self
            .asked
            .take()
            .map_or(Duration::ZERO, |asked| now.saturating_sub(asked.since));
        self.failures = if lived >= LONG_LIFE { 1 } else { self.failures + 1 };
        match pause_after(self.failures) {
            Some(pause) => {
                self.again_at = now.saturating_add(pause);
                Ok(())
            }
            None => Err(End::lost("the server cannot be asked for frames".to_owned())),
        }
    }

    fn rest(&mut self, carrier: Carrier, rest: Duration, now: Duration) {
        self.asked = None;
        self.failures = 0;
        self.again_at = match carrier {
            Carrier::Polling => now.saturating_add(rest),
            Carrier::WebSocket | Carrier::ServerSentEvents | Carrier::LongPolling => now,
        };
    }
}

fn read_array(body: &[u8]) -> Option<Vec<String>> {
    let frames: Vec<&RawValue> = serde_json::from_slice(body).ok()?;
    Some(frames.into_iter().map(|frame| frame.get().to_owned()).collect())
}
