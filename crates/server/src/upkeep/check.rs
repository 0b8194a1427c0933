//! Verifies a database: SQLite's own check, then every project's history, read in pages so that memory stays small.

use super::history::{Report, Verifier};
use super::{UpkeepError, existing};
use crate::config::{CHECKED, CheckArgs, DATA};
use crate::store::{FILE, Listed, Reading, StoreError};
use std::fmt;

/// What is told as it is found.
#[derive(Debug)]
pub enum Told<'a> {
    /// SQLite complains about the file.
    Complaint(&'a str),
    /// A project was verified.
    Project(&'a Report),
}

impl fmt::Display for Told<'_> {
    /// One line, and one more for each finding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = match self {
            Told::Complaint(complaint) => return write!(f, "The file itself is damaged: {complaint}"),
            Told::Project(report) => report,
        };
        let Report {
            project,
            changes,
            findings,
            more,
        } = report;
        write!(f, "{project}: {changes} changes, ")?;
        match findings.len() as u64 + more {
            0 => return f.write_str("all in order"),
            count => write!(f, "findings: {count}")?,
        }
        for finding in findings {
            match finding.rev {
                Some(rev) => write!(f, "\n  {project}, revision {rev}: {}.", finding.flaw)?,
                None => write!(f, "\n  {project}: {}.", finding.flaw)?,
            }
        }
        match more {
            0 => Ok(()),
            more => write!(f, "\n  {project}: more of this kind: {more}."),
        }
    }
}

/// What a verification came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many projects there are.
    pub projects: u64,
    /// How many changes they have together.
    pub changes: u64,
    /// How much is wrong.
    pub findings: u64,
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "projects: {}, changes: {}, ", self.projects, self.changes)?;
        match self.findings {
            0 => f.write_str("nothing is wrong"),
            count => write!(f, "findings: {count}"),
        }
    }
}

/// Verifies the database of a data folder, or a backup. Changes nothing.
pub async fn check(args: &CheckArgs, tell: impl FnMut(Told<'_>)) -> Result<Checked, UpkeepError> {
    let reading = match &args.file {
        Some(file) => {
            existing(CHECKED, file, "give a backup")?;
            Reading::of_file(file).await?
        }
        None => {
            existing(DATA, &args.folder.data.join(FILE), "give the data folder of a server")?;
            Reading::of_folder(&args.folder.data).await?
        }
    };
    Ok(verify(reading, tell).await?)
}

/// Verifies all of a database.
pub(super) async fn verify(mut reading: Reading, mut tell: impl FnMut(Told<'_>)) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    for complaint in reading.complaints().await? {
        checked.findings += 1;
        tell(Told::Complaint(&complaint));
    }
    for listed in reading.projects().await? {
        let report = project(&mut reading, listed).await?;
        checked.projects += 1;
        checked.changes += report.changes;
        checked.findings += report.findings.len() as u64 + report.more;
        tell(Told::Project(&report));
    }
    reading.close().await?;
    Ok(checked)
}

/// Verifies one project. A history that can be read only in part is a finding; the other projects are still of interest.
async fn project(reading: &mut Reading, listed: Listed) -> Result<Report, StoreError> {
    let id = listed.id.clone();
    let snapshot = reading.snapshot(&id).await?;
    let mut verifier = Verifier::new(listed, snapshot);
    match feed(reading, &id, &mut verifier).await {
        Ok(()) => Ok(verifier.finish()),
        Err(error) => Ok(verifier.give_up(error.to_string())),
    }
}

async fn feed(reading: &mut Reading, id: &str, verifier: &mut Verifier) -> Result<(), StoreError> {
    let mut after = i64::MIN;
    loop {
        let page = reading.entries(id, after).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = last.rev;
        page.into_iter().for_each(|entry| verifier.take(entry));
    }
    let doubles = reading.doubles(id).await?;
    doubles.into_iter().for_each(|double| verifier.take_double(double));
    Ok(())
}

#[cfg(test)]
mod tests;
