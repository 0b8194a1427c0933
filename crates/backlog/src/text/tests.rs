//! What people write, from everywhere, and what none of the fields takes.

use super::{Description, Label, Name, Problem, Title};
use proptest::prelude::*;

fn title(text: &str) -> Result<String, Problem> {
    Title::new(text).map(String::from)
}

const EMPTY_TITLE: Problem = Problem::Empty { field: "title" };

#[test]
fn a_title_is_one_line() {
    assert_eq!(title("  Pay\nby card \u{7}"), Ok("Pay by card".into()));
    assert_eq!(title("a\u{2028}b\u{2029}c\u{85}d\r\ne"), Ok("a b c d  e".into()));
    assert_eq!(title("\u{a0}Pay\u{3000}"), Ok("Pay".into()));
}

#[test]
fn a_title_can_be_seen() {
    let blank = [
        "",
        " \t\n",
        "\u{200b}",
        "\u{feff}\u{2060} \u{200d}",
        "\u{202e}\u{202c}",
        "\u{3164}",
        "\u{fe0f}",
        "\u{ad}",
    ];
    for text in blank {
        assert_eq!(title(text), Err(EMPTY_TITLE), "{text:?}");
    }
    assert_eq!(Name::new("\u{200b}"), Err(Problem::Empty { field: "name" }));
    assert_eq!(Label::new("\u{200b}"), Err(Problem::Empty { field: "label" }));
    for text in [".", "0", "\u{200b}.", "ـ"] {
        assert_eq!(title(text), Ok(text.into()));
    }
}

#[test]
fn words_of_all_scripts_stay_as_they_were_written() {
    let texts = [
        "הוספת תשלום בכרטיס",
        "الدفع بالبطاقة 2.0",
        "\u{202b}مزيج\u{202c} mixed",
        "क्षत्रिय",
        "می\u{200c}خواهم",
        "カード決済",
        "👩\u{200d}👩\u{200d}👧\u{200d}👦 family",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "❤\u{fe0f}",
        "e\u{301} is not é",
        "Z\u{335}\u{310}\u{31a}a\u{338}\u{34a}",
    ];
    for text in texts {
        assert_eq!(title(text), Ok(text.into()));
        let name: String = text.chars().take(Name::MAX).collect();
        assert_eq!(Name::new(&name).map(String::from), Ok(name));
    }
}

#[test]
fn length_counts_characters_not_bytes() {
    for character in ["x", "ü", "字", "🎉", "א"] {
        assert!(Title::new(&character.repeat(5_000)).is_ok());
        assert!(Title::new(&format!("  {}\n", character.repeat(5_000))).is_ok());
        let too_long = Problem::TooLong {
            field: "title",
            max: 5_000,
            got: 5_001,
        };
        assert_eq!(title(&character.repeat(5_001)), Err(too_long));
    }
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
    assert!(Title::new(&family.repeat(714)).is_ok());
    let too_long = Problem::TooLong {
        field: "title",
        max: 5_000,
        got: 5_005,
    };
    assert_eq!(title(&family.repeat(715)), Err(too_long));
}

#[test]
fn each_field_has_its_length() {
    let x = |count| "x".repeat(count);
    assert!(Description::new(&x(20_000)).is_ok() && Label::new(&x(255)).is_ok() && Name::new(&x(100)).is_ok());
    let too_long = |field, max| Problem::TooLong {
        field,
        max,
        got: max + 1,
    };
    assert_eq!(Description::new(&x(20_001)), Err(too_long("description", 20_000)));
    assert_eq!(Label::new(&x(256)), Err(too_long("label", 255)));
    assert_eq!(Name::new(&x(101)), Err(too_long("name", 100)));
}

#[test]
fn a_label_is_lower_case_and_has_no_comma() {
    assert_eq!(Label::new(" Checkout ").map(String::from), Ok("checkout".into()));
    assert_eq!(Label::new("ÜBER Straße").map(String::from), Ok("über straße".into()));
    assert_eq!(
        Label::new("a,b"),
        Err(Problem::Forbidden {
            field: "label",
            character: ','
        })
    );
    // One capital becomes two characters; what counts is what is kept.
    let too_long = Problem::TooLong {
        field: "label",
        max: 255,
        got: 400,
    };
    assert_eq!(Label::new(&"İ".repeat(200)), Err(too_long));
}

#[test]
fn a_description_keeps_its_lines() {
    assert_eq!(
        Description::new("a\r\n\tb\rc").map(String::from),
        Ok("a\n\tb\nc".into())
    );
    assert_eq!(Description::new("").map(String::from), Ok(String::new()));
    assert_eq!(Description::new("  code\n").map(String::from), Ok("  code\n".into()));
    for character in ['\u{0}', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}'] {
        let forbidden = Problem::Forbidden {
            field: "description",
            character,
        };
        assert_eq!(Description::new(&format!("a{character}")), Err(forbidden));
    }
}

#[test]
fn a_problem_names_its_field() {
    assert_eq!(EMPTY_TITLE.to_string(), "title is empty");
    let long = Problem::TooLong {
        field: "name",
        max: 100,
        got: 101,
    };
    assert_eq!(long.to_string(), "name is too long: 101 characters, at most 100");
    let forbidden = Problem::Forbidden {
        field: "label",
        character: ',',
    };
    assert_eq!(forbidden.to_string(), "label cannot hold the character ','");
}

/// Any characters, often those that trouble.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        any::<char>(),
        prop::sample::select(vec![
            'a', 'Σ', 'İ', ' ', '\n', '\r', '\u{2028}', '\u{200b}', '\u{85}', '\u{feff}', '\u{301}'
        ]),
    ];
    prop::collection::vec(character, 0..30).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    // What was taken is taken again unchanged: else the two ends of the wire would hold different texts.
    #[test]
    fn a_text_taken_twice_is_the_same(text in text()) {
        if let Ok(title) = Title::new(&text) {
            prop_assert_eq!(Title::new(title.as_str()), Ok(title));
        }
        if let Ok(description) = Description::new(&text) {
            prop_assert_eq!(Description::new(description.as_str()), Ok(description));
        }
        if let Ok(label) = Label::new(&text) {
            prop_assert_eq!(Label::new(label.as_str()), Ok(label));
        }
        if let Ok(name) = Name::new(&text) {
            prop_assert_eq!(Name::new(name.as_str()), Ok(name));
        }
    }

    #[test]
    fn a_line_has_no_break_and_something_to_see(text in text()) {
        if let Ok(title) = Title::new(&text) {
            prop_assert!(!title.as_str().contains(char::is_control));
            prop_assert_eq!(title.as_str().trim(), title.as_str());
            prop_assert!(!title.as_str().is_empty());
        }
    }
}
