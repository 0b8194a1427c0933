//! Projects: the single writer, and what readers see beside it.
//!
//! One task takes all commands, so that there is one order. It drains what waits into one transaction, decides and
//! applies each command on a copy, commits, and only then answers and announces. A failed commit costs nothing but the
//! copies. It knows nothing of HTTP.

mod chronicles;
mod heads;
mod people;
mod replay;
mod writer;

use crate::access::{Footing, Grant, Membership};
use crate::listeners::Listeners;
use crate::realtime::{Announcement, Announcer, News};
use crate::store::{Store, StoreError};
use backlog::api::charts::Charts;
use backlog::api::{Fate, NewProject, SyncAnswer, SyncRequest};
use backlog::history::{StoryHistory, history};
use backlog::service::{self, CatchUp, Missed, Reader};
use backlog::{Actor, Day, Mid, ProjectId, Role, Sent, StoryId, Zone};
use pusher_hub::Audience;
use pusher_hub::protocol::SocketId;
use std::fmt;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

pub use heads::Head;
pub use people::{People, Unmoved};
pub use replay::Broken;

use chronicles::{Chronicles, Failed, Wanted};
use heads::Heads;
use writer::{Done, Message, Request, Task, Writer};

/// How many requests may wait for the writer before their senders do.
const WAITING: usize = 1_024;

/// The projects of this server. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Projects {
    store: Store,
    heads: Heads,
    announcer: Announcer,
    chronicles: Chronicles,
    messages: mpsc::Sender<Message>,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum ProjectsError {
    /// There is no such project.
    Unknown,
    /// The project never had such a story.
    UnknownStory,
    /// Whoever asks was removed from the project since they asked.
    Gone,
    /// The store failed; nothing of the request was kept.
    Store(Arc<StoreError>),
    /// The project's stored history does not hold together.
    Broken(Broken),
    /// Someone's place in the project stays as it is.
    Unmoved(Unmoved),
    /// The server is stopping.
    Stopping,
}

impl fmt::Display for ProjectsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProjectsError::Unknown => f.write_str("there is no such project"),
            ProjectsError::UnknownStory => f.write_str("there is no such story"),
            ProjectsError::Gone => f.write_str("you are not in this project any more"),
            ProjectsError::Store(error) => error.fmt(f),
            ProjectsError::Broken(Broken { rev }) => write!(f, "the stored history breaks at revision {rev}"),
            ProjectsError::Unmoved(unmoved) => unmoved.fmt(f),
            ProjectsError::Stopping => f.write_str("the server is stopping"),
        }
    }
}

impl std::error::Error for ProjectsError {}

impl From<StoreError> for ProjectsError {
    fn from(error: StoreError) -> Self {
        ProjectsError::Store(Arc::new(error))
    }
}

/// Who gives commands, as what, and over which realtime connection they hear of changes.
#[derive(Clone, Debug)]
struct Author {
    actor: Actor,
    role: Role,
    footing: Footing,
    // The connection, which is not told of the person's own change.
    socket_id: Option<SocketId>,
}

impl Author {
    fn new(grant: &Grant, socket_id: Option<SocketId>) -> Author {
        Author {
            actor: grant.actor().clone(),
            role: grant.role(),
            footing: grant.footing(),
            socket_id,
        }
    }
}

impl Projects {
    /// Starts the writer. The task ends once [`Projects::stop`] was called, or every clone is gone.
    pub fn start(store: Store, announcer: Announcer, listeners: Listeners) -> (Projects, JoinHandle<()>) {
        let (messages, waiting) = mpsc::channel(WAITING);
        let heads = Heads::default();
        let writer = Writer::new(store.clone(), heads.clone(), (announcer.clone(), listeners));
        let task = tokio::spawn(writer.run(waiting));
        (
            Projects {
                store,
                heads,
                announcer,
                chronicles: Chronicles::default(),
                messages,
            },
            task,
        )
    }

    /// Begins a project, with an owner where there is to be one. One of that identity that is there already stays as it is.
    pub async fn create(&self, new: NewProject, owner: Option<Actor>) -> Result<(), ProjectsError> {
        self.ask(new.id, Task::Create(new, owner)).await?;
        Ok(())
    }

    /// Does something to the people of a project, in one transaction with what its history says of it; whoever may hear the project
    /// no longer does not, by the time this returns.
    pub async fn people(&self, project: ProjectId, people: People) -> Result<(), ProjectsError> {
        self.ask(project, Task::People(people)).await?;
        Ok(())
    }

    /// The present of a project, for who may see it.
    pub async fn head(&self, grant: &Grant) -> Result<Arc<Head>, ProjectsError> {
        self.present(grant.project()).await
    }

    /// The present of a project.
    async fn present(&self, id: ProjectId) -> Result<Arc<Head>, ProjectsError> {
        match self.heads.get(id) {
            Some(head) => Ok(head),
            None => Ok(self.ask(id, Task::Open).await?.head),
        }
    }

    /// Carries out what a request asks for and tells what the sender has missed, all seen at one moment.
    pub async fn sync(
        &self,
        grant: &Grant,
        socket_id: Option<SocketId>,
        request: SyncRequest,
    ) -> Result<SyncAnswer, ProjectsError> {
        let (id, actor) = (grant.project(), grant.actor().id);
        let SyncRequest {
            by: _,
            since,
            commands,
            ask,
            full,
        } = request;
        let Done { head, mut outcomes } = if commands.is_empty() {
            Done {
                head: self.present(id).await?,
                outcomes: Vec::new(),
            }
        } else {
            let author = Author::new(grant, socket_id);
            self.ask(id, Task::CarryOut { author, commands }).await?
        };
        // The fates come after the head: a mutation that the head holds is never called unknown.
        let asked = service::untold(ask, &outcomes);
        let fates = self.store.fates((id, actor), &asked).await?;
        outcomes.extend(service::tell(asked, &fates, head.version()));
        let mut answer = SyncAnswer::at(self.store.epoch(), head.version(), head.digest(), grant.role());
        answer.outcomes = outcomes;
        let reader = Reader {
            since,
            full,
            head: head.version(),
        };
        match reader.catch_up(self.missed(id, reader).await?) {
            CatchUp::Nothing => {}
            CatchUp::Changes { after, upto } => answer.changes = self.store.changes(id, after, upto).await?,
            CatchUp::Reset => answer.reset = true,
            CatchUp::Snapshot => answer.snapshot = Some(Box::new(head.project().snapshot())),
        }
        answer.role = self.still(grant).await?;
        Ok(answer)
    }

    /// What someone is by now, who was let in when they asked: whoever was removed while their answer was read gets nothing of it.
    async fn still(&self, grant: &Grant) -> Result<Role, ProjectsError> {
        let Footing::Shown(credential) = grant.footing() else {
            return Ok(grant.role());
        };
        let of = (grant.project(), grant.actor().id, credential);
        match self.store.membership(of.0, of.1, of.2).await? {
            // An API token for reading stays one, whatever its person is.
            Membership::Is(role) => Ok(role.min(grant.role())),
            Membership::Ended | Membership::Never => Err(ProjectsError::Gone),
        }
    }

    /// Carries out one command and tells what became of it.
    pub async fn enter(&self, grant: &Grant, socket_id: Option<SocketId>, sent: Sent) -> Result<Fate, ProjectsError> {
        let (author, commands) = (Author::new(grant, socket_id), vec![sent]);
        let done = self.ask(grant.project(), Task::CarryOut { author, commands }).await?;
        Ok(done
            .outcomes
            .into_iter()
            .next()
            .map_or(Fate::Unknown, |outcome| outcome.fate))
    }

    /// What became of a mutation of someone's.
    pub async fn fate(&self, grant: &Grant, mid: Mid) -> Result<Fate, ProjectsError> {
        let of = (grant.project(), grant.actor().id);
        let mut fates = self.store.fates(of, &[mid]).await?;
        Ok(fates.remove(&mid).unwrap_or(Fate::Unknown))
    }

    /// What happened to a story of a project.
    pub async fn history_of(&self, grant: &Grant, story: StoryId) -> Result<StoryHistory, ProjectsError> {
        let id = grant.project();
        if self.present(id).await?.project().slot(story).is_none() {
            return Err(ProjectsError::UnknownStory);
        }
        let changes = self.store.changes_of_story(id, story).await?;
        Ok(history(story, changes))
    }

    /// A project's history as figures, as of a day of that zone.
    pub async fn charts(&self, head: &Head, zone: Zone, today: Day) -> Result<Charts, ProjectsError> {
        let wanted = Wanted {
            id: head.id(),
            now: head.project().clone(),
            rev: head.version().rev,
            zone,
        };
        let read = self
            .chronicles
            .read(&self.store, wanted, move |chronicle| chronicle.charts(today));
        read.await.map_err(|failed| match failed {
            Failed::Store(error) => error.into(),
            Failed::Broken(rev) => ProjectsError::Broken(Broken { rev }),
        })
    }

    /// Leaves a beacon for subscribers of a project.
    pub async fn announce_beacon(&self, project: ProjectId, audience: Audience) -> Result<(), ProjectsError> {
        self.present(project).await?;
        self.heads.while_current(project, |head| {
            let news = News::Beacon(head.beacon());
            self.announcer.announce(Announcement {
                project,
                news,
                audience,
            });
        });
        Ok(())
    }

    /// Waits until the writer has ended.
    pub async fn ended(&self) {
        self.messages.closed().await;
    }

    /// Makes the writer finish what waits, and end.
    pub async fn stop(&self) {
        // A writer that is gone has stopped.
        let _ = self.messages.send(Message::Stop).await;
    }

    /// What the store holds of what a reader has missed, where that matters.
    async fn missed(&self, id: ProjectId, reader: Reader) -> Result<Option<Missed>, StoreError> {
        let Some(span) = reader.span() else { return Ok(None) };
        Ok(Some(Missed {
            hash: self.store.hash_at(id, span.start).await?,
            bytes: self.store.size_of_changes(id, span.start, span.end).await?,
        }))
    }

    async fn ask(&self, project: ProjectId, task: Task) -> Result<Done, ProjectsError> {
        let (reply, answer) = oneshot::channel();
        let message = Message::Asked(Request { project, task, reply });
        self.messages.send(message).await.map_err(|_| ProjectsError::Stopping)?;
        answer.await.map_err(|_| ProjectsError::Stopping)?
    }
}

#[cfg(test)]
mod tests;
