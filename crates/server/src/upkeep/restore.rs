//! Puts a backup in the place of the database. Until the last step, which is one renaming, the folder's database is the old
//! one; after it, the old one has another name.

use super::check::{Checked, Told, verify};
use super::files::{self, Draft};
use super::{UpkeepError, at, existing};
use crate::ambient;
use crate::config::{self, FROM, RestoreArgs};
use crate::store::{self, FILE, Reading, beside};
use backlog::Epoch;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A backup that is the database now.
#[derive(Debug)]
pub struct Restored {
    /// The database's file.
    pub file: PathBuf,
    /// What it holds.
    pub checked: Checked,
    /// Where the database is that was there before.
    pub kept: Option<PathBuf>,
    /// Whom the server knows.
    pub people: People,
}

/// Whose people, accounts, sessions and memberships a restored database has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Those of the database that was there: nobody became a stranger.
    OfPresent,
    /// Those of the backup.
    OfBackup,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checked { projects, changes, .. } = self.checked;
        let file = self.file.display();
        writeln!(
            f,
            "{file} holds projects: {projects}, changes: {changes}; a new epoch has begun."
        )?;
        match &self.kept {
            Some(kept) => writeln!(f, "The database that was there is {} now.", kept.display())?,
            None => writeln!(f, "There was no database before.")?,
        }
        match self.people {
            People::OfPresent => writeln!(
                f,
                "People, accounts, sessions and memberships are as they were before the restore."
            )?,
            People::OfBackup => writeln!(f, "People, accounts, sessions and memberships are those of the backup.")?,
        }
        f.write_str(
            "Pages that are open take over what was restored. What was changed after the backup is unknown to the server \
             now;\npages that hold such changes, confirmed before, offer them to the person who made them, to be made \
             again.\nWhat a page has not sent yet, it still sends.",
        )
    }
}

/// Restores a backup into a folder that no server uses. `tell` hears what the verification of the backup finds.
pub async fn restore(args: &RestoreArgs, tell: impl FnMut(Told<'_>)) -> Result<Restored, UpkeepError> {
    existing(FROM, &args.from, "give a backup")?;
    let data = &args.folder.data;
    // Before anything is told: whoever must stop a server first need not hear of the backup. A folder that is not there is in
    // nobody's use, and is made only for a sound backup.
    let held = data.is_dir().then(|| config::claim(data)).transpose()?;
    let checked = verify(Reading::of_file(&args.from).await?, tell).await?;
    if checked.findings > 0 {
        return Err(UpkeepError::Unsound(args.from.clone(), checked));
    }
    let _held = match held {
        Some(held) => held,
        None => config::claim(data)?,
    };
    let file = data.join(FILE);
    let draft = Draft::new(&file, ambient::bits128())?;
    store::copy_of_file(&args.from, draft.path()).await?;
    store::renew(draft.path(), Epoch(ambient::bits128())).await?;
    // Of a database beyond reading nobody can be taken over; then those of the backup are who is known.
    let people = match file.exists() && store::take_people(draft.path(), &file).await.is_ok() {
        true => People::OfPresent,
        false => People::OfBackup,
    };
    draft.belong_like(if file.exists() { &file } else { data })?;
    draft.sync()?;
    let aside = put_aside(&file).await?;
    if let Err(error) = draft.take_place_of(&file) {
        if let Some(aside) = aside {
            aside.undo(&file)?;
        }
        return Err(error);
    }
    files::sync_folder_of(&file)?;
    let kept = aside.map(|aside| aside.file);
    Ok(Restored {
        file,
        checked,
        kept,
        people,
    })
}

/// Keeps the database, where there is one.
async fn put_aside(file: &Path) -> Result<Option<Aside>, UpkeepError> {
    if file.exists() {
        return Aside::put(file).await.map(Some);
    }
    let log = beside(file, "-wal");
    if log.exists() {
        let orphan = "a log without its database; it would be taken for the restored one's, so move it away first";
        return Err(at(&log)(io::Error::other(orphan)));
    }
    Ok(None)
}

/// The database that was there, under a second name. Under the first one it is there still, until that is given to another.
#[derive(Debug)]
struct Aside {
    file: PathBuf,
    log: Option<PathBuf>,
}

impl Aside {
    async fn put(file: &Path) -> Result<Aside, UpkeepError> {
        // What a killed server left in the log belongs into the database. Where it cannot be brought in, or another program
        // has it open, the log goes along: left behind, it would be taken for the restored database's.
        let _ = store::settle(file).await;
        let aside = Aside {
            file: second_name(file)?,
            log: None,
        };
        let (log, moved) = (beside(file, "-wal"), beside(&aside.file, "-wal"));
        match fs::rename(&log, &moved) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(aside),
            Err(error) => {
                aside.undo(file)?;
                return Err(at(&log)(error));
            }
        }
        // It only tells where in the log things are; whoever opens the database makes it anew.
        let _ = fs::remove_file(beside(file, "-shm"));
        Ok(Aside {
            log: Some(moved),
            ..aside
        })
    }

    fn undo(self, file: &Path) -> Result<(), UpkeepError> {
        if let Some(log) = &self.log {
            fs::rename(log, beside(file, "-wal")).map_err(at(log))?;
        }
        fs::remove_file(&self.file).map_err(at(&self.file))
    }
}

/// Gives a file a second name that no file had.
fn second_name(file: &Path) -> Result<PathBuf, UpkeepError> {
    let names = (1_u32..).map(|number| beside(file, &format!(".before-restore-{number}")));
    for name in names {
        match fs::hard_link(file, &name) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // There are disks that know no second names. Nobody writes to the file now.
            Err(_) if !name.exists() => {
                fs::copy(file, &name).map_err(at(&name))?;
                return Ok(name);
            }
            Err(error) => return Err(at(&name)(error)),
        }
    }
    Err(at(file)(io::ErrorKind::AlreadyExists.into()))
}
