//! Transcripts of a link: `>` is what happened, `<` is what the link wants done or tells, line by line.

use std::time::Duration;

use super::{HttpInput, HttpLink, HttpOutput, RequestId};
use crate::client::Carrier;

/// Plays a transcript to a fresh link to `http://host/app/key`. Requests are named by their number.
#[track_caller]
fn check(carrier: Carrier, transcript: &str) {
    let start = Duration::from_secs(1000);
    let link = HttpLink::new(carrier, "http://host/app/key?protocol=7&client=c", start);
    Play { link, now: start }.check(transcript);
}

/// As [`check`], after the session 5e55 was opened and the first frame asked for by request 2.
#[track_caller]
fn check_open(carrier: Carrier, transcript: &str) {
    let start = Duration::from_secs(1000);
    let mut link = HttpLink::new(carrier, "http://host/app/key?protocol=7", start);
    link.handle(
        HttpInput::Answered {
            request: RequestId(1),
            status: 200,
        },
        start,
    );
    let bytes = br#"{"session":"5e55"}"#.to_vec();
    link.handle(
        HttpInput::Received {
            request: RequestId(1),
            bytes,
        },
        start,
    );
    link.handle(HttpInput::Ended { request: RequestId(1) }, start);
    while link.poll_output().is_some() {}
    Play { link, now: start }.check(transcript);
}

struct Play {
    link: HttpLink,
    now: Duration,
}

impl Play {
    #[track_caller]
    fn check(mut self, transcript: &str) {
        let expected: Vec<&str> = transcript
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let mut actual = Vec::new();
        if !expected.first().is_some_and(|line| line.starts_with('>')) {
            self.show(&mut actual);
        }
        for line in &expected {
            if let Some(happened) = line.strip_prefix("> ") {
                actual.push(line.to_string());
                self.happen(happened);
                self.show(&mut actual);
            }
        }
        assert_eq!(actual.join("\n"), expected.join("\n"));
    }

    fn show(&mut self, actual: &mut Vec<String>) {
        while let Some(output) = self.link.poll_output() {
            actual.push(format!("< {}", shown(&output)));
        }
    }

    /// `answer 2 200 BODY` is a whole answer, `head 2 200` its beginning, `piece 2 BYTES` a part of its body, where `|` stands
    /// for the end of a line.
    fn happen(&mut self, line: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
        let request = RequestId(first.parse().unwrap_or(0));
        match verb {
            "send" => self.handle(HttpInput::SendRequested(rest.to_owned())),
            "answer" => {
                let (status, body) = second.split_once(' ').unwrap_or((second, ""));
                self.head(request, status);
                self.piece(request, body);
                self.handle(HttpInput::Ended { request });
            }
            "head" => self.head(request, second),
            "piece" => self.piece(request, second),
            "end" => self.handle(HttpInput::Ended { request }),
            "fail" => self.handle(HttpInput::Failed { request }),
            "after" => {
                self.now += Duration::from_secs_f64(rest.parse().unwrap());
                self.handle(HttpInput::TimePassed);
            }
            verb => panic!("no such line: {verb}"),
        }
    }

    fn head(&mut self, request: RequestId, status: &str) {
        let status = status.parse().unwrap();
        self.handle(HttpInput::Answered { request, status });
    }

    fn piece(&mut self, request: RequestId, text: &str) {
        let bytes = text.replace('|', "\n").into_bytes();
        self.handle(HttpInput::Received { request, bytes });
    }

    fn handle(&mut self, input: HttpInput) {
        self.link.handle(input, self.now);
    }
}

fn shown(output: &HttpOutput) -> String {
    match output {
        HttpOutput::Ask(request) => {
            let path = request.url.strip_prefix("http://host/app/key").unwrap();
            let headers: Vec<String> = request
                .headers
                .iter()
                .map(|(name, value)| format!(" {name}={value}"))
                .collect();
            let body = request.body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
            format!("ask {} {} {path}{}{body}", request.id, request.method, headers.concat())
        }
        HttpOutput::Abandon(request) => format!("abandon {request}"),
        HttpOutput::Heard(frame) => format!("heard {frame}"),
        HttpOutput::Closed { code, reason } => format!("closed {code}: {reason}"),
        HttpOutput::Unsupported { reason } => format!("unsupported: {reason}"),
    }
}

#[test]
fn a_session_is_asked_for_and_then_its_stream() {
    check(
        Carrier::ServerSentEvents,
        r#"< ask 1 POST /session?protocol=7&client=c
           > send {}
           > head 1 200
           > piece 1 {"session":
           > piece 1 "5e55"}
           > end 1
           < ask 2 GET /events?after=0 x-pusher-session=5e55
           > head 2 200
           > piece 2 : open||id: 1|data: {"a":1}|
           > piece 2 |id: 2|da
           < heard {"a":1}
           > piece 2 ta: {}||
           < heard {}
           > piece 2 :||"#,
    );
}

#[test]
fn a_stream_that_ends_is_asked_for_again_from_where_it_was() {
    check_open(
        Carrier::ServerSentEvents,
        "> head 2 200
         > piece 2 id: 1|data: one||id: 2|data: tw
         < heard one
         > fail 2
         < ask 3 GET /events?after=1 x-pusher-session=5e55
         > head 3 200
         > piece 3 id: 1|data: one||id: 2|data: two||
         < heard two
         > piece 2 id: 3|data: of the old one||
         > after 60
         > end 3
         < ask 4 GET /events?after=2 x-pusher-session=5e55
         > head 4 200
         > piece 4 id: 4|data: four||
         < abandon 4
         < closed 1006: frames are missing on the stream",
    );
}

#[test]
fn long_polls_follow_each_other() {
    check_open(
        Carrier::LongPolling,
        r#"> answer 2 200 [{"a":1},{"b":2}]
           < heard {"a":1}
           < heard {"b":2}
           < ask 3 GET /poll?after=2 x-pusher-session=5e55
           > after 25
           > answer 3 200 []
           < ask 4 GET /poll?after=2 x-pusher-session=5e55
           > fail 4
           < ask 5 GET /poll?after=2 x-pusher-session=5e55
           > after 39.9
           > after 0.1
           < abandon 5
           < ask 6 GET /poll?after=2 x-pusher-session=5e55
           > answer 5 200 [{"c":3}]
           > answer 6 200 [{"c":3}]
           < heard {"c":3}
           < ask 7 GET /poll?after=3 x-pusher-session=5e55"#,
    );
}

#[test]
fn polls_rest_and_name_what_they_have() {
    check_open(
        Carrier::Polling,
        "> answer 2 200 [{}]
         < heard {}
         > after 0.25
         < ask 3 GET /poll?after=1 x-pusher-session=5e55 if-none-match=\"1\"
         > answer 3 304
         > after 1.9
         > after 0.1
         < ask 4 GET /poll?after=1 x-pusher-session=5e55 if-none-match=\"1\"
         > answer 4 304
         > send {\"ping\":1}
         < ask 5 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{\"ping\":1}]
         > answer 5 204
         < ask 6 GET /poll?after=1 x-pusher-session=5e55 if-none-match=\"1\"",
    );
}

#[test]
fn frames_go_out_one_request_after_the_other() {
    check_open(
        Carrier::LongPolling,
        r#"> send {"a":1}
           < ask 3 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{"a":1}]
           > send {"b":2}
           > send {"c":3}
           > answer 3 204
           < ask 4 POST /frames?number=2 x-pusher-session=5e55 content-type=application/json [{"b":2},{"c":3}]
           > answer 4 204"#,
    );
}

#[test]
fn what_was_not_confirmed_is_sent_again_under_its_number() {
    check_open(
        Carrier::LongPolling,
        r#"> send {"a":1}
           < ask 3 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{"a":1}]
           > send {"b":2}
           > fail 3
           < ask 4 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{"a":1}]
           > answer 4 502
           > after 1
           < ask 5 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{"a":1}]
           > after 10
           < abandon 5
           < ask 6 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{"a":1}]
           > answer 6 204
           < ask 7 POST /frames?number=2 x-pusher-session=5e55 content-type=application/json [{"b":2}]"#,
    );
}

#[test]
fn long_batches_are_cut() {
    let long = format!("\"{}\"", "x".repeat(20_000));
    let head = "POST /frames?number=";
    let tail = "x-pusher-session=5e55 content-type=application/json";
    check_open(
        Carrier::LongPolling,
        &format!(
            "> send {long}
             < ask 3 {head}1 {tail} [{long}]
             > send {long}
             > send {long}
             > answer 3 204
             < ask 4 {head}2 {tail} [{long}]
             > answer 4 413
             < ask 5 {head}3 {tail} [{long}]"
        ),
    );
}

#[test]
fn a_close_is_a_frame_of_its_own() {
    check_open(
        Carrier::LongPolling,
        r#"> send {}
           < ask 3 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{}]
           > answer 2 200 [{"e":1},{"event":"pusher_internal:close","data":{"code":4200,"reason":"soon"}},{"e":2}]
           < heard {"e":1}
           < abandon 3
           < closed 4200: soon
           > answer 3 204
           > send {}
           > after 100"#,
    );
}

#[test]
fn other_servers_have_no_such_carrier() {
    for answer in ["404 no", "405", "501", "200 <html>"] {
        check(
            Carrier::Polling,
            &format!(
                "< ask 1 POST /session?protocol=7&client=c
                 > answer 1 {answer}
                 < unsupported: the server does not carry frames by polling"
            ),
        );
    }
}

#[test]
fn a_session_that_cannot_be_had() {
    let asked = "< ask 1 POST /session?protocol=7&client=c";
    check(
        Carrier::LongPolling,
        &format!("{asked}\n> fail 1\n< closed 1006: a session could not be asked for"),
    );
    check(
        Carrier::LongPolling,
        &format!("{asked}\n> answer 1 503 later\n< closed 1006: the request for a session was answered by 503"),
    );
}

#[test]
fn a_session_that_the_server_forgot() {
    check_open(
        Carrier::LongPolling,
        "> answer 2 404
         < closed 1006: the server does not know the session any more",
    );
    check_open(
        Carrier::ServerSentEvents,
        "> send {}
         < ask 3 POST /frames?number=1 x-pusher-session=5e55 content-type=application/json [{}]
         > answer 3 404
         < abandon 2
         < closed 1006: the server does not know the session any more",
    );
}

#[test]
fn a_server_that_never_answers_well_is_lost() {
    check_open(
        Carrier::LongPolling,
        "> answer 2 200 not an array
         < ask 3 GET /poll?after=0 x-pusher-session=5e55
         > fail 3
         > after 1
         < ask 4 GET /poll?after=0 x-pusher-session=5e55
         > answer 4 500
         > after 2
         < ask 5 GET /poll?after=0 x-pusher-session=5e55
         > fail 5
         < closed 1006: the server cannot be asked for frames",
    );
}

#[test]
fn endless_answers_are_cut() {
    let piece = "x".repeat(600_000);
    for carrier in [Carrier::LongPolling, Carrier::ServerSentEvents] {
        let reason = match carrier {
            Carrier::ServerSentEvents => "an event on the stream is too long",
            Carrier::WebSocket | Carrier::LongPolling | Carrier::Polling => "an answer is longer than 1048576 bytes",
        };
        check_open(
            carrier,
            &format!("> head 2 200\n> piece 2 {piece}\n> piece 2 {piece}\n< abandon 2\n< closed 1006: {reason}"),
        );
    }
}

#[test]
fn a_link_that_nobody_wants_ends_its_session() {
    let new = || HttpLink::new(Carrier::LongPolling, "http://host/app/key", Duration::ZERO);
    assert_eq!(new().farewell(), None);
    let mut link = new();
    link.handle(
        HttpInput::Answered {
            request: RequestId(1),
            status: 200,
        },
        Duration::ZERO,
    );
    let bytes = br#"{"session":"5e55"}"#.to_vec();
    link.handle(
        HttpInput::Received {
            request: RequestId(1),
            bytes,
        },
        Duration::ZERO,
    );
    link.handle(HttpInput::Ended { request: RequestId(1) }, Duration::ZERO);
    let farewell = link.farewell().unwrap();
    assert_eq!(link.poll_output(), None);
    assert_eq!(
        (farewell.method, farewell.url.as_str()),
        ("DELETE", "http://host/app/key/session")
    );
    assert_eq!(farewell.headers, [("x-pusher-session", "5e55".to_owned())]);
    assert_eq!(link.farewell(), None);
}
