//! What the bar of the selected stories shows.

use crate::board::msg::{Bulk, Menu};

/// The bar.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectionScene {
    /// How many stories, and their points.
    pub words: String,
    /// What else is to be known: that some of them are not to be seen, or what to do first.
    pub aside: Option<String>,
    /// Whether anything can be done to them.
    pub ready: bool,
    /// What of it is offered.
    pub doings: Doings,
    /// The menu that is open.
    pub menu: Option<MenuScene>,
}

/// What can be done to the selected stories by whoever selected them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doings {
    /// The menus.
    pub menus: Vec<Menu>,
    /// Whether they can be deleted.
    pub deletes: bool,
}

/// An open menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuScene {
    /// Which.
    pub menu: Menu,
    /// The text in its field, where it has one.
    pub text: Option<String>,
    /// Why the text cannot be taken.
    pub problem: Option<String>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// What to do to see the choices that are not among these.
    pub more: Option<&'static str>,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What.
    pub words: String,
    /// How many of the stories it is about, where that is not all of them, or why it is about none.
    pub detail: Option<String>,
    /// What is to be done; none where there is nothing to do.
    pub bulk: Option<Bulk>,
}
