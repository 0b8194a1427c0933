//! From columns to values and back. What does not parse was not written by this program.

use super::StoreError;
use backlog::api::ProjectSummary;
use backlog::id::Bits128;
use backlog::person::{Colour, Initials};
use backlog::{Actor, ActorId, Hash, Mid, Millis, Name, Recorded, Role};
use serde::de::DeserializeOwned;
use sqlx::FromRow;

/// The columns of a change, without its command.
#[derive(FromRow)]
pub(super) struct ChangeRow {
    pub(super) rev: i64,
    mid: String,
    base: i64,
    actor_id: String,
    actor_name: String,
    at: i64,
    pub(super) change: String,
    prev_hash: String,
    hash: String,
}

impl ChangeRow {
    pub(super) fn read(self) -> Result<Recorded, StoreError> {
        Ok(Recorded {
            rev: rev(self.rev)?,
            prev: Hash(id("hash", &self.prev_hash)?),
            hash: Hash(id("hash", &self.hash)?),
            mid: Mid(id("mutation id", &self.mid)?),
            base: rev(self.base)?,
            actor: Actor {
                id: ActorId(id("actor", &self.actor_id)?),
                name: name(&self.actor_name)?,
            },
            at: Millis(self.at),
            change: json("change", &self.change)?,
        })
    }
}

pub(super) fn id(what: &'static str, text: &str) -> Result<Bits128, StoreError> {
    text.parse().map_err(|error| corrupt(what, error))
}

pub(super) fn name(text: &str) -> Result<Name, StoreError> {
    Name::new(text).map_err(|error| corrupt("name", error))
}

pub(super) fn role(text: &str) -> Result<Role, StoreError> {
    let role = Role::ALL.into_iter().find(|role| role.as_str() == text);
    role.ok_or_else(|| corrupt("role", text))
}

/// The letters for someone; those of the name where none were chosen.
pub(super) fn initials(text: Option<String>, name: &Name) -> Result<Initials, StoreError> {
    let chosen = text.map(|text| Initials::new(&text).map_err(|error| corrupt("initials", error)));
    chosen.unwrap_or_else(|| Ok(Initials::of(name)))
}

/// The colour for someone; the one of their identity where none was chosen.
pub(super) fn colour(number: Option<i64>, person: ActorId) -> Result<Colour, StoreError> {
    let Some(number) = number else {
        return Ok(Colour::of(person));
    };
    let number = u16::try_from(number).map_err(|error| corrupt("colour", error))?;
    Colour::new(number).map_err(|error| corrupt("colour", error))
}

/// A line of the list of projects.
pub(super) fn summary((id, name, rev): (String, String, i64)) -> Result<ProjectSummary, StoreError> {
    Ok(ProjectSummary {
        id: id.parse().map_err(|error| corrupt("project", error))?,
        name: self::name(&name)?,
        rev: self::rev(rev)?,
    })
}

pub(super) fn rev(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|error| corrupt("revision", error))
}

pub(super) fn json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| corrupt(what, error))
}

/// SQLite's integers are signed. No history reaches half of them.
pub(super) fn signed(rev: u64) -> i64 {
    i64::try_from(rev).unwrap_or(i64::MAX)
}

pub(super) fn corrupt(what: &'static str, why: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt {
        what,
        why: why.to_string(),
    }
}
