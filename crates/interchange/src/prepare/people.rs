//! Who is who: each name of a file is a member of the project, or someone without an account who goes by that name.

use super::ids::Ids;
use super::{Choices, Place};
use backlog::api::import::Found;
use backlog::{ActorId, Name, Person};
use std::collections::BTreeMap;
use std::fmt;

/// A name that is to mean someone who is not in the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMember {
    /// The name.
    pub name: Name,
}

impl fmt::Display for UnknownMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "people: “{}” is to mean someone who is not in this project",
            self.name.as_str()
        )
    }
}

impl std::error::Error for UnknownMember {}

/// The people of an import.
#[derive(Debug)]
pub(super) struct People<'a> {
    place: &'a Place<'a>,
    choices: &'a Choices,
    // In how many stories each name stands.
    found: BTreeMap<Name, u32>,
}

impl<'a> People<'a> {
    pub fn new(place: &'a Place<'a>, choices: &'a Choices) -> Result<People<'a>, UnknownMember> {
        let is_known = |id: &ActorId| *id == place.hand.by.id || place.project.people().contains_key(id);
        match choices.people.iter().find(|(_, id)| !is_known(id)) {
            Some((name, _)) => Err(UnknownMember { name: name.clone() }),
            None => Ok(People {
                place,
                choices,
                found: BTreeMap::new(),
            }),
        }
    }

    /// Counts a story that names someone.
    pub fn count(&mut self, name: &Name) {
        match self.found.get_mut(name) {
            Some(stories) => *stories += 1,
            None => {
                self.found.insert(name.clone(), 1);
            }
        }
    }

    /// Who is meant.
    pub fn id(&self, name: &Name) -> ActorId {
        let chosen = self.choices.people.get(name).copied();
        chosen.unwrap_or_else(|| Ids(self.choices.id).person(name))
    }

    /// Everyone who was found, and those whose names are kept.
    pub fn end(self) -> (Vec<Found>, Vec<Person>) {
        let members = self.members();
        let kept = self
            .found
            .keys()
            .filter(|name| !self.choices.people.contains_key(*name));
        let kept = kept
            .map(|name| Person {
                id: self.id(name),
                name: name.clone(),
            })
            .collect();
        let found = self.found.iter().map(|(name, stories)| Found {
            name: name.clone(),
            stories: *stories,
            member: members.get(&name.as_str().to_lowercase()).copied(),
        });
        (found.collect(), kept)
    }

    /// The people of the project by name. Of two with one name it is whoever asks, or the first by identity.
    fn members(&self) -> BTreeMap<String, ActorId> {
        let asking = self.place.hand.by;
        let all = self.place.project.people().iter().map(|(id, name)| (*id, name));
        let mut members = BTreeMap::new();
        for (id, name) in [(asking.id, &asking.name)].into_iter().chain(all) {
            members.entry(name.as_str().to_lowercase()).or_insert(id);
        }
        members
    }
}
