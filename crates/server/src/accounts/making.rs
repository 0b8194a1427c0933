//! Making accounts: the first one, and all others.

use super::mail::Letter;
use super::pace::Deed;
use super::passwords::Hashed;
use super::recovering::A_DAY;
use super::{Accounts, Admitted, Caller, Refused};
use crate::ambient;
use crate::security::{SecurityEvent, note};
use crate::store::{NewHolder, StoreError, TokenHash};
use backlog::api::account::{NewAccount, SignUp};
use backlog::person::Email;
use backlog::{Actor, ActorId, Name, ProjectId};
use std::net::IpAddr;

impl Accounts {
    /// Makes the account that administers the installation, once: whoever is first. Tells which projects it owns now, those that nobody
    /// was in.
    pub async fn make_first(&self, new: NewAccount, caller: &Caller) -> Result<(Admitted, Vec<ProjectId>), Refused> {
        self.for_accounts()?;
        self.admit(Deed::SignUp, caller.address)?;
        if !self.store.is_fresh().await? {
            return Err(Refused::NotFresh);
        }
        let NewAccount { name, email, password } = new;
        let hashed = self.hashed(password, (&name, &email)).await?;
        let holder = holder(name, email, Some(hashed));
        let owned = self.store.add_first_account(&holder, ambient::now()).await?;
        let owned = owned.ok_or(Refused::NotFresh)?;
        self.turned_out_well(Deed::SignUp, caller.address);
        let by = Some(holder.actor.id);
        note(
            &self.store,
            by,
            caller.address,
            SecurityEvent::AccountMade(holder.email.clone()),
        )
        .await;
        note(
            &self.store,
            by,
            caller.address,
            SecurityEvent::AdministratorMade(holder.email),
        )
        .await;
        Ok((self.let_in(holder.actor, caller).await?, owned))
    }

    /// Makes an account for whoever has an invitation, or, where everyone may sign up, for anyone. The invitation is not used up by it:
    /// it is accepted afterwards, by the account.
    pub async fn sign_up(&self, wish: SignUp, caller: &Caller) -> Result<Admitted, Refused> {
        self.for_accounts()?;
        self.admit(Deed::SignUp, caller.address)?;
        if self.store.is_fresh().await? {
            return Err(Refused::Fresh);
        }
        let SignUp { account, invitation } = wish;
        match invitation {
            Some(secret) => {
                self.check_invitation(&secret, caller).await?;
                let admitted = self.make(account, caller).await?;
                // An office may be invited at once.
                self.turned_out_well(Deed::SignUp, caller.address);
                Ok(admitted)
            }
            None if !self.entrance.sign_up => Err(Refused::Uninvited),
            None if self.sends_mail() => self.make_by_letter(account, caller),
            None => self.make(account, caller).await,
        }
    }

    async fn check_invitation(&self, secret: &str, caller: &Caller) -> Result<(), Refused> {
        self.admit(Deed::Secret, caller.address)?;
        let found = self.store.invitation(&TokenHash::of(secret), ambient::now()).await?;
        if !found.is_some_and(|invitation| invitation.stands) {
            return Err(Refused::NoInvitation);
        }
        self.turned_out_well(Deed::Secret, caller.address);
        Ok(())
    }

    async fn make(&self, new: NewAccount, caller: &Caller) -> Result<Admitted, Refused> {
        let NewAccount { name, email, password } = new;
        let hashed = self.hashed(password, (&name, &email)).await?;
        let holder = holder(name, email, Some(hashed));
        if !self.store.add_account(&holder, ambient::now()).await? {
            self.tell_of_account(holder.email, caller.address).await;
            return Err(Refused::Taken);
        }
        let made = SecurityEvent::AccountMade(holder.email);
        note(&self.store, Some(holder.actor.id), caller.address, made).await;
        Ok(self.let_in(holder.actor, caller).await?)
    }

    /// Makes an account that waits for whoever reads the mailbox: the letter's link sets its password. The one that was typed proves
    /// nothing about the mailbox, and is dropped. An address that has an account gets another letter, and the same answer.
    fn make_by_letter(&self, new: NewAccount, caller: &Caller) -> Result<Admitted, Refused> {
        let NewAccount { name, email, password } = new;
        super::common::check(&password, &name, &email)?;
        let (accounts, address) = (self.clone(), caller.address);
        self.run(async move { accounts.begin_by_letter(holder(name, email, None), address).await });
        Err(Refused::LetterSent)
    }

    async fn begin_by_letter(&self, holder: NewHolder, address: IpAddr) -> Result<(), StoreError> {
        if !self.store.add_account(&holder, ambient::now()).await? {
            self.tell_of_account(holder.email, address).await;
            return Ok(());
        }
        let secret = self.new_recovery(holder.actor.id, A_DAY).await?;
        let made = SecurityEvent::AccountMade(holder.email.clone());
        note(&self.store, Some(holder.actor.id), address, made).await;
        self.post(Letter::FirstPassword {
            to: holder.email,
            url: self.url(),
            secret,
        });
        Ok(())
    }

    /// Tells a mailbox that someone wanted to make an account with its address, which has one.
    async fn tell_of_account(&self, email: Email, address: IpAddr) {
        note(&self.store, None, address, SecurityEvent::AccountExists(email.clone())).await;
        if self.sends_mail() {
            self.post(Letter::AccountExists {
                to: email,
                url: self.url(),
            });
        }
    }

    /// The address under which people reach the server. The settings have one where letters are sent.
    pub(super) fn url(&self) -> String {
        self.entrance.url.clone().unwrap_or_default()
    }
}

fn holder(name: Name, email: Email, password: Option<Hashed>) -> NewHolder {
    NewHolder {
        actor: Actor {
            id: ActorId(ambient::bits128()),
            name,
        },
        email,
        password: password.map(|hashed| hashed.as_str().to_owned()),
    }
}
