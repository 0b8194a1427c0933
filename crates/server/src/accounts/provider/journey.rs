//! What a browser takes along while someone is at the provider, in one short-lived cookie: by it whoever comes back is known as who
//! set out. Knows no HTTP.

use crate::sessions;

/// The most characters of a path to come back to.
const MOST_OF_PATH: usize = 500;

/// What a browser takes along on its way to the provider and back.
#[derive(Clone, PartialEq, Eq)]
pub struct Journey {
    /// Comes back in the address: whoever did not set out from this browser does not know it.
    pub(super) state: String,
    /// Comes back inside the ID token: it was made for this journey.
    pub(super) nonce: String,
    /// What the code is worth nothing without (PKCE).
    pub(super) verifier: String,
    /// The path of this site where the journey ends.
    path: String,
}

impl Journey {
    /// A journey that ends at that path.
    pub fn begin(path: &str) -> Journey {
        Journey {
            state: sessions::secret(),
            nonce: sessions::secret(),
            verifier: sessions::secret(),
            path: path.to_owned(),
        }
    }

    /// As it stands in the cookie.
    pub fn write(&self) -> String {
        let Journey {
            state,
            nonce,
            verifier,
            path,
        } = self;
        format!("{state}.{nonce}.{verifier}.{}", hex::encode(path))
    }

    /// Reads a cookie. None where it was not written here.
    pub fn read(cookie: &str) -> Option<Journey> {
        let mut parts = cookie.split('.');
        let mut secret = || parts.next().filter(|part| is_secret(part)).map(str::to_owned);
        let (state, nonce, verifier) = (secret()?, secret()?, secret()?);
        let path = String::from_utf8(hex::decode(parts.next()?).ok()?).ok()?;
        // Others could have written it, too.
        let path = own_path(&path)?.to_owned();
        parts.next().is_none().then_some(Journey {
            state,
            nonce,
            verifier,
            path,
        })
    }

    /// Whether the state that came back is this journey's. What is compared is random, but taken all the same in constant time.
    pub fn has_state(&self, state: &str) -> bool {
        let differences = self
            .state
            .bytes()
            .zip(state.bytes())
            .fold(0, |all, (a, b)| all | (a ^ b));
        self.state.len() == state.len() && differences == 0
    }

    /// Where the journey ends.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// A path that is a page of this site, and not the way in again; none where it leads elsewhere.
pub fn own_path(path: &str) -> Option<&str> {
    let whole = path.len() <= MOST_OF_PATH && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // Two slashes begin another site's address.
    let here = path.starts_with('/') && !path.starts_with("//");
    let page = !["/api", "/auth", "/app", "/pusher", "/sign-"]
        .iter()
        .any(|other| path.starts_with(other));
    (whole && here && page).then_some(path)
}

fn is_secret(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
