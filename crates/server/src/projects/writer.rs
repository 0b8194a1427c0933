//! The writer's task: drain what waits, one transaction, then announce and answer.

mod people;

use super::heads::{Head, Heads};
use super::replay::replay;
use super::{Author, People, ProjectsError};
use crate::access::Footing;
use crate::ambient;
use crate::listeners::Listeners;
use crate::realtime::{self, Announcement, Announcer, News};
use crate::store::{Batch, Refused, Store, StoreError};
use backlog::api::{NewProject, Outcome, Sent};
use backlog::service::{self, Arrived, Done as Treated, Step};
use backlog::{Actor, ActorId, Ledger, Mid, Millis, Project, ProjectId, Rejection, Role};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The most requests in one transaction.
const BATCH: usize = 256;
/// A new snapshot replaces the old one each time a project's revision passes a multiple of this, so that loading a project
/// replays little more than so many changes.
const SNAPSHOT_EVERY: u64 = 1_000;

/// What reaches the writer.
#[derive(Debug)]
pub(super) enum Message {
    /// Something to do.
    Asked(Request),
    /// Finish what came before this, and end.
    Stop,
}

/// Something to do with one project.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) project: ProjectId,
    pub(super) task: Task,
    pub(super) reply: oneshot::Sender<Result<Done, ProjectsError>>,
}

#[derive(Debug)]
pub(super) enum Task {
    Open,
    Create(NewProject, Option<Actor>),
    CarryOut { author: Author, commands: Vec<Sent> },
    People(People),
}

/// What was done: where the project is now, and what became of each command.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) head: Arc<Head>,
    pub(super) outcomes: Vec<Outcome>,
}

#[derive(Debug)]
pub(super) struct Writer {
    store: Store,
    heads: Heads,
    announcer: Announcer,
    listeners: Listeners,
}

/// A transaction under way: copies of the projects that it touches, and what to tell once it is true.
struct Work {
    batch: Batch,
    open: HashMap<ProjectId, Open>,
    announcements: Vec<Announcement>,
    /// Who is something else in a project than before.
    moved: Vec<(ProjectId, ActorId)>,
    at: Millis,
}

/// A project that the transaction touches.
struct Open {
    ledger: Ledger,
    /// The revision in the store when the transaction began.
    stored: u64,
}

/// What becomes of one request if the transaction is committed.
type Verdict = Result<Vec<Outcome>, ProjectsError>;

impl Writer {
    pub(super) fn new(store: Store, heads: Heads, (announcer, listeners): (Announcer, Listeners)) -> Writer {
        Writer {
            store,
            heads,
            announcer,
            listeners,
        }
    }

    pub(super) async fn run(self, mut waiting: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(BATCH);
        // Waits for one and takes what has come by then: the busier, the larger the batch.
        while waiting.recv_many(&mut messages, BATCH).await > 0 {
            let (mut requests, mut stopping) = (Vec::with_capacity(messages.len()), false);
            for message in messages.drain(..) {
                match message {
                    Message::Asked(request) if !stopping => requests.push(request),
                    Message::Asked(request) => answer(request, Err(ProjectsError::Stopping)),
                    Message::Stop => stopping = true,
                }
            }
            if !requests.is_empty() {
                self.work(requests).await;
            }
            if stopping {
                return;
            }
        }
    }

    async fn work(&self, requests: Vec<Request>) {
        match self.transact(&requests).await {
            Ok((published, verdicts)) => {
                // Before anything is announced: whoever left hears nothing of what is true now.
                for (project, actor) in &published.moved {
                    self.listeners.role_changed(*project, *actor).await;
                }
                self.publish(published, requests, verdicts);
            }
            Err(error) => {
                tracing::error!(%error, requests = requests.len(), "a transaction failed; nothing of it was kept");
                // The store may know more than the heads, where the commit failed after it had reached the disk.
                self.heads.forget(requests.iter().map(|request| request.project));
                let error = ProjectsError::from(error);
                requests
                    .into_iter()
                    .for_each(|request| answer(request, Err(error.clone())));
            }
        }
    }

    async fn transact(&self, requests: &[Request]) -> Result<(Published, Vec<Verdict>), StoreError> {
        let batch = self.store.begin().await?;
        let mut work = Work {
            batch,
            open: HashMap::new(),
            announcements: Vec::new(),
            moved: Vec::new(),
            at: ambient::now(),
        };
        let mut verdicts = Vec::with_capacity(requests.len());
        for request in requests {
            verdicts.push(self.one(&mut work, request).await?);
        }
        for Open { ledger, stored } in work.open.values() {
            if ledger.version().rev > *stored {
                keep(&mut work.batch, ledger, *stored).await?;
            }
        }
        let Work {
            batch,
            open,
            announcements,
            moved,
            ..
        } = work;
        batch.commit().await?;
        let heads = open.into_values().filter(|open| self.is_news(&open.ledger));
        let heads = heads.map(|open| Arc::new(Head::new(open.ledger))).collect();
        let published = Published {
            heads,
            announcements,
            moved,
        };
        Ok((published, verdicts))
    }

    async fn one(&self, work: &mut Work, request: &Request) -> Result<Verdict, StoreError> {
        let open = match &request.task {
            // Nothing to write, so no copy is needed.
            Task::Open if self.heads.get(request.project).is_some() => return Ok(Ok(Vec::new())),
            Task::Open | Task::Create(..) | Task::CarryOut { .. } | Task::People(_) => {
                self.open(work, request.project).await?
            }
        };
        match (&request.task, open) {
            (_, Err(error)) => Ok(Err(error)),
            (Task::Open | Task::CarryOut { .. } | Task::People(_), Ok(false)) => Ok(Err(ProjectsError::Unknown)),
            (Task::Open | Task::Create(..), Ok(true)) => Ok(Ok(Vec::new())),
            (Task::Create(new, owner), Ok(false)) => {
                let project = Project::new(new.name.clone(), work.at);
                work.batch.create(new, &project.snapshot(), work.at).await?;
                work.open.insert(
                    new.id,
                    Open {
                        ledger: Ledger::new(new.id, project),
                        stored: 0,
                    },
                );
                if let Some(owner) = owner {
                    work.seat(new.id, owner, Role::Owner).await?;
                }
                Ok(Ok(Vec::new()))
            }
            (Task::CarryOut { author, commands }, Ok(true)) => work.carry_out(request.project, author, commands).await,
            (Task::People(people), Ok(true)) => work.people(request.project, people).await,
        }
    }

    /// Makes a project part of the transaction, if there is such a project.
    async fn open(&self, work: &mut Work, id: ProjectId) -> Result<Result<bool, ProjectsError>, StoreError> {
        if work.open.contains_key(&id) {
            return Ok(Ok(true));
        }
        let ledger = match self.heads.get(id) {
            Some(head) => head.ledger().clone(),
            None => match work.batch.project(id).await? {
                None => return Ok(Ok(false)),
                Some(stored) => match replay(id, stored) {
                    Ok(ledger) => ledger,
                    Err(broken) => return Ok(Err(ProjectsError::Broken(broken))),
                },
            },
        };
        let stored = ledger.version().rev;
        work.open.insert(id, Open { ledger, stored });
        Ok(Ok(true))
    }

    fn is_news(&self, ledger: &Ledger) -> bool {
        self.heads
            .get(ledger.id())
            .is_none_or(|head| head.version() != ledger.version())
    }

    fn publish(&self, published: Published, requests: Vec<Request>, verdicts: Vec<Verdict>) {
        let Published {
            heads, announcements, ..
        } = published;
        self.heads.replace(heads, || {
            announcements.into_iter().for_each(|one| self.announcer.announce(one))
        });
        for (request, verdict) in requests.into_iter().zip(verdicts) {
            let head = self.heads.get(request.project).ok_or(ProjectsError::Unknown);
            let done = verdict.and_then(|outcomes| head.map(|head| Done { head, outcomes }));
            answer(request, done);
        }
    }
}

/// What a committed transaction leaves to be shown.
struct Published {
    heads: Vec<Arc<Head>>,
    announcements: Vec<Announcement>,
    moved: Vec<(ProjectId, ActorId)>,
}

impl Work {
    /// Carries out the commands that the store has not seen; repeats what became of the others.
    async fn carry_out(&mut self, id: ProjectId, author: &Author, commands: &[Sent]) -> Result<Verdict, StoreError> {
        let Some(role) = self.role_of(id, author).await? else {
            return Ok(Err(ProjectsError::Gone));
        };
        let mids: Vec<Mid> = commands.iter().map(|sent| sent.mid).collect();
        let mut known = self.batch.fates((id, author.actor.id), &mids).await?;
        let arrived = Arrived {
            author: &author.actor,
            role,
            at: self.at,
            commands,
        };
        let open = self
            .open
            .get_mut(&id)
            .expect("a command is carried out on a project that was opened");
        let steps = service::carry_out(&mut open.ledger, &mut known, arrived);
        let outcomes = steps.iter().map(Step::outcome).collect();
        for step in steps {
            self.write_down(id, author, step).await?;
        }
        Ok(Ok(outcomes))
    }

    /// As what an author's commands are taken: what they are in this very transaction, whatever they were when they asked. None where
    /// they were removed since.
    async fn role_of(&mut self, id: ProjectId, author: &Author) -> Result<Option<Role>, StoreError> {
        // Whoever looks on, perhaps by a public link or a token for reading, has nothing that could be taken away.
        if author.footing == Footing::Open || author.role == Role::Viewer {
            return Ok(Some(author.role));
        }
        let seat = self.batch.seat((id, author.actor.id)).await?;
        Ok(seat.and_then(|seat| seat.role))
    }

    async fn write_down(&mut self, id: ProjectId, author: &Author, step: Step<'_>) -> Result<(), StoreError> {
        let Step { sent, done } = step;
        match done {
            Treated::Repeated(_) => {}
            Treated::Recorded(recorded) => {
                self.batch.append(id, &recorded, &sent.command).await?;
                self.announcements.push(Announcement {
                    project: id,
                    news: News::Change(Arc::from(recorded)),
                    audience: realtime::all_but(author.socket_id.as_ref()),
                });
            }
            Treated::Refused(reason) => {
                if reason == Rejection::Other {
                    tracing::error!(project = %id, command = ?sent.command, "decided on a change that does not fit");
                }
                let refused = Refused {
                    mid: sent.mid,
                    reason: &reason,
                    at: self.at,
                };
                self.batch.reject((id, author.actor.id), refused).await?;
            }
        }
        Ok(())
    }
}

async fn keep(batch: &mut Batch, ledger: &Ledger, stored: u64) -> Result<(), StoreError> {
    let head = ledger.version();
    batch.advance(ledger.id(), ledger.project().name(), head).await?;
    if head.rev / SNAPSHOT_EVERY > stored / SNAPSHOT_EVERY {
        batch
            .keep_snapshot(ledger.id(), head.rev, &ledger.project().snapshot())
            .await?;
    }
    Ok(())
}

fn answer(request: Request, done: Result<Done, ProjectsError>) {
    // Who asked may have given up; what was done stays done.
    let _ = request.reply.send(done);
}
