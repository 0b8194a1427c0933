//! Makes a backup: one file with all that was confirmed before it began, also while the server runs.

use super::files::{self, Draft};
use super::{UpkeepError, existing, wrong};
use crate::ambient;
use crate::config::{BackupArgs, DATA, TO};
use crate::store::{self, FILE, Listed, Reading, StoreError};
use std::fmt;
use std::path::{Path, PathBuf};

/// What a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// How many projects.
    pub projects: u64,
    /// How many changes they have together.
    pub changes: u64,
}

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// Where it is.
    pub file: PathBuf,
    /// What it holds.
    pub holds: Holds,
    /// How large it is, in bytes.
    pub size: u64,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holds { projects, changes } = self.holds;
        let (file, size) = (self.file.display(), self.size.div_ceil(1_024));
        writeln!(f, "{file} holds projects: {projects}, changes: {changes}; {size} kB.")?;
        f.write_str(
            "The secrets (secrets.json) are not in it: copy that file once, by itself, or let a new one be made.",
        )
    }
}

/// Copies the database of a data folder.
pub async fn backup(args: &BackupArgs) -> Result<Made, UpkeepError> {
    existing(DATA, &args.folder.data.join(FILE), "give the data folder of a server")?;
    if args.to.symlink_metadata().is_ok() {
        let there = format!("{} is there already", args.to.display());
        return Err(wrong(TO, there, "give a name that no file has").into());
    }
    let draft = Draft::new(&args.to, ambient::bits128()).map_err(unwritable)?;
    store::copy_of_folder(&args.folder.data, draft.path()).await?;
    draft.sync()?;
    let holds = holds(draft.path()).await?;
    let size = files::size(draft.path())?;
    draft.finish_as_new(&args.to)?;
    let file = args.to.clone();
    Ok(Made { file, holds, size })
}

fn unwritable(error: UpkeepError) -> UpkeepError {
    wrong(
        TO,
        error.to_string(),
        "give a name in a folder that this user may write to",
    )
    .into()
}

async fn holds(file: &Path) -> Result<Holds, StoreError> {
    let mut reading = Reading::of_file(file).await?;
    let projects = reading.projects().await?;
    reading.close().await?;
    let changes = |listed: &Listed| u64::try_from(listed.rev).unwrap_or_default();
    Ok(Holds {
        projects: projects.len() as u64,
        changes: projects.iter().map(changes).sum(),
    })
}
