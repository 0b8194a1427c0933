//! Verifies one project's history as it is handed in, row by row: every revision follows from the one before, and together
//! they lead to what the snapshot and the list of projects say. Knows rows and the domain; reads nothing itself.

use crate::store::{Double, Entry, Listed};
use backlog::api::to_json;
use backlog::{Digest, Hash, Millis, Name, Project, ProjectId, Recorded, Snapshot};
use std::fmt;

/// How many findings of one project are told; of a history that is wholly wrong the rest says nothing new.
const MOST_FINDINGS: usize = 20;

/// Something that is wrong with a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// At which revision, where it is about one.
    pub rev: Option<u64>,
    /// What.
    pub flaw: Flaw,
}

/// What can be wrong with a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It cannot be read: why.
    Unreadable(String),
    /// This revision and those up to the one named here are not there.
    Missing(u64),
    /// It does not name the hash of the revision before it.
    Unlinked,
    /// Its content does not give its hash.
    Altered,
    /// It cannot have happened to the project as it was.
    Unfit,
    /// This mutation has another fate beside this revision.
    Doubled(String),
    /// The list of projects does not say where the history ends: what it says.
    Head(String),
    /// The list of projects does not say the name that the history leads to.
    Name(String),
    /// There is no snapshot.
    NoSnapshot,
    /// The snapshot is not what the changes up to its revision lead to.
    Snapshot,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Unreadable(why) => write!(f, "it cannot be read: {why}"),
            Flaw::Missing(upto) => write!(f, "it is missing, with all up to revision {upto}"),
            Flaw::Unlinked => f.write_str("it does not name the hash of the revision before it"),
            Flaw::Altered => f.write_str("its content does not give its hash: it was altered after it was recorded"),
            Flaw::Unfit => f.write_str("it cannot have happened to the project as it was"),
            Flaw::Doubled(mid) => write!(f, "its mutation {mid} was carried out or refused at another time too"),
            Flaw::Head(said) => write!(f, "the history ends here, but the list of projects says {said}"),
            Flaw::Name(name) => write!(f, "the project is called {name} here, but not in the list of projects"),
            Flaw::NoSnapshot => f.write_str("there is no snapshot"),
            Flaw::Snapshot => f.write_str("the snapshot is not what the changes lead to"),
        }
    }
}

/// What was found in one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The project's name and identity, as far as they can be read.
    pub project: String,
    /// How many changes it has.
    pub changes: u64,
    /// What is wrong, the first of it.
    pub findings: Vec<Finding>,
    /// How many more findings there are.
    pub more: u64,
}

/// A verification under way.
#[derive(Debug)]
pub(super) struct Verifier {
    report: Report,
    listed: Listed,
    /// The last revision that was read, and its hash where it could be read.
    rev: u64,
    hash: Option<Hash>,
    /// The project at that revision; none once something before it is not to be trusted.
    project: Option<Project>,
    snapshot: Option<Summary>,
}

/// What a snapshot must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Summary {
    rev: u64,
    digest: Digest,
    next_number: u32,
    stories: usize,
}

impl Verifier {
    /// Begins with what is said of the project beside its history.
    pub(super) fn new(listed: Listed, snapshot: Option<(i64, String)>) -> Verifier {
        let id: Result<ProjectId, _> = listed.id.parse();
        let mut verifier = Verifier {
            report: Report {
                project: shown(&listed),
                changes: 0,
                findings: Vec::new(),
                more: 0,
            },
            listed,
            rev: 0,
            hash: id.ok().map(Hash::genesis),
            project: None,
            snapshot: None,
        };
        if let Err(error) = id {
            verifier.find(None, Flaw::Unreadable(error.to_string()));
        }
        verifier.begin(snapshot);
        verifier
    }

    /// The project at revision 0: what it was created as. Its first name alone is written nowhere; a change says it where it has
    /// another one now.
    fn begin(&mut self, snapshot: Option<(i64, String)>) {
        let Some((rev, body)) = snapshot else {
            return self.find(None, Flaw::NoSnapshot);
        };
        let rev = u64::try_from(rev).unwrap_or(u64::MAX);
        let snapshot: Snapshot = match serde_json::from_str(&body) {
            Ok(snapshot) => snapshot,
            Err(error) => return self.find(Some(rev), Flaw::Unreadable(format!("snapshot: {error}"))),
        };
        self.project = Some(Project::new(snapshot.name.clone(), Millis(self.listed.created_at)));
        self.snapshot = Some(Summary::of(rev, snapshot));
        self.compare();
    }

    /// Takes the next row of the history.
    pub(super) fn take(&mut self, entry: Entry) {
        self.report.changes += 1;
        let Some(rev) = u64::try_from(entry.rev).ok().filter(|rev| *rev > self.rev) else {
            let why = format!("no history has a revision {}", entry.rev);
            return self.find(None, Flaw::Unreadable(why));
        };
        if rev > self.rev + 1 {
            self.find(Some(self.rev + 1), Flaw::Missing(rev - 1));
            (self.hash, self.project) = (None, None);
        }
        self.rev = rev;
        match entry.recorded {
            Ok(recorded) => self.follow(&recorded, &entry.change),
            Err(error) => {
                self.find(Some(rev), Flaw::Unreadable(error.to_string()));
                (self.hash, self.project) = (None, None);
            }
        }
        self.compare();
    }

    fn follow(&mut self, recorded: &Recorded, written: &str) {
        let rev = Some(recorded.rev);
        let before = self.hash.unwrap_or(recorded.prev);
        self.hash = Some(recorded.hash);
        let unlinked = recorded.prev != before;
        if unlinked {
            self.find(rev, Flaw::Unlinked);
        }
        let content = before.next(recorded.mid, recorded.hand(), &recorded.change);
        // Text that reads the same but is not spelled as this program spells it was not written by it either.
        let altered = content != recorded.hash || to_json(&recorded.change) != written;
        if altered {
            self.find(rev, Flaw::Altered);
        }
        if unlinked || altered {
            self.project = None;
        }
        let applied = self
            .project
            .as_mut()
            .map(|project| project.apply(&recorded.change, recorded.hand()));
        if applied.is_some_and(|applied| applied.is_err()) {
            self.find(rev, Flaw::Unfit);
            self.project = None;
        }
    }

    /// Holds the snapshot against the project, where it is of this revision.
    fn compare(&mut self) {
        if let (Some(summary), Some(project)) = (self.snapshot, &self.project)
            && summary.rev == self.rev
            && Summary::of(self.rev, project.snapshot()) != summary
        {
            self.find(Some(self.rev), Flaw::Snapshot);
        }
    }

    /// Takes a mutation that has more than one fate.
    pub(super) fn take_double(&mut self, double: Double) {
        self.find(u64::try_from(double.rev).ok(), Flaw::Doubled(double.mid));
    }

    /// Says that the rest of the history cannot be read.
    pub(super) fn give_up(mut self, why: String) -> Report {
        self.find(None, Flaw::Unreadable(why));
        self.report
    }

    /// All rows were taken: holds where they lead against what is said of it.
    pub(super) fn finish(mut self) -> Report {
        let end = Some(self.rev);
        let Listed { rev, hash, .. } = &self.listed;
        let told = u64::try_from(*rev).ok();
        let is_end = told == end && self.hash.is_none_or(|own| own.0.to_string() == *hash);
        if !is_end {
            let said = format!("revision {rev} with the hash {}", hash.escape_debug());
            self.find(end, Flaw::Head(said));
        }
        if self.snapshot.is_some_and(|summary| summary.rev > self.rev) {
            self.find(end, Flaw::Snapshot);
        }
        if let Some(project) = &self.project
            && project.name().as_str() != self.listed.name
        {
            let name = project.name().as_str().to_owned();
            self.find(end, Flaw::Name(name));
        }
        self.report
    }

    fn find(&mut self, rev: Option<u64>, flaw: Flaw) {
        if self.report.findings.len() < MOST_FINDINGS {
            self.report.findings.push(Finding { rev, flaw });
        } else {
            self.report.more += 1;
        }
    }
}

impl Summary {
    fn of(rev: u64, snapshot: Snapshot) -> Summary {
        Summary {
            rev,
            next_number: snapshot.next_number,
            stories: snapshot.stories.len(),
            digest: Project::read(snapshot).digest(),
        }
    }
}

/// What is not a name may hold what would steer a terminal.
fn shown(listed: &Listed) -> String {
    let id = listed.id.escape_debug();
    match Name::new(&listed.name) {
        Ok(name) => format!("{} ({id})", name.as_str()),
        Err(_) => format!("{} ({id})", listed.name.escape_debug()),
    }
}
