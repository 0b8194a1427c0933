//! The rule as a table written by hand: each command and each edit, about one's own story and about another's, in the four roles.
//! Letters say who may: `c` a client, `m` a member, `o` an owner. No viewer may anything.

use super::may;
use crate::project::tests::script::{Bench, person, read_command};
use crate::{ActorId, Command, Day, Edit, Project, Rejection, Role};
use std::collections::BTreeSet;

/// Stories by their letters, which say all about them: asked for by (m)e or by (t)hem, and then the state: in the (i)cebox,
/// (u)nstarted, (s)tarted, (f)inished, (d)elivered, (r)ejected, (a)ccepted. `mx` and `tx` are in the icebox, deleted.
fn project() -> Project {
    let mut bench = Bench::new("backlog: | icebox:");
    for (letter, by) in [("m", "ada"), ("t", "bo")] {
        bench.say(&format!("{by}: rename Shop")).unwrap();
        for (state, steps) in [
            ("i", ""),
            ("x", ""),
            ("u", ""),
            ("s", "start"),
            ("f", "start finish"),
            ("d", "start finish deliver"),
            ("r", "start finish deliver reject"),
            ("a", "start finish deliver accept"),
        ] {
            let panel = if matches!(state, "i" | "x") {
                "icebox"
            } else {
                "backlog"
            };
            bench
                .say(&format!("{by}: create {letter}{state} feature:1 {panel}"))
                .unwrap();
            for step in steps.split_whitespace() {
                bench.say(&format!("{step} {letter}{state}")).unwrap();
            }
        }
        bench.say(&format!("delete {letter}x")).unwrap();
    }
    bench.say("edit ti comment+k:why").unwrap();
    bench.say("bo: edit ti comment+l:why").unwrap();
    bench.project
}

fn me() -> ActorId {
    person("ada").id
}

/// The letters of those roles that may.
fn who_may(command: &Command, project: &Project) -> String {
    let letter = |role: Role| match role {
        Role::Viewer => "v",
        Role::Client => "c",
        Role::Member => "m",
        Role::Owner => "o",
    };
    let roles = [Role::Viewer, Role::Client, Role::Member, Role::Owner];
    let allowed = roles
        .into_iter()
        .filter(|role| match may(*role, command, project, me()) {
            Ok(()) => true,
            Err(Rejection::NotAllowed) => false,
            Err(other) => panic!("{other:?} is not for roles to say"),
        });
    let letters: String = allowed.map(letter).collect();
    if letters.is_empty() { "-".to_owned() } else { letters }
}

/// Holds each line `command -> who may` to the rule; `-` where nobody may.
fn check(project: &Project, table: &str) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (said, expected) = line.split_once(" -> ").expect("COMMAND -> WHO");
        let command = read_command(said.trim());
        assert_eq!(who_may(&command, project), expected.trim(), "at {line:?}");
        seen.insert(kind(&command));
    }
    seen
}

/// The word for a kind of command; a new one does not compile before it has a place here and, with that, a line in the table.
fn kind(command: &Command) -> &'static str {
    match command {
        Command::CreateStory(_) => "create-story",
        Command::EditStory { .. } => "edit-story",
        Command::EditStories { .. } => "edit-stories",
        Command::TransitionStory { .. } => "transition-story",
        Command::TransitionStories { .. } => "transition-stories",
        Command::MoveStories { .. } => "move-stories",
        Command::DeleteStories { .. } => "delete-stories",
        Command::RestoreStories { .. } => "restore-stories",
        Command::ReturnStories { .. } => "return-stories",
        Command::RenameProject { .. } => "rename-project",
        Command::EditSettings { .. } => "edit-settings",
        Command::PutEpic { .. } => "put-epic",
        Command::MoveEpic { .. } => "move-epic",
        Command::RemoveEpic { .. } => "remove-epic",
        Command::SaveSearch { .. } => "save-search",
        Command::RemoveSearch { .. } => "remove-search",
        Command::ImportStories(_) => "import-stories",
        Command::DeleteImport { .. } => "delete-import",
        Command::RestoreImport { .. } => "restore-import",
        Command::Join { .. } => "join",
        Command::Leave { .. } => "leave",
    }
}

const KINDS: [&str; 21] = [
    "create-story",
    "edit-story",
    "edit-stories",
    "transition-story",
    "transition-stories",
    "move-stories",
    "delete-stories",
    "restore-stories",
    "return-stories",
    "rename-project",
    "edit-settings",
    "put-epic",
    "move-epic",
    "remove-epic",
    "save-search",
    "remove-search",
    "import-stories",
    "delete-import",
    "restore-import",
    "join",
    "leave",
];

#[test]
fn every_command_has_its_roles() {
    assert_eq!(check(&project(), COMMANDS), KINDS.into());
}

const COMMANDS: &str = "
    create n feature icebox -> cmo
    create n bug icebox after ti -> cmo
    create n feature:1 icebox -> mo
    create n feature:0 icebox -> mo
    create n feature backlog -> mo
    edit mi title=b -> cmo
    edit mi title=b estimate=1 -> mo
    edit ti title=b -> mo
    edit ti -> cmo
    each mi title=b, mu +web -> cmo
    each mi title=b, tu +web -> mo
    each mi title=b, ti comment+n:why -> cmo
    start mu -> mo
    finish ms -> mo
    deliver mf -> mo
    accept md -> cmo
    accept td -> cmo
    reject td -> cmo
    reject td saying n:slow -> cmo
    restart mr -> mo
    all start mu tu -> mo
    all finish ms ts -> mo
    all deliver mf tf -> mo
    all accept md td -> cmo
    all reject md td -> cmo
    all restart mr tr -> mo
    move mi to backlog -> mo
    move mi to icebox after ti -> mo
    move mu to backlog by-hand -> mo
    delete mi -> cmo
    delete mi mx -> cmo
    delete mi ti -> mo
    delete ti -> mo
    delete mu -> mo
    delete ms -> mo
    delete ma -> mo
    restore mx -> cmo
    restore mx tx -> mo
    restore tx -> mo
    restore mu -> mo
    return ms started>unstarted backlog -> mo
    return mi unscheduled>unscheduled icebox after ti -> mo
    rename Shop -> o
    epic e web Web -> mo
    epic-move e -> mo
    epic-gone e -> mo
    search s Mine owner:me -> mo
    search-gone s -> mo
    import i story=n:bug:unscheduled:none -> mo
    import-gone i -> mo
    import-back i -> mo
    join owner -> -
    join viewer -> -
    leave ada -> -
    leave bo -> -
    settings -> mo
    settings length@3=2 -> mo
    settings strength@3=50 length@4=none -> mo
    settings strength@3=50 weeks=2 -> o
    settings scale=fibonacci -> o
    settings pointed=features-bugs-and-chores -> o
    settings weeks=2 -> o
    settings weekday=3 -> o
    settings started=2026-01-05 -> o
    settings zone=Europe/Berlin -> o
    settings window=2 -> o
    settings velocity=3 -> o
    settings planning=manual -> o
";

/// Each edit, about a story of one's own in the icebox, not started, started and accepted, and about another's in the icebox.
#[test]
fn every_edit_has_its_roles() {
    let project = project();
    let mut seen = BTreeSet::new();
    for line in EDITS.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [edit, expected @ ..] = &words[..] else {
            panic!("no edit in {line:?}")
        };
        let stories = ["mi", "mu", "ms", "ma", "ti", "tu"];
        assert_eq!(expected.len(), stories.len(), "at {line:?}");
        for (story, expected) in stories.iter().zip(expected) {
            let command = read_command(&format!("edit {story} {edit}"));
            assert_eq!(who_may(&command, &project), *expected, "{story} at {line:?}");
            let Command::EditStory { edits, .. } = &command else {
                panic!("an edit")
            };
            seen.extend(edits.iter().map(edit_kind));
        }
    }
    // What stands in changes alone has no word in the scripts.
    let kept = Command::EditStory {
        id: crate::project::tests::script::id("mi"),
        edits: vec![Edit::ConflictKept(crate::Description::new("why").unwrap())],
    };
    assert_eq!(who_may(&kept, &project), "mo", "and then the project refuses it");
    seen.insert("conflict-kept");
    assert_eq!(seen, EDIT_KINDS.into());
}

const EDITS: &str = "
    title=b              cmo cmo mo mo mo mo
    type=bug             cmo cmo mo mo mo mo
    estimate=2           mo  mo  mo mo mo mo
    estimate=none        mo  mo  mo mo mo mo
    description=a         cmo cmo mo mo mo mo
    revised=a>b          cmo cmo mo mo mo mo
    dropped=a            cmo cmo mo mo mo mo
    +web                 cmo cmo mo mo mo mo
    -web                 cmo cmo mo mo mo mo
    priority=p0          cmo cmo mo mo mo mo
    requester=ada        mo  mo  mo mo mo mo
    requester=none       mo  mo  mo mo mo mo
    deadline=2026-11-21  cmo cmo mo mo mo mo
    current=yes          mo  mo  mo mo mo mo
    owner+ada            mo  mo  mo mo mo mo
    owner-ada            mo  mo  mo mo mo mo
    follower+ada         cmo cmo cmo cmo cmo cmo
    follower-ada         cmo cmo cmo cmo cmo cmo
    follower+bo          mo  mo  mo mo mo mo
    follower-bo          mo  mo  mo mo mo mo
    task+p:a             cmo cmo mo mo mo mo
    task=p:d             cmo cmo mo mo mo mo
    tick=p               cmo cmo mo mo mo mo
    task>p@r             cmo cmo mo mo mo mo
    task-p               cmo cmo mo mo mo mo
    comment+n:a          cmo cmo cmo cmo cmo cmo
    comment=k:a          cmo cmo cmo cmo cmo cmo
    comment-k            cmo cmo cmo cmo cmo cmo
    comment^k            cmo cmo cmo cmo cmo cmo
    blocker+k:a          mo  mo  mo mo mo mo
    blocker-k            mo  mo  mo mo mo mo
    review+r:code        mo  mo  mo mo mo mo
    review-r             mo  mo  mo mo mo mo
    link+l:branch:a      cmo cmo mo mo mo mo
    link-l               cmo cmo mo mo mo mo
";

/// The word for a kind of edit; a new one does not compile before it has a place here and, with that, a line in the table.
fn edit_kind(edit: &Edit) -> &'static str {
    match edit {
        Edit::Title(_) => "title",
        Edit::Type(_) => "type",
        Edit::Estimate(_) => "estimate",
        Edit::Description(_) => "description",
        Edit::DescriptionRevised { .. } => "description-revised",
        Edit::ConflictKept(_) => "conflict-kept",
        Edit::ConflictDropped(_) => "conflict-dropped",
        Edit::LabelAdded(_) => "label-added",
        Edit::LabelRemoved(_) => "label-removed",
        Edit::Priority(_) => "priority",
        Edit::Requester(_) => "requester",
        Edit::Deadline(_) => "deadline",
        Edit::Current(_) => "current",
        Edit::OwnerAdded(_) => "owner-added",
        Edit::OwnerRemoved(_) => "owner-removed",
        Edit::FollowerAdded(_) => "follower-added",
        Edit::FollowerRemoved(_) => "follower-removed",
        Edit::TaskAdded { .. } => "task-added",
        Edit::TaskReworded { .. } => "task-reworded",
        Edit::TaskTicked { .. } => "task-ticked",
        Edit::TaskMoved { .. } => "task-moved",
        Edit::TaskRemoved(_) => "task-removed",
        Edit::CommentAdded(_) => "comment-added",
        Edit::CommentReworded(_) => "comment-reworded",
        Edit::CommentRemoved(_) => "comment-removed",
        Edit::CommentRestored(_) => "comment-restored",
        Edit::BlockerPut(_) => "blocker-put",
        Edit::BlockerRemoved(_) => "blocker-removed",
        Edit::ReviewPut(_) => "review-put",
        Edit::ReviewRemoved(_) => "review-removed",
        Edit::LinkPut(_) => "link-put",
        Edit::LinkRemoved(_) => "link-removed",
    }
}

const EDIT_KINDS: [&str; 32] = [
    "title",
    "type",
    "estimate",
    "description",
    "description-revised",
    "conflict-kept",
    "conflict-dropped",
    "label-added",
    "label-removed",
    "priority",
    "requester",
    "deadline",
    "current",
    "owner-added",
    "owner-removed",
    "follower-added",
    "follower-removed",
    "task-added",
    "task-reworded",
    "task-ticked",
    "task-moved",
    "task-removed",
    "comment-added",
    "comment-reworded",
    "comment-removed",
    "comment-restored",
    "blocker-put",
    "blocker-removed",
    "review-put",
    "review-removed",
    "link-put",
    "link-removed",
];

#[test]
fn what_is_not_there_is_for_the_project_to_say() {
    let project = project();
    check(
        &project,
        "
        edit zz title=b -> cmo
        edit zz estimate=1 -> mo
        delete zz -> cmo
        accept zz -> cmo
        ",
    );
    // It then says so.
    let ada = person("ada");
    let hand = crate::Hand {
        by: &ada,
        at: Day(20_001).start(),
    };
    for said in ["edit zz title=b", "delete zz", "accept zz"] {
        let command = read_command(said);
        assert_eq!(project.decide(&command, hand), Err(Rejection::UnknownStory), "{said}");
    }
}

/// A client's verdict is on what is delivered because the step is open from nowhere else.
#[test]
fn a_verdict_is_open_on_delivered_stories_only() {
    let (project, ada) = (project(), person("ada"));
    let hand = crate::Hand {
        by: &ada,
        at: Day(20_001).start(),
    };
    for state in ["i", "u", "s", "f", "r", "a", "x"] {
        for step in ["accept", "reject"] {
            let command = read_command(&format!("{step} t{state}"));
            assert!(project.decide(&command, hand).is_err(), "{step} t{state}");
        }
    }
    assert!(project.decide(&read_command("accept td"), hand).is_ok());
}

#[test]
fn nobody_rewords_what_another_said() {
    let (project, ada) = (project(), person("ada"));
    let hand = crate::Hand {
        by: &ada,
        at: Day(20_001).start(),
    };
    let theirs = read_command("edit ti comment=l:mine");
    assert_eq!(may(Role::Client, &theirs, &project, me()), Ok(()));
    assert_eq!(project.decide(&theirs, hand), Err(Rejection::NotYours));
    assert!(project.decide(&read_command("edit ti comment=k:mine"), hand).is_ok());
}
