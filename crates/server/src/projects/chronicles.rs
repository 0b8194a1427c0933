//! The histories of projects as figures, for their charts. What was read once is kept and read on from there; a project whose charts
//! nobody looked at for long is forgotten.

use crate::store::{Store, StoreError};
use backlog::charts::Chronicle;
use backlog::project::Unfit;
use backlog::service::MAX_CHANGES;
use backlog::{Project, ProjectId, Recorded, Settings, Snapshot, Zone};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The most projects that are remembered.
const REMEMBERED: usize = 8;

/// The chronicles of the projects that were looked at last.
#[derive(Clone, Default)]
pub(super) struct Chronicles(Arc<Mutex<VecDeque<(ProjectId, Kept)>>>);

// Who reads a history on holds it, so that two who ask at once do not read it twice.
type Kept = Arc<tokio::sync::Mutex<Option<Chronicle>>>;

/// A chronicle is large and says nothing worth a line.
impl fmt::Debug for Chronicles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chronicles")
    }
}

/// How far a chronicle is to be, and of which project.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) id: ProjectId,
    /// The project as it is now.
    pub(super) now: Project,
    /// Its revision.
    pub(super) rev: u64,
    /// Where its days begin.
    pub(super) zone: Zone,
}

/// Why there is no chronicle.
#[derive(Debug)]
pub(super) enum Failed {
    Store(StoreError),
    /// The stored history does not hold together.
    Broken(u64),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        Failed::Store(error)
    }
}

impl Chronicles {
    /// What came of a project's history up to that revision, at least.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        store: &Store,
        wanted: Wanted,
        ask: impl FnOnce(&Chronicle) -> T + Send + 'static,
    ) -> Result<T, Failed> {
        let kept = self.kept(wanted.id);
        let mut kept = kept.lock_owned().await;
        let known = kept.take().filter(|known| *known.zone() == wanted.zone);
        let mut chronicle = known.unwrap_or_else(|| beginning(&wanted));
        while chronicle.rev() < wanted.rev {
            let upto = wanted.rev.min(chronicle.rev() + MAX_CHANGES);
            let changes = store.changes(wanted.id, chronicle.rev(), upto).await?;
            chronicle = followed(chronicle, changes).await?;
        }
        let answered = tokio::task::spawn_blocking(move || {
            let answer = ask(&chronicle);
            *kept = Some(chronicle);
            answer
        });
        Ok(answered.await.expect("reading figures does not panic"))
    }

    fn kept(&self, id: ProjectId) -> Kept {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.iter().position(|(other, _)| *other == id);
        let kept = known.and_then(|place| all.remove(place)).map(|(_, kept)| kept);
        let kept = kept.unwrap_or_default();
        all.push_back((id, kept.clone()));
        if all.len() > REMEMBERED {
            all.pop_front();
        }
        kept
    }
}

// A project begins with the usual settings; whatever was set since is in its history.
fn beginning(wanted: &Wanted) -> Chronicle {
    let settings = Settings::new(wanted.now.settings().started_on);
    let nothing = Snapshot::of_nothing(wanted.now.name().clone(), settings);
    Chronicle::new(Project::read(nothing), wanted.zone.clone())
}

async fn followed(mut chronicle: Chronicle, changes: Vec<Recorded>) -> Result<Chronicle, Failed> {
    let next = chronicle.rev() + 1;
    if changes.is_empty() {
        return Err(Failed::Broken(next));
    }
    let read = tokio::task::spawn_blocking(move || {
        for recorded in &changes {
            chronicle
                .follow(recorded)
                .map_err(|Unfit| Failed::Broken(recorded.rev))?;
        }
        Ok(chronicle)
    });
    read.await.expect("following a history does not panic")
}
