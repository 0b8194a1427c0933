//! What earlier visitors left on this device: own commands and drafts of an account that this browser can no longer come back
//! as, because its cookie is gone. The visitor who is here takes them over or throws them away; nothing else touches them.

use super::{Device, DeviceError, Durability, in_time, is_open, prefix_of};
use backlog::{ActorId, Name, ProjectId};
use std::collections::BTreeSet;

/// What an earlier visitor left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Whose it is.
    pub account: ActorId,
    /// What they were called; none where the device was never told.
    pub name: Option<Name>,
    /// Own commands without the server's word, or that need attention, or that cannot be read.
    pub changes: usize,
    /// Drafts.
    pub drafts: usize,
}

impl Device {
    /// Writes down what the person is called.
    pub async fn sign(&self, name: &Name) -> Result<(), DeviceError> {
        let texts = [(name_of(self.account), Some(name.as_str().to_owned()))];
        in_time(self.texts.write(&texts, Durability::Relaxed)).await
    }

    /// What one earlier visitor left, if any did.
    pub async fn left(&self) -> Result<Option<Left>, DeviceError> {
        let mine = self.account_prefix();
        // Only the names: what others have read of their projects may be large.
        let names = in_time(self.texts.names("")).await?;
        let others: BTreeSet<&str> = names
            .iter()
            .filter(|name| !name.starts_with(&mine))
            .filter_map(|name| name.split('/').next())
            .collect();
        for other in others {
            let Ok(account) = other.parse().map(ActorId) else {
                continue;
            };
            let (mut changes, mut drafts) = (0, 0);
            for (prefix, kind) in shelves(&names, account) {
                match kind {
                    Kind::Draft => drafts += names.iter().filter(|name| name.starts_with(&prefix)).count(),
                    Kind::Own => {
                        let texts = in_time(self.texts.read(&prefix)).await?;
                        changes += texts.iter().filter(|(_, text)| is_open(text)).count();
                    }
                }
            }
            if (changes, drafts) != (0, 0) {
                let name = in_time(self.texts.read(&name_of(account))).await?;
                return Ok(Some(Left {
                    account,
                    name: name.first().and_then(|(_, text)| Name::new(text).ok()),
                    changes,
                    drafts,
                }));
            }
        }
        Ok(None)
    }

    /// Makes what an earlier visitor left the person's own: what the server does not have, under the same mutation ids, and
    /// drafts. All else of that visitor goes. Answers the projects in which something was.
    pub async fn take_over(&self, from: ActorId) -> Result<Vec<ProjectId>, DeviceError> {
        let (theirs, mine) = (prefix_of(from), self.account_prefix());
        let there: BTreeSet<String> = in_time(self.texts.names(&mine)).await?.into_iter().collect();
        let (mut writes, mut projects) = (Vec::new(), BTreeSet::new());
        for (name, text) in in_time(self.texts.read(&theirs)).await? {
            let Some(rest) = name.strip_prefix(&theirs) else {
                continue;
            };
            let kind = kind_of(rest);
            let moves = match kind {
                Some(Kind::Own) => is_open(&text),
                Some(Kind::Draft) => true,
                None => false,
            };
            let to = format!("{mine}{rest}");
            match (moves, there.contains(&to), kind) {
                // Two texts typed into one story: neither takes the place of the other.
                (true, true, Some(Kind::Draft)) => continue,
                (true, false, _) => {
                    projects.extend(rest.split('/').next().and_then(|id| id.parse::<ProjectId>().ok()));
                    writes.push((to, Some(text)));
                }
                (true | false, _, _) => {}
            }
            writes.push((name, None));
        }
        in_time(self.texts.write(&writes, Durability::Strict)).await?;
        Ok(projects.into_iter().collect())
    }

    /// Lets go of all that the device keeps for an earlier visitor.
    pub async fn throw_away(&self, from: ActorId) -> Result<(), DeviceError> {
        in_time(self.texts.wipe(&prefix_of(from))).await
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Own,
    Draft,
}

/// What a text of an account is, by the rest of its name: `project/kind/id`.
fn kind_of(rest: &str) -> Option<Kind> {
    match rest.split('/').nth(1) {
        Some("own") => Some(Kind::Own),
        Some("draft") => Some(Kind::Draft),
        Some(_) | None => None,
    }
}

/// How the names of an account's commands and drafts begin, for each project that has some.
fn shelves(names: &[String], account: ActorId) -> BTreeSet<(String, Kind)> {
    let prefix = prefix_of(account);
    let shelf = |name: &String| {
        let rest = name.strip_prefix(&prefix)?;
        let kind = kind_of(rest)?;
        let word = match kind {
            Kind::Own => "own",
            Kind::Draft => "draft",
        };
        Some((format!("{prefix}{}/{word}/", rest.split('/').next()?), kind))
    };
    names.iter().filter_map(shelf).collect()
}

fn name_of(account: ActorId) -> String {
    format!("{}name", prefix_of(account))
}
