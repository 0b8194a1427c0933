//! Where one wanted to go before one had to sign in: a page of this site, kept in the address as `?next=`. Whoever makes someone
//! follow a link with another place in it must not be able to send them there.

use super::{Route, open_instead};

/// The page that the address says one wanted; the projects, where it says none or another site's.
pub fn wanted() -> String {
    let path = asked("next=")
        .and_then(|text| js_sys::decode_uri_component(&text).ok())
        .map(String::from);
    path.filter(|path| is_of_this_site(path))
        .unwrap_or_else(|| "/".to_owned())
}

/// The way to the provider of identities, and from there back to where one is, or wanted to go.
pub fn provider() -> String {
    let to = match Route::current() {
        Route::SignIn | Route::SignUp => wanted(),
        // This tab remembers the invitation.
        Route::Join => "/join".to_owned(),
        Route::Recover | Route::Shared | Route::Unknown => "/".to_owned(),
        #[cfg(feature = "chaos")]
        Route::Chaos => "/".to_owned(),
        Route::Projects | Route::Project(_) | Route::People(_) | Route::Account | Route::Accounts => {
            gloo_utils::window().location().pathname().unwrap_or_default()
        }
    };
    format!("/auth/provider?to={}", String::from(js_sys::encode_uri_component(&to)))
}

/// The word for why the provider did not let one in, where the address has one.
pub fn provider_failed() -> Option<String> {
    asked("failed=")
}

fn asked(name: &str) -> Option<String> {
    let query = gloo_utils::window().location().search().unwrap_or_default();
    let parts = query.trim_start_matches('?').split('&');
    let text = parts.filter_map(|part| part.strip_prefix(name)).next_back();
    text.map(str::to_owned)
}

/// The address of the sign-in that leads back to a page of this site.
pub fn sign_in_for(path: &str) -> String {
    if path == "/" || !is_of_this_site(path) {
        return "/sign-in".to_owned();
    }
    format!("/sign-in?next={}", String::from(js_sys::encode_uri_component(path)))
}

/// Goes to the sign-in, and from there back to where one is.
pub fn open_sign_in() {
    let location = gloo_utils::window().location();
    let path = location.pathname().unwrap_or_default();
    let hash = location.hash().unwrap_or_default();
    open_instead(&sign_in_for(&format!("{path}{hash}")));
}

// Browsers take `//host` and `/\host` for another host, and leave out tabs and line ends before they look.
fn is_of_this_site(path: &str) -> bool {
    let own = path.starts_with('/') && !path.starts_with("//");
    let plain = !path.contains(|one: char| one == '\\' || one.is_control());
    let page = path.split(['?', '#']).next().unwrap_or_default();
    own && plain
        && match Route::of(page) {
            Route::Unknown | Route::SignIn | Route::SignUp | Route::Join | Route::Recover | Route::Shared => false,
            #[cfg(feature = "chaos")]
            Route::Chaos => true,
            Route::Projects | Route::Project(_) | Route::People(_) | Route::Account | Route::Accounts => true,
        }
}

#[cfg(test)]
mod tests;
