//! Which page an address shows.

#[cfg(feature = "chaos")]
pub mod chaos;
pub mod projects;

use crate::app::App;
use crate::services::route::Route;
use projects::ProjectsPage;
use yew::prelude::*;

/// The page that the address names.
#[component]
pub fn Pages() -> Html {
    match Route::current() {
        Route::Projects => html! { <ProjectsPage /> },
        #[cfg(feature = "chaos")]
        Route::Chaos => html! { <chaos::ChaosPage /> },
        Route::Project(project) => html! { <App project={project} /> },
        Route::People(_)
        | Route::SignIn
        | Route::SignUp
        | Route::Join
        | Route::Recover
        | Route::Shared
        | Route::Account
        | Route::Accounts
        | Route::Unknown => html! {
            <main class="message">
                <h1>{"There is no such page"}</h1>
                <p><a href="/">{"All projects"}</a></p>
            </main>
        },
    }
}
