//! Any command, sensible or not, about few stories.

use super::script::{id, new_story, read_text};
use crate::{
    Command, Description, Edit, Estimate, Label, Name, Panel, Return, State, StoryId, StoryType, Title, Transition,
};
use proptest::prelude::*;

/// Few names, so that commands meet; `z` is never created.
fn story_id() -> impl Strategy<Value = StoryId> {
    prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "g", "h", "z"]).prop_map(id)
}

fn new_id() -> impl Strategy<Value = StoryId> {
    story_id().prop_filter("z stays unknown", |story| *story != id("z"))
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
    prop_oneof![
        "[a-z]{1,3}".prop_map(|text| Edit::Title(Title::new(&text).unwrap())),
        story_type().prop_map(Edit::Type),
        estimate().prop_map(Edit::Estimate),
        text().prop_map(Edit::Description),
        (text(), text()).prop_map(|(from, to)| Edit::DescriptionRevised { from, to }),
        text().prop_map(Edit::ConflictDropped),
        label().prop_map(Edit::LabelAdded),
        label().prop_map(Edit::LabelRemoved),
    ]
}

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
    (story_id(), state(), state(), prop::option::of(story_id())).prop_map(|(id, seen, state, after)| Return {
        id,
        seen,
        state,
        panel: state.panel(),
        after,
    })
}

pub(crate) fn command() -> impl Strategy<Value = Command> {
    let stories = || prop::collection::vec(story_id(), 0..4);
    prop_oneof![
        6 => creation(),
        4 => (story_id(), prop::collection::vec(edit(), 0..4)).prop_map(|(id, edits)| Command::EditStory { id, edits }),
        8 => (story_id(), transition()).prop_map(|(id, transition)| Command::TransitionStory { id, transition, comment: None }),
        6 => (stories(), panel(), prop::option::of(story_id()))
            .prop_map(|(stories, panel, after)| Command::MoveStories { stories, panel, after, current: None }),
        1 => stories().prop_map(|stories| Command::DeleteStories { stories }),
        1 => stories().prop_map(|stories| Command::RestoreStories { stories }),
        3 => prop::collection::vec(to_return(), 0..4).prop_map(|stories| Command::ReturnStories { stories }),
        1 => "[a-z]{1,3}".prop_map(|text| Command::RenameProject { name: Name::new(&text).unwrap() }),
    ]
}

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(command(), 0..60)
}

/// So many cases that the whole crate is tested in seconds.
pub(crate) fn small() -> ProptestConfig {
    ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
