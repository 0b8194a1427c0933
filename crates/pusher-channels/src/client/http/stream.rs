//! Reads an event stream as it arrives (the HTML standard, section 9.2). Knows lines, no request.

use super::MAX_ANSWER;

/// An event that is complete.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StreamEvent {
    /// Its id, which is the frame's number; none when it has none or another one.
    pub number: Option<u64>,
    pub data: String,
}

/// A line is longer than any frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// What has come of an event.
#[derive(Debug, Default)]
pub(super) struct StreamReader {
    number: Option<u64>,
    data: Option<String>,
}

impl StreamReader {
    /// Takes all whole lines out of the bytes and answers the events that they complete.
    pub fn take(&mut self, bytes: &mut Vec<u8>) -> Result<Vec<StreamEvent>, TooLong> {
        let mut events = Vec::new();
        let mut begun = 0;
        while let Some(length) = bytes[begun..].iter().position(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(&bytes[begun..begun + length]);
            events.extend(self.read(line.trim_end_matches('\r')));
            begun += length + 1;
        }
        bytes.drain(..begun);
        let open = self.data.as_ref().map_or(0, String::len);
        if bytes.len() + open > MAX_ANSWER {
            return Err(TooLong);
        }
        Ok(events)
    }

    fn read(&mut self, line: &str) -> Option<StreamEvent> {
        if line.is_empty() {
            let number = self.number.take();
            return self.data.take().map(|data| StreamEvent { number, data });
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.number = value.parse().ok(),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            // A comment has no name; the other fields are not the hub's.
            _ => {}
        }
        None
    }
}
