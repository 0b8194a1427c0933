//! The server: the posts over HTTP, and each change triggered on two channels. Knows HTTP and the hub; what may be changed is the
//! blog's to say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever started the program is told its address, or why it ended"
)]

use std::{
    future, io,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{delete, get},
};
use pusher_hub::{
    App, HubConfig, HubHandle, HubServer, ServerConfig, Trigger,
    protocol::{ChannelName, EventName, SocketId},
};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::blog::{Blog, MOST_POSTS, Refusal};
use crate::wire::{self, Change, Content, Snapshot};

/// Longest body, in bytes: the longest text fits, whatever its characters are.
const LONGEST_BODY: usize = 128 * 1024;

/// A post that is there from the start.
const FIRST: (&str, &str) = (
    "Open this page twice",
    "What is posted in one window shows in the other. The switch above says how that window hears of it.",
);

type Shared = State<Arc<Press>>;

struct Press {
    blog: Mutex<Blog>,
    hub: HubHandle,
}

/// Serves until it is ended from outside: `example-posts FOLDER [ADDRESS]`.
#[tokio::main(flavor = "current_thread")]
pub async fn run() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: example-posts FOLDER [ADDRESS], where FOLDER holds the built page");
        return ExitCode::from(2);
    };
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    match serve(&folder, &address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(folder: &str, address: &str) -> io::Result<()> {
    let app = App::new("posts", wire::KEY, &secret());
    let hub = HubServer::start(ServerConfig::new(HubConfig::new(vec![app.clone()])));
    let routes = Router::new()
        .route("/api/posts", get(list).post(post))
        .route("/api/posts/{id}", delete(remove))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(Arc::new(Press::new(hub.handle(&app))))
        .merge(hub.router())
        .fallback_service(ServeDir::new(folder));
    let listener = TcpListener::bind(address).await?;
    println!("the posts are at http://{}", listener.local_addr()?);
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

impl Press {
    fn new(hub: HubHandle) -> Self {
        let mut blog = Blog::new(milliseconds());
        let content = Content::new(FIRST.0, FIRST.1).expect("the first post is legal");
        blog.post(content).expect("there is room for the first post");
        let blog = Mutex::new(blog);
        Self { blog, hub }
    }

    /// Changes the posts and tells everybody but the asker, who has the answer. Triggering never waits, so it is done while the
    /// posts are locked: events leave in the order of their revisions.
    fn change(
        &self,
        asker: Option<SocketId>,
        change: impl FnOnce(&mut Blog) -> Result<Change, Refusal>,
    ) -> Result<Json<Change>, Refusal> {
        let mut blog = self.blog.lock().unwrap_or_else(PoisonError::into_inner);
        let change = change(&mut blog)?;
        for trigger in announce(&change) {
            let trigger = match &asker {
                Some(asker) => trigger.except(asker.clone()),
                None => trigger,
            };
            if let Err(error) = self.hub.trigger(trigger) {
                // The change holds all the same: who missed the event notices at the next one.
                eprintln!("revision {} was not announced: {error}", change.rev);
            }
        }
        Ok(Json(change))
    }
}

/// The same change for both kinds of listeners. An event holds 10 KiB; a change that is larger is told without its content, and who
/// hears that fetches.
fn announce(change: &Change) -> [Trigger; 2] {
    let rev = change.rev;
    let bare = serde_json::to_string(&Change { rev, what: None }).expect("a revision has a form in JSON");
    let full = serde_json::to_string(change).expect("a change has a form in JSON");
    let event = |channel: &str, data: &str| {
        let channel = ChannelName::new(channel).expect("the channel's name is legal");
        let name = EventName::new(wire::CHANGED).expect("the event's name is legal");
        Trigger::new(channel, name, data)
    };
    let short = |channel: &str| event(channel, &bare).expect("a bare revision is short");
    [
        short(wire::BARE_CHANNEL),
        event(wire::FULL_CHANNEL, &full).unwrap_or_else(|_| short(wire::FULL_CHANNEL)),
    ]
}

/// The asker's own connection, if it has one.
fn asker(headers: &HeaderMap) -> Option<SocketId> {
    SocketId::parse(headers.get(wire::SOCKET_ID)?.to_str().ok()?).ok()
}

async fn list(State(press): Shared) -> Json<Snapshot> {
    let blog = press.blog.lock().unwrap_or_else(PoisonError::into_inner);
    Json(blog.snapshot())
}

async fn post(State(press): Shared, headers: HeaderMap, Json(content): Json<Content>) -> Result<Json<Change>, Refusal> {
    press.change(asker(&headers), |blog| blog.post(content))
}

async fn remove(State(press): Shared, headers: HeaderMap, Path(id): Path<u32>) -> Result<Json<Change>, Refusal> {
    press.change(asker(&headers), |blog| blog.remove(id))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let full = format!("There is room for {MOST_POSTS} posts; remove one first.");
        match self {
            Self::Full => (StatusCode::CONFLICT, full).into_response(),
            Self::Gone => (StatusCode::NOT_FOUND, "Somebody removed this post.").into_response(),
        }
    }
}

/// Nothing is signed here; where something is, whoever knows the secret could sign too.
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The time since 1970: grows faster than revisions are made, so a later run begins above all earlier ones.
#[expect(clippy::disallowed_methods, reason = "the driver is where time comes from")]
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
