//! How fast one may try: to sign in, to sign up, to have letters sent, to look an invitation up, to come in. Pure: time comes in, and
//! what comes out is how long to wait. It never says no for good, so that nobody can lock another out.
//!
//! | counted | for |
//! |---|---|
//! | each network address (of IPv6 its /64) | every deed |
//! | each e-mail address, as it was typed, whether there is such an account or not | signing in, by strangers; letters to it |
//! | each device that signed in to that account before | its own tries alone |
//!
//! A known device is no stranger: what strangers try at an account, and from the same network, does not slow it. A try that turns
//! out well is taken back. The first tries are free; each one more doubles the wait, up to a limit; quiet time forgives them one
//! by one.

mod tallies;

use backlog::Millis;
use backlog::id::Bits128;
use backlog::person::Email;
use std::net::{IpAddr, Ipv6Addr};
use tallies::Tallies;

/// The most addresses, accounts and devices that are remembered of each kind; the oldest are forgotten. At most some 20 MB in all.
const REMEMBERED: usize = 20_000;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// To sign in, or to show the present password again.
    SignIn,
    /// To make an account.
    SignUp,
    /// To ask for a recovery.
    Recovery,
    /// To have a letter sent to somebody else.
    Letter,
    /// To show a secret that a link brought: an invitation, a recovery, a share.
    Secret,
    /// To come in where everyone is let in.
    Visit,
}

/// Where tries come from: an address, or for IPv6 the network of 2^64 of them that one customer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V4(address) => Network(IpAddr::V4(address)),
            IpAddr::V6(address) => {
                let kept = u128::from(address) & !u128::from(u64::MAX);
                Network(IpAddr::V6(Ipv6Addr::from(kept)))
            }
        }
    }
}

/// A try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// What is tried.
    pub deed: Deed,
    /// From where.
    pub network: Network,
    /// At which account, where it is at one.
    pub account: Option<Email>,
    /// By which device, where that one signed in to the account before.
    pub device: Option<Bits128>,
}

/// So many seconds have to pass first; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

/// How a kind of try is slowed.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// So many are free.
    free: u32,
    /// The first wait, in milliseconds. Each one more is twice as long.
    first: i64,
    /// The longest wait, in milliseconds.
    longest: i64,
    /// After so many quiet milliseconds one try is forgiven.
    forgiven: i64,
}

/// What tries are counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Network(Deed, Network),
    Account(Deed, Email),
    Device(Deed, Bits128),
}

/// All tries that still count.
#[derive(Debug)]
pub struct Pace {
    // Apart, so that whoever makes up many of one kind makes none of the others forgotten.
    networks: Tallies,
    accounts: Tallies,
    devices: Tallies,
}

impl Default for Pace {
    fn default() -> Self {
        Pace::remembering(REMEMBERED)
    }
}

impl Pace {
    /// Remembers at most so many of each kind.
    pub fn remembering(most: usize) -> Pace {
        Pace {
            networks: Tallies::new(most),
            accounts: Tallies::new(most),
            devices: Tallies::new(most),
        }
    }

    /// Counts a try, or says how long to wait. One that has to wait is not counted, so that impatience does not prolong it.
    pub fn admit(&mut self, attempt: &Try, now: Millis) -> Result<(), Wait> {
        let keys = keys(attempt);
        let wait = keys.iter().map(|(key, rule)| self.of(key).wait(key, *rule, now)).max();
        match wait.unwrap_or_default() {
            0 => {
                keys.into_iter()
                    .for_each(|(key, rule)| self.of(&key).count(key, rule, now));
                Ok(())
            }
            wait => Err(Wait(wait.cast_unsigned().div_ceil(SECOND.cast_unsigned()))),
        }
    }

    /// Takes a try back that turned out well.
    pub fn turned_out_well(&mut self, attempt: &Try) {
        keys(attempt).iter().for_each(|(key, _)| self.of(key).take_back(key));
    }

    fn of(&mut self, key: &Key) -> &mut Tallies {
        match key {
            Key::Network(..) => &mut self.networks,
            Key::Account(..) => &mut self.accounts,
            Key::Device(..) => &mut self.devices,
        }
    }
}

/// What a try is counted under, and how.
fn keys(attempt: &Try) -> Vec<(Key, Rule)> {
    let Try {
        deed,
        network,
        account,
        device,
    } = attempt;
    if let Some(device) = device {
        return vec![(Key::Device(*deed, *device), of_devices())];
    }
    let of_account = account.clone().zip(of_accounts(*deed));
    let network = (Key::Network(*deed, *network), of_networks(*deed));
    let account = of_account.map(|(email, rule)| (Key::Account(*deed, email), rule));
    std::iter::once(network).chain(account).collect()
}

/// A network may be a household, an office, or a proxy that was not named as one.
fn of_networks(deed: Deed) -> Rule {
    let (free, first, longest, forgiven) = match deed {
        Deed::SignIn => (30, 2 * SECOND, 5 * MINUTE, MINUTE),
        Deed::SignUp => (10, 10 * SECOND, HOUR, 10 * MINUTE),
        Deed::Recovery => (10, 30 * SECOND, HOUR, 10 * MINUTE),
        Deed::Letter => (30, 30 * SECOND, HOUR, 5 * MINUTE),
        Deed::Secret => (60, SECOND, MINUTE, 10 * SECOND),
        Deed::Visit => (300, SECOND, MINUTE, 2 * SECOND),
    };
    Rule {
        free,
        first,
        longest,
        forgiven,
    }
}

/// Strangers get one try in five minutes in the long run: 288 a day, against passwords that are on no list.
fn of_accounts(deed: Deed) -> Option<Rule> {
    let (free, first, longest, forgiven) = match deed {
        Deed::SignIn => (10, SECOND, 5 * MINUTE, HOUR),
        // Each one is a letter in somebody's mailbox.
        Deed::Recovery | Deed::Letter => (3, MINUTE, HOUR, 20 * MINUTE),
        Deed::SignUp | Deed::Secret | Deed::Visit => return None,
    };
    Some(Rule {
        free,
        first,
        longest,
        forgiven,
    })
}

fn of_devices() -> Rule {
    Rule {
        free: 10,
        first: SECOND,
        longest: 5 * MINUTE,
        forgiven: MINUTE,
    }
}

#[cfg(test)]
mod tests;
