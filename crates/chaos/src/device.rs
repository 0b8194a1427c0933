//! A device: a folder with a file for each own command and one for the base, as a browser keeps them in its database. What is
//! kept outlives whoever wrote it, and is on the disk before it counts.
//!
//! Two clients may share a device, as two tabs share a browser; each hears when the other wrote. Knows no server.

use replica::{Kept, Loaded, Saved, Write};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;
use tokio::task::spawn_blocking;

const BASE: &str = "base.json";
const OWN: &str = "own";

/// Writes of others that a client may be behind; more than that, and it reads all the same.
const NEWS: usize = 64;

/// A device, shared by all clones.
#[derive(Clone, Debug)]
pub struct Device {
    folder: PathBuf,
    // One at a time, so that what a dropped client was still writing is there before its successor reads.
    turn: Arc<Mutex<()>>,
    news: broadcast::Sender<Tab>,
}

/// Names one client of a device, so that it knows its own writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tab(pub usize);

impl Device {
    /// A device in that folder, which is made where there is none.
    pub fn open(folder: &Path) -> io::Result<Device> {
        fs::create_dir_all(folder.join(OWN))?;
        let (news, _) = broadcast::channel(NEWS);
        Ok(Device {
            folder: folder.to_owned(),
            turn: Arc::default(),
            news,
        })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Hears of writes from now on.
    pub fn news(&self) -> broadcast::Receiver<Tab> {
        self.news.subscribe()
    }

    /// Writes a command; it is on the disk when this returns.
    pub async fn keep(&self, kept: Kept, by: Tab) -> io::Result<()> {
        self.in_turn(move |folder| {
            let own = folder.join(OWN);
            put(&own.join(kept.mid.0.to_string()), &kept.to_text(), by)?;
            File::open(&own)?.sync_all()
        })
        .await?;
        self.tell(by);
        Ok(())
    }

    /// Writes what became of commands.
    pub async fn write(&self, writes: Vec<Write>, by: Tab) -> io::Result<()> {
        self.in_turn(move |folder| {
            let own = folder.join(OWN);
            writes.into_iter().try_for_each(|write| match write {
                Write::Put(kept) => put(&own.join(kept.mid.0.to_string()), &kept.to_text(), by),
                Write::Remove(mid) => gone(fs::remove_file(own.join(mid.0.to_string()))),
            })
        })
        .await?;
        self.tell(by);
        Ok(())
    }

    /// Writes a base.
    pub async fn save(&self, saved: Saved, by: Tab) -> io::Result<()> {
        self.in_turn(move |folder| put(&folder.join(BASE), &saved.to_text(), by))
            .await
    }

    /// Reads all that is kept.
    ///
    /// # Errors
    /// When the disk cannot be read, or holds what this program did not write.
    pub async fn load(&self) -> io::Result<Loaded> {
        self.in_turn(|folder| {
            let saved = fs::read_to_string(folder.join(BASE)).ok();
            Ok(Loaded {
                saved: saved.and_then(|text| Saved::from_text(&text)).map(Box::new),
                kept: own(folder)?,
            })
        })
        .await
    }

    /// Reads the own commands alone: what another client of the device may have written.
    ///
    /// # Errors
    /// As for [`Device::load`].
    pub async fn load_own(&self) -> io::Result<Loaded> {
        let kept = self.in_turn(own).await?;
        Ok(Loaded { saved: None, kept })
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let (folder, turn) = (self.folder.clone(), self.turn.clone());
        spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            work(&folder)
        })
        .await
        .map_err(io::Error::other)?
    }

    fn tell(&self, by: Tab) {
        // Nobody has to listen.
        let _ = self.news.send(by);
    }
}

fn own(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(folder.join(OWN))? {
        let path = entry?.path();
        if path.extension().is_none() {
            let text = fs::read_to_string(&path)?;
            kept.push(
                Kept::from_text(&text).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?,
            );
        }
    }
    Ok(kept)
}

/// Writes a whole file or none of it.
fn put(path: &Path, text: &str, by: Tab) -> io::Result<()> {
    let draft = path.with_extension(format!("draft-{}", by.0));
    let mut file = File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    fs::rename(draft, path)
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests;
