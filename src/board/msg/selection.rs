//! What happens to the stories that are selected, and what can be done to all of them at once.

use backlog::{ActorId, Estimate, Label, Priority, StoryId, StoryType, Transition};

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectionMsg {
    /// A closed story was clicked.
    Clicked(StoryId, Click),
    /// A finger rested on a closed story.
    Held(StoryId),
    /// Stories are to be chosen by tapping them, or no longer.
    TappingToggled,
    /// Nothing is to be selected any more.
    Cleared,
    /// A menu of the bar was opened, or closed where it was open.
    MenuToggled(Menu),
    /// The bar was left by the keyboard.
    Left,
    /// A text was typed into the open menu.
    Typed(String),
    /// The text of the open menu is to be taken.
    Entered,
    /// Something is to be done to all that is selected.
    Chosen(Bulk),
}

/// How a story was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// As one opens it.
    Plain,
    /// With Ctrl or Cmd, or on its mark: it alone is selected or not.
    Toggle,
    /// With Shift: all from the story chosen before up to it.
    Reach,
}

/// A menu of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Other places.
    Place,
    /// Steps of their lives.
    Step,
    /// Points.
    Estimate,
    /// Labels, to give and to take.
    Labels,
    /// Owners, to give and to take.
    Owners,
    /// Types.
    Type,
    /// Priorities.
    Priority,
}

impl Menu {
    /// All menus, in the order in which they are offered.
    pub const ALL: [Menu; 7] = [
        Menu::Place,
        Menu::Step,
        Menu::Estimate,
        Menu::Labels,
        Menu::Owners,
        Menu::Type,
        Menu::Priority,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Menu::Place => "Move",
            Menu::Step => "State",
            Menu::Estimate => "Estimate",
            Menu::Labels => "Labels",
            Menu::Owners => "Owners",
            Menu::Type => "Type",
            Menu::Priority => "Priority",
        }
    }

    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Menu::Place => "place",
            Menu::Step => "step",
            Menu::Estimate => "estimate",
            Menu::Labels => "labels",
            Menu::Owners => "owners",
            Menu::Type => "type",
            Menu::Priority => "priority",
        }
    }
}

/// What is done to all that is selected, as one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Put them elsewhere, as one block.
    Move(Spot),
    /// Move them on in their lives.
    Step(Transition),
    /// Estimate them; none takes their estimates away.
    Estimate(Option<Estimate>),
    /// A label more.
    Label(Label),
    /// A label less.
    Unlabel(Label),
    /// An owner more.
    Own(ActorId),
    /// An owner less.
    Disown(ActorId),
    /// Another type.
    Type(StoryType),
    /// A priority; none takes it away.
    Priority(Option<Priority>),
    /// Delete them.
    Delete,
}

/// A place that several stories can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Before all else.
    TopOfCurrent,
    /// After what is in Current.
    TopOfBacklog,
    /// After all else.
    BottomOfBacklog,
    /// To the ideas, before the others.
    Icebox,
}

impl Spot {
    /// All places, in the order in which they are offered.
    pub const ALL: [Spot; 4] = [
        Spot::TopOfCurrent,
        Spot::TopOfBacklog,
        Spot::BottomOfBacklog,
        Spot::Icebox,
    ];
}
