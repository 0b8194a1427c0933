//! Transcripts of numbered events: in order, each once, whatever was missed.

use super::transcript::Play;

/// Connected and on the channel `o`, whose events are numbered; the application has all up to `after`.
fn resumed(after: &str) -> Play {
    let mut play = Play::connected();
    play.check(&format!(
        r#"> want o
           < send {{"event":"pusher:subscribe","data":{{"auth":"","channel":"o"}}}}
           > resume o seq {after}"#
    ));
    play
}

/// The same, subscribed, from the first event on that is heard.
fn level() -> Play {
    let mut play = resumed("");
    play.check("> success o\n< subscribed o");
    play
}

#[test]
fn in_order_nothing_is_fetched() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":7}"}
           < event e on o: {"seq":7}
           > frame {"event":"e","channel":"o","data":"{\"title\":\"a\",\"seq\":8}"}
           < event e on o: {"title":"a","seq":8}"#,
    );
}

#[test]
fn doubled_events_are_dropped() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":7}"}
           < event e on o: {"seq":7}
           > frame {"event":"e","channel":"o","data":"{\"seq\":7}"}
           > frame {"event":"e","channel":"o","data":"{\"seq\":6}"}"#,
    );
}

#[test]
fn a_gap_is_fetched_and_what_came_after_it_waits() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":4}"}
           < catching up o
           < fetch o after 1 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":5}"}
           > fetched o @1 {"seq":3} {"seq":2} {"seq":4}
           < event e on o: {"seq":2}
           < event e on o: {"seq":3}
           < event e on o: {"seq":4}
           < event e on o: {"seq":5}
           < caught up o"#,
    );
}

#[test]
fn swapped_events_are_put_right_without_waiting_for_the_answer() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":3}"}
           < catching up o
           < fetch o after 1 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":2}"}
           < event e on o: {"seq":2}
           < event e on o: {"seq":3}
           < caught up o
           > fetched o @1 {"seq":2} {"seq":3}"#,
    );
}

#[test]
fn after_a_reconnect_what_was_missed_is_fetched() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > closed 4200
           < error 4200: the server closed with 4200
           < connected -> connecting
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"o"}}
           > success o
           < subscribed o
           < catching up o
           < fetch o after 1 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":3}"}
           > fetched o @1 {"seq":2}
           < event e on o: {"seq":2}
           < event e on o: {"seq":3}
           < caught up o"#,
    );
}

#[test]
fn an_answer_that_is_empty_is_an_answer() {
    resumed("5").check(
        "> success o
         < subscribed o
         < catching up o
         < fetch o after 5 @1
         > fetched o @1
         < caught up o",
    );
}

#[test]
fn the_next_number_shows_that_nothing_was_missed() {
    resumed("5").check(
        r#"> success o
           < subscribed o
           < catching up o
           < fetch o after 5 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":6}"}
           < event e on o: {"seq":6}
           < caught up o
           > unfetched o @1 no"#,
    );
}

#[test]
fn resumed_while_subscribed_it_is_fetched_at_once() {
    Play::connected().check(
        r#"> want o
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"o"}}
           > success o
           < subscribed o
           > resume o n 0
           < catching up o
           < fetch o after 0 @1
           > fetched o @1 {"n":1} {"n":2}
           < event e on o: {"n":1}
           < event e on o: {"n":2}
           < caught up o"#,
    );
}

#[test]
fn a_number_that_the_answer_leaves_out_was_never_triggered() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":4}"}
           < catching up o
           < fetch o after 1 @1
           > fetched o @1 {"seq":4}
           < event e on o: {"seq":4}
           < caught up o"#,
    );
}

#[test]
fn an_answer_that_falls_short_is_asked_for_again() {
    level().check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":9}"}
           < catching up o
           < fetch o after 1 @1
           > fetched o @1 {"seq":2} {"seq":3}
           < event e on o: {"seq":2}
           < event e on o: {"seq":3}
           < fetch o after 3 @2
           > fetched o @2
           > timeout
           < fetch o after 3 @3
           > fetched o @3 {"seq":8}
           < event e on o: {"seq":8}
           < event e on o: {"seq":9}
           < caught up o"#,
    );
}

#[test]
fn a_fetch_that_fails_is_tried_again() {
    resumed("0").check(
        r#"> success o
           < subscribed o
           < catching up o
           < fetch o after 0 @1
           > unfetched o @1 the server answered 500
           > timeout
           < fetch o after 0 @2
           > fetched o @2 nonsense
           > timeout
           < fetch o after 0 @3
           > after 30
           < send {"event":"pusher:ping","data":{}}
           > timeout
           < fetch o after 0 @4
           > fetched o @3 {"seq":1}
           > fetched o @4 {"seq":1}
           < event e on o: {"seq":1}
           < caught up o"#,
    );
}

#[test]
fn after_many_failures_it_is_told_and_goes_on() {
    let mut play = resumed("0");
    play.check(
        r#"> success o
           < subscribed o
           < catching up o
           < fetch o after 0 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":3}"}"#,
    );
    for attempt in 1..8 {
        let next = attempt + 1;
        play.check(&format!(
            r#"> frame {{"event":"pusher:pong"}}
               > unfetched o @{attempt} no
               > timeout
               < fetch o after 0 @{next}"#
        ));
    }
    play.check(
        r#"> unfetched o @8 no
           < not resumable o: no
           < event e on o: {"seq":3}
           > frame {"event":"e","channel":"o","data":"{\"seq\":2}"}
           > frame {"event":"e","channel":"o","data":"{\"seq\":4}"}
           < event e on o: {"seq":4}"#,
    );
}

#[test]
fn numbers_that_begin_anew_are_followed() {
    let mut play = resumed("500");
    play.check(
        r#"> success o
           < subscribed o
           < catching up o
           < fetch o after 500 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":3}"}
           > gone o @1 there are no 500 events
           < not resumable o: there are no 500 events
           > frame {"event":"e","channel":"o","data":"{\"seq\":4}"}
           < event e on o: {"seq":4}
           > resume o seq 9
           < catching up o
           < fetch o after 9 @2
           > fetched o @2
           < caught up o"#,
    );
}

#[test]
fn what_has_no_number_or_comes_from_clients_is_told_as_it_comes() {
    resumed("0").check(
        r#"> success o
           < subscribed o
           < catching up o
           < fetch o after 0 @1
           > frame {"event":"e","channel":"o","data":"{\"seq\":2}"}
           > frame {"event":"e","channel":"o","data":"text"}
           < event e on o: text
           > frame {"event":"e","channel":"o","data":"{\"seq\":-1}"}
           < event e on o: {"seq":-1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":\"2\"}"}
           < event e on o: {"seq":"2"}
           > frame {"event":"client-e","channel":"o","data":{"seq":900}}
           < event client-e on o: {"seq":900}
           > frame {"event":"pusher:cache_miss","channel":"o"}
           < event pusher:cache_miss on o:"#,
    );
}

#[test]
fn what_is_held_is_bounded_and_fetched_again() {
    let mut play = resumed("0");
    play.check("> success o\n< subscribed o\n< catching up o\n< fetch o after 0 @1");
    for number in 2..=1003 {
        play.check(&format!(
            r#"> frame {{"event":"e","channel":"o","data":"{{\"seq\":{number}}}"}}"#
        ));
    }
    let mut expected = "> fetched o @1 {\"seq\":1}\n".to_owned();
    for number in 1..=1001 {
        expected += &format!("< event e on o: {{\"seq\":{number}}}\n");
    }
    expected += "< fetch o after 1001 @2";
    play.check(&expected);
    play.check(
        r#"> fetched o @2 {"seq":1003} {"seq":1002}
           < event e on o: {"seq":1002}
           < event e on o: {"seq":1003}
           < caught up o"#,
    );
}

#[test]
fn another_part_of_the_application_goes_on_from_where_the_channel_is() {
    let mut play = level();
    play.check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > resume o seq
           < catching up o
           < fetch o after 1 @1
           > fetched o @1
           < caught up o"#,
    );
}

#[test]
fn ended_or_dropped_nothing_is_held_any_more() {
    let mut play = level();
    play.check(
        r#"> frame {"event":"e","channel":"o","data":"{\"seq\":1}"}
           < event e on o: {"seq":1}
           > frame {"event":"e","channel":"o","data":"{\"seq\":3}"}
           < catching up o
           < fetch o after 1 @1
           > end-resume o
           < event e on o: {"seq":3}
           > fetched o @1 {"seq":2}
           > frame {"event":"e","channel":"o","data":"{\"seq\":9}"}
           < event e on o: {"seq":9}
           > resume o seq 9
           < catching up o
           < fetch o after 9 @2
           > drop o
           < send {"event":"pusher:unsubscribe","data":{"channel":"o"}}
           > want o
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"o"}}
           > success o
           < subscribed o
           > fetched o @2 {"seq":10}
           > resume elsewhere seq 1"#,
    );
}
