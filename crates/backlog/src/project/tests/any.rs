//! Any command of anyone, sensible or not, about few stories, parts and epics.

use super::script::{id, new_story, person, read_command, read_edit, read_remark, read_text};
use crate::{
    Actor, Command, Description, Edit, Estimate, Label, Name, Panel, Return, State, StoryEdits, StoryId, StoryType,
    Title, Transition,
};
use proptest::prelude::*;

/// Who gives a command, and which.
pub(crate) type Said = (Actor, Command);

/// Few names, so that commands meet; `z` is never created, `m` and `n` are imported alone.
fn story_id() -> impl Strategy<Value = StoryId> {
    let names = vec!["a", "b", "c", "d", "e", "f", "g", "h", "m", "n", "z"];
    prop::sample::select(names).prop_map(id)
}

fn new_id() -> impl Strategy<Value = StoryId> {
    prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "g", "h"]).prop_map(id)
}

fn panel() -> impl Strategy<Value = Panel> {
    prop_oneof![3 => Just(Panel::Backlog), 1 => Just(Panel::Icebox)]
}

fn story_type() -> impl Strategy<Value = StoryType> {
    prop::sample::select(StoryType::ALL.to_vec())
}

fn estimate() -> impl Strategy<Value = Option<Estimate>> {
    prop::option::of((0u16..5).prop_map(Estimate))
}

fn label() -> impl Strategy<Value = Label> {
    prop::sample::select(vec!["web", "ios"]).prop_map(|text| Label::new(text).unwrap())
}

/// Few lines, so that texts have some in common.
fn text() -> impl Strategy<Value = Description> {
    "[ab]{0,1}/[ab]{0,1}/[ab]{0,1}".prop_map(|word| read_text(&word))
}

fn transition() -> impl Strategy<Value = Transition> {
    use Transition::{Accept, Deliver, Finish, Reject, Restart, Start};
    prop::sample::select(vec![Start, Finish, Deliver, Accept, Reject, Restart])
}

fn edit() -> impl Strategy<Value = Edit> {
    let field = prop_oneof![
        "[a-z]{1,3}".prop_map(|text| Edit::Title(Title::new(&text).unwrap())),
        story_type().prop_map(Edit::Type),
        estimate().prop_map(Edit::Estimate),
        text().prop_map(Edit::Description),
        (text(), text()).prop_map(|(from, to)| Edit::DescriptionRevised { from, to }),
        text().prop_map(Edit::ConflictDropped),
        label().prop_map(Edit::LabelAdded),
        label().prop_map(Edit::LabelRemoved),
    ];
    let parts: Vec<&str> = PARTS.split_whitespace().collect();
    prop_oneof![field, prop::sample::select(parts).prop_map(read_edit)]
}

/// Edits of what a story carries. Nobody knows `zo`, and there is no story `z`.
const PARTS: &str = "
    priority=p0 priority=p3 priority=none requester=bo requester=zo requester=none
    deadline=2026-11-21 deadline=none current=yes current=no
    owner+ada owner+bo owner+cy owner+zo owner-ada owner-bo follower+ada follower+bo follower-ada
    task+p:a task+q!:b task+r:c@p task+p:b@q task=p:d task=q:e tick=p untick=q tick=r task>p@r task>r task>q@p
    task-p task-q task-r
    comment+k:a comment+l:b comment=k:c comment=l:d comment-k comment-l comment^k
    blocker+k:a blocker+l:#a blocker+l:#b blocker+m:#c blocker+l!:#a blocker+m!:b blocker+k:#z blocker-k blocker-l
    review+r:code review+r:code/pass@bo review+s:design/in-review@zo review-r review-s
    link+l:branch:a link+l:pull:https://a.example link+m:file:https://a.example@a link-l link-m
";

fn creation() -> impl Strategy<Value = Command> {
    (
        new_id(),
        story_type(),
        panel(),
        prop::option::of(story_id()),
        estimate(),
    )
        .prop_map(|(story, story_type, panel, after, estimate)| {
            let mut new = new_story(story, story_type, panel);
            (new.after, new.estimate) = (after, estimate.filter(|_| story_type == StoryType::Feature));
            Command::CreateStory(new)
        })
}

fn state() -> impl Strategy<Value = State> {
    use State::{Accepted, Delivered, Finished, Rejected, Started, Unscheduled, Unstarted};
    prop::sample::select(vec![
        Accepted,
        Delivered,
        Finished,
        Rejected,
        Started,
        Unscheduled,
        Unstarted,
    ])
}

fn to_return() -> impl Strategy<Value = Return> {
    let wish = (
        story_id(),
        state(),
        state(),
        prop::option::of(story_id()),
        any::<bool>(),
    );
    wish.prop_map(|(id, seen, state, after, current)| Return {
        id,
        seen,
        state,
        panel: state.panel(),
        after,
        current,
    })
}

fn edits() -> impl Strategy<Value = StoryEdits> {
    (story_id(), prop::collection::vec(edit(), 0..4)).prop_map(|(id, edits)| StoryEdits { id, edits })
}

/// Commands about the project itself, in the words of the scripts. An import names a story of each kind and one that contradicts
/// itself.
const FRAMES: [&str; 38] = [
    "settings scale=fibonacci",
    "settings scale=linear",
    "settings scale=0/4 velocity=3",
    "settings pointed=features-bugs-and-chores",
    "settings pointed=features",
    "settings planning=manual",
    "settings planning=automatic window=2",
    "settings weeks=2 weekday=3 started=2026-01-05 zone=Europe/Berlin",
    "settings length@3=2 strength@3=50",
    "settings length@3=none strength@4=0",
    "settings strength@0=50",
    "epic e web Web",
    "epic e ios Ios",
    "epic f ios Phone",
    "epic f web Net",
    "epic g web All",
    "epic-move e after f",
    "epic-move e",
    "epic-move f after g",
    "epic-gone e",
    "epic-gone f",
    "search s Mine owner:me",
    "search s Ours web",
    "search t Bugs bug",
    "search-gone s",
    "search-gone t",
    "import i person=cy epic=g:net epic=h:web story=m:feature:accepted:1:cy story=n:bug:unscheduled:none",
    "import j scale=0/5/20 story=n:feature:started:5 story=o:chore:started:none",
    "import j epic=h:tax story=m:feature:started:none",
    "import-gone i",
    "import-gone j",
    "import-back i",
    "import-back j",
    "rename Shop",
    "join member",
    "join viewer",
    "leave bo",
    "leave cy",
];

pub(crate) fn command() -> impl Strategy<Value = Command> {
    let stories = || prop::collection::vec(story_id(), 0..4);
    let current = prop_oneof![2 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let step = |(id, transition, says): (StoryId, Transition, bool)| Command::TransitionStory {
        id,
        transition,
        comment: says.then(|| read_remark("l:no")),
    };
    prop_oneof![
        6 => creation(),
        6 => edits().prop_map(|StoryEdits { id, edits }| Command::EditStory { id, edits }),
        2 => prop::collection::vec(edits(), 0..3).prop_map(|stories| Command::EditStories { stories }),
        8 => (story_id(), transition(), prop::bool::weighted(0.2)).prop_map(step),
        2 => (stories(), transition())
            .prop_map(|(stories, transition)| Command::TransitionStories { stories, transition }),
        6 => (stories(), panel(), prop::option::of(story_id()), current)
            .prop_map(|(stories, panel, after, current)| Command::MoveStories { stories, panel, after, current }),
        1 => stories().prop_map(|stories| Command::DeleteStories { stories }),
        1 => stories().prop_map(|stories| Command::RestoreStories { stories }),
        3 => prop::collection::vec(to_return(), 0..4).prop_map(|stories| Command::ReturnStories { stories }),
        1 => "[a-z]{1,3}".prop_map(|text| Command::RenameProject { name: Name::new(&text).unwrap() }),
        6 => prop::sample::select(FRAMES.to_vec()).prop_map(read_command),
    ]
}

/// A command of Ada's, mostly, or of Bo's.
pub(crate) fn said() -> impl Strategy<Value = Said> {
    let by = prop_oneof![3 => Just("ada"), 1 => Just("bo")];
    (by, command()).prop_map(|(by, command)| (person(by), command))
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(command(), 0..60)
}

/// Commands of several people, one after the other.
pub(crate) fn said_in_turn() -> impl Strategy<Value = Vec<Said>> {
    prop::collection::vec(said(), 0..60)
}

/// So many cases that the whole crate is tested in seconds.
pub(crate) fn small() -> ProptestConfig {
    ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
