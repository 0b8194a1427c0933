//! `/api/projects/{id}/import`: a file is looked at, and taken over. The server keeps nothing of it in between: the page sends it twice.

use super::App;
use super::intake::{Heard, Import, In};
use crate::error::Error;
use crate::projects::Head;
use crate::{ambient, zones};
use axum::Json;
use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request, State};
use backlog::api::Fate;
use backlog::api::import::{ImportAnswer, ImportRequest, MAX_FILE, Report};
use backlog::id::Bits128;
use backlog::{Actor, Command, Hand, ImportId, Sent};
use interchange::{BadFile, Choices, Place, Prepared};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// The largest body with a file in it: what stands beside the file is small.
pub const MAX_BODY: usize = MAX_FILE + backlog::api::MAX_BODY;

/// Files that are read at the same time. Each may take some hundred megabytes for a second or two.
static READERS: Semaphore = Semaphore::const_new(2);

/// Tells what a file would bring. Changes nothing.
pub async fn preview(
    State(app): State<App>,
    In { grant, .. }: In<Import>,
    FileBody(bytes): FileBody,
) -> Result<Json<Report>, Error> {
    let looking = Looking {
        head: app.projects.head(&grant).await?,
        bytes,
        actor: grant.actor().clone(),
        choices: Choices::none(ImportId(Bits128(0))),
    };
    Ok(Json(looking.prepared().await?.report))
}

/// Takes a file over, all of it or nothing.
pub async fn import(
    State(app): State<App>,
    In { grant, .. }: In<Import>,
    Heard(socket_id): Heard,
    Parts { request, bytes }: Parts,
) -> Result<Json<ImportAnswer>, Error> {
    if request.by.is_some_and(|by| by != grant.actor().id) {
        return Err(Error::OtherVisitor);
    }
    // Asked again, it would find its own stories here already.
    let fate = app.projects.fate(&grant, request.mid).await?;
    if fate != Fate::Unknown {
        return Ok(Json(ImportAnswer { fate, report: None }));
    }
    let looking = Looking {
        head: app.projects.head(&grant).await?,
        bytes,
        actor: grant.actor().clone(),
        choices: choices(&request),
    };
    let Prepared { import, report } = looking.prepared().await?;
    if import.stories.is_empty() && import.epics.is_empty() {
        return Err(Error::Bad(nothing_new(&report)));
    }
    let sent = Sent {
        mid: request.mid,
        base: request.base,
        command: Command::ImportStories(Box::new(import)),
    };
    let fate = app.projects.enter(&grant, socket_id, sent).await?;
    let report = Some(report);
    Ok(Json(ImportAnswer { fate, report }))
}

fn choices(request: &ImportRequest) -> Choices {
    let people = request.people.iter().map(|meant| (meant.name.clone(), meant.member));
    Choices {
        id: request.id,
        people: people.collect(),
        estimates: request.estimates,
    }
}

fn nothing_new(report: &Report) -> String {
    let (here, left_out) = (report.here.count, report.left_out.count);
    match (here, left_out) {
        (0, 0) => "The file holds no story. Nothing was imported.".to_owned(),
        (0, _) => "No row of the file can be read; the preview says why. Nothing was imported.".to_owned(),
        (_, 0) => "All stories of the file are here already. Nothing was imported.".to_owned(),
        (_, _) => "All stories of the file that can be read are here already. Nothing was imported.".to_owned(),
    }
}

/// A file that is looked at, and for whom.
struct Looking {
    head: Arc<Head>,
    bytes: Bytes,
    actor: Actor,
    choices: Choices,
}

impl Looking {
    /// What the file would bring. Takes its time on a thread where nobody waits for it.
    async fn prepared(self) -> Result<Prepared, Error> {
        let reader = READERS.acquire().await.map_err(|_| Error::Unavailable)?;
        let prepared = spawn_blocking(move || self.prepare()).await;
        drop(reader);
        prepared.map_err(|_| Error::Failed)?
    }

    fn prepare(self) -> Result<Prepared, Error> {
        let file = interchange::read(&self.bytes)?;
        let project = self.head.project();
        let zone = zones::zone(&project.settings().time_zone);
        let place = Place {
            project,
            id: self.head.id(),
            zone: &zone,
            hand: Hand {
                by: &self.actor,
                at: ambient::now(),
            },
        };
        interchange::prepare(&file, &place, &self.choices).map_err(|unknown| Error::Bad(unknown.to_string()))
    }
}

/// A body that is a file.
pub struct FileBody(pub Bytes);

impl FromRequest<App> for FileBody {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|rejection| Error::of_file(rejection.status(), rejection.body_text()))?;
        Ok(FileBody(bytes))
    }
}

/// A body of two parts: what is asked for, and the file.
pub struct Parts {
    request: ImportRequest,
    bytes: Bytes,
}

impl FromRequest<App> for Parts {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let mut parts = Multipart::from_request(request, app)
            .await
            .map_err(|_| Error::WrongType)?;
        let (mut head, mut file) = (None, None);
        loop {
            let field = parts
                .next_field()
                .await
                .map_err(|error| Error::of_file(error.status(), error.body_text()))?;
            let Some(field) = field else { break };
            match field.name() {
                Some("import") => head = Some(read(field).await?),
                Some("file") => file = Some(read(field).await?),
                other => {
                    return Err(Error::Bad(format!(
                        "part {:?} is not one of “import” and “file”",
                        other.unwrap_or_default()
                    )));
                }
            }
        }
        let missing = |part: &str| Error::Bad(format!("the part “{part}” is missing"));
        let head = head.ok_or_else(|| missing("import"))?;
        let bytes = file.ok_or_else(|| missing("file"))?;
        let request = serde_json::from_slice(&head).map_err(|error| Error::Bad(format!("import: {error}")))?;
        Ok(Parts { request, bytes })
    }
}

async fn read(field: Field<'_>) -> Result<Bytes, Error> {
    field
        .bytes()
        .await
        .map_err(|error| Error::of_file(error.status(), error.body_text()))
}

impl From<BadFile> for Error {
    fn from(bad: BadFile) -> Self {
        match bad {
            BadFile::TooLarge => Error::FileTooLarge,
            BadFile::Empty
            | BadFile::NotText { .. }
            | BadFile::OpenQuote { .. }
            | BadFile::TextAfterQuote { .. }
            | BadFile::NoTitle { .. }
            | BadFile::TooManyColumns { .. }
            | BadFile::TooManyRows { .. }
            | BadFile::TooManyParts { .. }
            | BadFile::TooManyPeople { .. } => Error::Bad(bad.to_string()),
        }
    }
}
