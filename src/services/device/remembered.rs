//! What the browser remembers from page to page: who was here last, and whether this device may keep anything. Where it
//! remembers nothing, the page asks the server who is here, and keeps things.

use backlog::{ActorId, Name};
use web_sys::Storage;

const ACCOUNT: &str = "truestory.account";
const NAME: &str = "truestory.name";
const KEEPING: &str = "truestory.keeping";
const PANELS: &str = "truestory.panels";
const NOTHING: &str = "nothing";

/// Who was here last.
pub fn account() -> Option<ActorId> {
    let text = storage()?.get_item(ACCOUNT).ok()??;
    text.parse().ok().map(ActorId)
}

/// Remembers who is here.
pub fn remember(account: ActorId) {
    put(ACCOUNT, &account.0.to_string());
}

/// What whoever was here last is called.
pub fn name() -> Option<Name> {
    Name::new(&storage()?.get_item(NAME).ok()??).ok()
}

/// Remembers what whoever is here is called.
pub fn remember_name(name: &Name) {
    put(NAME, name.as_str());
}

/// Forgets who was here.
pub fn forget() {
    remove(ACCOUNT);
    remove(NAME);
}

/// Whether this device may keep anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Yes,
    /// It may not.
    No,
}

/// Whether this device may keep anything.
pub fn allowed() -> Allowed {
    match storage().and_then(|storage| storage.get_item(KEEPING).ok()?) {
        Some(word) if word == NOTHING => Allowed::No,
        Some(_) | None => Allowed::Yes,
    }
}

/// Remembers whether this device may keep anything.
pub fn allow(allowed: Allowed) {
    match allowed {
        Allowed::Yes => remove(KEEPING),
        Allowed::No => put(KEEPING, NOTHING),
    }
}

/// The names of the columns that are shown, with spaces between them.
pub fn panels() -> Option<String> {
    storage()?.get_item(PANELS).ok()?
}

/// Remembers which columns are shown.
pub fn remember_panels(keys: &str) {
    put(PANELS, keys);
}

// None where the browser lets the page keep nothing at all.
fn storage() -> Option<Storage> {
    gloo_utils::window().local_storage().ok().flatten()
}

fn put(key: &str, text: &str) {
    // What is not remembered is asked again.
    let _put = storage().map(|storage| storage.set_item(key, text));
}

fn remove(key: &str) {
    let _removed = storage().map(|storage| storage.remove_item(key));
}
