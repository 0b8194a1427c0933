//! What holds for every text, and for every search that one can say.

use crate::search::sieve::{Sieve, marks};
use crate::search::{
    Completion, Condition, Date, Known, Moment, Part, Place, Quality, Role, Search, Span, Term, Whom, complete,
};
use crate::{Day, Millis, Name, Priority, Project, State, StoryType};
use proptest::prelude::*;

/// Text that is nearly a search: its pieces are what searches are made of.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        " ",
        "-",
        "\"",
        "“",
        "\\",
        ",",
        ":",
        "AND",
        "OR",
        "NOT",
        "state:",
        "started",
        "owner:",
        "me",
        "estimate:",
        ">=",
        "..",
        "3",
        "#12",
        "created:",
        "2026-02-30",
        "today",
        "+",
        "is:",
        "late",
        "ü",
        "\u{301}",
        "x",
        "stat:",
        "\n",
        "label:",
        "🚀",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::string::string_regex("[a-zü日#:,().<>=\\\\\"“ -]{1,12}").expect("a pattern"),
        prop::sample::select(vec![
            "AND".to_owned(),
            "OR".to_owned(),
            "me".to_owned(),
            "-x".to_owned(),
            "a\nb".to_owned()
        ]),
    ]
    .prop_filter("can be seen", |text| !text.trim().is_empty())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 1..3)
}

fn some<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
    prop::collection::vec(prop::sample::select(values.to_vec()), 1..3)
}

fn spans<T: Copy + std::fmt::Debug + 'static>(
    one: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<Span<T>>> {
    let span = (0..6, one.clone(), one).prop_map(|(kind, one, other)| match kind {
        0 => Span::Is(one),
        1 => Span::Over(one),
        2 => Span::AtLeast(one),
        3 => Span::Under(one),
        4 => Span::AtMost(one),
        _ => Span::Between(one, other),
    });
    prop::collection::vec(span, 1..3)
}

fn date() -> impl Strategy<Value = Date> + Clone {
    prop_oneof![
        // From 1900 to 2999, as far as calendars are known.
        (-25_567i32..376_200).prop_map(|day| Date::Day(Day(day))),
        (1900i32..3000, 1u32..13).prop_map(|(year, month)| Date::Month(year, month)),
        (1900i32..3000).prop_map(Date::Year),
        (-36_525i32..36_526).prop_map(Date::Today),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    let places = [
        Place::Title,
        Place::Description,
        Place::Comments,
        Place::Tasks,
        Place::Blockers,
        Place::Reviews,
        Place::Links,
    ];
    let roles = [Role::Owner, Role::Requester, Role::Follower, Role::Reviewer];
    let moments = [Moment::Created, Moment::Started, Moment::Accepted, Moment::Deadline];
    let states = [State::Unscheduled, State::Started, State::Accepted, State::Rejected];
    let qualities = [
        Quality::Blocked,
        Quality::Late,
        Quality::Planned,
        Quality::State(State::Unscheduled),
        Quality::Type(StoryType::Bug),
    ];
    let parts = [Part::Owner, Part::Epic, Part::Estimate, Part::Deadline];
    let whom = prop_oneof![Just(Whom::Me), text().prop_map(Whom::Named)];
    prop_oneof![
        4 => text().prop_map(Term::Text),
        1 => (prop::sample::select(places.to_vec()), texts()).prop_map(|(place, texts)| Term::In(place, texts)),
        1 => some(&StoryType::ALL).prop_map(Term::Type),
        1 => some(&states).prop_map(Term::State),
        1 => some(&Priority::ALL).prop_map(Term::Priority),
        1 => texts().prop_map(Term::Label),
        1 => texts().prop_map(Term::Epic),
        1 => (prop::sample::select(roles.to_vec()), prop::collection::vec(whom, 1..3)).prop_map(|(role, whom)| Term::Person(role, whom)),
        1 => spans(any::<u16>()).prop_map(Term::Estimate),
        1 => spans(any::<u32>()).prop_map(Term::Number),
        1 => (prop::sample::select(moments.to_vec()), spans(date())).prop_map(|(moment, spans)| Term::Date(moment, spans)),
        1 => some(&qualities).prop_map(Term::Is),
        1 => some(&parts).prop_map(Term::Has),
        1 => some(&parts).prop_map(Term::Lacks),
    ]
}

/// Conditions as they are read: two denials are none, and one alone is not several.
fn condition() -> impl Strategy<Value = Condition> {
    term().prop_map(Condition::Term).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::Any),
            inner.prop_map(|inner| match inner {
                Condition::Not(inner) => *inner,
                inner => Condition::Not(Box::new(inner)),
            }),
        ]
    })
}

fn assert_sound(text: &str) {
    match Search::parse(text) {
        Ok(search) => {
            let written = search.to_string();
            // Quotes that are put in may make it longer than what is read.
            if written.chars().count() > Search::MAX {
                return;
            }
            assert_eq!(
                Search::parse(&written),
                Ok(search),
                "{text:?} was written as {written:?}"
            );
        }
        Err(mistakes) => {
            assert!((1..=Search::MAX_MISTAKES).contains(&mistakes.len()));
            for mistake in mistakes {
                assert!(
                    text.get(mistake.at.clone()).is_some_and(|wrong| !wrong.is_empty()),
                    "{mistake:?} in {text:?}"
                );
                assert!(mistake.words.ends_with(['.', '?']), "{mistake:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_explained(text in any::<String>()) {
        assert_sound(&text);
    }

    #[test]
    fn text_that_is_nearly_a_search_is_read_or_explained(text in nearly()) {
        assert_sound(&text);
    }

    #[test]
    fn what_is_written_out_means_the_same(condition in condition()) {
        let written = condition.to_string();
        let read = Search::parse(&written);
        prop_assert_eq!(read.as_ref().map(Search::condition), Ok(&condition), "written as {}", written);
    }

    #[test]
    fn a_sieve_holds_back_nothing_that_is_there(text in "[abcü]{0,30}", needle in "[abcü]{0,6}") {
        let is_there = text.contains(&needle);
        prop_assert!(Sieve::of(&text).may_hold(&marks(&needle)) || !is_there);
    }

    #[test]
    fn what_is_offered_fits_its_place(text in nearly(), cursor in 0usize..80) {
        let project = Project::new(Name::new("Shop").unwrap(), Millis(0));
        let known = Known { project: &project, labels: &[] };
        for Completion { range, insert, .. } in complete(&text, cursor, known) {
            prop_assert!(text.get(range.clone()).is_some());
            prop_assert!(range.start <= cursor);
            prop_assert!(!insert.is_empty());
        }
    }
}

/// What a text costs must grow with its length alone. Nothing is timed: were it otherwise, these would not end.
#[test]
fn long_texts_are_read_in_no_time() {
    for piece in [
        "(", "\"", "\\\"", "-", "a:", "a OR ", "state:,", "NOT ", "x,", "#1 ", "((", "“", "label:a,", "(",
    ] {
        let text: String = piece.repeat(Search::MAX / piece.chars().count());
        assert_sound(&text);
    }
}
