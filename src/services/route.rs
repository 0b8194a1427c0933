//! Addresses: which page the location names. Links are plain links; the browser loads what they name.

use backlog::ProjectId;
use gloo_events::EventListener;

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the projects.
    Projects,
    /// `/projects/{id}`: a project's backlog.
    Project(ProjectId),
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
            (Some("projects"), Some(id), None) => id.parse().map_or(Route::Unknown, Route::Project),
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

fn number_of(hash: &str) -> Option<u32> {
    hash.strip_prefix("#story-")?.parse().ok()
}

/// Goes to the list of projects.
pub fn open_projects() {
    // Fails only for an address that is none.
    let _gone = gloo_utils::window().location().set_href("/");
}

/// Goes to a project's page.
pub fn open_project(id: ProjectId) {
    // Fails only for an address that is none.
    let _gone = gloo_utils::window().location().set_href(&format!("/projects/{id}"));
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
        assert_eq!(Route::of("/projects/7"), Route::Unknown);
        assert_eq!(Route::of("/elsewhere"), Route::Unknown);
    }

    #[test]
    fn a_hash_names_a_story() {
        assert_eq!(number_of("#story-12"), Some(12));
        for other in ["", "#", "#12", "#story-", "#story-x", "#story-4294967296"] {
            assert_eq!(number_of(other), None, "{other}");
        }
    }
}
