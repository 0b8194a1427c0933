//! What a role may do: one rule for the server, which carries commands out by it, and for every page, which asks it before it
//! offers or accepts one.
//!
//! Pure. Knows roles, commands and the project that a command meets; never sessions, accounts or routes. Whether the command makes
//! sense is not asked here: [`Project::decide`] says that.
//!
//! | role | may |
//! |---|---|
//! | viewer | nothing |
//! | client | add to the icebox, without an estimate; say something about any story, and follow it; accept and reject what is delivered; word what they asked for themselves, as long as nobody has started it |
//! | member | everything but the project's name and how it plans; one iteration's length and strength are a member's matter |
//! | owner | everything |
//!
//! Nobody says of themselves or of others that they joined or left: the server does, once it is so.

use crate::command::NewStory;
use crate::{
    ActorId, Command, Edit, Panel, Project, Rejection, Role, SettingEdit, State, Story, StoryEdits, StoryId, Transition,
};

/// Whether someone in that role may ask that of the project as it is.
///
/// # Errors
///
/// [`Rejection::NotAllowed`], and nothing else.
pub fn may(role: Role, command: &Command, project: &Project, by: ActorId) -> Result<(), Rejection> {
    let allowed = match role {
        Role::Viewer => false,
        Role::Client => Client { project, by }.may(command),
        Role::Member => member_may(command),
        Role::Owner => !is_of_membership(command),
    };
    allowed.then_some(()).ok_or(Rejection::NotAllowed)
}

/// Whether a command says who is in the project. Only the server gives these.
pub fn is_of_membership(command: &Command) -> bool {
    match command {
        Command::Join { .. } | Command::Leave { .. } => true,
        Command::CreateStory(_)
        | Command::EditStory { .. }
        | Command::EditStories { .. }
        | Command::TransitionStory { .. }
        | Command::TransitionStories { .. }
        | Command::MoveStories { .. }
        | Command::DeleteStories { .. }
        | Command::RestoreStories { .. }
        | Command::ReturnStories { .. }
        | Command::RenameProject { .. }
        | Command::EditSettings { .. }
        | Command::PutEpic { .. }
        | Command::MoveEpic { .. }
        | Command::RemoveEpic { .. }
        | Command::SaveSearch { .. }
        | Command::RemoveSearch { .. }
        | Command::ImportStories(_)
        | Command::DeleteImport { .. }
        | Command::RestoreImport { .. } => false,
    }
}

fn member_may(command: &Command) -> bool {
    match command {
        Command::CreateStory(_)
        | Command::EditStory { .. }
        | Command::EditStories { .. }
        | Command::TransitionStory { .. }
        | Command::TransitionStories { .. }
        | Command::MoveStories { .. }
        | Command::DeleteStories { .. }
        | Command::RestoreStories { .. }
        | Command::ReturnStories { .. }
        | Command::PutEpic { .. }
        | Command::MoveEpic { .. }
        | Command::RemoveEpic { .. }
        | Command::SaveSearch { .. }
        | Command::RemoveSearch { .. }
        | Command::ImportStories(_)
        | Command::DeleteImport { .. }
        | Command::RestoreImport { .. } => true,
        Command::EditSettings { edits } => edits.iter().all(is_of_one_iteration),
        Command::RenameProject { .. } | Command::Join { .. } | Command::Leave { .. } => false,
    }
}

/// Whether a setting is about a single iteration: who is away, or that it is longer.
fn is_of_one_iteration(edit: &SettingEdit) -> bool {
    match edit {
        SettingEdit::Length { .. } | SettingEdit::Strength { .. } => true,
        SettingEdit::Scale(_)
        | SettingEdit::Pointed(_)
        | SettingEdit::IterationWeeks(_)
        | SettingEdit::StartWeekday(_)
        | SettingEdit::StartedOn(_)
        | SettingEdit::TimeZone(_)
        | SettingEdit::VelocityWindow(_)
        | SettingEdit::InitialVelocity(_)
        | SettingEdit::Planning(_) => false,
    }
}

/// Someone for whom it is built, in front of the project as it is.
struct Client<'a> {
    project: &'a Project,
    by: ActorId,
}

impl Client<'_> {
    fn may(&self, command: &Command) -> bool {
        match command {
            Command::CreateStory(new) => is_wish(new),
            Command::EditStory { id, edits } => self.may_edit_all(*id, edits),
            Command::EditStories { stories } => stories
                .iter()
                .all(|StoryEdits { id, edits }| self.may_edit_all(*id, edits)),
            Command::TransitionStory { transition, .. } | Command::TransitionStories { transition, .. } => {
                is_verdict(*transition)
            }
            Command::DeleteStories { stories } | Command::RestoreStories { stories } => {
                stories.iter().all(|id| self.is_own_in(*id, &[State::Unscheduled]))
            }
            Command::MoveStories { .. }
            | Command::ReturnStories { .. }
            | Command::RenameProject { .. }
            | Command::EditSettings { .. }
            | Command::PutEpic { .. }
            | Command::MoveEpic { .. }
            | Command::RemoveEpic { .. }
            | Command::SaveSearch { .. }
            | Command::RemoveSearch { .. }
            | Command::ImportStories(_)
            | Command::DeleteImport { .. }
            | Command::RestoreImport { .. }
            | Command::Join { .. }
            | Command::Leave { .. } => false,
        }
    }

    fn may_edit_all(&self, story: StoryId, edits: &[Edit]) -> bool {
        edits.iter().all(|edit| self.may_edit(story, edit))
    }

    fn may_edit(&self, story: StoryId, edit: &Edit) -> bool {
        match edit {
            // Whose comment it is, the project asks of everyone.
            Edit::CommentAdded(_) | Edit::CommentReworded(_) | Edit::CommentRemoved(_) | Edit::CommentRestored(_) => {
                true
            }
            Edit::FollowerAdded(person) | Edit::FollowerRemoved(person) => *person == self.by,
            Edit::Title(_)
            | Edit::Type(_)
            | Edit::Description(_)
            | Edit::DescriptionRevised { .. }
            | Edit::ConflictDropped(_)
            | Edit::LabelAdded(_)
            | Edit::LabelRemoved(_)
            | Edit::Priority(_)
            | Edit::Deadline(_)
            | Edit::TaskAdded { .. }
            | Edit::TaskReworded { .. }
            | Edit::TaskTicked { .. }
            | Edit::TaskMoved { .. }
            | Edit::TaskRemoved(_)
            | Edit::LinkPut(_)
            | Edit::LinkRemoved(_) => self.is_own_in(story, &[State::Unscheduled, State::Unstarted]),
            Edit::Estimate(_)
            | Edit::ConflictKept(_)
            | Edit::Requester(_)
            | Edit::Current(_)
            | Edit::OwnerAdded(_)
            | Edit::OwnerRemoved(_)
            | Edit::BlockerPut(_)
            | Edit::BlockerRemoved(_)
            | Edit::ReviewPut(_)
            | Edit::ReviewRemoved(_) => false,
        }
    }

    /// Whether they asked for a story themselves, and it stands in one of these states. One that is not there cannot be hurt, and
    /// that it is not there is the better answer, so that it counts as one's own.
    fn is_own_in(&self, story: StoryId, states: &[State]) -> bool {
        let is_own = |story: &Story| story.requester == Some(self.by) && states.contains(&story.state);
        let slot = self.project.slot(story);
        slot.is_none_or(|slot| is_own(self.project.at(slot)))
    }
}

fn is_wish(new: &NewStory) -> bool {
    new.panel == Panel::Icebox && new.estimate.is_none()
}

/// Whether a step is open from delivered stories only: it says what one thinks of the work.
fn is_verdict(transition: Transition) -> bool {
    match transition {
        Transition::Accept | Transition::Reject => true,
        Transition::Start | Transition::Finish | Transition::Deliver | Transition::Restart => false,
    }
}

#[cfg(test)]
mod tests;
