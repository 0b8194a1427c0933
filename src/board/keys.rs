//! The keys and what they do: one table, which the handlers read and from which help is made.

use super::column::Column;
use super::may::{Deed, Rights};
use super::msg::Key;
use super::sheet::Sheet;

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Shortcut {
    /// The keys' names, as browsers have them; letters small, and together with Shift as `Shift+c`.
    pub names: &'static [&'static str],
    /// Where they work.
    pub scope: Scope,
    /// What they do.
    pub key: Key,
    /// The same in words.
    pub help: &'static str,
}

/// Where a shortcut works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On the page and its rows.
    Page,
    /// Everywhere, fields too.
    Everywhere,
    /// Everywhere, together with Ctrl or Cmd.
    Command,
    /// Outside of fields, which have their own use for it, together with Ctrl or Cmd.
    CommandOutside,
}

/// How a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// On the page or a row.
    OnPage,
    /// In a field or on a button.
    Inside,
    /// Together with Ctrl or Cmd, outside of fields.
    WithCommand,
    /// Together with Ctrl or Cmd, in a field.
    WithCommandInField,
}

/// The table.
pub const SHORTCUTS: &[Shortcut] = &[
    Shortcut {
        names: &["?"],
        scope: Scope::Page,
        key: Key::Help,
        help: "These keys",
    },
    Shortcut {
        names: &["/"],
        scope: Scope::Page,
        key: Key::Search,
        help: "Search",
    },
    Shortcut {
        names: &["a"],
        scope: Scope::Page,
        key: Key::Add,
        help: "Add a story",
    },
    Shortcut {
        names: &["ArrowUp", "k"],
        scope: Scope::Page,
        key: Key::Up,
        help: "The story above",
    },
    Shortcut {
        names: &["ArrowDown", "j"],
        scope: Scope::Page,
        key: Key::Down,
        help: "The story below",
    },
    Shortcut {
        names: &["ArrowLeft"],
        scope: Scope::Page,
        key: Key::Left,
        help: "The column before",
    },
    Shortcut {
        names: &["ArrowRight"],
        scope: Scope::Page,
        key: Key::Right,
        help: "The column after",
    },
    Shortcut {
        names: &["Home"],
        scope: Scope::Page,
        key: Key::First,
        help: "The first story",
    },
    Shortcut {
        names: &["End"],
        scope: Scope::Page,
        key: Key::Last,
        help: "The last story",
    },
    Shortcut {
        names: &["Enter"],
        scope: Scope::Page,
        key: Key::Enter,
        help: "Open the story; drop what you carry",
    },
    Shortcut {
        names: &["m"],
        scope: Scope::Page,
        key: Key::PickUp,
        help: "Pick the story up to move it",
    },
    Shortcut {
        names: &["x"],
        scope: Scope::Page,
        key: Key::Select,
        help: "Select the story, or no longer",
    },
    Shortcut {
        names: &["Shift+ArrowDown", "Shift+j"],
        scope: Scope::Page,
        key: Key::SelectOn(1),
        help: "Select on to the story below",
    },
    Shortcut {
        names: &["Shift+ArrowUp", "Shift+k"],
        scope: Scope::Page,
        key: Key::SelectOn(-1),
        help: "Select on to the story above",
    },
    Shortcut {
        names: &["Shift+End"],
        scope: Scope::Page,
        key: Key::SelectOn(isize::MAX),
        help: "Select on to the last story",
    },
    Shortcut {
        names: &["Shift+Home"],
        scope: Scope::Page,
        key: Key::SelectOn(isize::MIN),
        help: "Select on to the first story",
    },
    Shortcut {
        names: &["a"],
        scope: Scope::CommandOutside,
        key: Key::SelectColumn,
        help: "Select the column",
    },
    Shortcut {
        names: &["b"],
        scope: Scope::Page,
        key: Key::ToSelection,
        help: "To what can be done to the selected stories",
    },
    Shortcut {
        names: &["Escape"],
        scope: Scope::Everywhere,
        key: Key::Escape,
        help: "Close; put back what you carry; select nothing; clear the search",
    },
    Shortcut {
        names: &["s", "Enter"],
        scope: Scope::Command,
        key: Key::Save,
        help: "Save the open story",
    },
    Shortcut {
        names: &["u"],
        scope: Scope::Page,
        key: Key::Undo,
        help: "Undo what you did last",
    },
    Shortcut {
        names: &["z"],
        scope: Scope::CommandOutside,
        key: Key::Undo,
        help: "Undo, outside of fields",
    },
    Shortcut {
        names: &["Shift+c"],
        scope: Scope::Page,
        key: Key::Panel(Column::Current),
        help: "Show Current, or hide it",
    },
    Shortcut {
        names: &["Shift+b"],
        scope: Scope::Page,
        key: Key::Panel(Column::Backlog),
        help: "Show Backlog, or hide it",
    },
    Shortcut {
        names: &["Shift+i"],
        scope: Scope::Page,
        key: Key::Panel(Column::Icebox),
        help: "Show Icebox, or hide it",
    },
    Shortcut {
        names: &["Shift+d"],
        scope: Scope::Page,
        key: Key::Panel(Column::Done),
        help: "Show Done, or hide it",
    },
    Shortcut {
        names: &["Shift+e"],
        scope: Scope::Page,
        key: Key::Sheet(Sheet::Epics),
        help: "Show Epics, or hide them",
    },
    Shortcut {
        names: &["Shift+f"],
        scope: Scope::Page,
        key: Key::Sheet(Sheet::Forecast),
        help: "Show the forecast, or hide it",
    },
];

/// The lines of the table that are of use to someone with these rights.
pub fn offered(rights: Rights) -> impl Iterator<Item = &'static Shortcut> {
    let is_offered = move |shortcut: &&Shortcut| match shortcut.key {
        Key::Add => rights.may(Deed::Wish) || rights.may(Deed::Plan),
        Key::PickUp => rights.may(Deed::Move),
        Key::Select | Key::SelectOn(_) | Key::SelectColumn | Key::ToSelection => rights.may_select(),
        Key::Save => rights.may(Deed::Word),
        Key::Undo => rights != Rights::default(),
        Key::Up
        | Key::Down
        | Key::Left
        | Key::Right
        | Key::First
        | Key::Last
        | Key::Enter
        | Key::Escape
        | Key::Search
        | Key::Help
        | Key::Panel(_)
        | Key::Sheet(_) => true,
    };
    SHORTCUTS.iter().filter(is_offered)
}

/// What a key does, if anything.
pub fn look_up(name: &str, manner: Manner) -> Option<Key> {
    let works = |scope: Scope| match manner {
        Manner::OnPage => matches!(scope, Scope::Page | Scope::Everywhere),
        Manner::Inside => scope == Scope::Everywhere,
        Manner::WithCommand => matches!(scope, Scope::Command | Scope::CommandOutside),
        Manner::WithCommandInField => scope == Scope::Command,
    };
    let shortcut = SHORTCUTS
        .iter()
        .find(|shortcut| works(shortcut.scope) && shortcut.names.contains(&name))?;
    Some(shortcut.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shortcuts_on_the_page_and_text_in_a_field() {
        assert_eq!(look_up("a", Manner::OnPage), Some(Key::Add));
        assert_eq!(look_up("a", Manner::Inside), None);
        assert_eq!(look_up("a", Manner::WithCommand), Some(Key::SelectColumn));
        assert_eq!(look_up("a", Manner::WithCommandInField), None);
        assert_eq!(look_up("Escape", Manner::Inside), Some(Key::Escape));
        assert_eq!(look_up("Enter", Manner::OnPage), Some(Key::Enter));
        assert_eq!(look_up("Enter", Manner::WithCommand), Some(Key::Save));
    }

    #[test]
    fn a_field_takes_its_own_typing_back() {
        assert_eq!(look_up("u", Manner::OnPage), Some(Key::Undo));
        assert_eq!(look_up("u", Manner::Inside), None);
        assert_eq!(look_up("z", Manner::OnPage), None);
        assert_eq!(look_up("z", Manner::WithCommand), Some(Key::Undo));
        assert_eq!(look_up("z", Manner::WithCommandInField), None);
        assert_eq!(look_up("s", Manner::WithCommandInField), Some(Key::Save));
    }

    #[test]
    fn a_key_with_shift_is_another_key() {
        assert_eq!(look_up("ArrowDown", Manner::OnPage), Some(Key::Down));
        assert_eq!(look_up("Shift+ArrowDown", Manner::OnPage), Some(Key::SelectOn(1)));
        assert_eq!(look_up("Shift+ArrowDown", Manner::Inside), None);
        assert_eq!(look_up("b", Manner::OnPage), Some(Key::ToSelection));
        assert_eq!(look_up("Shift+b", Manner::OnPage), Some(Key::Panel(Column::Backlog)));
    }

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for one in SHORTCUTS {
            let same =
                |other: &&Shortcut| other.scope == one.scope && other.names.iter().any(|name| one.names.contains(name));
            assert_eq!(SHORTCUTS.iter().filter(same).count(), 1, "{:?}", one.names);
        }
    }
}
