//! Devices that signed in before: a cookie says so for each account, signed, so that nothing is kept of them. It opens nothing; whoever bears
//! it is counted apart from strangers when signing in (see [`pace`](super::pace)).

use backlog::ActorId;
use backlog::id::Bits128;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// So many accounts are remembered in one browser; the one that signed in the longest ago is forgotten.
const REMEMBERED: usize = 4;
/// What sets this use of the secret apart from all others.
const PURPOSE: &[u8] = b"truestory device cookie 1";
/// What stands between two marks in the cookie.
const BETWEEN: char = '~';

/// Signs and verifies the cookie.
#[derive(Clone)]
pub struct Devices {
    key: [u8; 32],
}

/// That a device signed in to an account: `ACCOUNT.DEVICE.SIGNATURE`.
#[derive(Clone, Copy)]
struct Mark {
    account: ActorId,
    device: Bits128,
}

impl Devices {
    /// Signs with a key that is made of the server's secret.
    pub fn new(secret: &str) -> Devices {
        let key = keyed(secret.as_bytes()).chain_update(PURPOSE).finalize();
        Devices {
            key: key.into_bytes().into(),
        }
    }

    /// The device's number, where it signed in to that account before.
    pub fn known(&self, cookie: &str, account: ActorId) -> Option<Bits128> {
        let marks = self.marks(cookie);
        marks
            .iter()
            .find(|mark| mark.account == account)
            .map(|mark| mark.device)
    }

    /// The cookie of a device that signed in to that account just now; one that is new to it gets that number.
    pub fn marked(&self, cookie: &str, account: ActorId, fresh: Bits128) -> String {
        let device = self.known(cookie, account).unwrap_or(fresh);
        let others = self.marks(cookie).into_iter().filter(|mark| mark.account != account);
        let marks = std::iter::once(Mark { account, device }).chain(others);
        let texts: Vec<String> = marks.take(REMEMBERED).map(|mark| self.text(mark)).collect();
        texts.join(&BETWEEN.to_string())
    }

    fn marks(&self, cookie: &str) -> Vec<Mark> {
        let texts = cookie.split(BETWEEN).take(REMEMBERED);
        texts.filter_map(|text| self.read(text)).collect()
    }

    fn read(&self, text: &str) -> Option<Mark> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (account, device) = signed.split_once('.')?;
        let mark = Mark {
            account: ActorId(account.parse().ok()?),
            device: device.parse().ok()?,
        };
        // Compares in constant time.
        self.mac(mark).verify_slice(&hex::decode(signature).ok()?).ok()?;
        Some(mark)
    }

    fn text(&self, mark: Mark) -> String {
        let signature = hex::encode(self.mac(mark).finalize().into_bytes());
        format!("{}.{}.{signature}", mark.account.0, mark.device)
    }

    fn mac(&self, Mark { account, device }: Mark) -> Hmac<Sha256> {
        keyed(&self.key).chain_update(format!("{}.{device}", account.0))
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of every length")
}

#[cfg(test)]
mod tests;
