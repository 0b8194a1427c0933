//! Who is let in of those for whom the provider vouches, and to which account. Knows the store; must never know HTTP.

use super::{Failure, Identity};
use crate::ambient;
use crate::store::{Holder, NewHolder, Store, StoreError};
use backlog::person::Email;
use backlog::{Actor, ActorId, Name};

/// Someone is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// To whose account.
    pub actor: Actor,
    /// How they come to it.
    pub way: Way,
}

/// How someone comes to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// They came by it before.
    Known,
    /// It is theirs from now on, by its address; every other way into it has ended.
    Linked(Email),
    /// It was made for them.
    Made(Email),
}

/// Whether whoever has no account gets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// They do.
    Open,
    /// They do not.
    Shut,
}

/// Finds the account that belongs to an identity: the one that it belongs to already; else the one of its address, if the provider
/// knows that the address is theirs; else a new one.
pub async fn admit(
    store: &Store,
    identity: &Identity,
    sign_up: SignUp,
) -> Result<Result<Admission, Failure>, StoreError> {
    if store.is_fresh().await? {
        // Whoever comes first administers the installation, and does so knowingly.
        return Ok(Err(Failure::Fresh));
    }
    if let Some(known) = store.identified(&identity.issuer, &identity.subject).await? {
        return Ok(entered(known, Way::Known));
    }
    let Some(email) = &identity.email else {
        return Ok(Err(Failure::NoEmail));
    };
    match (store.holder(email).await?, sign_up) {
        (Some(holder), _) if identity.verified => link(store, identity, holder).await,
        (Some(_), _) => Ok(Err(Failure::Unverified)),
        (None, SignUp::Open) => make(store, identity, email).await,
        (None, SignUp::Shut) => Ok(Err(Failure::NoAccount)),
    }
}

fn entered(holder: Holder, way: Way) -> Result<Admission, Failure> {
    match holder.closed {
        true => Err(Failure::Closed),
        false => Ok(Admission {
            actor: holder.actor,
            way,
        }),
    }
}

/// Whoever proves that the address is theirs has the account for themselves: someone else may have made it before, in their name.
async fn link(store: &Store, identity: &Identity, holder: Holder) -> Result<Result<Admission, Failure>, StoreError> {
    if holder.closed {
        return Ok(Err(Failure::Closed));
    }
    let (issuer, subject) = (&identity.issuer, &identity.subject);
    store.link(holder.actor.id, (issuer, subject), ambient::now()).await?;
    let way = Way::Linked(holder.email.clone());
    Ok(entered(holder, way))
}

async fn make(store: &Store, identity: &Identity, email: &Email) -> Result<Result<Admission, Failure>, StoreError> {
    let actor = Actor {
        id: ActorId(ambient::bits128()),
        name: identity.name.clone().unwrap_or_else(|| named_by(email)),
    };
    let new = NewHolder {
        actor: actor.clone(),
        email: email.clone(),
        password: None,
    };
    let identity = (&*identity.issuer, &*identity.subject);
    let made = store.add_identified(&new, identity, ambient::now()).await?;
    Ok(match made {
        true => Ok(Admission {
            actor,
            way: Way::Made(email.clone()),
        }),
        // Someone was faster, perhaps the same person in another window.
        false => Err(Failure::Expired),
    })
}

/// What stands before the `@`, until the person says better.
fn named_by(email: &Email) -> Name {
    let (user, _) = email.as_str().split_once('@').unwrap_or((email.as_str(), ""));
    let short: String = user.chars().take(Name::MAX).collect();
    Name::new(&short).unwrap_or_else(|_| Name::new("Somebody").expect("a short word is a name"))
}
