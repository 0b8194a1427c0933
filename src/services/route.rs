//! Addresses: which page the location names. Links are plain links; the browser loads what they name.

mod wanted;

pub use wanted::{open_sign_in, provider, provider_failed, sign_in_for, wanted};

use backlog::ProjectId;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the projects.
    Projects,
    /// `/projects/{id}`: a project's backlog.
    Project(ProjectId),
    /// `/projects/{id}/people`: who is in a project, and who is asked to be.
    People(ProjectId),
    /// `/sign-in`: for whoever has an account.
    SignIn,
    /// `/sign-up`: for whoever has none.
    SignUp,
    /// `/join`: an invitation, whose secret stands behind the `#`.
    Join,
    /// `/recover`: a new password, likewise.
    Recover,
    /// `/shared`: a public link to a project, likewise.
    Shared,
    /// `/account`: one's own account.
    Account,
    /// `/accounts`: all accounts, for administrators.
    Accounts,
    /// `/chaos`: the simulation, running. For developers.
    #[cfg(feature = "chaos")]
    Chaos,
    /// Anything else.
    Unknown,
}

impl Route {
    /// The page that the location names.
    pub fn current() -> Route {
        Route::of(&gloo_utils::window().location().pathname().unwrap_or_default())
    }

    /// The page of a path.
    pub fn of(path: &str) -> Route {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => Route::Projects,
            #[cfg(feature = "chaos")]
            (Some("chaos"), None, None) => Route::Chaos,
            (Some("sign-in"), None, None) => Route::SignIn,
            (Some("sign-up"), None, None) => Route::SignUp,
            (Some("join"), None, None) => Route::Join,
            (Some("recover"), None, None) => Route::Recover,
            (Some("shared"), None, None) => Route::Shared,
            (Some("account"), None, None) => Route::Account,
            (Some("accounts"), None, None) => Route::Accounts,
            (Some("projects"), Some(id), None) => id.parse().map_or(Route::Unknown, Route::Project),
            (Some("projects"), Some(id), Some("people")) if parts.next().is_none() => {
                id.parse().map_or(Route::Unknown, Route::People)
            }
            _ => Route::Unknown,
        }
    }
}

/// Tells the number of the story that the address names, as in `#story-12`: at once, and whenever it names another one.
pub fn story_named(told: impl Fn(u32) + 'static) -> EventListener {
    let number = || number_of(&gloo_utils::window().location().hash().unwrap_or_default());
    number().into_iter().for_each(&told);
    EventListener::new(&gloo_utils::window(), "hashchange", move |_| {
        number().into_iter().for_each(&told)
    })
}

/// Tells that the address names the forecast, as `#forecast`: at once, and whenever it does so later.
pub fn forecast_named(told: impl Fn() + 'static) -> EventListener {
    let is_named = || {
        gloo_utils::window()
            .location()
            .hash()
            .is_ok_and(|hash| hash == "#forecast")
    };
    if is_named() {
        told();
    }
    EventListener::new(&gloo_utils::window(), "hashchange", move |_| {
        if is_named() {
            told();
        }
    })
}

fn number_of(hash: &str) -> Option<u32> {
    hash.strip_prefix("#story-")?.parse().ok()
}

/// Takes the secret of a link out of the address, so that it stands in no history, bookmark or screenshot. This tab remembers it for
/// the page, until it is used: after a reload, and on the way back from a provider of identities, it is still there. None where
/// there was none.
pub fn take_secret() -> Option<String> {
    let window = gloo_utils::window();
    let hash = window.location().hash().unwrap_or_default();
    if let (Ok(history), Ok(path)) = (window.history(), window.location().pathname()) {
        // Fails only for the address of another site.
        let _hidden = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    // Another link in the same tab changes nothing but the hash.
    EventListener::new(&window, "hashchange", |_| {
        let _again = gloo_utils::window().location().reload();
    })
    .forget();
    match secret_of(&hash) {
        Some(secret) => {
            remember_secret(Some(&secret));
            Some(secret)
        }
        None => remembered_secret(),
    }
}

/// Forgets the secret of the page's link: it was used, or is of no use any more.
pub fn forget_secret() {
    remember_secret(None);
}

// Without storage, as in some private windows, a reload loses it.
fn remember_secret(secret: Option<&str>) {
    if let (Some(storage), Some(name)) = (tab_storage(), secret_name()) {
        let _kept = match secret {
            Some(secret) => storage.set_item(&name, secret),
            None => storage.remove_item(&name),
        };
    }
}

fn remembered_secret() -> Option<String> {
    tab_storage()?.get_item(&secret_name()?).ok().flatten()
}

fn tab_storage() -> Option<Storage> {
    gloo_utils::window().session_storage().ok().flatten()
}

// Each page's own: an invitation opens no recovery.
fn secret_name() -> Option<String> {
    let path = gloo_utils::window().location().pathname().ok()?;
    Some(format!("truestory secret {}", path.trim_end_matches('/')))
}

fn secret_of(hash: &str) -> Option<String> {
    let secret = hash.strip_prefix('#')?.trim();
    (!secret.is_empty()).then(|| secret.to_owned())
}

/// Under which address people reach this site, as `https://backlog.example.com`.
pub fn site() -> String {
    gloo_utils::window().location().origin().unwrap_or_default()
}

/// Goes to the list of projects.
pub fn open_projects() {
    open("/");
}

/// Goes to a project's page.
pub fn open_project(id: ProjectId) {
    open(&format!("/projects/{id}"));
}

/// Goes to a page of this site.
pub fn open(path: &str) {
    // Fails only for an address that is none.
    let _gone = gloo_utils::window().location().set_href(path);
}

/// Goes to a page of this site; the way back leads past the page where one is.
pub fn open_instead(path: &str) {
    // Fails only for an address that is none.
    let _gone = gloo_utils::window().location().replace(path);
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlog::id::Bits128;

    #[test]
    fn a_path_names_a_page() {
        assert_eq!(Route::of("/"), Route::Projects);
        let id = "0000000000000000000000000000002a";
        assert_eq!(
            Route::of(&format!("/projects/{id}")),
            Route::Project(ProjectId(Bits128(42)))
        );
        assert_eq!(
            Route::of(&format!("/projects/{id}/")),
            Route::Project(ProjectId(Bits128(42)))
        );
        assert_eq!(
            Route::of(&format!("/projects/{id}/people")),
            Route::People(ProjectId(Bits128(42)))
        );
        for (path, page) in [
            ("/sign-in", Route::SignIn),
            ("/sign-up", Route::SignUp),
            ("/join", Route::Join),
            ("/recover/", Route::Recover),
            ("/shared", Route::Shared),
            ("/account", Route::Account),
            ("/accounts", Route::Accounts),
        ] {
            assert_eq!(Route::of(path), page);
        }
        assert_eq!(Route::of(&format!("/projects/{id}/people/1")), Route::Unknown);
        assert_eq!(Route::of("/projects/7"), Route::Unknown);
        assert_eq!(Route::of("/elsewhere"), Route::Unknown);
    }

    #[test]
    fn a_secret_stands_behind_the_hash() {
        assert_eq!(secret_of("#abc"), Some("abc".to_owned()));
        for other in ["", "#", "# ", "abc"] {
            assert_eq!(secret_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_hash_names_a_story() {
        assert_eq!(number_of("#story-12"), Some(12));
        for other in ["", "#", "#12", "#story-", "#story-x", "#story-4294967296"] {
            assert_eq!(number_of(other), None, "{other}");
        }
    }
}
