//! A connection over HTTP: a script of answers, cut anywhere, in any order, by whatever stands between client and server.

use std::time::Duration;

use pusher_channels::client::{
    Carrier,
    http::{HttpInput, HttpLink, HttpOutput, RequestId},
};

/// Longer scripts find nothing that shorter ones do not.
const MOST_LINES: usize = 200;
/// Longer steps only make the clock stand still at its end.
const LONGEST_STEP: Duration = Duration::from_secs(100_000);

/// Runs a script. The first byte chooses the carrier; each line speaks of the latest request, or with a star before it of the first.
pub fn link(bytes: &[u8]) {
    let script = &*String::from_utf8_lossy(bytes);
    let carrier = Carrier::ALL[1 + bytes.first().map_or(0, |&byte| usize::from(byte) % 3)];
    let mut link = HttpLink::new(carrier, "http://host/app/key?protocol=7", Duration::ZERO);
    let (mut now, mut asked, mut over) = (Duration::ZERO, Vec::new(), false);
    look(&mut link, &mut asked, &mut over);
    for line in script.lines().skip(1).take(MOST_LINES) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "+" {
            now += Duration::from_millis(rest.parse().unwrap_or(0)).min(LONGEST_STEP);
        }
        if let Some(input) = input(word, rest, &asked) {
            link.handle(input, now);
            look(&mut link, &mut asked, &mut over);
        }
        assert!(
            link.poll_timeout().is_none_or(|at| at > now),
            "a timer was left in the past"
        );
    }
    let _ = link.farewell();
    assert_eq!(link.poll_timeout(), None, "a link that is over waits for nothing");
}

fn input(word: &str, rest: &str, asked: &[RequestId]) -> Option<HttpInput> {
    let first = word.starts_with('*');
    let request = if first { *asked.first()? } else { *asked.last()? };
    Some(match word.trim_start_matches('*') {
        "+" => HttpInput::TimePassed,
        "send" => HttpInput::SendRequested(rest.to_owned()),
        "status" => HttpInput::Answered {
            request,
            status: rest.parse().ok()?,
        },
        "<" => HttpInput::Received {
            request,
            bytes: rest.replace("\\n", "\n").into_bytes(),
        },
        "end" => HttpInput::Ended { request },
        "fail" => HttpInput::Failed { request },
        _ => return None,
    })
}

/// Nothing comes after the end, and no request is named twice.
fn look(link: &mut HttpLink, asked: &mut Vec<RequestId>, over: &mut bool) {
    while let Some(output) = link.poll_output() {
        // A request may still be let go when the end was told.
        assert!(
            !*over || matches!(output, HttpOutput::Abandon(_)),
            "{output:?} after the end"
        );
        if let HttpOutput::Ask(request) = output {
            assert!(!asked.contains(&request.id), "{request:?} asked twice");
            asked.push(request.id);
        } else if let HttpOutput::Closed { .. } | HttpOutput::Unsupported { .. } = output {
            *over = true;
        }
    }
}
