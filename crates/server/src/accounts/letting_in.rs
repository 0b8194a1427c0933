//! Signing in, and the session that begins with it.

use super::pace::{Deed, Network, Try};
use super::passwords::{Hashed, Verdict};
use super::{Accounts, Caller, Refused};
use crate::access::Visitor;
use crate::ambient;
use crate::security::{SecurityEvent, note};
use crate::sessions;
use crate::store::{Credential, Holder, StoreError};
use axum_extra::extract::cookie::Cookie;
use backlog::api::SessionKind;
use backlog::api::account::SignIn;
use backlog::id::Bits128;
use backlog::person::{Email, Password};
use backlog::{Actor, ActorId};

/// Someone who was let in.
#[derive(Debug)]
pub struct Admitted {
    /// Who, by which session.
    pub visitor: Visitor,
    /// The cookies to set: of the session, and of the device.
    pub cookies: [Cookie<'static>; 2],
    /// The session that ended by it: the one that the browser had.
    pub replaced: Option<Bits128>,
}

impl Accounts {
    /// Lets someone in by their password. Whether there is no such account, or another password, or the account is closed: the answer
    /// is the same and costs the same.
    pub async fn sign_in(&self, who: SignIn, caller: &Caller) -> Result<Admitted, Refused> {
        self.for_accounts()?;
        let SignIn { email, password } = who;
        let holder = self.store.holder(&email).await?;
        let attempt = self.try_at(&email, holder.as_ref(), caller).await?;
        self.admit_try(&attempt)?;
        let kept = holder.as_ref().and_then(|holder| holder.password.clone());
        let verdict = self.verdict(&attempt, password.clone(), kept.clone()).await?;
        let holder = holder.filter(|holder| verdict != Verdict::Wrong && !holder.closed);
        let Some(holder) = holder else {
            note(&self.store, None, caller.address, SecurityEvent::SignInFailed(email)).await;
            return Err(Refused::WrongCredentials);
        };
        self.take_back(&attempt);
        note(
            &self.store,
            Some(holder.actor.id),
            caller.address,
            SecurityEvent::SignedIn,
        )
        .await;
        let admitted = self.let_in(holder.actor.clone(), caller).await?;
        // Whoever set another password while this one was verified meant to end all that it opens: either they ended this session
        // too, or it is seen here.
        let kept = kept.unwrap_or_default();
        if !self.store.opens(holder.actor.id, &kept).await? {
            if let Credential::Session(session) = admitted.visitor.credential {
                self.store.end_session(session).await?;
            }
            return Err(Refused::WrongCredentials);
        }
        if verdict == Verdict::RightButDated {
            self.renew_hash(&holder, password, &kept).await?;
        }
        Ok(admitted)
    }

    /// Hashes a password as it is done now. Where nobody has time for it, the next sign-in does it.
    async fn renew_hash(&self, holder: &Holder, password: Password, dated: &str) -> Result<(), StoreError> {
        let Ok(renewed) = self.passwords.hash(password, ambient::bits128()).await else {
            return Ok(());
        };
        let (of, to) = (holder.actor.id, renewed.as_str());
        self.store.renew_password(of, (dated, to)).await
    }

    /// Verifies a password; a try that nobody had time for is no try.
    pub(super) async fn verdict(
        &self,
        attempt: &Try,
        password: Password,
        kept: Option<String>,
    ) -> Result<Verdict, Refused> {
        let verdict = self.passwords.verify(password, kept.map(Hashed::kept)).await;
        verdict.map_err(|busy| {
            self.take_back(attempt);
            busy.into()
        })
    }

    /// Begins a session of someone whose identity is proven. The session with which they came ends: what another may have learned or
    /// placed before is worth nothing after.
    pub async fn let_in(&self, actor: Actor, caller: &Caller) -> Result<Admitted, StoreError> {
        let place = (&self.store, &*self.entrance);
        let begun = sessions::renew(place, (actor.id, &caller.agent), &caller.cookies).await?;
        let mark = self
            .devices
            .marked(self.device_cookie(caller), actor.id, ambient::bits128());
        let device = sessions::device_cookie(&self.entrance, mark);
        Ok(Admitted {
            visitor: Visitor {
                actor,
                named: true,
                kind: SessionKind::Account,
                credential: Credential::Session(begun.session),
            },
            cookies: [begun.cookie, device],
            replaced: begun.replaced,
        })
    }

    /// A try at an account. Whoever signed in to it before from this device, or is signed in to it, is no stranger to it.
    async fn try_at(&self, email: &Email, holder: Option<&Holder>, caller: &Caller) -> Result<Try, StoreError> {
        // Where there is no account, as much is looked up for one that cannot be.
        let account = holder.map_or(ActorId(Bits128(0)), |holder| holder.actor.id);
        let device = self.device_of(account, caller).await?;
        Ok(Try {
            deed: Deed::SignIn,
            network: Network::of(caller.address),
            account: Some(email.clone()),
            device,
        })
    }

    async fn device_of(&self, account: ActorId, caller: &Caller) -> Result<Option<Bits128>, StoreError> {
        if let Some(device) = self.devices.known(self.device_cookie(caller), account) {
            return Ok(Some(device));
        }
        let visitor = sessions::visitor((&self.store, &self.entrance), &caller.cookies).await?;
        let own = visitor.filter(|visitor| visitor.actor.id == account);
        Ok(own.and_then(|visitor| match visitor.credential {
            Credential::Session(session) => Some(session),
            Credential::Token(..) => None,
        }))
    }

    fn device_cookie<'a>(&self, caller: &'a Caller) -> &'a str {
        let cookie = caller.cookies.get(sessions::device_cookie_name(&self.entrance));
        cookie.map_or("", Cookie::value)
    }
}
