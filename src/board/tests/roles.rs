//! What the page offers to whom. What it offers is what the server will do, and what it does not offer is not drawn.

use super::super::may::{Deed, Rights};
use super::super::msg::{Aside, Bulk, Menu, PartsMsg, SelectionMsg, Spot};
use super::super::scene::{Adds, Card, Form};
use super::super::sheet::{Sheet, SheetBody};
use super::desk::{create, name, person, start};
use super::*;
use backlog::command::NewStory;
use backlog::{
    Blocker, Description, Destination, Estimate, Label, Line, Link, Obstacle, Panel, PartId, Planning, Priority,
    Remark, Review, Role, SettingEdit, StoryType, Task, Title, Verdict, Words, access,
};

const OWN_IDEA: u128 = 201;
const OWN_PLANNED: u128 = 202;
const DELIVERED: u128 = 1;
const OTHERS_IDEA: u128 = 101;

/// Ann, in a role: two stories that she asked for, one delivered, one of Bob's ideas.
fn desk(role: Role) -> Desk {
    let mut desk = Desk::fresh();
    desk.role = role;
    desk.others_do(create(DELIVERED, "done", Panel::Backlog));
    for step in [Transition::Start, Transition::Finish, Transition::Deliver] {
        desk.others_do(Command::TransitionStory {
            id: story_id(DELIVERED),
            transition: step,
            comment: None,
        });
    }
    desk.others_do(create(OTHERS_IDEA, "idea", Panel::Icebox));
    desk.does("Ann", wish(OWN_IDEA, "mine"));
    desk.does("Ann", create(OWN_PLANNED, "planned", Panel::Backlog));
    desk.open();
    desk
}

fn wish(n: u128, title: &str) -> Command {
    Command::CreateStory(NewStory {
        id: story_id(n),
        title: Title::new(title).expect("a title"),
        story_type: StoryType::Feature,
        panel: Panel::Icebox,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    })
}

fn cards(desk: &Desk) -> Vec<Card> {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let rows = columns.iter().flat_map(|column| column.rows.iter().cloned());
    rows.filter_map(|row| match row {
        Row::Card(card) => Some(card),
        Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Form(_) => None,
    })
    .collect()
}

fn form(desk: &Desk) -> Form {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let rows = columns.iter().flat_map(|column| column.rows.iter().cloned());
    let mut forms = rows.filter_map(|row| match row {
        Row::Form(form) => Some(*form),
        Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Card(_) => None,
    });
    forms.next().expect("a form is open")
}

fn adds(desk: &Desk) -> Vec<Adds> {
    match desk.board.scene().body {
        Body::Columns(columns) => columns.iter().map(|column| column.adds).collect(),
        Body::Loading | Body::Unavailable | Body::NoProject | Body::Removed(_) => Vec::new(),
    }
}

/// Every edit that a hand can make, once.
fn edits() -> Vec<Edit> {
    let (me, part) = (person("Ann").id, PartId(Bits128(7)));
    let words = || Remark {
        id: part,
        text: Words::new("a").expect("words"),
    };
    let line = || Line::new("a").expect("a line");
    let text = || Description::new("a").expect("a text");
    let label = || Label::new("a").expect("a label");
    let task = Task {
        id: part,
        text: line(),
        done: false,
    };
    vec![
        Edit::Title(Title::new("a").expect("a title")),
        Edit::Type(StoryType::Bug),
        Edit::Estimate(None),
        Edit::Estimate(Some(Estimate(1))),
        Edit::Description(text()),
        Edit::DescriptionRevised {
            from: text(),
            to: text(),
        },
        Edit::ConflictDropped(text()),
        Edit::LabelAdded(label()),
        Edit::LabelRemoved(label()),
        Edit::Priority(Some(Priority::ALL[0])),
        Edit::Deadline(None),
        Edit::Requester(None),
        Edit::Requester(Some(me)),
        Edit::Current(true),
        Edit::OwnerAdded(me),
        Edit::OwnerRemoved(me),
        Edit::FollowerAdded(me),
        Edit::FollowerRemoved(me),
        Edit::TaskAdded { task, after: None },
        Edit::TaskReworded { id: part, text: line() },
        Edit::TaskTicked { id: part, done: true },
        Edit::TaskMoved { id: part, after: None },
        Edit::TaskRemoved(part),
        Edit::CommentAdded(words()),
        Edit::CommentReworded(words()),
        Edit::CommentRemoved(part),
        Edit::CommentRestored(part),
        Edit::BlockerPut(Blocker {
            id: part,
            what: Obstacle::Text(line()),
            resolved: false,
        }),
        Edit::BlockerRemoved(part),
        Edit::ReviewPut(Review {
            id: part,
            kind: line(),
            reviewer: None,
            verdict: Verdict::Unstarted,
        }),
        Edit::ReviewRemoved(part),
        Edit::LinkPut(Link {
            id: part,
            to: Destination::Branch(line()),
        }),
        Edit::LinkRemoved(part),
    ]
}

const STEPS: [Transition; 6] = [
    Transition::Start,
    Transition::Finish,
    Transition::Deliver,
    Transition::Accept,
    Transition::Reject,
    Transition::Restart,
];

#[test]
fn what_is_offered_of_a_story_is_what_the_server_does() {
    for role in Role::ALL {
        let desk = desk(role);
        let view = desk.board.replica.view().expect("there is a view");
        let me = person("Ann").id;
        let may = |command: &Command| access::may(role, command, view, me).is_ok();
        for id in [OWN_IDEA, OWN_PLANNED, DELIVERED, OTHERS_IDEA].map(story_id) {
            let rights = desk.board.rights_to(id);
            for edit in edits() {
                let command = Command::EditStory {
                    id,
                    edits: vec![edit.clone()],
                };
                assert_eq!(rights.may_edit(&edit), may(&command), "{role}: {edit:?} of {id}");
            }
            for transition in STEPS {
                let one = Command::TransitionStory {
                    id,
                    transition,
                    comment: None,
                };
                let several = Command::TransitionStories {
                    stories: vec![id],
                    transition,
                };
                let is_offered = rights.may(Deed::of_step(transition));
                assert_eq!(
                    (is_offered, is_offered),
                    (may(&one), may(&several)),
                    "{role}: {transition:?}"
                );
            }
            let delete = Command::DeleteStories { stories: vec![id] };
            assert_eq!(rights.may(Deed::Delete), may(&delete), "{role}: delete {id}");
            let moved = Command::MoveStories {
                stories: vec![id],
                panel: Panel::Icebox,
                after: None,
                current: Some(false),
            };
            assert_eq!(rights.may(Deed::Move), may(&moved), "{role}: move {id}");
        }
    }
}

#[test]
fn what_is_offered_of_the_project_is_what_the_server_does() {
    let none = Bits128(0);
    let settings = |edit| Command::EditSettings { edits: vec![edit] };
    let new = |panel, estimate| {
        Command::CreateStory(NewStory {
            estimate,
            panel,
            ..match wish(9, "a") {
                Command::CreateStory(new) => new,
                other => panic!("{other:?}"),
            }
        })
    };
    let commands = [
        (Deed::Wish, new(Panel::Icebox, None)),
        (Deed::Estimate, new(Panel::Icebox, Some(Estimate(1)))),
        (Deed::Plan, new(Panel::Backlog, None)),
        (Deed::Rename, Command::RenameProject { name: name("Shop") }),
        (Deed::Settings, settings(SettingEdit::Planning(Planning::Manual))),
        (
            Deed::Settings,
            settings(SettingEdit::Pointed(backlog::Pointed::Features)),
        ),
        (
            Deed::Iteration,
            settings(SettingEdit::Strength {
                iteration: 1,
                strength: None,
            }),
        ),
        (
            Deed::Epics,
            Command::MoveEpic {
                id: EpicId(none),
                after: None,
            },
        ),
        (Deed::Epics, Command::RemoveEpic { id: EpicId(none) }),
        (Deed::Searches, Command::RemoveSearch { id: SearchId(none) }),
        (
            Deed::Import,
            Command::RestoreImport {
                id: backlog::ImportId(none),
            },
        ),
    ];
    for role in Role::ALL {
        let desk = desk(role);
        let view = desk.board.replica.view().expect("there is a view");
        for (deed, command) in &commands {
            let may = access::may(role, command, view, person("Ann").id).is_ok();
            assert_eq!(desk.board.rights().may(*deed), may, "{role}: {deed:?}");
        }
    }
}

#[test]
fn each_role_by_name() {
    let all = |role| {
        let desk = desk(role);
        let rights = desk.board.rights();
        Deed::ALL
            .into_iter()
            .filter(|deed| rights.may(*deed))
            .collect::<Vec<_>>()
    };
    assert_eq!(all(Role::Viewer), []);
    assert_eq!(
        all(Role::Client),
        [
            Deed::Wish,
            Deed::Word,
            Deed::Comment,
            Deed::Follow,
            Deed::Delete,
            Deed::Judge
        ]
    );
    let but = |kept: &[Deed]| {
        Deed::ALL
            .into_iter()
            .filter(|deed| !kept.contains(deed))
            .collect::<Vec<_>>()
    };
    assert_eq!(all(Role::Member), but(&[Deed::Rename, Deed::Settings]));
    assert_eq!(all(Role::Owner), Deed::ALL);
}

#[test]
fn a_viewer_reads() {
    let mut desk = desk(Role::Viewer);
    assert_eq!(adds(&desk), [Adds::No; 3]);
    assert!(cards(&desk).iter().all(|card| card.rights == Rights::default()));
    desk.now(Msg::StoryOpened(story_id(OWN_IDEA)));
    assert_eq!(form(&desk).rights, Rights::default());
    let header = desk.board.scene().header;
    assert_eq!(header.standing.map(|standing| standing.role), Some(Role::Viewer));
}

#[test]
fn keys_say_what_one_may_not() {
    let mut desk = desk(Role::Viewer);
    desk.now(Msg::StoryFocused(story_id(DELIVERED)));
    for (key, words) in [
        (Key::PickUp, "Viewers cannot move stories."),
        (Key::Add, "Viewers cannot add stories."),
        (Key::Select, "Viewers cannot change stories."),
        (Key::SelectColumn, "Viewers cannot change stories."),
    ] {
        desk.now(Msg::KeyPressed(key));
        assert_eq!(desk.toast(), words);
    }
    desk.now(Msg::DragStarted(story_id(DELIVERED)));
    assert_eq!(desk.toast(), "Viewers cannot move stories.");
    assert!(desk.board.scene().selection.is_none() && !desk.board.scene().moving);
}

#[test]
fn help_lists_the_keys_that_do_something() {
    use super::super::keys::offered;
    let keys = |role| {
        offered(desk(role).board.rights())
            .map(|line| line.key)
            .collect::<Vec<_>>()
    };
    let (viewer, client, owner) = (keys(Role::Viewer), keys(Role::Client), keys(Role::Owner));
    for key in [Key::Add, Key::PickUp, Key::Select, Key::Save] {
        assert!(owner.contains(&key) && !viewer.contains(&key), "{key:?}");
    }
    assert!(client.contains(&Key::Add) && !client.contains(&Key::PickUp));
    assert!(viewer.contains(&Key::Sheet(Sheet::Forecast)));
}

#[test]
fn a_client_adds_ideas_and_judges_what_is_delivered() {
    let mut desk = desk(Role::Client);
    assert_eq!(adds(&desk), [Adds::No, Adds::No, Adds::Yes]);
    desk.now(Msg::StoryFocused(story_id(DELIVERED)));
    desk.now(Msg::KeyPressed(Key::Add));
    assert_eq!(desk.toast(), "Clients add stories to the Icebox.");
    desk.now(Msg::AddClicked(Column::Icebox));
    assert!(form(&desk).scale.is_empty(), "without an estimate");
    desk.now(Msg::TitleTyped("wish".to_owned()));
    desk.now(Msg::DraftSaved);
    desk.now(Msg::TransitionClicked(story_id(DELIVERED), Transition::Accept));
    desk.answer();
    check(
        &desk,
        "Live \n Current: done accepted | planned \n Backlog: \n Icebox: wish* | mine | idea",
    );
}

#[test]
fn a_client_words_what_they_asked_for_until_it_is_started() {
    let mut desk = desk(Role::Client);
    let words = |desk: &mut Desk, n| {
        desk.now(Msg::StoryOpened(story_id(n)));
        let rights = form(desk).rights;
        (
            rights.may(Deed::Word),
            rights.may(Deed::Delete),
            rights.may(Deed::Comment),
        )
    };
    assert_eq!(words(&mut desk, OWN_IDEA), (true, true, true));
    assert_eq!(words(&mut desk, OWN_PLANNED), (true, false, true));
    assert_eq!(words(&mut desk, OTHERS_IDEA), (false, false, true));
    desk.others(start(OWN_PLANNED));
    assert_eq!(words(&mut desk, OWN_PLANNED), (false, false, true));
}

#[test]
fn a_client_gives_another_type_to_a_story_that_the_team_estimated() {
    let mut desk = desk(Role::Client);
    desk.now(Msg::StoryOpened(story_id(OWN_PLANNED)));
    desk.now(Msg::TypeChosen(StoryType::Chore));
    desk.now(Msg::DraftSaved);
    desk.answer();
    let story = desk
        .board
        .replica
        .view()
        .and_then(|view| view.story(story_id(OWN_PLANNED)));
    let story = story.expect("it is there");
    assert_eq!(
        (story.story_type, story.estimate),
        (StoryType::Chore, None),
        "points go with the type"
    );
}

#[test]
fn a_client_s_selection_offers_what_fits_the_stories() {
    let mut desk = desk(Role::Client);
    let menus = |desk: &Desk| desk.board.scene().selection.expect("a bar").doings;
    desk.now(Msg::StoryFocused(story_id(OTHERS_IDEA)));
    desk.now(Msg::KeyPressed(Key::Select));
    assert_eq!((menus(&desk).menus, menus(&desk).deletes), (vec![Menu::Step], false));
    desk.now(Msg::StoryFocused(story_id(OWN_IDEA)));
    desk.now(Msg::KeyPressed(Key::Select));
    let own = vec![Menu::Step, Menu::Labels, Menu::Type, Menu::Priority];
    assert_eq!((menus(&desk).menus, menus(&desk).deletes), (own, true));
    desk.now(Msg::Selection(SelectionMsg::Chosen(Bulk::Priority(Some(
        Priority::ALL[0],
    )))));
    let words = desk.toast();
    assert!(
        words.ends_with("1 was left out: a client changes what they asked for, until it is started."),
        "{words}"
    );
    desk.now(Msg::Selection(SelectionMsg::Chosen(Bulk::Move(Spot::TopOfBacklog))));
    assert_eq!(desk.toast(), "Nothing was changed: clients cannot move stories");
}

#[test]
fn what_is_not_offered_is_refused_here_already() {
    let mut desk = desk(Role::Viewer);
    desk.now(Msg::TransitionClicked(story_id(DELIVERED), Transition::Accept));
    assert!(desk.requests.is_empty() && desk.shelf.own.is_empty());
    let notice = desk.board.scene().notice.expect("it is told");
    assert_eq!(
        notice.what,
        "Your role in this project does not allow that. Nothing was changed."
    );
}

#[test]
fn a_role_that_changes_shows_at_once_and_says_so() {
    let mut desk = desk(Role::Member);
    desk.now(Msg::StoryOpened(story_id(OTHERS_IDEA)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::Parts(PartsMsg::Typed(
        story_id(OTHERS_IDEA),
        Aside::Comment,
        "and more".to_owned(),
    )));
    desk.role = Role::Client;
    desk.now(Msg::Account(super::super::msg::AccountMsg::AccessChanged));
    desk.answer();
    let notice = desk.board.scene().notice.expect("it is told");
    assert_eq!(notice.what, "You are a client in this project now.");
    // What was typed is not lost: what cannot be saved any more is shown, what can be said still is.
    assert_eq!(form(&desk).stranded.as_deref(), Some("half a thou"));
    assert_eq!(adds(&desk), [Adds::No, Adds::No, Adds::Yes]);
    desk.role = Role::Viewer;
    desk.now(Msg::Woke);
    desk.answer();
    assert_eq!(form(&desk).stranded.as_deref(), Some("half a thou\nand more"));
}

#[test]
fn the_role_is_known_without_a_network() {
    let mut desk = desk(Role::Viewer);
    desk.now(Msg::Hidden);
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    assert_eq!(adds(&desk), [Adds::No; 3]);
}

#[test]
fn sheets_are_for_reading_where_one_may_not_write() {
    let mut desk = desk(Role::Viewer);
    for sheet in Sheet::ALL {
        desk.now(Msg::SheetToggled(sheet));
        let open = desk.board.scene().sheet.expect("a sheet");
        match (open.body, sheet) {
            (SheetBody::Epics(epics), Sheet::Epics) => assert!(!epics.edits),
            (SheetBody::Settings(settings), Sheet::Settings) => assert_eq!(settings.rights, Rights::default()),
            (SheetBody::Exchange(exchange), Sheet::Exchange) => {
                assert_eq!((open.title, exchange.imports_files), ("Export", false));
            }
            (SheetBody::Forecast(_), Sheet::Forecast) | (SheetBody::Charts(_), Sheet::Charts) => {}
            other => panic!("{other:?}"),
        }
    }
}
