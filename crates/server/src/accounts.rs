//! Accounts: who can sign in, and how one comes by an account. Knows nothing of HTTP but cookies; what people may do in projects is
//! not its matter.
//!
//! Nobody learns from here who has an account: signing in and asking for a recovery answer alike, in words and work, whether there is
//! such an account or not. Where everyone may sign up and letters are sent, so does signing up: the account waits for whoever reads
//! the mailbox. Where no letters are sent, and by an invitation, an address that has an account has to be refused; who sees that holds
//! an invitation, or the installation chose to let everyone in without proof of their address.

pub mod common;
mod devices;
mod letting_in;
pub mod mail;
mod making;
mod own;
pub mod pace;
pub mod passwords;
pub mod provider;
mod recovering;

use crate::ambient;
use crate::config::Entrance;
use crate::config::mail::Post;
use crate::store::{Store, StoreError};
use axum_extra::extract::cookie::CookieJar;
use backlog::Name;
use backlog::person::{Email, Password};
use devices::Devices;
use mail::{Letter, Mailer, Unusable};
use pace::{Deed, Network, Pace, Try, Wait};
use passwords::{Busy, Hashed, Passwords};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

pub use letting_in::Admitted;

/// The most errands that are run behind an answer at once; further ones are dropped, which is logged.
const ERRANDS: usize = 64;

/// The accounts of an installation. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    entrance: Arc<Entrance>,
    passwords: Passwords,
    pace: Arc<Mutex<Pace>>,
    devices: Devices,
    mailer: Option<Mailer>,
    errands: Arc<Semaphore>,
}

/// Whoever stands at the door.
#[derive(Clone, Debug)]
pub struct Caller {
    /// From which network address.
    pub address: IpAddr,
    /// What the browser says of itself.
    pub agent: String,
    /// What it brought along.
    pub cookies: CookieJar,
}

/// Why someone is not let in, or an account stays as it is.
#[derive(Debug)]
pub enum Refused {
    /// There are no accounts where everyone is let in.
    Open,
    /// There is no account yet, and this is not how the first one is made.
    Fresh,
    /// The first account was made already.
    NotFresh,
    /// Too many tries.
    Wait(Wait),
    /// Too many passwords are verified at the moment.
    Busy,
    /// The password is too easy to think of. The sentence says why.
    Guessable(common::Guessable),
    /// There is no such account, or it has another password, or it is closed.
    WrongCredentials,
    /// The present password is another.
    WrongPresent,
    /// One needs an invitation here.
    Uninvited,
    /// The invitation is over, or never was.
    NoInvitation,
    /// The address has an account.
    Taken,
    /// A letter is on its way, and the account waits for whoever reads it.
    LetterSent,
    /// The link was used, or is over, or never was.
    NoRecovery,
    /// No letters are sent here.
    NoMail,
    /// There is no such account.
    NoAccount,
    /// The account is closed.
    Closed,
    /// It is the last account that administers the installation.
    LastAdministrator,
    /// The store failed.
    Store(StoreError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Open => "there are no accounts here: the server was started with --open",
            Refused::Fresh => "there is no account here yet: the first one is made on the page, or by POST /api/owner",
            Refused::NotFresh => "the first account was made already: sign in",
            Refused::Wait(_) => "too many tries",
            Refused::Busy => "too many people are signing in at the moment; try again",
            Refused::Guessable(why) => return why.fmt(f),
            Refused::WrongCredentials => "the e-mail address or the password is wrong",
            Refused::WrongPresent => "present: this is not your current password",
            Refused::Uninvited => "invitation: one needs an invitation to make an account here",
            Refused::NoInvitation => "invitation: it was used or taken back, or its time is over; ask for another",
            Refused::Taken => "email: no account can be made with this address; if you have one, sign in",
            Refused::LetterSent => {
                "almost done: a letter is on its way to that address, and the link in it sets your password and lets you in"
            }
            Refused::NoRecovery => "token: this link was used, or its time is over; ask for another",
            Refused::NoMail => "no letters are sent here: ask whoever administers this installation for a link",
            Refused::NoAccount => "there is no such account",
            Refused::Closed => "the account is closed: open it first",
            Refused::LastAdministrator => "the last account that administers this installation stays as it is: make another one first",
            Refused::Store(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for Refused {}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Refused::Store(error)
    }
}

impl From<Busy> for Refused {
    fn from(_: Busy) -> Self {
        Refused::Busy
    }
}

impl From<Wait> for Refused {
    fn from(wait: Wait) -> Self {
        Refused::Wait(wait)
    }
}

impl From<common::Guessable> for Refused {
    fn from(why: common::Guessable) -> Self {
        Refused::Guessable(why)
    }
}

impl Accounts {
    /// The accounts in a store; `secret` is the server's own, of which a key is made.
    pub fn start(
        store: Store,
        entrance: Arc<Entrance>,
        (secret, post): (&str, Option<&Post>),
    ) -> Result<Accounts, Unusable> {
        // The task that sends ends by itself with the last who could ask it to.
        let mailer = post.map(Mailer::start).transpose()?.map(|(mailer, _)| mailer);
        Ok(Accounts {
            store,
            entrance,
            passwords: Passwords::default(),
            pace: Arc::default(),
            devices: Devices::new(secret),
            mailer,
            errands: Arc::new(Semaphore::new(ERRANDS)),
        })
    }

    /// Whether letters are sent.
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// The address under which people reach the server, and what sends letters with links to it; none where no letters are sent.
    pub fn post_office(&self) -> Option<(&str, &Mailer)> {
        self.entrance.url.as_deref().zip(self.mailer.as_ref())
    }

    /// Counts a try that is at no account, or says how long to wait.
    pub fn admit(&self, deed: Deed, address: IpAddr) -> Result<(), Wait> {
        self.admit_try(&anyones(deed, address))
    }

    /// Takes such a try back that turned out well.
    pub fn turned_out_well(&self, deed: Deed, address: IpAddr) {
        self.take_back(&anyones(deed, address));
    }

    /// Counts a letter to somebody else that someone wants sent, or says how long to wait: nobody's mailbox is flooded from here.
    pub fn admit_letter(&self, to: &Email, address: IpAddr) -> Result<(), Wait> {
        self.admit_try(&Try {
            account: Some(to.clone()),
            ..anyones(Deed::Letter, address)
        })
    }

    /// How many hashes of passwords were computed so far: what the answers cost.
    pub fn hashes_computed(&self) -> u64 {
        self.passwords.computed()
    }

    fn admit_try(&self, attempt: &Try) -> Result<(), Wait> {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.admit(attempt, ambient::now())
    }

    fn take_back(&self, attempt: &Try) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.turned_out_well(attempt);
    }

    /// Refuses where there are no accounts.
    fn for_accounts(&self) -> Result<(), Refused> {
        if self.entrance.open { Err(Refused::Open) } else { Ok(()) }
    }

    /// Hashes a new password, unless others would think of it first.
    async fn hashed(&self, password: Password, (name, email): (&Name, &Email)) -> Result<Hashed, Refused> {
        common::check(&password, name, email)?;
        Ok(self.passwords.hash(password, ambient::bits128()).await?)
    }

    /// Tells a mailbox that the password of its account was changed: whoever did not change it learns of it.
    fn tell_of_change(&self, email: Email) {
        if let Some((url, mailer)) = self.post_office() {
            let url = url.to_owned();
            mailer.send(Letter::PasswordChanged { to: email, url });
        }
    }

    fn post(&self, letter: Letter) {
        match &self.mailer {
            Some(mailer) => mailer.send(letter),
            None => tracing::error!("a letter was to be sent, and none are sent here"),
        }
    }

    /// Does something behind the answer, so that the answer tells nothing of it, not by its time either.
    fn run(&self, errand: impl Future<Output = Result<(), StoreError>> + Send + 'static) {
        let Ok(place) = self.errands.clone().try_acquire_owned() else {
            tracing::error!("an errand of the accounts is dropped: too many are under way");
            return;
        };
        tokio::spawn(async move {
            if let Err(error) = errand.await {
                tracing::error!(%error, "an errand of the accounts failed");
            }
            drop(place);
        });
    }
}

fn anyones(deed: Deed, address: IpAddr) -> Try {
    Try {
        deed,
        network: Network::of(address),
        account: None,
        device: None,
    }
}
