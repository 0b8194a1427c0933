//! The search: what it leaves of the columns, and how one gets in and out of it.

mod saved;

use super::super::msg::{PartsMsg, SearchKey, SearchMsg};
use super::super::scene::search::{SearchScene, Standing};
use super::desk::{create, retitle, start};
use super::*;
use backlog::{Command, Edit, Label, Panel};

fn say(desk: &mut Desk, msg: SearchMsg) {
    desk.now(Msg::Search(msg));
}

/// Types a text with the caret behind it.
fn search(desk: &mut Desk, text: &str) {
    say(desk, SearchMsg::Focused);
    say(
        desk,
        SearchMsg::Typed(text.to_owned(), text.encode_utf16().count() as u32),
    );
}

fn press(desk: &mut Desk, key: SearchKey) {
    say(desk, SearchMsg::KeyPressed(key));
}

fn scene(desk: &Desk) -> SearchScene {
    desk.board.scene().search
}

fn offers(desk: &Desk) -> Vec<String> {
    scene(desk).offers.into_iter().map(|offer| offer.words).collect()
}

fn shop() -> Desk {
    Desk::with(
        &["pay by card", "pay by bill", "send a mail"],
        &["pay in coins", "a dark theme"],
    )
}

#[test]
fn each_letter_leaves_what_has_it() {
    let mut desk = shop();
    search(&mut desk, "p");
    search(&mut desk, "pay");
    check(
        &desk,
        "Live
         Done:
         Current: pay by card | pay by bill
         Backlog:
         Icebox: pay in coins",
    );
    assert_eq!(scene(&desk).standing, Standing::Found(3));
    search(&mut desk, "pay -bill");
    check(
        &desk,
        "Live
         Done:
         Current: pay by card
         Backlog:
         Icebox: pay in coins",
    );
    search(&mut desk, "nothing like that");
    assert_eq!(scene(&desk).standing, Standing::Found(0));
    search(&mut desk, "");
    check(
        &desk,
        "Live
         Current: pay by card | pay by bill | send a mail
         Backlog:
         Icebox: pay in coins | a dark theme",
    );
    assert_eq!(scene(&desk).standing, Standing::Idle);
}

#[test]
fn while_it_means_nothing_the_page_stays_as_it_is() {
    let mut desk = shop();
    search(&mut desk, "card");
    search(&mut desk, "card (");
    check(
        &desk,
        "Live
         Done:
         Current: pay by card
         Backlog:
         Icebox:",
    );
    let scene = scene(&desk);
    assert_eq!(scene.standing, Standing::NotUnderstood);
    let [mistake] = &scene.mistakes[..] else {
        panic!("one mistake: {scene:?}")
    };
    assert_eq!(
        (mistake.before.as_str(), mistake.wrong.as_str(), mistake.after.as_str()),
        ("card ", "(", "")
    );
    assert_eq!(mistake.words, "The bracket that opens at character 6 is not closed.");
}

#[test]
fn what_would_be_completed_is_no_mistake_yet() {
    let mut desk = shop();
    search(&mut desk, "state:");
    assert_eq!(scene(&desk).mistakes, []);
    assert_eq!(offers(&desk)[..2], ["unscheduled", "unstarted"]);
    search(&mut desk, "state: ");
    assert_eq!(scene(&desk).mistakes.len(), 1);
    // Out of the field only the short word stays.
    say(&mut desk, SearchMsg::Left);
    assert_eq!(
        (scene(&desk).mistakes.len(), scene(&desk).standing),
        (0, Standing::NotUnderstood)
    );
}

#[test]
fn arrows_choose_and_enter_takes() {
    let mut desk = shop();
    search(&mut desk, "st");
    assert_eq!(offers(&desk), ["state:", "started:", "is:started"]);
    assert_eq!(scene(&desk).active, None);
    press(&mut desk, SearchKey::Down);
    press(&mut desk, SearchKey::Down);
    press(&mut desk, SearchKey::Up);
    assert_eq!(scene(&desk).active, Some(0));
    press(&mut desk, SearchKey::Up);
    assert_eq!(scene(&desk).active, Some(2));
    press(&mut desk, SearchKey::Down);
    press(&mut desk, SearchKey::Enter);
    assert_eq!(scene(&desk).text, "state:");
    assert_eq!(desk.effects.last(), Some(&Effect::PutCaret(6)));
    // The values of the field come next.
    press(&mut desk, SearchKey::Up);
    press(&mut desk, SearchKey::Tab);
    assert_eq!(scene(&desk).text, "state:rejected ");
    assert_eq!(offers(&desk), [""; 0]);
}

#[test]
fn what_is_offered_follows_the_caret() {
    let mut desk = shop();
    // Behind what takes two of the browser's units.
    search(&mut desk, "🚀 st card");
    assert_eq!(offers(&desk), [""; 0]);
    say(&mut desk, SearchMsg::CaretMoved(5));
    assert_eq!(offers(&desk), ["state:", "started:", "is:started"]);
    say(&mut desk, SearchMsg::Picked(0));
    assert_eq!(scene(&desk).text, "🚀 state: card");
    assert_eq!(desk.effects.last(), Some(&Effect::PutCaret(9)));
    say(&mut desk, SearchMsg::CaretMoved(1_000));
    assert_eq!(offers(&desk), [""; 0]);
    say(&mut desk, SearchMsg::Picked(7));
    assert_eq!(scene(&desk).text, "🚀 state: card");
}

#[test]
fn labels_people_and_epics_are_offered() {
    let mut desk = shop();
    let labelled = |label: &str| Edit::LabelAdded(Label::new(label).expect("a label"));
    let edits = vec![labelled("checkout"), labelled("needs design")];
    desk.others(Command::EditStory { id: story_id(1), edits });
    search(&mut desk, "label:de");
    assert_eq!(offers(&desk), ["\"needs design\""]);
    search(&mut desk, "owner:");
    assert_eq!(offers(&desk), ["me", "Bob"]);
}

#[test]
fn escape_closes_the_list_then_searches_for_nothing_then_leaves() {
    let mut desk = shop();
    desk.now(Msg::StoryFocused(story_id(3)));
    search(&mut desk, "st");
    press(&mut desk, SearchKey::Escape);
    assert_eq!((offers(&desk).len(), scene(&desk).text.as_str()), (0, "st"));
    press(&mut desk, SearchKey::Escape);
    assert_eq!(scene(&desk).text, "");
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Story(story_id(3)))));
    check(
        &desk,
        "Live
         Current: pay by card | pay by bill | send a mail*
         Backlog:
         Icebox: pay in coins | a dark theme",
    );
}

#[test]
fn escape_leaves_an_empty_field_for_the_first_story() {
    let mut desk = shop();
    search(&mut desk, "");
    press(&mut desk, SearchKey::Escape);
    press(&mut desk, SearchKey::Escape);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Story(story_id(1)))));
}

#[test]
fn escape_among_the_rows_searches_for_nothing() {
    let mut desk = shop();
    search(&mut desk, "pay");
    press(&mut desk, SearchKey::Enter);
    desk.now(Msg::KeyPressed(Key::Enter));
    // It closes first what was opened last.
    desk.now(Msg::KeyPressed(Key::Escape));
    assert_eq!(scene(&desk).standing, Standing::Found(3));
    desk.now(Msg::KeyPressed(Key::Escape));
    assert_eq!(scene(&desk).standing, Standing::Idle);
}

#[test]
fn the_slash_leads_to_the_field_and_enter_to_what_was_found() {
    let mut desk = shop();
    desk.now(Msg::KeyPressed(Key::Search));
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Search)));
    search(&mut desk, "coins");
    press(&mut desk, SearchKey::Enter);
    assert!(desk.effects.contains(&Effect::Focus(Target::Story(story_id(101)))));
    // Where one column is shown at a time, it is the one with the story.
    assert_eq!(desk.board.scene().shown, Column::Icebox);
    desk.now(Msg::KeyPressed(Key::Escape));
    assert_eq!(desk.board.scene().shown, Column::Icebox);
}

#[test]
fn others_come_and_go_as_they_match() {
    let mut desk = shop();
    search(&mut desk, "pay");
    desk.others(retitle(3, "send a payment"));
    desk.others(retitle(1, "buy by card"));
    desk.others(create(9, "pay later", Panel::Icebox));
    check(
        &desk,
        "Live
         Done:
         Current: pay by bill | send a payment
         Backlog:
         Icebox: pay later | pay in coins",
    );
    assert_eq!(scene(&desk).standing, Standing::Found(4));
}

#[test]
fn what_one_writes_in_stays_whatever_is_found() {
    let mut desk = shop();
    search(&mut desk, "card");
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DescriptionTyped("by any".to_owned()));
    desk.others(retitle(1, "pay at once"));
    check(
        &desk,
        "Live
         Done:
         Current: [pay at once]
         Backlog:
         Icebox:",
    );
    // Nothing is found; the form is there all the same.
    assert_eq!(scene(&desk).standing, Standing::Found(0));
}

#[test]
fn what_one_has_worked_on_stays_until_something_else_is_typed() {
    let mut desk = shop();
    search(&mut desk, "state:unstarted");
    desk.now(Msg::TransitionClicked(story_id(1), backlog::Transition::Start));
    desk.answer();
    check(
        &desk,
        "Live
         Done:
         Current: pay by card started | pay by bill | send a mail
         Backlog:
         Icebox:",
    );
    assert_eq!(scene(&desk).standing, Standing::Found(2));
    search(&mut desk, "state:unstarted pay");
    check(
        &desk,
        "Live
         Done:
         Current: pay by bill
         Backlog:
         Icebox:",
    );
}

#[test]
fn a_new_story_is_seen_whether_it_is_found_or_not() {
    let mut desk = shop();
    search(&mut desk, "card");
    desk.now(Msg::AddClicked(Column::Icebox));
    desk.now(Msg::TitleTyped("bright theme".to_owned()));
    desk.now(Msg::DraftSaved);
    desk.answer();
    check(
        &desk,
        "Live
         Done:
         Current: pay by card
         Backlog:
         Icebox: bright theme*",
    );
}

#[test]
fn a_number_in_a_text_leads_to_its_story_though_it_is_not_found() {
    let mut desk = shop();
    let number = desk.ledger.project().story(story_id(101)).expect("it is there").number;
    search(&mut desk, "card");
    desk.now(Msg::Parts(PartsMsg::NumberFollowed(number)));
    check(
        &desk,
        "Live
         Done:
         Current: pay by card
         Backlog:
         Icebox: [pay in coins]",
    );
}

#[test]
fn what_a_search_hides_keeps_its_place() {
    let mut desk = Desk::with(&["pay by card", "send a mail", "pay by bill", "sort"], &[]);
    search(&mut desk, "pay");
    desk.now(Msg::DragStarted(story_id(3)));
    desk.now(Msg::DragMoved(Some((Column::Current, 0))));
    desk.now(Msg::DragDropped);
    desk.answer();
    search(&mut desk, "");
    check(
        &desk,
        "Live
         Current: pay by bill* | pay by card | send a mail
         Backlog: #2 | sort
         Icebox:",
    );
}

#[test]
fn columns_begin_at_their_tops_and_are_as_before_afterwards() {
    let titles: Vec<String> = (0..60).map(|n| format!("idea {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    let scrolled = |top| Msg::Scrolled {
        column: Column::Icebox,
        top,
        height: 360,
    };
    desk.now(scrolled(720));
    desk.effects.clear();
    search(&mut desk, "idea 5");
    assert!(desk.scrolls().contains(&(Column::Icebox, 0)));
    desk.now(scrolled(0));
    desk.effects.clear();
    search(&mut desk, "");
    assert_eq!(desk.scrolls().last(), Some(&(Column::Icebox, 720)));
}

#[test]
fn what_one_came_to_is_in_sight_afterwards() {
    let titles: Vec<String> = (0..60).map(|n| format!("idea {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 0,
        height: 360,
    });
    search(&mut desk, "\"idea 40\"");
    press(&mut desk, SearchKey::Enter);
    desk.effects.clear();
    desk.now(Msg::KeyPressed(Key::Escape));
    // Forty rows of 36 pixels stand above it, ten are in sight.
    assert_eq!(desk.scrolls().last(), Some(&(Column::Icebox, 31 * 36)));
}

#[test]
fn many_stories_are_read_in_slices_between_frames() {
    let titles: Vec<String> = (0..1_200).map(|n| format!("idea {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    say(&mut desk, SearchMsg::Focused);
    assert_eq!(
        desk.effects
            .iter()
            .filter(|effect| **effect == Effect::AwaitFrame)
            .count(),
        1
    );
    say(&mut desk, SearchMsg::Typed("\"idea 1199\"".to_owned(), 11));
    assert_eq!(scene(&desk).standing, Standing::Looking);
    assert_eq!(columns(&desk), 3);
    desk.now(Msg::FrameDue);
    assert_eq!(scene(&desk).standing, Standing::Looking);
    desk.now(Msg::FrameDue);
    assert_eq!(scene(&desk).standing, Standing::Found(1));
    assert_eq!(columns(&desk), 4);
    // All is read: no further frame is asked for.
    assert_eq!(
        desk.effects
            .iter()
            .filter(|effect| **effect == Effect::AwaitFrame)
            .count(),
        2
    );
}

fn columns(desk: &Desk) -> usize {
    match desk.board.scene().body {
        Body::Columns(columns) => columns.len(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_found_is_told_once_one_pauses() {
    let mut desk = shop();
    let told = |desk: &mut Desk| {
        desk.effects.clear();
        desk.now(Msg::TypingPaused);
        let announced = desk.effects.iter().filter_map(|effect| match effect {
            Effect::Announce(words) => Some(words.clone()),
            _ => None,
        });
        announced.collect::<Vec<_>>()
    };
    search(&mut desk, "p");
    search(&mut desk, "pay");
    assert_eq!(told(&mut desk), ["3 stories found."]);
    assert_eq!(told(&mut desk), [""; 0]);
    search(&mut desk, "card");
    assert_eq!(told(&mut desk), ["1 story found."]);
    search(&mut desk, "stat:x");
    assert_eq!(
        told(&mut desk),
        ["stat: is not a field. Did you mean state:? The text itself is found by \"stat:\"."]
    );
    search(&mut desk, "");
    assert_eq!(told(&mut desk), ["All stories are shown."]);
}

#[test]
fn a_label_or_an_epic_asks_for_its_stories() {
    let mut desk = shop();
    let label = Label::new("needs design").expect("a label");
    desk.others(Command::EditStory {
        id: story_id(2),
        edits: vec![Edit::LabelAdded(label.clone())],
    });
    say(&mut desk, SearchMsg::Asked(backlog::search::for_label(&label)));
    assert_eq!(
        (scene(&desk).text.as_str(), scene(&desk).standing),
        ("label:\"needs design\"", Standing::Found(1))
    );
    assert_eq!(offers(&desk), [""; 0]);
    say(&mut desk, SearchMsg::Cleared);
    assert_eq!(scene(&desk).standing, Standing::Idle);
}

#[test]
fn whose_stories_are_mine_and_what_is_current_is_known() {
    let mut desk = shop();
    desk.now(Msg::TransitionClicked(story_id(2), backlog::Transition::Start));
    search(&mut desk, "owner:me is:current");
    assert_eq!(scene(&desk).standing, Standing::Found(1));
    desk.others(start(1));
    search(&mut desk, "owner:bob");
    assert_eq!(scene(&desk).standing, Standing::Found(1));
}

#[test]
fn a_search_before_the_project_is_there_waits_for_it() {
    let mut desk = Desk::fresh();
    desk.others_do(create(1, "pay by card", Panel::Backlog));
    desk.others_do(create(2, "send a mail", Panel::Backlog));
    search(&mut desk, "card");
    assert_eq!(scene(&desk).standing, Standing::Looking);
    desk.open();
    assert_eq!(scene(&desk).standing, Standing::Found(1));
}

#[test]
fn a_reloaded_page_searches_for_nothing() {
    let mut desk = shop();
    search(&mut desk, "card");
    desk.reload();
    assert_eq!(scene(&desk).text, "");
}
