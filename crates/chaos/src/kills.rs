//! kill -9 under load, over and over, on the same folder: whatever was acknowledged is there afterwards, once; whatever was not can
//! be sent again and is then there, once.

use crate::clock;
use crate::dice::Dice;
use crate::http::{ApiError, Http};
use crate::server::Server;
use backlog::api::{Fate, NewProject, SyncAnswer, SyncRequest};
use backlog::command::NewStory;
use backlog::{Command, Description, Hash, Mid, Name, Panel, ProjectId, Sent, StoryId, StoryType, Title, Version};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

const WRITERS: u64 = 8;
/// Milliseconds from the first command to the kill.
const LOAD: (u64, u64) = (20, 1_200);
/// The most commands acknowledged in a round: the history of a round is read in one answer.
const MOST: usize = 3_500;
/// So many kills share a folder, so that verifying it stays quick.
const ON_ONE_FOLDER: usize = 20;

/// What the kills came to.
#[derive(Clone, Debug, Default)]
pub struct Killed {
    /// How many there were.
    pub kills: usize,
    /// Commands that were acknowledged before a kill.
    pub acknowledged: usize,
    /// Commands under way at a kill.
    pub under_way: usize,
    /// Of those under way, how many the server had carried out.
    pub carried_out: usize,
    /// From the start of the server until it listens, in milliseconds, sorted.
    pub starts: Vec<u128>,
    /// What was wrong, a line each.
    pub findings: Vec<String>,
    /// The folder in which something was wrong.
    pub kept: Option<PathBuf>,
}

impl fmt::Display for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let middle = self.starts.get(self.starts.len() / 2).copied().unwrap_or_default();
        let most = self.starts.last().copied().unwrap_or_default();
        writeln!(
            f,
            "{} kills: {} commands acknowledged, {} under way of which {} were carried out; up again after {middle} ms (at most \
             {most} ms); findings: {}",
            self.kills,
            self.acknowledged,
            self.under_way,
            self.carried_out,
            self.findings.len(),
        )?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

/// Kills a server under load so many times.
///
/// # Errors
/// When it could not be done; what is wrong with the product stands in the answer.
pub async fn kill_under_load(program: &Path, seed: u64, kills: usize) -> io::Result<Killed> {
    let mut dice = Dice::new(seed, 1);
    let mut killed = Killed::default();
    while killed.kills < kills && killed.findings.is_empty() {
        let folder = tempfile::Builder::new().prefix("truestory-kills-").tempdir()?;
        let mut server = Server::start(program, folder.path()).await?;
        for _ in 0..ON_ONE_FOLDER.min(kills - killed.kills) {
            round(&mut server, &mut dice, &mut killed).await?;
        }
        server.end().await?;
        if !killed.findings.is_empty() {
            killed.kept = Some(folder.keep());
        }
    }
    killed.starts.sort_unstable();
    Ok(killed)
}

/// What a writer knows when its server is gone.
#[derive(Debug, Default)]
struct Written {
    acknowledged: BTreeMap<Mid, u64>,
    unanswered: Vec<Sent>,
}

async fn round(server: &mut Server, dice: &mut Dice, killed: &mut Killed) -> io::Result<()> {
    let address = server.address();
    let project = ProjectId(dice.bits());
    begin(address, project).await.map_err(unusable)?;
    let done = Arc::new(AtomicUsize::new(0));
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let dice = Dice::new(dice.roll(), writer);
        writers.spawn(write(address, project, dice, done.clone()));
    }
    moment(dice.millis(LOAD.0, LOAD.1), &done).await;
    server.kill().await?;
    let written = writers.join_all().await;
    let began = clock::instant();
    server.resume_from_disk().await?;
    killed.kills += 1;
    killed.starts.push(began.elapsed().as_millis());
    if let Err(complaint) = server.check().await {
        killed.findings.push(complaint.to_string());
    }
    for (http, written) in &written {
        examine(http, project, written, killed).await.map_err(unusable)?;
    }
    Ok(())
}

/// Until the time is over, or so much was done that one answer would not hold it.
async fn moment(time: Duration, done: &AtomicUsize) {
    let end = clock::instant() + time;
    while clock::instant() < end && done.load(Ordering::Relaxed) < MOST {
        sleep(Duration::from_millis(5)).await;
    }
}

async fn begin(address: SocketAddr, project: ProjectId) -> Result<(), ApiError> {
    let http = visitor(address).await?;
    let name = Name::new("Kills").map_err(|problem| ApiError::Refused(problem.to_string()))?;
    http.create_project(&NewProject { id: project, name }).await
}

async fn visitor(address: SocketAddr) -> Result<Http, ApiError> {
    let (_, cookie) = Http::new(address, None).session().await?;
    Ok(Http::new(address, cookie))
}

/// Sends commands until the server is gone.
async fn write(address: SocketAddr, project: ProjectId, mut dice: Dice, done: Arc<AtomicUsize>) -> (Http, Written) {
    let mut written = Written::default();
    let Ok(http) = visitor(address).await else {
        return (Http::new(address, None), written);
    };
    loop {
        let commands: Vec<Sent> = (0..=dice.below(3)).filter_map(|_| create(&mut dice)).collect();
        match send(&http, project, commands.clone()).await {
            Ok(answer) => {
                done.fetch_add(commands.len(), Ordering::Relaxed);
                written.acknowledged.extend(applied(&answer));
            }
            Err(_) => {
                written.unanswered = commands;
                return (http, written);
            }
        }
    }
}

fn create(dice: &mut Dice) -> Option<Sent> {
    Some(Sent {
        mid: Mid(dice.bits()),
        base: 0,
        command: Command::CreateStory(NewStory {
            id: StoryId(dice.bits()),
            title: Title::new("Written under load").ok()?,
            story_type: StoryType::Chore,
            panel: Panel::Icebox,
            after: None,
            estimate: None,
            description: Description::default(),
            labels: BTreeSet::new(),
        }),
    })
}

/// Sends without wanting to catch up: the version is of no history.
async fn send(http: &Http, project: ProjectId, commands: Vec<Sent>) -> Result<SyncAnswer, ApiError> {
    let request = SyncRequest {
        since: Some(Version {
            rev: 0,
            hash: Hash(project.0),
        }),
        commands,
        ..SyncRequest::default()
    };
    http.sync(project, &request, None).await
}

fn applied(answer: &SyncAnswer) -> impl Iterator<Item = (Mid, u64)> {
    answer.outcomes.iter().filter_map(|outcome| match outcome.fate {
        Fate::Applied(rev) => Some((outcome.mid, rev)),
        Fate::Rejected(_) | Fate::Unknown => None,
    })
}

/// Looks for what one writer wrote, and sends again what was not answered.
async fn examine(http: &Http, project: ProjectId, written: &Written, killed: &mut Killed) -> Result<(), ApiError> {
    let before = history(http, project).await?;
    for (mid, rev) in &written.acknowledged {
        if before.get(mid).map(Vec::as_slice) != Some(&[*rev]) {
            let found = before.get(mid);
            killed
                .findings
                .push(format!("{mid:?} was acknowledged at {rev} and is at {found:?}"));
        }
    }
    killed.acknowledged += written.acknowledged.len();
    killed.under_way += written.unanswered.len();
    killed.carried_out += written
        .unanswered
        .iter()
        .filter(|sent| before.contains_key(&sent.mid))
        .count();
    send(http, project, written.unanswered.clone()).await?;
    let after = history(http, project).await?;
    for sent in &written.unanswered {
        if after.get(&sent.mid).map(Vec::len) != Some(1) {
            let found = after.get(&sent.mid);
            killed
                .findings
                .push(format!("{:?} was sent again and is at {found:?}", sent.mid));
        }
    }
    Ok(())
}

/// The revisions of every mutation.
async fn history(http: &Http, project: ProjectId) -> Result<HashMap<Mid, Vec<u64>>, ApiError> {
    let beginning = Version {
        rev: 0,
        hash: Hash::genesis(project),
    };
    let answer = http.changes(project, beginning).await?;
    if answer.changes.len() as u64 != answer.rev {
        let why = format!("{} of {} changes were handed out", answer.changes.len(), answer.rev);
        return Err(ApiError::Refused(why));
    }
    let mut revs: HashMap<Mid, Vec<u64>> = HashMap::new();
    for recorded in answer.changes {
        revs.entry(recorded.mid).or_default().push(recorded.rev);
    }
    Ok(revs)
}

fn unusable(error: ApiError) -> io::Error {
    io::Error::other(format!("the server is of no use: {error:?}"))
}
