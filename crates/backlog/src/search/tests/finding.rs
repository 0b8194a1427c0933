//! Which stories are found in a small shop.

use super::shop::{ANN, BOB, day, shop, stories, today};
use crate::id::Bits128;
use crate::search::{Context, Index, Search};
use crate::{Label, Millis, Name, Plan, Project, Story, StoryId, Terms, Title, Zone, plan};

fn planned(project: &Project) -> Plan {
    let facts: Vec<_> = project
        .order(crate::Panel::Backlog)
        .map(|slot| project.facts(slot))
        .collect();
    plan(&facts, &Terms::new(project.settings(), &Zone::utc(), today()))
}

fn context<'a>(project: &'a Project, plan: &'a Plan, zone: &'a Zone) -> Context<'a> {
    Context {
        project,
        plan: Some(plan),
        zone,
        today: today(),
        me: Some(BOB),
    }
}

/// Holds what Bob finds on 21 November to the numbers of stories. The index and the question of one story must agree.
#[track_caller]
fn check(text: &str, expected: &[u32]) {
    let (project, zone) = (shop(), Zone::utc());
    let plan = planned(&project);
    let context = context(&project, &plan, &zone);
    let search = Search::parse(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
    let mut index = Index::default();
    assert_eq!(index.follow(&project, usize::MAX), 0);
    let found = index.find(&search, context);
    let numbers = |is_found: &dyn Fn(&Story) -> bool| -> Vec<u32> {
        let stories = stories().into_iter().filter(|story| !story.deleted);
        stories
            .filter(|story| is_found(story))
            .map(|story| story.number)
            .collect()
    };
    let by_index = numbers(&|story| found.contains(project.slot(story.id).unwrap()));
    assert_eq!(by_index, expected, "{text}");
    assert_eq!(found.len(), expected.len(), "{text}");
    assert_eq!(
        numbers(&|story| search.matches(story, context)),
        expected,
        "{text}, one by one"
    );
}

#[test]
fn words_are_found_wherever_they_stand() {
    check("", &[1, 2, 3, 4, 5, 6, 7]);
    check("pay", &[1, 2, 3]);
    check("PAY", &[1, 2, 3]);
    check("pay card", &[1]);
    check("card OR launch", &[1, 4]);
    check("pay -card", &[2, 3]);
    check("zurich", &[2]);
    check("ZÜRICH geneve", &[2]);
    check("\"zurich and\"", &[2]);
    check("template", &[3]);
    check("\"they pay, mail\"", &[3]);
    check("\"receipt after\"", &[]);
    check("cafe", &[2]);
    check("server", &[6]);
    check("colour", &[5]);
    check("git.example", &[5]);
    check("design", &[2, 5]);
    // What was taken back is not found.
    check("secret", &[]);
}

#[test]
fn names_are_found_where_someone_has_to_do_with_it() {
    check("ann", &[1, 2]);
    check("strom", &[2]);
    // As an owner and as a reviewer; not as a follower.
    check("bob", &[2, 5]);
}

#[test]
fn numbers_are_found_as_numbers_and_as_text() {
    check("45711", &[3, 7]);
    check("#45711", &[3]);
    check("id:3", &[3]);
    check("3", &[3]);
    check("id:2..4,7", &[2, 3, 4, 7]);
    check("id:>5", &[3, 6, 7]);
}

#[test]
fn texts_are_found_in_one_place() {
    check("title:pay", &[1, 2]);
    check("description:pay", &[3]);
    check("description:\"pay, mail\"", &[3]);
    check("comment:geneve", &[2]);
    check("comment:secret", &[]);
    check("task:template,pay", &[3]);
    check("blocker:mail", &[6]);
    check("review:design", &[5]);
    check("link:\"feature/colour\"", &[5]);
    check("link:example", &[5]);
    check("title:mail,launch", &[3, 4]);
    check("-title:pay", &[3, 4, 5, 6, 7]);
}

#[test]
fn types_states_and_priorities() {
    check("type:bug", &[2]);
    check("type:chore,release", &[4, 7]);
    check("state:accepted", &[1]);
    check("state:unstarted", &[3, 4, 5]);
    check("priority:p0,p1", &[2]);
    check("-priority:p0 type:feature", &[1, 3, 5, 6]);
}

#[test]
fn labels_are_meant_whole_and_epics_by_the_beginnings_of_words() {
    check("label:checkout", &[1, 2]);
    check("label:check", &[]);
    check("label:\"Needs Design\"", &[2]);
    check("label:cafe", &[2]);
    check("label:café,checkout", &[1, 2]);
    check("epic:checkout", &[1, 2]);
    check("epic:pay", &[1, 2]);
    check("epic:\"for it\"", &[1, 2]);
    check("epic:aying", &[]);
}

#[test]
fn people_are_meant_whole_or_by_the_beginnings_of_words() {
    check("owner:ann", &[1, 2]);
    check("owner:\"ann lee\"", &[1]);
    check("owner:lee", &[1]);
    check("owner:nn", &[]);
    check("owner:strom", &[2]);
    check("owner:me", &[2]);
    check("owner:\"me\"", &[]);
    check("requester:ann", &[2]);
    check("follower:bob", &[4]);
    check("reviewer:me", &[5]);
    check("owner:lee,bob", &[1, 2]);
}

#[test]
fn someone_who_is_called_just_so_is_meant_alone() {
    let mut snapshot = shop().snapshot();
    let ann = snapshot.people.iter_mut().find(|person| person.id == ANN).unwrap();
    ann.name = Name::new("Ann").unwrap();
    let (project, zone) = (Project::read(snapshot), Zone::utc());
    let plan = planned(&project);
    let found = |text: &str| {
        let search = Search::parse(text).unwrap();
        let matches = |story: &Story| search.matches(story, context(&project, &plan, &zone));
        stories()
            .into_iter()
            .filter(|story| matches(story))
            .map(|story| story.number)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("owner:ann"), [1]);
    assert_eq!(found("owner:anni"), [2]);
    assert_eq!(found("owner:an"), [1, 2]);
}

#[test]
fn estimates() {
    check("estimate:3", &[1]);
    check("estimate:>=3", &[1, 5]);
    check("estimate:>3", &[5]);
    check("estimate:<3", &[3]);
    check("estimate:<=3", &[1, 3]);
    check("estimate:2..3", &[1, 3]);
    check("estimate:3..2", &[1, 3]);
    check("estimate:8,2", &[3, 5]);
    check("is:unestimated", &[6]);
    check("no:estimate", &[2, 4, 6, 7]);
}

#[test]
fn dates_in_the_zone_of_the_project() {
    check("accepted:2026-11-05", &[1]);
    check("accepted:2026-11-04,2026-11-06", &[]);
    check("accepted:>2026-11-05", &[]);
    check("accepted:>=2026-11-05", &[1]);
    check("accepted:2026-11", &[1]);
    check("created:2026-01", &[1]);
    check("created:<2026-02", &[1]);
    check("created:>2026-01", &[2, 3, 4, 5, 6, 7]);
    check("created:2026-01..2026-10", &[1]);
    check("created:2025", &[]);
    check("started:>=today-7", &[2]);
    check("deadline:yesterday", &[3]);
    check("deadline:<=today+2", &[3, 5]);
    check("deadline:2026-12", &[4]);
    check("-deadline:2026-12 has:deadline", &[3, 5]);

    // Five hours west of Greenwich, midnight of the fifth is the evening of the fourth.
    let (project, zone) = (shop(), Zone::new([(Millis(i64::MIN), -5 * 3_600)]));
    let plan = planned(&project);
    let found = |text: &str| {
        Search::parse(text)
            .unwrap()
            .matches(&stories()[0], context(&project, &plan, &zone))
    };
    assert!(found("accepted:2026-11-04"));
    assert!(!found("accepted:2026-11-05"));
}

#[test]
fn what_is_so_of_a_story() {
    check("is:blocked", &[6]);
    check("is:mine", &[2]);
    check("is:open", &[2, 3, 4, 5, 6, 7]);
    check("is:started,delivered", &[2]);
    check("is:feature is:icebox", &[6]);
    check("is:done", &[1]);
    // Nothing was done last week, so 3 points are expected: the receipt fits, the search does not.
    check("is:current", &[2, 3, 4]);
    check("is:backlog", &[5]);
    // The receipt was due yesterday; the search ends three iterations from now and is due on Monday; the launch has time.
    check("is:late", &[3, 5]);
    check("-is:late has:deadline", &[4]);
}

#[test]
fn without_a_plan_or_a_person_nothing_is_guessed() {
    let (project, zone) = (shop(), Zone::utc());
    let context = Context {
        project: &project,
        plan: None,
        zone: &zone,
        today: today(),
        me: None,
    };
    let found = |text: &str| {
        let search = Search::parse(text).unwrap();
        let matching = stories().into_iter().filter(|story| search.matches(story, context));
        matching.map(|story| story.number).collect::<Vec<_>>()
    };
    assert_eq!(found("is:current OR is:backlog OR is:done"), [0; 0]);
    assert_eq!(found("is:late"), [3]);
    assert_eq!(found("is:mine OR owner:me"), [0; 0]);
}

#[test]
fn what_a_story_carries() {
    check("has:owner", &[1, 2]);
    check("no:owner type:feature", &[3, 5, 6]);
    check("has:requester", &[2]);
    check("has:follower", &[4]);
    check("has:label", &[1, 2]);
    check("has:epic", &[1, 2]);
    check("has:priority", &[2]);
    check("has:description", &[3]);
    check("has:comment", &[2]);
    check("has:task", &[3]);
    check("has:blocker", &[6]);
    check("has:review", &[5]);
    check("has:link", &[5]);
    check("has:deadline,task", &[3, 4, 5]);
    check("no:owner,priority", &[1, 3, 4, 5, 6, 7]);
}

#[test]
fn an_index_follows_a_project_in_slices() {
    let (mut project, zone) = (shop(), Zone::utc());
    let mut index = Index::default();
    let found = |index: &Index, project: &Project, text: &str| {
        let plan = planned(project);
        index
            .find(&Search::parse(text).unwrap(), context(project, &plan, &zone))
            .len()
    };
    assert_eq!(index.follow(&project, 3), 4);
    assert_eq!(found(&index, &project, ""), 3);
    assert_eq!(index.follow(&project, 3), 1);
    assert_eq!(index.follow(&project, 3), 0);
    assert_eq!(found(&index, &project, "pay"), 3);

    let person = crate::Actor {
        id: BOB,
        name: Name::new("Bob").unwrap(),
    };
    let hand = crate::Hand {
        by: &person,
        at: day(11, 21).start(),
    };
    let mut carry_out = |command: crate::Command| {
        let change = project.decide(&command, hand).unwrap();
        project.apply(&change, hand).unwrap();
    };
    let id = StoryId(Bits128(7));
    carry_out(crate::Command::EditStory {
        id,
        edits: vec![crate::Edit::Title(Title::new("Pay the papers").unwrap())],
    });
    carry_out(crate::Command::DeleteStories {
        stories: vec![StoryId(Bits128(1))],
    });
    // Until it follows, what changed is not found.
    assert_eq!(found(&index, &project, "pay"), 2);
    assert_eq!(index.follow(&project, 0), 1);
    assert_eq!(index.follow(&project, 1), 0);
    assert_eq!(found(&index, &project, "pay"), 3);
}

#[test]
fn labels_are_counted() {
    let mut index = Index::default();
    let project = shop();
    index.follow(&project, usize::MAX);
    let labels: Vec<&str> = index.labels(&project).iter().map(Label::as_str).collect();
    assert_eq!(labels, ["checkout", "café", "needs design"]);
}
