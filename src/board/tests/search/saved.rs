//! Searches that are saved for everyone.

use super::*;
use crate::board::scene::search::{NameField, Present, SavedLine, SavedScene};
use backlog::id::Bits128;
use backlog::{Line, Query, SearchId};

fn saved(desk: &Desk) -> SavedScene {
    scene(desk).saved.expect("the saved searches are shown")
}

/// Each with its name and what it looks for.
fn lines(desk: &Desk) -> Vec<String> {
    let line = |line: SavedLine| {
        let marks = [
            (line.is_present, "*"),
            (line.renaming.is_some(), "~"),
            (line.is_gone, "†"),
        ];
        let marks: String = marks
            .into_iter()
            .filter_map(|(is_so, mark)| is_so.then_some(mark))
            .collect();
        format!("{}{marks}: {}", line.name, line.query)
    };
    saved(desk).searches.into_iter().map(line).collect()
}

fn save(desk: &mut Desk, name: &str) {
    say(desk, SearchMsg::NameTyped(None, name.to_owned()));
    say(desk, SearchMsg::NameSaved(None));
}

fn others_save(desk: &mut Desk, id: u128, name: &str, query: &str) -> SearchId {
    let id = SearchId(Bits128(id));
    desk.others(Command::SaveSearch {
        id,
        name: Line::new(name).expect("a name"),
        query: Query::new(query).expect("a search"),
    });
    id
}

fn name_of_new(desk: &Desk) -> NameField {
    match saved(desk).present {
        Present::New { name, .. } => name,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_search_is_saved_under_a_name_and_can_be_taken_back() {
    let mut desk = shop();
    search(&mut desk, "pay -bill");
    say(&mut desk, SearchMsg::SavedToggled);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Saved)));
    assert_eq!(lines(&desk), [""; 0]);
    save(&mut desk, "  Cards and coins ");
    assert_eq!(lines(&desk), ["Cards and coins*: pay -bill"]);
    assert_eq!(saved(&desk).present, Present::Saved("Cards and coins".to_owned()));
    assert_eq!(desk.toast(), "Saved the search “Cards and coins”");
    desk.click_undo();
    assert_eq!(lines(&desk), [""; 0]);
}

#[test]
fn what_cannot_be_saved_is_explained() {
    let mut desk = shop();
    say(&mut desk, SearchMsg::SavedToggled);
    assert_eq!(saved(&desk).present, Present::Nothing);
    search(&mut desk, "pay (");
    assert_eq!(saved(&desk).present, Present::NotUnderstood);
    search(&mut desk, "pay");
    save(&mut desk, "  ");
    assert_eq!(
        name_of_new(&desk).problem.as_deref(),
        Some("A saved search has a name.")
    );
    search(&mut desk, &"x".repeat(1_001));
    save(&mut desk, "Long");
    assert_eq!(
        name_of_new(&desk),
        NameField {
            text: "Long".to_owned(),
            problem: Some("Search is too long: 1001 characters, at most 1000.".to_owned()),
        }
    );
}

#[test]
fn under_the_name_of_another_one_it_takes_its_place() {
    let mut desk = shop();
    others_save(&mut desk, 7, "Paying", "bill");
    search(&mut desk, "pay");
    say(&mut desk, SearchMsg::SavedToggled);
    say(&mut desk, SearchMsg::NameTyped(None, "paying".to_owned()));
    assert!(matches!(saved(&desk).present, Present::New { replaces: true, .. }));
    say(&mut desk, SearchMsg::NameSaved(None));
    assert_eq!(lines(&desk), ["paying*: pay"]);
}

#[test]
fn a_saved_search_is_run_by_its_name() {
    let mut desk = shop();
    let id = others_save(&mut desk, 7, "Paying", "pay -bill");
    say(&mut desk, SearchMsg::SavedToggled);
    say(&mut desk, SearchMsg::Run(id));
    assert_eq!(
        (scene(&desk).text.as_str(), scene(&desk).standing),
        ("pay -bill", Standing::Found(2))
    );
    assert_eq!(scene(&desk).saved, None);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Search)));
}

#[test]
fn an_empty_field_offers_the_saved_searches_first() {
    let mut desk = shop();
    others_save(&mut desk, 7, "Paying", "pay -bill");
    search(&mut desk, "");
    assert_eq!(offers(&desk)[..2], ["Paying", "type:"]);
    press(&mut desk, SearchKey::Down);
    press(&mut desk, SearchKey::Enter);
    assert_eq!(scene(&desk).standing, Standing::Found(2));
    assert_eq!(desk.effects.last(), Some(&Effect::PutCaret(9)));
}

#[test]
fn a_saved_search_is_renamed_and_removed() {
    let mut desk = shop();
    let paying = others_save(&mut desk, 7, "Paying", "pay");
    others_save(&mut desk, 8, "Mails", "mail");
    say(&mut desk, SearchMsg::SavedToggled);
    say(&mut desk, SearchMsg::RenameToggled(paying));
    assert_eq!(lines(&desk), ["Paying~: pay", "Mails: mail"]);
    say(&mut desk, SearchMsg::NameTyped(Some(paying), "mails".to_owned()));
    say(&mut desk, SearchMsg::NameSaved(Some(paying)));
    let problem = saved(&desk).searches[0]
        .renaming
        .as_ref()
        .and_then(|name| name.problem.clone());
    assert_eq!(problem.as_deref(), Some("Another saved search is called that."));
    say(&mut desk, SearchMsg::NameTyped(Some(paying), "Payments".to_owned()));
    say(&mut desk, SearchMsg::NameSaved(Some(paying)));
    assert_eq!(lines(&desk), ["Payments: pay", "Mails: mail"]);
    say(&mut desk, SearchMsg::Removed(paying));
    assert_eq!(lines(&desk), ["Mails: mail"]);
    desk.click_undo();
    assert!(lines(&desk).contains(&"Payments: pay".to_owned()));
}

#[test]
fn a_name_that_is_being_typed_outlives_what_others_do() {
    let mut desk = shop();
    let paying = others_save(&mut desk, 7, "Paying", "pay");
    say(&mut desk, SearchMsg::SavedToggled);
    say(&mut desk, SearchMsg::RenameToggled(paying));
    say(&mut desk, SearchMsg::NameTyped(Some(paying), "Payments".to_owned()));
    desk.others(Command::RemoveSearch { id: paying });
    assert_eq!(lines(&desk), ["Paying~†: pay"]);
    // Nor does closing the list lose it.
    desk.now(Msg::KeyPressed(Key::Escape));
    say(&mut desk, SearchMsg::SavedToggled);
    say(&mut desk, SearchMsg::NameSaved(Some(paying)));
    assert_eq!(lines(&desk), ["Payments: pay"]);
}
