//! Epics and saved searches.

use super::check;
use super::script::{Bench, bits};
use crate::{Command, EpicId, EpicWords, Label, Limit, Line, Project, Query, Rejection, SearchId, Title};

#[test]
fn an_epic_has_a_number_from_the_stories_row_and_a_label_of_its_own() {
    check(
        "backlog: a | icebox:",
        "
        epic e web Web -> epic e #2 web Web | backlog: a | icebox:
        create b bug backlog -> created b at the top
        look b -> #3 bug unstarted unestimated \"b\" []
        epic f web Net -> rejected label-taken web
        epic f net Net -> epic f #4 net Net
        epic e net Web -> rejected label-taken net
        epic e web Page -> epic e #2 web Page
        epic e www Page -> epic e #2 www Page
        epic f web Net -> epic f #4 web Net
        ",
    );
}

fn epics(bench: &Bench) -> String {
    let names = bench.project.epics().iter().map(|epic| epic.words.name.as_str());
    names.collect::<Vec<_>>().join(" ")
}

/// Runs a script; after each line, `=`, the epics in order.
fn check_epics(script: &str) {
    let mut bench = Bench::new("backlog: a | icebox:");
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (command, expected) = line.split_once(" = ").unwrap();
        bench.say(command).unwrap();
        assert_eq!(epics(&bench), expected, "after {command:?}");
    }
}

#[test]
fn epics_stand_in_order() {
    check_epics(
        "
        epic e web E = E
        epic f net F = E F
        epic g tax G = E F G
        epic-move g = G E F
        epic-move g after f = E F G
        epic-move e after f = F E G
        epic-gone e = F G
        epic-move f after e = F G
        epic-move g after e = G F
        epic-gone e = G F
        ",
    );
    check(
        "backlog: | icebox:",
        "
        epic-move e -> rejected unknown-epic
        epic e web E -> epic e #1 web E
        epic-move e after e -> rejected anchor-moves
        epic-move e after gone -> epic e at the top
        epic-gone e -> epic gone e
        epic-gone e -> epic gone e
        epic-move e -> rejected unknown-epic
        ",
    );
}

#[test]
fn an_epic_that_went_comes_back_with_its_number() {
    check(
        "backlog: a | icebox:",
        "
        edit a +web -> edited a +web
        epic e web Web -> epic e #2 web Web
        epic-gone e -> epic gone e
        look a -> #1 feature unstarted 1pt \"a\" [web]
        epic f web Net -> epic f #3 web Net
        epic e web Web -> rejected label-taken web
        epic e www Web -> epic e #2 www Web
        create b bug backlog -> created b at the top
        look b -> #4 bug unstarted unestimated \"b\" []
        ",
    );
}

#[test]
fn there_are_only_so_many_epics() {
    let mut bench = Bench::new("backlog: | icebox:");
    let put = |number: usize| Command::PutEpic {
        id: EpicId(bits(&format!("e{number}"))),
        words: EpicWords {
            name: Title::new("Epic").unwrap(),
            label: Label::new(&format!("l{number}")).unwrap(),
            description: crate::Description::default(),
        },
    };
    let mut project = bench.project.snapshot();
    for number in 0..Project::MAX_EPICS {
        let Command::PutEpic { id, words } = put(number) else {
            panic!("an epic")
        };
        project.epics.push(crate::Epic {
            id,
            number: number as u32 + 1,
            origin: None,
            words,
            created_at: crate::Millis(0),
        });
    }
    bench.project = Project::read(project.clone());
    let hand = super::script::ada(crate::Millis(0));
    let what = Limit::Epics;
    assert_eq!(
        bench.project.decide(&put(2_000), hand),
        Err(Rejection::TooMany { what })
    );
    assert!(bench.project.decide(&put(1_999), hand).is_ok());
}

fn searches(bench: &Bench) -> String {
    let texts = bench
        .project
        .searches()
        .iter()
        .map(|search| search.name.as_str().to_owned());
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn searches_are_saved_for_everyone() {
    check(
        "backlog: | icebox:",
        "
        search s Mine owner:me -> search s Mine owner:me
        bo: search s Ours owner:us -> search s Ours owner:us
        search t Ours owner:us -> search t Ours owner:us
        search-gone s -> search gone s
        search-gone s -> search gone s
        search s Mine owner:me -> search s Mine owner:me
        ",
    );
    let mut bench = Bench::new("backlog: | icebox:");
    for number in 0..Project::MAX_SEARCHES {
        bench.say(&format!("search s{number} S{number} bug")).unwrap();
    }
    let what = Limit::Searches;
    assert_eq!(bench.say("search more More bug"), Err(Rejection::TooMany { what }));
    bench.say("search s0 First bug").unwrap();
    bench.say("search-gone s1").unwrap();
    let save = Command::SaveSearch {
        id: SearchId(bits("more")),
        name: Line::new("More").unwrap(),
        query: Query::new("bug").unwrap(),
    };
    bench.carry_out(&save).unwrap();
    let names = searches(&bench);
    assert!(
        names.starts_with("First S2 S3") && names.ends_with("S199 More"),
        "{names}"
    );
}
