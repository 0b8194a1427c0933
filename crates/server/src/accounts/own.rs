//! What one sees to for oneself, and administrators for all: passwords, sessions, standing.

use super::pace::{Deed, Network, Try};
use super::passwords::Verdict;
use super::{Accounts, Refused};
use crate::security::{SecurityEvent, note};
use crate::store::{Holder, Stood};
use backlog::ActorId;
use backlog::api::account::{NewPassword, Standing};
use backlog::id::Bits128;
use backlog::person::Password;
use std::net::IpAddr;

impl Accounts {
    /// Sets another password for whoever is signed in by that session and knows the present one, where there is one. All other sessions
    /// end.
    pub async fn change_password(
        &self,
        (of, session): (ActorId, Bits128),
        wish: NewPassword,
        address: IpAddr,
    ) -> Result<(), Refused> {
        let holder = self.store.holder_of(of).await?.ok_or(Refused::NoAccount)?;
        if holder.password.is_some() {
            self.check_present(&holder, wish.present, (session, address)).await?;
        }
        let hashed = self.hashed(wish.new, (&holder.actor.name, &holder.email)).await?;
        let passwords = (holder.password.as_deref(), hashed.as_str());
        if !self.store.set_password(of, passwords, Some(session)).await? {
            return Err(Refused::WrongPresent);
        }
        note(&self.store, Some(of), address, SecurityEvent::PasswordChanged).await;
        self.tell_of_change(holder.email);
        Ok(())
    }

    /// Whoever found a browser open does not know the password, and does not find it out by trying.
    async fn check_present(
        &self,
        holder: &Holder,
        present: Option<Password>,
        (session, address): (Bits128, IpAddr),
    ) -> Result<(), Refused> {
        let present = present.ok_or(Refused::WrongPresent)?;
        let attempt = Try {
            deed: Deed::SignIn,
            network: Network::of(address),
            account: Some(holder.email.clone()),
            device: Some(session),
        };
        self.admit_try(&attempt)?;
        match self.verdict(&attempt, present, holder.password.clone()).await? {
            Verdict::Right | Verdict::RightButDated => {
                self.take_back(&attempt);
                Ok(())
            }
            Verdict::Wrong => {
                note(
                    &self.store,
                    Some(holder.actor.id),
                    address,
                    SecurityEvent::PasswordChangeRefused,
                )
                .await;
                Err(Refused::WrongPresent)
            }
        }
    }

    /// Gives an account another standing, by an administrator.
    pub async fn set_standing(
        &self,
        of: ActorId,
        standing: Standing,
        (by, address): (ActorId, IpAddr),
    ) -> Result<(), Refused> {
        let holder = self.store.holder_of(of).await?.ok_or(Refused::NoAccount)?;
        let before = match self.store.set_standing(of, standing).await? {
            Stood::Changed(before) => before,
            Stood::Unknown => return Err(Refused::NoAccount),
            Stood::LastAdministrator => return Err(Refused::LastAdministrator),
        };
        for event in told(before, standing) {
            note(&self.store, Some(by), address, event(holder.email.clone())).await;
        }
        Ok(())
    }
}

type OfAccount = fn(backlog::person::Email) -> SecurityEvent;

/// What it means that an account stood so and stands otherwise now.
fn told(before: Standing, now: Standing) -> Vec<OfAccount> {
    match (before, now) {
        (Standing::Administrator, Standing::Administrator)
        | (Standing::Plain, Standing::Plain)
        | (Standing::Closed, Standing::Closed) => vec![],
        (Standing::Administrator, Standing::Plain) => vec![SecurityEvent::AdministratorUnmade],
        (Standing::Administrator | Standing::Plain, Standing::Closed) => vec![SecurityEvent::AccountClosed],
        (Standing::Plain, Standing::Administrator) => vec![SecurityEvent::AdministratorMade],
        (Standing::Closed, Standing::Plain) => vec![SecurityEvent::AccountReopened],
        (Standing::Closed, Standing::Administrator) => {
            vec![SecurityEvent::AccountReopened, SecurityEvent::AdministratorMade]
        }
    }
}
