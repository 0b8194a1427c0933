//! Which page an address shows.

pub mod account;
pub mod accounts;
#[cfg(feature = "chaos")]
pub mod chaos;
pub mod door;
pub mod guarded;
pub mod header;
pub mod join;
pub mod parting;
pub mod people;
pub mod projects;
pub mod recover;
pub mod shared;
pub mod sign_in;

use crate::app::App;
use crate::forms::DoorForm;
use crate::services::route::Route;
use guarded::{Guarded, Inside};
use join::JoinPage;
use recover::RecoverPage;
use shared::SharedPage;
use sign_in::SignInPage;
use yew::prelude::*;

/// The page that the address names.
#[component]
pub fn Pages() -> Html {
    match Route::current() {
        Route::Projects => html! { <Guarded page={Inside::Projects} /> },
        #[cfg(feature = "chaos")]
        Route::Chaos => html! { <chaos::ChaosPage /> },
        Route::Project(project) => html! { <App project={project} /> },
        Route::People(project) => html! { <Guarded page={Inside::People(project)} /> },
        Route::SignIn => html! { <SignInPage form={DoorForm::SignIn} /> },
        Route::SignUp => html! { <SignInPage form={DoorForm::SignUp} /> },
        Route::Join => html! { <JoinPage /> },
        Route::Recover => html! { <RecoverPage /> },
        Route::Shared => html! { <SharedPage /> },
        Route::Account => html! { <Guarded page={Inside::Account} /> },
        Route::Accounts => html! { <Guarded page={Inside::Accounts} /> },
        Route::Unknown => html! {
            <main class="message">
                <h1>{"There is no such page"}</h1>
                <p><a href="/">{"All projects"}</a></p>
            </main>
        },
    }
}
