//! The server: who one is (by a cookie), what was said over HTTP, and each message triggered on the presence channel. Knows HTTP and
//! the hub; what is remembered is the room's to say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever started the program is told its address, or why it ended"
)]

use std::{
    future, io,
    process::ExitCode,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use axum::{
    Form, Json, Router,
    extract::{DefaultBodyLimit, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use pusher_hub::{
    App, Authorization, ClientEvents, HubConfig, HubHandle, HubServer, ServerConfig, Trigger,
    protocol::{ChannelName, EventName, SocketId},
};
use serde::Deserialize;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::room::{MOST_PEOPLE, Room};
use crate::wire::{self, History, Message, Name, Person, Text};

/// Longest body, in bytes: the longest message fits, whatever its characters are.
const LONGEST_BODY: usize = 8 * 1024;
/// The cookie that holds a person's token. Each port of a host sees the others' cookies, so it has the example's name.
const COOKIE: &str = "example-chat";

type Shared = State<Arc<House>>;

struct House {
    room: Mutex<Room>,
    hub: HubHandle,
}

/// Why nothing was done.
enum Refusal {
    /// The cookie is missing, or from before the server was started.
    Unknown,
    /// There is no room for another person.
    Full,
    /// The request makes no sense.
    Senseless(&'static str),
}

/// Serves until it is ended from outside: `example-chat FOLDER [ADDRESS]`.
#[tokio::main(flavor = "current_thread")]
pub async fn run() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: example-chat FOLDER [ADDRESS], where FOLDER holds the built page");
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
    let app = App::new("chat", wire::KEY, &secret());
    let mut config = HubConfig::new(vec![app.clone()]);
    // Who is typing is told from page to page, without this server.
    config.client_events = ClientEvents::Forwarded;
    let hub = HubServer::start(ServerConfig::new(config));
    let house = House {
        room: Mutex::new(Room::new(milliseconds())),
        hub: hub.handle(&app),
    };
    let routes = Router::new()
        .route("/api/me", get(me).post(enter))
        .route("/api/messages", get(history).post(say))
        .route("/pusher/auth", post(authorize))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(Arc::new(house))
        .merge(hub.router())
        .fallback_service(ServeDir::new(folder));
    let listener = TcpListener::bind(address).await?;
    println!("the chat is at http://{}", listener.local_addr()?);
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

impl House {
    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visitor(&self, cookies: &CookieJar) -> Result<Person, Refusal> {
        let token = cookies.get(COOKIE).ok_or(Refusal::Unknown)?;
        self.room().person(token.value()).cloned().ok_or(Refusal::Unknown)
    }
}

async fn me(State(house): Shared, cookies: CookieJar) -> Result<Json<Person>, Refusal> {
    Ok(Json(house.visitor(&cookies)?))
}

async fn enter(
    State(house): Shared,
    cookies: CookieJar,
    Json(name): Json<Name>,
) -> Result<(CookieJar, Json<Person>), Refusal> {
    let token = secret();
    let person = house.room().enter(token.clone(), name).ok_or(Refusal::Full)?;
    let cookie = Cookie::build((COOKIE, token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict);
    Ok((cookies.add(cookie), Json(person)))
}

#[derive(Deserialize)]
struct After {
    after: u64,
}

async fn history(
    State(house): Shared,
    cookies: CookieJar,
    Query(query): Query<After>,
) -> Result<Json<History>, Refusal> {
    house.visitor(&cookies)?;
    Ok(Json(house.room().history(query.after)))
}

async fn say(State(house): Shared, cookies: CookieJar, Json(text): Json<Text>) -> Result<Json<Message>, Refusal> {
    let person = house.visitor(&cookies)?;
    let mut room = house.room();
    let message = room.say(person, text);
    // Triggering never waits, so it is done while the room is locked: events leave in the order of their numbers.
    if let Err(error) = house.hub.trigger(event(&message)) {
        // It was said all the same: who missed the event notices at the next one.
        eprintln!("message {} was not announced: {error}", message.number);
    }
    Ok(Json(message))
}

fn event(message: &Message) -> Trigger {
    let channel = ChannelName::new(wire::CHANNEL).expect("the channel's name is legal");
    let name = EventName::new(wire::SAID).expect("the event's name is legal");
    let data = serde_json::to_string(message).expect("a message has a form in JSON");
    Trigger::new(channel, name, data).expect("the longest message fits into an event")
}

#[derive(Deserialize)]
struct AuthorizationForm {
    socket_id: String,
    channel_name: String,
}

/// Lets a person hear the one channel there is, under the name that they entered with.
async fn authorize(
    State(house): Shared,
    cookies: CookieJar,
    Form(form): Form<AuthorizationForm>,
) -> Result<Json<Authorization>, Refusal> {
    let person = house.visitor(&cookies)?;
    let socket_id = SocketId::parse(&form.socket_id).map_err(|_| Refusal::Senseless("socket_id: none of ours"))?;
    if form.channel_name != wire::CHANNEL {
        return Err(Refusal::Senseless("channel_name: there is only presence-chat"));
    }
    let channel = ChannelName::new(wire::CHANNEL).expect("the channel's name is legal");
    let member = serde_json::json!({ "user_id": person.user_id, "user_info": person.name }).to_string();
    Ok(Json(house.hub.app().sign_presence(&socket_id, &channel, &member)))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let full = format!("There is room for {MOST_PEOPLE} people only.");
        match self {
            Self::Unknown => (StatusCode::UNAUTHORIZED, "Say what you are called first.").into_response(),
            Self::Full => (StatusCode::CONFLICT, full).into_response(),
            Self::Senseless(sentence) => (StatusCode::BAD_REQUEST, sentence).into_response(),
        }
    }
}

/// 128 bits that nobody guesses: the app's secret, and each person's token.
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The time since 1970: grows faster than messages are written, so a later run begins above all earlier ones.
#[expect(clippy::disallowed_methods, reason = "the driver is where time comes from")]
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
