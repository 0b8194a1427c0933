//! Who was overwritten without having been seen. Of two people who set the same field the later one wins; the earlier one
//! is told, so that nothing they wrote goes by in silence. Both values stay in the history.

use crate::Replica;
use crate::own::{Kept, Stage};
use backlog::merge::{Merged, merge};
use backlog::{Actor, Change, Command, Edit, ImportId, Mid, Recorded, StoryEdits, StoryId};
use std::collections::BTreeSet;
use std::fmt;

/// An own value that someone set anew who had not seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overwritten {
    /// The own command.
    pub mid: Mid,
    /// The story.
    pub story: StoryId,
    /// The field.
    pub field: Field,
    /// Who set it.
    pub by: Actor,
}

/// A field of which the last value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The type.
    Type,
    /// The estimate.
    Estimate,
    /// The description, where it does not hold any more what one wrote.
    Description,
    /// The priority.
    Priority,
    /// Who asked for it.
    Requester,
    /// The deadline.
    Deadline,
    /// Whether it is there: it was deleted.
    Existence,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Field::Title => "title",
            Field::Type => "type",
            Field::Estimate => "estimate",
            Field::Description => "description",
            Field::Priority => "priority",
            Field::Requester => "requester",
            Field::Deadline => "deadline",
            Field::Existence => "existence",
        })
    }
}

impl Replica {
    /// The own values that a change of someone else set anew, or deleted, without having seen them.
    pub(crate) fn overwritten_by(&self, recorded: &Recorded) -> Vec<Overwritten> {
        let told = |story: StoryId, field: &dyn Fn(&Command) -> Option<Field>| {
            let (mid, field) = self
                .unseen_by(recorded)
                .find_map(|own| Some((own.mid, field(&own.command)?)))?;
            let by = recorded.actor.clone();
            Some(Overwritten { mid, story, field, by })
        };
        let deleted = |story: StoryId| {
            let is_of_it = |own: &Command| edits_of(story, own).map(|_| Field::Existence);
            told(story, &is_of_it)
        };
        match &recorded.change {
            Change::StoryEdited { id, edits } => {
                let clash = |own: &Command| clash(edits, edits_of(*id, own)?);
                told(*id, &clash).into_iter().collect()
            }
            Change::StoriesEdited { stories } => {
                let of_one = |edited: &StoryEdits| {
                    let clash = |own: &Command| clash(&edited.edits, edits_of(edited.id, own)?);
                    told(edited.id, &clash)
                };
                stories.iter().filter_map(of_one).collect()
            }
            Change::StoryDeleted { stories } => stories.iter().filter_map(|story| deleted(*story)).collect(),
            Change::ImportDeleted { id } => {
                let gone = self.edited_of_import(*id, recorded);
                gone.into_iter().filter_map(deleted).collect()
            }
            Change::StoryCreated { .. }
            | Change::StoryTransitioned { .. }
            | Change::StoriesTransitioned { .. }
            | Change::StoryMoved { .. }
            | Change::StoryRestored { .. }
            | Change::StoryReturned { .. }
            | Change::ProjectRenamed { .. }
            | Change::SettingsEdited { .. }
            | Change::EpicPut { .. }
            | Change::EpicMoved { .. }
            | Change::EpicRemoved { .. }
            | Change::SearchSaved { .. }
            | Change::SearchRemoved { .. }
            | Change::StoriesImported(_)
            | Change::ImportRestored { .. }
            | Change::PersonJoined { .. }
            | Change::PersonLeft { .. } => Vec::new(),
        }
    }

    /// The stories of an import that own commands edited unseen.
    fn edited_of_import(&self, import: ImportId, recorded: &Recorded) -> BTreeSet<StoryId> {
        let Some(base) = self.base() else {
            return BTreeSet::new();
        };
        let is_of_it = |story: &StoryId| {
            let slot = base.slot(*story);
            slot.is_some_and(|slot| base.at(slot).import == Some(import))
        };
        let edited = self.unseen_by(recorded).flat_map(|own| own.command.stories());
        edited.filter(is_of_it).collect()
    }

    /// The own commands that whoever did this had not seen, the latest first.
    fn unseen_by(&self, recorded: &Recorded) -> impl Iterator<Item = &Kept> {
        let (base, rev) = (recorded.base, recorded.rev);
        let own = self.own.iter().rev().map(|own| &own.kept);
        own.filter(move |kept| match kept.stage {
            Stage::Confirmed { rev: own, .. } => own > base && own < rev,
            Stage::Pending | Stage::Refused(_) | Stage::Lost => false,
        })
    }
}

fn edits_of(story: StoryId, command: &Command) -> Option<&[Edit]> {
    match command {
        Command::EditStory { id, edits } if *id == story => Some(edits),
        Command::EditStories { stories } => {
            let own = stories.iter().find(|edited| edited.id == story)?;
            Some(&own.edits)
        }
        _ => None,
    }
}

/// The first field that both set, where what they set does not hold what I did.
fn clash(theirs: &[Edit], mine: &[Edit]) -> Option<Field> {
    theirs.iter().find_map(|their| {
        let field = field(their)?;
        let is_gone = |my: &Edit| self::field(my) == Some(field) && !holds(their, my);
        mine.iter().any(is_gone).then_some(field)
    })
}

/// Whether a value that they set holds what I did to the same field. A description may hold it among other words: then doing
/// it once more would change nothing.
fn holds(their: &Edit, my: &Edit) -> bool {
    match (their, my) {
        (Edit::Description(theirs), Edit::DescriptionRevised { from, to }) => {
            merge(from.as_str(), theirs.as_str(), to.as_str()) == Merged::Whole(theirs.as_str().to_owned())
        }
        (their, my) => their == my,
    }
}

fn field(edit: &Edit) -> Option<Field> {
    match edit {
        Edit::Title(_) => Some(Field::Title),
        Edit::Type(_) => Some(Field::Type),
        Edit::Estimate(_) => Some(Field::Estimate),
        Edit::Description(_) | Edit::DescriptionRevised { .. } => Some(Field::Description),
        Edit::Priority(_) => Some(Field::Priority),
        Edit::Requester(_) => Some(Field::Requester),
        Edit::Deadline(_) => Some(Field::Deadline),
        // What is added and taken away one by one does not meet; a part that two people set is in the history.
        Edit::ConflictKept(_)
        | Edit::ConflictDropped(_)
        | Edit::LabelAdded(_)
        | Edit::LabelRemoved(_)
        | Edit::Current(_)
        | Edit::OwnerAdded(_)
        | Edit::OwnerRemoved(_)
        | Edit::FollowerAdded(_)
        | Edit::FollowerRemoved(_)
        | Edit::TaskAdded { .. }
        | Edit::TaskReworded { .. }
        | Edit::TaskTicked { .. }
        | Edit::TaskMoved { .. }
        | Edit::TaskRemoved(_)
        | Edit::CommentAdded(_)
        | Edit::CommentReworded(_)
        | Edit::CommentRemoved(_)
        | Edit::CommentRestored(_)
        | Edit::BlockerPut(_)
        | Edit::BlockerRemoved(_)
        | Edit::ReviewPut(_)
        | Edit::ReviewRemoved(_)
        | Edit::LinkPut(_)
        | Edit::LinkRemoved(_) => None,
    }
}
