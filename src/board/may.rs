//! What the page offers to whom: each thing that can be done here stands for the command that it would give, and that is judged by
//! the rule that the server goes by. Knows no buttons.

use super::Board;
use super::column::Column;
use super::msg::{Aside, Bulk, Effect, Menu};
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    ActorId, Command, Description, Edit, EpicId, Estimate, ImportId, Panel, PartId, Planning, Project, Role, SearchId,
    SettingEdit, StoryId, StoryType, Title, Transition, access,
};

/// Something that the page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A new story among the ideas.
    Wish,
    /// A new story among what is planned.
    Plan,
    /// Stories put elsewhere.
    Move,
    /// Title, type, description, labels, tasks, links, priority and deadline.
    Word,
    /// Points, of new stories too.
    Estimate,
    /// Owners, the requester, and what stands in Current by hand.
    Assign,
    /// What keeps a story from going on.
    Block,
    /// Reviews.
    Review,
    /// Something said.
    Comment,
    /// Following, for oneself.
    Follow,
    /// Deleting.
    Delete,
    /// The steps of whoever builds it.
    Work,
    /// Accepting and rejecting.
    Judge,
    /// The project's name.
    Rename,
    /// How the project plans.
    Settings,
    /// What differs in one iteration.
    Iteration,
    /// Epics.
    Epics,
    /// Saved searches.
    Searches,
    /// Stories from other programs.
    Import,
}

impl Deed {
    /// All of them.
    pub const ALL: [Deed; 19] = [
        Deed::Wish,
        Deed::Plan,
        Deed::Move,
        Deed::Word,
        Deed::Estimate,
        Deed::Assign,
        Deed::Block,
        Deed::Review,
        Deed::Comment,
        Deed::Follow,
        Deed::Delete,
        Deed::Work,
        Deed::Judge,
        Deed::Rename,
        Deed::Settings,
        Deed::Iteration,
        Deed::Epics,
        Deed::Searches,
        Deed::Import,
    ];

    /// What adding to a column is.
    pub fn of_column(column: Column) -> Deed {
        match column {
            Column::Icebox => Deed::Wish,
            Column::Done | Column::Current | Column::Backlog => Deed::Plan,
        }
    }

    /// What a step is.
    pub fn of_step(step: Transition) -> Deed {
        match step {
            Transition::Accept | Transition::Reject => Deed::Judge,
            Transition::Start | Transition::Finish | Transition::Deliver | Transition::Restart => Deed::Work,
        }
    }

    /// What an edit is; none where no hand makes it.
    pub fn of_edit(edit: &Edit) -> Option<Deed> {
        Some(match edit {
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
            | Edit::LinkRemoved(_) => Deed::Word,
            Edit::Estimate(_) => Deed::Estimate,
            Edit::Requester(_) | Edit::Current(_) | Edit::OwnerAdded(_) | Edit::OwnerRemoved(_) => Deed::Assign,
            Edit::FollowerAdded(_) | Edit::FollowerRemoved(_) => Deed::Follow,
            Edit::CommentAdded(_) | Edit::CommentReworded(_) | Edit::CommentRemoved(_) | Edit::CommentRestored(_) => {
                Deed::Comment
            }
            Edit::BlockerPut(_) | Edit::BlockerRemoved(_) => Deed::Block,
            Edit::ReviewPut(_) | Edit::ReviewRemoved(_) => Deed::Review,
            Edit::ConflictKept(_) => return None,
        })
    }

    /// What a text is that is begun beside a form.
    pub fn of_aside(aside: Aside) -> Deed {
        match aside {
            Aside::Comment | Aside::Reworded(_) => Deed::Comment,
            Aside::Task
            | Aside::TaskReworded(_)
            | Aside::LinkKind
            | Aside::Link
            | Aside::LinkName
            | Aside::Deadline => Deed::Word,
            Aside::Blocker => Deed::Block,
            Aside::Review => Deed::Review,
            Aside::Reason => Deed::Judge,
        }
    }

    /// What doing something to all that is selected is.
    pub fn of_bulk(bulk: &Bulk) -> Deed {
        match bulk {
            Bulk::Move(_) => Deed::Move,
            Bulk::Step(step) => Deed::of_step(*step),
            Bulk::Estimate(_) => Deed::Estimate,
            Bulk::Label(_) | Bulk::Unlabel(_) | Bulk::Type(_) | Bulk::Priority(_) => Deed::Word,
            Bulk::Own(_) | Bulk::Disown(_) => Deed::Assign,
            Bulk::Delete => Deed::Delete,
        }
    }

    /// What a menu of the selection's bar is for: any of these.
    pub fn of_menu(menu: Menu) -> &'static [Deed] {
        match menu {
            Menu::Place => &[Deed::Move],
            Menu::Step => &[Deed::Work, Deed::Judge],
            Menu::Estimate => &[Deed::Estimate],
            Menu::Labels | Menu::Type | Menu::Priority => &[Deed::Word],
            Menu::Owners => &[Deed::Assign],
        }
    }

    /// A command that does it, to a story where it is about one.
    fn command(self, story: StoryId, by: ActorId) -> Command {
        let edit = |edit| Command::EditStory {
            id: story,
            edits: vec![edit],
        };
        let step = |transition| Command::TransitionStory {
            id: story,
            transition,
            comment: None,
        };
        let setting = |edit| Command::EditSettings { edits: vec![edit] };
        let none = Bits128(0);
        match self {
            Deed::Wish => Command::CreateStory(untitled(story, Panel::Icebox)),
            Deed::Plan => Command::CreateStory(untitled(story, Panel::Backlog)),
            Deed::Move => Command::MoveStories {
                stories: Vec::new(),
                panel: Panel::Backlog,
                after: None,
                current: None,
            },
            Deed::Word => edit(Edit::Priority(None)),
            Deed::Estimate => edit(Edit::Estimate(Some(Estimate(0)))),
            Deed::Assign => edit(Edit::OwnerAdded(by)),
            Deed::Block => edit(Edit::BlockerRemoved(PartId(none))),
            Deed::Review => edit(Edit::ReviewRemoved(PartId(none))),
            Deed::Comment => edit(Edit::CommentRemoved(PartId(none))),
            Deed::Follow => edit(Edit::FollowerAdded(by)),
            Deed::Delete => Command::DeleteStories { stories: vec![story] },
            Deed::Work => step(Transition::Start),
            Deed::Judge => step(Transition::Accept),
            Deed::Rename => Command::RenameProject {
                name: backlog::Name::new("-").expect("one letter makes a name"),
            },
            Deed::Settings => setting(SettingEdit::Planning(Planning::Automatic)),
            Deed::Iteration => setting(SettingEdit::Length {
                iteration: 1,
                weeks: None,
            }),
            Deed::Epics => Command::RemoveEpic { id: EpicId(none) },
            Deed::Searches => Command::RemoveSearch { id: SearchId(none) },
            Deed::Import => Command::DeleteImport { id: ImportId(none) },
        }
    }

    /// The same as in “viewers cannot …”.
    fn words(self) -> &'static str {
        match self {
            Deed::Wish | Deed::Plan => "add stories",
            Deed::Move => "move stories",
            Deed::Word => "change stories",
            Deed::Estimate => "estimate stories",
            Deed::Assign => "choose who works on a story",
            Deed::Block => "say what blocks a story",
            Deed::Review => "ask for reviews",
            Deed::Comment => "comment",
            Deed::Follow => "follow stories",
            Deed::Delete => "delete stories",
            Deed::Work => "start, finish or deliver stories",
            Deed::Judge => "accept or reject stories",
            Deed::Rename => "rename the project",
            Deed::Settings | Deed::Iteration => "change how the project plans",
            Deed::Epics => "change epics",
            Deed::Searches => "save searches",
            Deed::Import => "import stories",
        }
    }
}

fn untitled(id: StoryId, panel: Panel) -> NewStory {
    NewStory {
        id,
        title: Title::new("-").expect("one letter makes a title"),
        story_type: StoryType::Chore,
        panel,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    }
}

/// What someone may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights(u32);

impl Rights {
    /// Those that fit.
    pub fn of(may: impl Fn(Deed) -> bool) -> Rights {
        Rights(
            Deed::ALL
                .into_iter()
                .filter(|deed| may(*deed))
                .fold(0, |all, deed| all | deed.bit()),
        )
    }

    /// Whether it is among them.
    pub fn may(self, deed: Deed) -> bool {
        self.0 & deed.bit() != 0
    }

    /// Whether an edit is among them.
    pub fn may_edit(self, edit: &Edit) -> bool {
        Deed::of_edit(edit).is_some_and(|deed| self.may(deed))
    }

    /// Whether anything can be done to several stories at once.
    pub fn may_select(self) -> bool {
        let deeds = Menu::ALL.into_iter().flat_map(Deed::of_menu);
        deeds.chain(&[Deed::Delete]).any(|deed| self.may(*deed))
    }

    /// All of them but one.
    fn without(self, deed: Deed) -> Rights {
        Rights(self.0 & !deed.bit())
    }
}

impl Deed {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Someone in front of the project as it is seen.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// What they are in it.
    pub role: Role,
    /// The project.
    pub view: &'a Project,
    /// Who they are.
    pub by: ActorId,
}

impl Judge<'_> {
    /// Whether they may do that to a story.
    pub fn may(&self, deed: Deed, story: StoryId) -> bool {
        access::may(self.role, &deed.command(story, self.by), self.view, self.by).is_ok()
    }

    /// Why a story is left out of what they do to several.
    pub fn reason(&self, deed: Deed) -> String {
        match (self.role, deed) {
            (Role::Client, Deed::Word) => "a client changes what they asked for, until it is started".to_owned(),
            (Role::Client, Deed::Delete) => "a client deletes what they asked for, until it is planned".to_owned(),
            (role, deed) => format!("{role}s cannot {}", deed.words()),
        }
    }
}

impl Board {
    /// What the visitor is in the project. Until the server has said so, nobody is kept from anything: it decides.
    pub(super) fn role(&self) -> Role {
        self.replica.role().unwrap_or(Role::Owner)
    }

    /// The visitor in front of what they see; none before there is anything.
    pub(super) fn judge(&self) -> Option<Judge<'_>> {
        Some(Judge {
            role: self.role(),
            view: self.replica.view()?,
            by: self.me().id,
        })
    }

    /// What the visitor may do at all, though perhaps not to each story.
    pub(super) fn rights(&self) -> Rights {
        // A story that is not there is nobody's.
        self.rights_to(StoryId(Bits128(0)))
    }

    /// What the visitor may do to a story.
    pub(super) fn rights_to(&self, story: StoryId) -> Rights {
        let judge = self.judge();
        judge.map_or_else(Rights::default, |judge| Rights::of(|deed| judge.may(deed, story)))
    }

    /// What the visitor may do to a story to be.
    pub(super) fn rights_in(&self, column: Column) -> Rights {
        let rights = self.rights();
        match rights.may(Deed::of_column(column)) {
            true => rights,
            false => rights.without(Deed::Word).without(Deed::Estimate),
        }
    }

    /// Whether the visitor may do that at all. If not, that is said.
    pub(super) fn is_offered(&mut self, deed: Deed, out: &mut Vec<Effect>) -> bool {
        let is_offered = self.replica.view().is_none() || self.rights().may(deed);
        if !is_offered {
            let words = self.kept_from(deed);
            self.tell_toast(words, None, out);
        }
        is_offered
    }

    fn kept_from(&self, deed: Deed) -> String {
        match (self.role(), deed) {
            (Role::Client, Deed::Plan) => "Clients add stories to the Icebox.".to_owned(),
            (role, deed) => format!(
                "{} cannot {}.",
                super::phrases::capital(&format!("{role}s")),
                deed.words()
            ),
        }
    }
}
