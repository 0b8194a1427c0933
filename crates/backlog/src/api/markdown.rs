//! Markdown, which the server renders.
//!
//! The HTML may be shown as it is: it holds no script, no form, no image and no style but the alignment of a table's cells. What the
//! page acts on is marked:
//!
//! | in a text | in the HTML |
//! |---|---|
//! | `#123` | `<a class="story-link" href="/projects/{id}#story-123" data-number="123" ..>#123</a>` |
//! | `@Ada` | `<span class="mention" data-person="{id}">@Ada</span>` |
//! | `- [x]` | `<span class="task-mark" role="img" aria-label="done">☑</span>` |
//! | a link, an address, an image | `<a href=".." target="_blank" rel="noopener noreferrer nofollow ugc">` |

use serde::{Deserialize, Serialize};

/// The most texts in one request.
pub const MAX_TEXTS: usize = 100;
/// The most characters of each.
pub const MAX_TEXT: usize = 20_000;

/// Texts to be rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// At most [`MAX_TEXTS`], each of at most [`MAX_TEXT`] characters.
    pub texts: Vec<String>,
}

/// The texts, rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rendered {
    /// The HTML of each, in the order in which they were sent.
    pub html: Vec<String>,
}
