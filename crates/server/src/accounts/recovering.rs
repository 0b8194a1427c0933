//! Recoveries: a link that sets a password once, by letter or from an administrator.

use super::mail::Letter;
use super::pace::{Deed, Network, Try};
use super::{Accounts, Admitted, Caller, Refused};
use crate::ambient;
use crate::security::{SecurityEvent, note};
use crate::sessions;
use crate::store::{Holder, StoreError, TokenHash};
use backlog::api::account::{LostPassword, Recover, Secret};
use backlog::person::Email;
use backlog::{ActorId, Millis};
use std::net::IpAddr;

/// How long a recovery is good that was asked for by letter: one hour, in milliseconds.
const AN_HOUR: i64 = 3_600_000;
/// How long one is good that an administrator hands over, or that comes with a new account: one day, in milliseconds.
pub(super) const A_DAY: i64 = 24 * AN_HOUR;

impl Accounts {
    /// Sends a recovery to an address, if it has an account. Nobody learns whether it has: all that depends on it is done behind the
    /// answer.
    pub fn ask_for_recovery(&self, who: LostPassword, caller: &Caller) -> Result<(), Refused> {
        self.for_accounts()?;
        if !self.sends_mail() {
            return Err(Refused::NoMail);
        }
        let attempt = Try {
            deed: Deed::Recovery,
            network: Network::of(caller.address),
            account: Some(who.email.clone()),
            device: None,
        };
        self.admit_try(&attempt)?;
        let (accounts, address) = (self.clone(), caller.address);
        self.run(async move { accounts.send_recovery(who.email, address).await });
        Ok(())
    }

    async fn send_recovery(&self, email: Email, address: IpAddr) -> Result<(), StoreError> {
        note(&self.store, None, address, SecurityEvent::RecoveryAsked(email.clone())).await;
        let holder = self.store.holder(&email).await?;
        let Some(holder) = holder.filter(|holder| !holder.closed) else {
            return Ok(());
        };
        let secret = self.new_recovery(holder.actor.id, AN_HOUR).await?;
        self.post(Letter::Recovery {
            to: email,
            url: self.url(),
            secret,
        });
        Ok(())
    }

    /// Makes a recovery that an administrator hands over.
    pub async fn make_recovery(&self, of: ActorId, (by, address): (ActorId, IpAddr)) -> Result<Secret, Refused> {
        let holder = self.store.holder_of(of).await?.ok_or(Refused::NoAccount)?;
        if holder.closed {
            return Err(Refused::Closed);
        }
        let secret = self.new_recovery(of, A_DAY).await?;
        note(
            &self.store,
            Some(by),
            address,
            SecurityEvent::RecoveryMade(holder.email),
        )
        .await;
        Ok(Secret { secret })
    }

    /// Sets a password by a recovery and lets its holder in. All their sessions end.
    pub async fn recover(&self, with: Recover, caller: &Caller) -> Result<Admitted, Refused> {
        self.for_accounts()?;
        self.admit(Deed::Secret, caller.address)?;
        let Recover { token, password } = with;
        let token = TokenHash::of(&token);
        let holder = self.recovering(&token).await?.ok_or(Refused::NoRecovery)?;
        let Holder {
            actor,
            email,
            password: before,
            ..
        } = holder;
        let hashed = self.hashed(password, (&actor.name, &email)).await?;
        let used = self.store.use_recovery(&token, hashed.as_str(), ambient::now()).await?;
        // Two may have come with the same link.
        let actor = used.ok_or(Refused::NoRecovery)?;
        self.turned_out_well(Deed::Secret, caller.address);
        note(&self.store, Some(actor.id), caller.address, SecurityEvent::RecoveryUsed).await;
        if before.is_some() {
            self.tell_of_change(email);
        }
        Ok(self.let_in(actor, caller).await?)
    }

    async fn recovering(&self, token: &TokenHash) -> Result<Option<Holder>, StoreError> {
        match self.store.recovery(token, ambient::now()).await? {
            Some(actor) => self.store.holder_of(actor).await,
            None => Ok(None),
        }
    }

    /// A new secret of someone's, good for so many milliseconds.
    pub(super) async fn new_recovery(&self, of: ActorId, good_for: i64) -> Result<String, StoreError> {
        let secret = sessions::secret();
        let until = Millis(ambient::now().0.saturating_add(good_for));
        self.store.add_recovery(of, &TokenHash::of(&secret), until).await?;
        Ok(secret)
    }
}
