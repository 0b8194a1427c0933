//! The allow-list: what HTML may say at all. Knows nothing of Markdown; whatever comes in, nothing else comes out.

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a link says of where it leads: no window of ours, no address of ours, no praise of ours.
const REL: &str = "noopener noreferrer nofollow ugc";

const TAGS: [&str; 24] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const ATTRIBUTES: [(&str, &[&str]); 3] = [
    ("a", &["href", "title", "data-number"]),
    ("ol", &["start"]),
    ("span", &["data-person"]),
];
/// Attributes that may have these values and no others.
const VALUES: [(&str, &str, &[&str]); 5] = [
    ("a", "target", &["_blank"]),
    ("span", "role", &["img"]),
    ("span", "aria-label", &["done", "not done"]),
    ("th", "style", ALIGNMENTS),
    ("td", "style", ALIGNMENTS),
];
const ALIGNMENTS: &[&str] = &["text-align: left", "text-align: center", "text-align: right"];
const CLASSES: [(&str, &[&str]); 2] = [("a", &["story-link"]), ("span", &["mention", "task-mark"])];
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

static LIST: LazyLock<Builder<'static>> = LazyLock::new(list);

/// The HTML without what is not on the list.
pub(super) fn clean(html: &str) -> String {
    LIST.clean(html).to_string()
}

fn list() -> Builder<'static> {
    let mut values: HashMap<&str, HashMap<&str, HashSet<&str>>> = HashMap::new();
    for (tag, attribute, allowed) in VALUES {
        let of_tag = values.entry(tag).or_default();
        of_tag.insert(attribute, allowed.iter().copied().collect());
    }
    let of_each = |pairs: &[(&'static str, &[&'static str])]| {
        let sets = pairs.iter().map(|(tag, set)| (*tag, set.iter().copied().collect()));
        sets.collect::<HashMap<_, HashSet<_>>>()
    };
    let mut list = Builder::empty();
    list.tags(TAGS.into())
        .clean_content_tags(HashSet::new())
        .generic_attributes(HashSet::new())
        .tag_attributes(of_each(&ATTRIBUTES))
        .tag_attribute_values(values)
        .allowed_classes(of_each(&CLASSES))
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::Custom(Box::new(own_address)))
        .link_rel(Some(REL));
    list
}

/// An address without a scheme leads to a story of a project, or nowhere.
fn own_address(address: &str) -> Option<Cow<'_, str>> {
    let rest = address.strip_prefix("/projects/")?;
    let (project, number) = rest.split_once("#story-")?;
    let is_project = project.len() == 32 && project.bytes().all(|b| b.is_ascii_hexdigit());
    let is_number = (1..=10).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (is_project && is_number).then_some(Cow::Borrowed(address))
}

/// Whether a link may lead to an address that a text names.
pub(super) fn leads_out(address: &str) -> bool {
    // Browsers pass over white space and control characters where a scheme stands.
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()))
}
