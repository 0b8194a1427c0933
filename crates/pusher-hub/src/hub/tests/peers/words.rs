//! The words as they are written, and words that are none.

use super::{super::random::Dice, *};

/// What a node says when this happens to it.
fn said(lines: &[&str]) -> Vec<String> {
    let mut nodes = Nodes::new(counting());
    nodes.play("A starts");
    nodes.feed('A', Input::BrokerJoined);
    for line in lines {
        nodes.scenes.get_mut(&'A').unwrap().play(line);
    }
    nodes.answers('A');
    nodes.words.into_iter().map(|(_, word)| word).collect()
}

#[test]
fn a_node_that_joins_greets_and_tells_what_it_has() {
    assert_eq!(
        said(&[]),
        [
            r#"{"v":1,"from":65,"word":"hello"}"#,
            r#"{"v":1,"from":65,"word":{"state":{"number":0,"part":0,"parts":1,"rows":[]}}}"#,
        ]
    );
}

#[test]
fn the_words_of_a_day() {
    let words = said(&[
        "1 opens KEY protocol 7",
        r#"1 subscribes presence-x {"user_id":"ann","user_info":{"name":"Ann"}}"#,
        r#"1 > {"event":"client-x","channel":"presence-x","data":{"a":1}}"#,
        "1 leaves",
        "trigger except 1.1 a,b moved 1",
        "withdraw 2.2 a",
        "terminate ann",
        "at 3",
        "drain",
    ]);
    let expected = [
        r#"{"v":1,"from":65,"word":{"change":{"number":1,"rows":[{"app":"main","channel":"presence-x","count":1},{"app":"main","channel":"presence-x","user":"ann","info":{"name":"Ann"},"count":1}]}}}"#,
        r#"{"v":1,"from":65,"word":{"client_event":{"app":"main","channel":"presence-x","event":"client-x","data":{"a":1},"user":"ann"}}}"#,
        r#"{"v":1,"from":65,"word":{"change":{"number":2,"rows":[{"app":"main","channel":"presence-x","user":"ann","count":0,"told":true},{"app":"main","channel":"presence-x","count":0,"told":true}]}}}"#,
        r#"{"v":1,"from":65,"word":{"event":{"app":"main","channels":["a","b"],"event":"moved","data":"1","except":"1.1"}}}"#,
        r#"{"v":1,"from":65,"word":{"withdraw":{"app":"main","channel":"a","socket":"2.2"}}}"#,
        r#"{"v":1,"from":65,"word":{"terminate":{"app":"main","user":"ann"}}}"#,
        r#"{"v":1,"from":65,"word":{"beat":{"number":2}}}"#,
        r#"{"v":1,"from":65,"word":"bye"}"#,
    ];
    assert_eq!(words[2..], expected);
}

#[test]
fn what_is_no_word_is_counted_and_does_nothing() {
    let too_long = format!(
        r#"{{"v":1,"from":66,"word":{{"terminate":{{"app":"main","user":"{}"}}}}}}"#,
        "x".repeat(1 << 20)
    );
    let words = [
        "",
        "null",
        r#"{"v":2,"from":66,"word":"hello"}"#,
        r#"{"v":1,"from":-1,"word":"hello"}"#,
        r#"{"v":1,"from":66,"word":{"dance":{}}}"#,
        r#"{"v":1,"from":66,"word":{"event":{"app":"main","channels":["a b"],"event":"x","data":""}}}"#,
        r#"{"v":1,"from":66,"word":{"event":{"app":"nobody's","channels":["a"],"event":"x","data":""}}}"#,
        r#"{"v":1,"from":66,"word":{"event":{"app":"main","channels":["a"],"event":"x","data":"","except":"1.1","only":"1.1"}}}"#,
        r#"{"v":1,"from":66,"word":{"client_event":{"app":"main","channel":"a","event":"client-x","data":1}}}"#,
        r#"{"v":1,"from":66,"word":{"withdraw":{"app":"main","channel":"a","socket":"x"}}}"#,
        &too_long,
    ];
    let mut nodes = Nodes::new(counting());
    nodes.play("A starts");
    nodes.play("A joins");
    for (count, text) in (1..).zip(words) {
        nodes.feed('A', Input::PeerSaid { text });
        assert_eq!(nodes.answers('A'), [""; 0], "{text:.200}");
        assert_eq!(nodes.scenes[&'A'].hub.unspread_and_ignored(), (0, count), "{text:.200}");
    }
}

#[test]
fn rows_that_cannot_be_are_left_out() {
    let info = "1".repeat(1025);
    let (user, rows) = (
        "x".repeat(129),
        [
            r#"{"app":"nobody's","channel":"a","count":1}"#,
            r#"{"app":"main","channel":"a b","count":1}"#,
            r#"{"app":"main","channel":"a","user":"ann","count":1}"#,
            r#"{"app":"main","count":1}"#,
            r#"{"app":"main","channel":"presence-x","user":"","count":1}"#,
            r#"{"app":"main","channel":"presence-x","user":"USER","count":1}"#,
            r#"{"app":"main","channel":"presence-x","user":"ann","info":INFO,"count":1}"#,
            r#"{"app":"main","channel":"presence-x","user":"bob","count":9}"#,
        ],
    );
    let rows = rows.join(",").replace("USER", &user).replace("INFO", &info);
    let mut nodes = Nodes::new(counting());
    nodes.play("A starts");
    nodes.play("A joins");
    let text = &format!(r#"{{"v":1,"from":66,"word":{{"state":{{"number":1,"part":0,"parts":1,"rows":[{rows}]}}}}}}"#);
    nodes.feed('A', Input::PeerSaid { text });
    assert_eq!(nodes.answers('A'), [""; 0]);
    assert_eq!(nodes.scenes[&'A'].told_of("presence-x"), "= 0 subscribe; members bob");
    assert_eq!(nodes.scenes[&'A'].told_of("a"), "= 0 subscribe");
}

#[test]
fn a_large_state_comes_in_parts_in_any_order() {
    let part = |part: u32, channel: &str| {
        format!(
            r#"{{"v":1,"from":66,"word":{{"state":{{"number":5,"part":{part},"parts":2,"rows":[{{"app":"main","channel":"{channel}","count":2}}]}}}}}}"#
        )
    };
    let mut nodes = Nodes::new(counting());
    nodes.play("A starts");
    nodes.play("A joins");
    for (text, told) in [
        (part(1, "b"), vec![]),
        (part(1, "b"), vec![]),
        (part(2, "c"), vec![]),
        (
            part(0, "a"),
            vec!["A + a occupied elsewhere", "A + b occupied elsewhere"],
        ),
        (part(0, "z"), vec![]),
    ] {
        nodes.feed('A', Input::PeerSaid { text: &text });
        assert_eq!(nodes.answers('A'), told);
    }
}

#[test]
fn mangled_words_never_panic() {
    let words = said(&[
        "1 opens KEY protocol 7",
        r#"1 subscribes presence-x {"user_id":"ann","user_info":{"name":"Ann"}}"#,
        r#"1 > {"event":"client-x","channel":"presence-x","data":{"a":1}}"#,
        "1 leaves",
        "trigger except 1.1 a,b moved 1",
        "withdraw 2.2 a",
        "terminate ann",
        "at 3",
    ]);
    let snippets = [
        "0",
        "9",
        "-",
        "4294967295",
        "18446744073709551615",
        "null",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "presence-",
        "é",
    ];
    for seed in 0..20 {
        let mut dice = Dice(seed);
        let mut nodes = Nodes::new(counting());
        nodes.play("B starts");
        nodes.play("B joins");
        for _ in 0..500 {
            let mut text: Vec<char> = words[dice.below(words.len())].chars().collect();
            for _ in 0..dice.below(4) {
                let place = dice.below(text.len());
                let end = (place + dice.below(4)).min(text.len());
                text.splice(place..end, dice.pick(&snippets).chars());
            }
            let text = &text.into_iter().collect::<String>();
            nodes.feed('B', Input::PeerSaid { text });
            nodes.now += Duration::from_millis(dice.roll() % 2000);
            nodes.wake('B');
        }
    }
}
