//! What is seen: functions of the scene, in markup. They decide nothing and never see the services; what a hand does
//! becomes one `Msg` through the one `dispatch`.
//!
//! The services find their way in the page by these marks, so they stay:
//!
//! | mark | on |
//! |---|---|
//! | `data-column="current"` | a column's scroller; its content begins at pixel 0 |
//! | `data-story="{id}"`, `id="story-{id}"` | a story's row, closed or open |
//! | `data-grip` | where a closed row is pulled by touch; a mouse may pull the whole row |
//! | `data-field="title"`, `data-field="name"` | the title of the open form; the visitor's own name |
//! | `data-field="search"`, `data-field="search-name"`, `data-to="saved"`, `id="saved-searches"` | the field of the search; the new name of a saved one; what opens these, and where they are |
//! | `data-to="history"`, `id="history"`, `data-to="tray"`, `id="tray-title"` | what opens the history or the tray, and their headings |
//! | `data-field="{aside}"`, `data-add="{aside}"`, `data-part="{id}"` | a place for a text beside the form, the button that opens it, a task or comment |
//! | `id="selection"`, `data-menu="labels"`, `id="selection-menu"` | the bar of the selected stories, what opens its menus, and the one that is open |
//! | `data-file`, `data-field="file"` | where a file is dropped, and the field in which one is chosen |
//! | `data-iteration="{number}"`, `data-field="strength"` | the line of an iteration; the team strength in its form |
//! | `data-to="velocity"`, `data-field="what-if"` | the velocity in the header; the field of one that is tried out |
//! | `data-to-sheet="{sheet}"`, `id="sheet-title"`, `data-sheet="{sheet}"` | the button of a sheet, its heading, and the sheet |
//! | `data-to="add-epic"`, `id="epic-{id}"`, `data-field="epic-name"` | the button that adds an epic, an epic's name, the name in its form |
//! | `data-reading` | a text beside the columns, in which letters and arrows are not the columns' shortcuts |
//! | `id="announcer"` | the live region; nothing here writes into it |

mod account_form;
pub mod accounts;
mod asked;
mod attention_tray;
mod board_header;
mod board_nav;
mod charts_sheet;
mod clock_words;
mod connection_light;
mod due;
mod epics_sheet;
mod exchange_sheet;
pub mod face;
mod forecast_sheet;
pub mod form;
pub mod frame;
mod help;
pub mod icons;
mod iteration_form;
mod iteration_line;
mod left_bar;
mod markdown;
mod notice_bar;
mod once;
mod page;
mod panel;
mod parts;
mod project_list;
mod removed;
mod resize;
mod search_field;
mod select;
mod selection_bar;
mod selection_mark;
mod settings_sheet;
mod side_panel;
mod signed_out_bar;
mod skeleton;
pub mod story_card;
mod story_form;
mod toast;
mod velocity;
pub mod words;

use yew::Html;

/// A node that may be absent and then keeps its place. Yew pairs unkeyed siblings from the last to the first: were an absent
/// node left out, everything before it would be made anew when it comes, and lose its focus and its scroll position.
pub fn maybe(node: Option<Html>) -> Html {
    node.unwrap_or_default()
}

pub use attention_tray::AttentionTray;
pub use connection_light::ConnectionLight;
pub use iteration_line::IterationRule;
pub use page::BoardPage;
pub use panel::Panel;
pub use project_list::{ProjectListView, project_list_view};
pub use skeleton::Skeleton;
pub use story_card::StoryCard;
pub use story_form::StoryForm;
