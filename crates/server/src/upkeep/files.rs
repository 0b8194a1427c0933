//! Files that are there wholly or not at all. Knows names and disks, not what is in the files.

use super::{UpkeepError, at};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A file in the making, under another name; removed unless it was finished.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
}

impl Draft {
    /// An empty file beside `target` that only this user can read.
    pub(super) fn new(target: &Path, unique: impl std::fmt::Display) -> Result<Draft, UpkeepError> {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".part-{unique}"));
        // SQLite takes a name such as `file:x` for an address.
        let path = std::path::absolute(PathBuf::from(name)).map_err(at(target))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).map_err(at(&path))?;
        Ok(Draft { path })
    }

    /// Where it is for now.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it the owner and the permissions of another file or folder, so that who could use that can use this. A user who
    /// may not give files away owns them anyway.
    #[cfg(unix)]
    pub(super) fn belong_like(&self, other: &Path) -> Result<(), UpkeepError> {
        use std::os::unix::fs::{MetadataExt, chown};
        let model = fs::metadata(other).map_err(at(other))?;
        let own = fs::metadata(&self.path).map_err(at(&self.path))?;
        if (own.uid(), own.gid()) != (model.uid(), model.gid()) {
            let _ = chown(&self.path, Some(model.uid()), Some(model.gid()));
        }
        if model.is_file() {
            fs::set_permissions(&self.path, model.permissions()).map_err(at(&self.path))?;
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn belong_like(&self, _other: &Path) -> Result<(), UpkeepError> {
        Ok(())
    }

    /// Puts it on disk.
    pub(super) fn sync(&self) -> Result<(), UpkeepError> {
        let file = OpenOptions::new().write(true).open(&self.path);
        file.and_then(|file| file.sync_all()).map_err(at(&self.path))
    }

    /// Gives it its name, which no file may have.
    pub(super) fn finish_as_new(self, target: &Path) -> Result<(), UpkeepError> {
        // Renaming would replace a file that came meanwhile; a second name does not.
        match fs::hard_link(&self.path, target) {
            Ok(()) => sync_folder_of(target),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(at(target)(error)),
            // There are disks that know no second names.
            Err(_) if !target.exists() => {
                self.take_place_of(target)?;
                sync_folder_of(target)
            }
            Err(error) => Err(at(target)(error)),
        }
    }

    /// Gives it its name; a file of that name is no more from that moment on. The name is not yet on disk.
    pub(super) fn take_place_of(self, target: &Path) -> Result<(), UpkeepError> {
        fs::rename(&self.path, target).map_err(at(target))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it was renamed there is none.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes down the names in a file's folder.
pub(super) fn sync_folder_of(file: &Path) -> Result<(), UpkeepError> {
    let folder = match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Ok(()),
    };
    // Elsewhere a folder cannot be opened as a file, and its names are written down without being asked for.
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(at(folder))?;
    }
    Ok(())
}

/// How large a file is, for a person.
pub(super) fn size(file: &Path) -> Result<u64, UpkeepError> {
    Ok(fs::metadata(file).map_err(at(file))?.len())
}
