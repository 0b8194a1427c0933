//! A file that was looked at: what it would bring, and what was chosen about it.

use super::Asked;
use crate::board::scene::exchange::{LookedScene, PersonLine, ScaleScene};
use crate::board::settings::scale_words;
use backlog::api::import::{Estimates, Meant, Report, Rescaling};
use backlog::{Actor, ActorId, Name, Project};
use std::collections::BTreeMap;

/// How many of the people of a file are shown, and among how many one can choose. All others keep their names, or are who goes by
/// the same name.
const MOST_PEOPLE: usize = 100;

/// A file that was looked at.
#[derive(Debug)]
pub(super) struct Looked {
    pub file: String,
    report: Report,
    // Who is meant by a name, where it does not stay as it is.
    meant: BTreeMap<Name, ActorId>,
    pub estimates: Estimates,
    /// As what it was asked for; none before it was.
    pub asked: Option<Asked>,
    pub trouble: Option<String>,
}

impl Looked {
    /// A file and what the server told of it. Who goes by the same name is meant, until someone says otherwise.
    pub fn new(file: String, report: Report) -> Looked {
        let meant = report
            .people
            .iter()
            .filter_map(|found| Some((found.name.clone(), found.member?)));
        Looked {
            meant: meant.collect(),
            file,
            report,
            estimates: Estimates::default(),
            asked: None,
            trouble: None,
        }
    }

    /// Says who is meant by a name; no one keeps the name.
    pub fn mean(&mut self, name: Name, member: Option<ActorId>) {
        match member {
            Some(member) => self.meant.insert(name, member),
            None => self.meant.remove(&name),
        };
    }

    /// Who is meant by which name, as the server is told.
    pub fn people(&self) -> Vec<Meant> {
        let meant = self.meant.iter().map(|(name, member)| Meant {
            name: name.clone(),
            member: *member,
        });
        meant.collect()
    }

    /// Takes what the import has brought in the end: others may have imported some of it meanwhile.
    pub fn share_report(&mut self, report: Option<Report>) {
        self.report = report.unwrap_or_else(|| std::mem::take(&mut self.report));
    }

    /// What it brings, in a sentence.
    pub fn words(&self) -> String {
        let rows = counted(self.report.rows, "row");
        match (self.report.story_count(), self.report.epics) {
            (0, 0) => format!("{} has {rows} and brings nothing new.", self.file),
            (stories, epics) => format!("{} has {rows} and brings {}.", self.file, brought(stories, epics)),
        }
    }

    /// What it brought, in a sentence.
    pub fn done_words(&self) -> String {
        let brought = brought(self.report.story_count(), self.report.epics);
        format!("Imported {brought} from {}.", self.file)
    }

    pub fn scene(&self, view: &Project, me: &Actor) -> LookedScene {
        let report = &self.report;
        let (stories, epics) = (report.story_count(), report.epics);
        let people = report.people.iter().take(MOST_PEOPLE).map(|found| PersonLine {
            name: found.name.clone(),
            stories: found.stories,
            meant: self.meant.get(&found.name).copied(),
        });
        LookedScene {
            file: self.file.clone(),
            words: self.words(),
            tallies: report.stories.clone(),
            accepted: report.accepted,
            velocity: report.velocity,
            people: people.collect(),
            more_people: report.people.len().saturating_sub(MOST_PEOPLE),
            members: self.members(view, me).into(),
            scale: report.scale.as_ref().map(|scale| self.scale(scale)),
            left_out: report.left_out.clone(),
            here: report.here.clone(),
            losses: report.losses.clone(),
            trouble: self.trouble.clone(),
            import: (stories + epics > 0).then(|| format!("Import {}", brought(stories, epics))),
        }
    }

    /// Who can be meant: oneself, those who are, and others by their names.
    fn members(&self, view: &Project, me: &Actor) -> Vec<(ActorId, Name)> {
        let mut others: Vec<(ActorId, Name)> = view
            .people()
            .iter()
            .filter(|(id, _)| **id != me.id)
            .map(|(id, name)| (*id, name.clone()))
            .collect();
        let is_meant = |id: &ActorId| self.meant.values().any(|meant| meant == id);
        others.sort_by_cached_key(|(id, name)| (!is_meant(id), name.as_str().to_lowercase()));
        others.truncate(MOST_PEOPLE);
        others.sort_by_cached_key(|(_, name)| name.as_str().to_lowercase());
        others.insert(0, (me.id, me.name.clone()));
        others
    }

    fn scale(&self, scale: &Rescaling) -> ScaleScene {
        let points: Vec<String> = scale.points.iter().map(u16::to_string).collect();
        let (points, stories) = (points.join(", "), counted(scale.stories, "story"));
        let verb = if scale.stories == 1 { "has" } else { "have" };
        ScaleScene {
            words: format!("{stories} {verb} an estimate that this project's scale does not hold: {points}."),
            offered: scale.offered.as_ref().map(scale_words),
            choice: self.estimates,
        }
    }
}

/// Stories and epics, counted.
pub(super) fn brought(stories: u32, epics: u32) -> String {
    match (stories, epics) {
        (stories, 0) => counted(stories, "story"),
        (0, epics) => counted(epics, "epic"),
        (stories, epics) => format!("{} and {}", counted(stories, "story"), counted(epics, "epic")),
    }
}

/// A count and its word, with commas between thousands.
fn counted(count: u32, word: &str) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match (count, word) {
        (1, word) => format!("{text} {word}"),
        (_, "story") => format!("{text} stories"),
        (_, word) => format!("{text} {word}s"),
    }
}
