//! What is offered while a search is typed. The cursor is a `|`.

use crate::id::Bits128;
use crate::search::{Completion, Known, complete};
use crate::{
    ActorId, Description, Epic, EpicId, EpicWords, Label, Millis, Name, Person, Project, Settings, Snapshot, Title,
};

fn shop() -> Project {
    let person = |id, name: &str| Person {
        id: ActorId(Bits128(id)),
        name: Name::new(name).unwrap(),
    };
    let words = EpicWords {
        name: Title::new("Pay by card").unwrap(),
        label: Label::new("cards").unwrap(),
        description: Description::default(),
    };
    Project::read(Snapshot {
        people: vec![
            person(1, "Ann Lee"),
            person(2, "Bob"),
            person(3, "Max Mender"),
            person(4, "Bert Left"),
        ],
        left: [ActorId(Bits128(4))].into(),
        epics: vec![Epic {
            id: EpicId(Bits128(1)),
            number: 99,
            origin: None,
            words,
            created_at: Millis(0),
        }],
        ..Snapshot::of_nothing(Name::new("Shop").unwrap(), Settings::new(Millis(0).day()))
    })
}

fn offered(text: &str) -> Vec<Completion> {
    let cursor = text.find('|').expect("a cursor");
    let labels = ["checkout", "needs design", "late night"].map(|label| Label::new(label).unwrap());
    let project = shop();
    let known = Known {
        project: &project,
        labels: &labels,
    };
    complete(&text.replace('|', ""), cursor, known)
}

/// Holds what is offered to what the text becomes with each.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let typed = text.replace('|', "");
    let with = |offer: &Completion| {
        let (before, rest) = typed.split_at(offer.range.start);
        let (_, after) = rest.split_at(offer.range.len());
        format!("{before}{}|{after}", offer.insert)
    };
    let texts: Vec<String> = offered(text).iter().map(with).collect();
    assert_eq!(texts, expected, "{text}");
}

#[test]
fn an_empty_field_offers_what_is_asked_for_most() {
    let all = [
        "type:|", "state:|", "owner:|", "label:|", "is:|", "has:|", "no:|", "epic:|",
    ];
    check("|", &all);
    check(
        "  |",
        &[
            "  type:|",
            "  state:|",
            "  owner:|",
            "  label:|",
            "  is:|",
            "  has:|",
            "  no:|",
            "  epic:|",
        ],
    );
    // Between two words nothing is known to be meant.
    check("pay |", &[]);
    check("pay | card", &[]);
    check("|pay", &[]);
}

#[test]
fn names_of_fields() {
    check("st|", &["state:|", "started:|", "is:started |"]);
    check("r|", &["requester:|", "reviewer:|", "review:|"]);
    check("ST|", &["state:|", "started:|", "is:started |"]);
    check("pay -sta|", &["pay -state:|", "pay -started:|", "pay -is:started |"]);
    check("st|:x", &["state:|x", "started:|x"]);
    check("sta| pay", &["state:| pay", "started:| pay", "is:started| pay"]);
    check("xyz|", &[]);
}

#[test]
fn values_of_fields() {
    check(
        "state:|",
        &[
            "state:unscheduled |",
            "state:unstarted |",
            "state:started |",
            "state:finished |",
            "state:delivered |",
            "state:accepted |",
            "state:rejected |",
        ],
    );
    check("state:un|", &["state:unscheduled |", "state:unstarted |"]);
    check("state:started,f|", &["state:started,finished |"]);
    check(
        "state:u|,started",
        &["state:unscheduled|,started", "state:unstarted|,started"],
    );
    check("type:b|", &["type:bug |"]);
    check(
        "priority:|",
        &["priority:p0 |", "priority:p1 |", "priority:p2 |", "priority:p3 |"],
    );
    check("is:l|", &["is:late |"]);
    check("has:de|", &["has:description |", "has:deadline |"]);
    check("no:ow|", &["no:owner |"]);
    check(
        "estimate:|",
        &["estimate:0 |", "estimate:1 |", "estimate:2 |", "estimate:3 |"],
    );
    check(
        "due:|",
        &["due:today |", "due:tomorrow |", "due:<=today+7 |", "due:<today |"],
    );
    check("accepted:>|", &["accepted:>=today-7 |", "accepted:>=today-30 |"]);
    check("title:p|", &[]);
    check("nothing:p|", &[]);
}

#[test]
fn what_the_project_has() {
    check(
        "label:|",
        &["label:checkout |", "label:\"needs design\" |", "label:\"late night\" |"],
    );
    check("label:de|", &["label:\"needs design\" |"]);
    check("label:\"nee|", &["label:\"needs design\" |"]);
    check("label:\"nee|\" pay", &["label:\"needs design\"| pay"]);
    check(
        "owner:|",
        &[
            "owner:me |",
            "owner:\"Ann Lee\" |",
            "owner:Bob |",
            "owner:\"Max Mender\" |",
        ],
    );
    check("owner:me|", &["owner:\"Max Mender\" |"]);
    check("owner:m|", &["owner:me |", "owner:\"Max Mender\" |"]);
    check("requester:LEE|", &["requester:\"Ann Lee\" |"]);
    check("epic:|", &["epic:\"Pay by card\" |"]);
}

#[test]
fn a_word_may_be_a_value() {
    check("lat|", &["is:late |", "label:\"late night\" |"]);
    check("bug|", &["is:bug |"]);
    check("le|", &["owner:\"Ann Lee\" |"]);
    check("pa|", &["epic:\"Pay by card\" |"]);
    // One letter is not enough to guess by.
    check("b|", &["blocker:|"]);
}

#[test]
fn what_joins_conditions() {
    check("pay o|", &["pay owner:|", "pay OR |"]);
    check("pay AN|", &["pay AND |", "pay owner:\"Ann Lee\" |"]);
    check("(pay) n|", &["(pay) no:|", "(pay) NOT |"]);
    check("o|", &["owner:|"]);
    check("pay OR o|", &["pay OR owner:|"]);
}

#[test]
fn what_is_there_already_is_not_offered() {
    check("state:started|", &[]);
    check("owner:Bob|", &[]);
    check("\"sta|\"", &[]);
    check("OR|", &[]);
    check(&format!("{}|", "a".repeat(10_001)), &[]);
}

#[test]
fn what_is_offered_says_what_it_is() {
    let first = |text: &str| offered(text)[0].words.clone();
    assert_eq!(first("st|"), "Where it stands");
    assert_eq!(first("owner:|"), "You");
    assert_eq!(first("accepted:>|"), "In the last 7 days");
    assert_eq!(first("lat|"), "What is so of it");
    assert_eq!(first("state:s|"), "");
}
