//! Rows of three texts and what becomes of them, written by hand; `/` is a line end.

use super::{Merged, merge};
use proptest::prelude::*;

fn text(row: &str) -> String {
    row.replace('/', "\n")
}

/// Holds the merge of a base and two sides to a text with every change of both. Who is called mine makes no difference.
#[track_caller]
fn whole([base, theirs, mine]: [&str; 3], expected: &str) {
    let [base, theirs, mine] = [base, theirs, mine].map(text);
    let expected = Merged::Whole(text(expected));
    assert_eq!(merge(&base, &theirs, &mine), expected);
    assert_eq!(merge(&base, &mine, &theirs), expected, "the other way round");
}

/// Holds it to an overlap, with what is merged around it either way round.
#[track_caller]
fn overlapping([base, theirs, mine]: [&str; 3], [expected, other_way_round]: [&str; 2]) {
    let [base, theirs, mine] = [base, theirs, mine].map(text);
    assert_eq!(merge(&base, &theirs, &mine), Merged::Overlapping(text(expected)));
    let other_way_round = Merged::Overlapping(text(other_way_round));
    assert_eq!(merge(&base, &mine, &theirs), other_way_round, "the other way round");
}

#[test]
fn different_lines() {
    whole(["a/b/c", "A/b/c", "a/b/C"], "A/b/C");
    whole(["a/b/c", "A/b/c", "a/B/c"], "A/B/c");
    whole(["a/b/c/d/e", "A/b/c/D/e", "a/b/C/d/E"], "A/b/C/D/E");
    whole(["a/b/c", "a/c", "a/b/C"], "a/C");
    whole(["a/b/c/d", "b/c/d", "a/b/c"], "b/c");
    whole(["a/b", "b", "a"], "");
}

#[test]
fn lines_more_and_lines_less() {
    whole(["a/b", "x/a/b", "a/b/y"], "x/a/b/y");
    whole(["a/b", "x/a/b", "a/y/b"], "x/a/y/b");
    whole(["a/b", "a/x/b", "a/B"], "a/x/B");
    whole(["a/b", "a/x/b", "A/b"], "A/x/b");
    whole(["a/b/c", "a/c", "a/b/c/d"], "a/c/d");
    whole(["", "", "a/b"], "a/b");
    whole(["a/", "a/b/", "x/a/"], "x/a/b/");
    whole(["a/b/", "a/b", "x/b/"], "x/b");
}

#[test]
fn the_same_change_twice() {
    whole(["a/b", "a/x/b", "a/x/b"], "a/x/b");
    whole(["a/b/c", "A/b/c", "A/b/C"], "A/b/C");
    whole(["", "x", "x"], "x");
}

#[test]
fn words_of_one_line() {
    let base = "one two three four five";
    whole(
        [base, "ONE two three four five", "one two three four FIVE"],
        "ONE two three four FIVE",
    );
    whole(
        [base, "one three four five", "one two three four five six"],
        "one three four five six",
    );
    whole(
        [base, "zero one two three four five", "one two three FOUR five"],
        "zero one two three FOUR five",
    );
    whole(
        ["a/one two three/b", "a/ONE two three/b", "a/one two THREE/B"],
        "a/ONE two THREE/B",
    );
    // An indent belongs to the first word, white space at the end is a word.
    whole(
        ["  one two three", "  one two three ", "    one two three"],
        "    one two three ",
    );
    whole(
        [
            "The page shows the plan of today and of tomorrow.",
            "The page shows the whole plan of today and of tomorrow.",
            "The page shows the plan of today and of next week.",
        ],
        "The page shows the whole plan of today and of next week.",
    );
}

#[test]
fn words_of_lines_that_both_changed_together() {
    whole(
        [
            "one two three/four five six",
            "ONE two three/four five six!",
            "one two three/FOUR five six",
        ],
        "ONE two three/FOUR five six!",
    );
}

#[test]
fn the_same_place() {
    overlapping(["a/b/c", "a/x/c", "a/y/c"], ["a/x/c", "a/y/c"]);
    overlapping(["a/b", "a/x/b", "a/y/b"], ["a/x/b", "a/y/b"]);
    overlapping(["", "x", "y"], ["x", "y"]);
    overlapping(["a", "a/x", "a/y"], ["a/x", "a/y"]);
    // Which part of `b/c` became the `X` of both cannot be told.
    overlapping(["a/b/c", "a/X/c", "a/X/C"], ["a/X/c", "a/X/C"]);
    overlapping(["a/b/c", "c", "a/c"], ["c", "a/c"]);
    overlapping(["a/b/c", "a/c", "a/B/c"], ["a/c", "a/B/c"]);
    // What does not overlap is in it all the same.
    overlapping(["a/b/c/d/e", "A/b/x/d/e", "a/b/y/d/E"], ["A/b/x/d/E", "A/b/y/d/E"]);
}

#[test]
fn one_change_over_two() {
    overlapping(["a/b/c/d", "x/y", "a/B/C/d"], ["x/y", "a/B/C/d"]);
    overlapping(["a/b/c/d/e", "a/x/e", "a/B/c/D/e"], ["a/x/e", "a/B/c/D/e"]);
    // A chain: each change meets the next one of the other side.
    overlapping(["a/b/c/d/e", "1/2/c/3/4", "a/5/6/7/e"], ["1/2/c/3/4", "a/5/6/7/e"]);
}

#[test]
fn words_too_near_to_tell_apart() {
    overlapping(["red car", "blue car", "red truck"], ["blue car", "red truck"]);
    let base = "the big red car";
    overlapping(
        [base, "the big blue car", "the small red car"],
        ["the big blue car", "the small red car"],
    );
    overlapping(
        [base, "the big red car now", "the big red truck"],
        ["the big red car now", "the big red truck"],
    );
}

#[test]
fn a_sentence_written_anew_is_not_mixed_with_the_old_one() {
    let base = "we ask the user for the name";
    let anew = "names are taken from the account";
    let mended = "we ask the user for the full name";
    overlapping([base, anew, mended], [anew, mended]);
    overlapping(
        [base, "the cart holds the goods", anew],
        ["the cart holds the goods", anew],
    );
}

#[test]
fn any_letters() {
    whole(["Straße/Ünder", "Straße/Ünder/🐢", "Straßen/Ünder"], "Straßen/Ünder/🐢");
    whole(
        [
            "e\u{301}tude une deux",
            "e\u{301}tude une trois",
            "l'e\u{301}tude une deux",
        ],
        "l'e\u{301}tude une trois",
    );
    overlapping(["日本語", "日本", "日本語です"], ["日本", "日本語です"]);
}

/// A text of so many lines whose first and last line, or whose middle line, were changed.
fn of_lines(count: usize) -> [String; 3] {
    let line = |number: usize, ends: &str, middle: &str| match number {
        0 => format!("first{ends}"),
        500 => format!("middle{middle}"),
        _ if number == count - 1 => format!("last{ends}"),
        _ => format!("line {number}"),
    };
    [["", ""], ["!", ""], ["", "!"]].map(|[ends, middle]| {
        let lines: Vec<String> = (0..count).map(|number| line(number, ends, middle)).collect();
        lines.join("\n")
    })
}

#[test]
fn what_is_too_long_to_compare_is_one_change() {
    let is_whole = |[base, theirs, mine]: &[String; 3]| matches!(merge(base, theirs, mine), Merged::Whole(_));
    // 2,000 tokens stand from the first to the last that differ, both texts together.
    assert!(is_whole(&of_lines(1_000)));
    let [base, theirs, mine] = of_lines(1_001);
    let merged = merge(&base, &theirs, &mine);
    assert!(merged == Merged::Overlapping(theirs.clone()));
    // What only one of them changed is taken, however much it is.
    assert!(is_whole(&[mine.clone(), theirs.clone(), mine]));
    assert!(is_whole(&[base.clone(), base, theirs]));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        // Few lines and few words, so that texts meet.
        4 => prop::collection::vec("[abc]{0,1}( [abcd]){0,4}", 0..8).prop_map(|lines| lines.join("\n")),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_only_one_changed_is_as_that_one_has_it(base in any_text(), side in any_text()) {
        prop_assert_eq!(merge(&base, &base, &side), Merged::Whole(side.clone()));
        prop_assert_eq!(merge(&base, &side, &base), Merged::Whole(side.clone()));
        prop_assert_eq!(merge(&base, &side, &side), Merged::Whole(side));
    }

    #[test]
    fn a_whole_merge_is_the_same_either_way_round(base in any_text(), theirs in any_text(), mine in any_text()) {
        let merged = merge(&base, &theirs, &mine);
        let other = merge(&base, &mine, &theirs);
        match merged {
            Merged::Whole(_) => prop_assert_eq!(merged, other),
            Merged::Overlapping(_) => prop_assert!(matches!(other, Merged::Overlapping(_))),
        }
    }

    #[test]
    fn every_word_is_somebodys(base in any_text(), theirs in any_text(), mine in any_text()) {
        let (Merged::Whole(text) | Merged::Overlapping(text)) = merge(&base, &theirs, &mine);
        for word in text.split_whitespace() {
            prop_assert!(theirs.split_whitespace().chain(mine.split_whitespace()).any(|other| other == word));
        }
    }
}
