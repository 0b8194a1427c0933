//! Makes a recovery for an account, for whoever has the machine but cannot sign in; also while the server runs. Knows accounts by their
//! address; prints nothing.

use super::{UpkeepError, existing, wrong};
use crate::config::{DATA, EMAIL, RecoverArgs, entrance};
use crate::security::{self, SecurityEvent};
use crate::store::{FILE, Store, TokenHash};
use crate::{ambient, sessions};
use backlog::person::Email;
use backlog::{Epoch, Millis};
use std::net::{IpAddr, Ipv4Addr};

/// How long the link is good, in milliseconds: one hour.
const AN_HOUR: i64 = 3_600_000;

/// The link by which the holder of an account sets a password; without `--url` only what comes after the server's address.
pub async fn recover(args: &RecoverArgs) -> Result<String, UpkeepError> {
    let data = &args.folder.data;
    existing(DATA, &data.join(FILE), "give the data folder of a server")?;
    let right = "give the address by which the person signs in";
    let email = Email::new(&args.email).map_err(|problem| wrong(EMAIL, format!("the {problem}"), right))?;
    let url = args.url.as_deref().map(entrance::url).transpose()?;
    // There is a database, so that no life of one begins here.
    let store = Store::open(data, Epoch(ambient::bits128())).await?;
    let made = make(&store, &email).await;
    store.close().await;
    let secret = made?.ok_or_else(|| {
        wrong(
            EMAIL,
            format!("no account that can sign in has {}", email.as_str()),
            right,
        )
    })?;
    Ok(format!("{}/recover#{secret}", url.unwrap_or_default()))
}

async fn make(store: &Store, email: &Email) -> Result<Option<String>, UpkeepError> {
    let holder = store.holder(email).await?.filter(|holder| !holder.closed);
    let Some(holder) = holder else { return Ok(None) };
    let secret = sessions::secret();
    let until = Millis(ambient::now().0.saturating_add(AN_HOUR));
    store
        .add_recovery(holder.actor.id, &TokenHash::of(&secret), until)
        .await?;
    let machine = IpAddr::V4(Ipv4Addr::LOCALHOST);
    security::note(store, None, machine, SecurityEvent::RecoveryMade(holder.email)).await;
    Ok(Some(secret))
}
