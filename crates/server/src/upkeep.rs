//! What is done beside serving: backups are made, restored and verified, projects written out, recoveries
//! made. Knows files and the store; decides nothing about
//! projects and prints nothing.

mod backup;
mod check;
mod export;
mod files;
mod history;
mod recover;
mod restore;

use crate::config::ConfigError;
use crate::store::StoreError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use backup::{Holds, Made, backup};
pub use check::{Checked, Told, check};
pub use export::export;
pub use history::{Finding, Flaw, Report};
pub use recover::recover;
pub use restore::{Restored, restore};

/// Why something was not done.
#[derive(Debug)]
pub enum UpkeepError {
    /// A setting cannot be used.
    Config(ConfigError),
    /// A database cannot be read or written.
    Store(StoreError),
    /// A file cannot be read or written.
    File(PathBuf, io::Error),
    /// The backup is not sound; nothing was done with it.
    Unsound(PathBuf, Checked),
}

impl fmt::Display for UpkeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpkeepError::Config(error) => error.fmt(f),
            UpkeepError::Store(error) => error.fmt(f),
            UpkeepError::File(path, error) => write!(f, "{}: {error}", path.display()),
            UpkeepError::Unsound(path, checked) => {
                write!(f, "{} is not sound ({checked}); nothing was changed", path.display())
            }
        }
    }
}

impl std::error::Error for UpkeepError {}

impl From<ConfigError> for UpkeepError {
    fn from(error: ConfigError) -> Self {
        UpkeepError::Config(error)
    }
}

impl From<StoreError> for UpkeepError {
    fn from(error: StoreError) -> Self {
        UpkeepError::Store(error)
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> UpkeepError {
    move |error| UpkeepError::File(path.to_owned(), error)
}

/// The file that a setting names, where there is one.
fn existing(setting: &'static str, file: &Path, right: &'static str) -> Result<(), ConfigError> {
    match file.metadata() {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(wrong(setting, format!("{} is not a file", file.display()), right)),
        Err(error) => Err(wrong(setting, format!("{}: {error}", file.display()), right)),
    }
}

fn wrong(setting: &'static str, wrong: String, right: &'static str) -> ConfigError {
    ConfigError { setting, wrong, right }
}

#[cfg(test)]
mod tests;
