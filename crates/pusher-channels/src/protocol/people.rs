//! Who is on the other side of the wire: members of presence channels, signed-in users, watchlists. Knows their JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    RawJson,
    json::{Object, text_of},
};

/// Somebody on a presence channel: `{"user_id":"7","user_info":{..}}`. Several connections of one user are one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who; a number on the wire is read as its text.
    pub user_id: String,
    /// What the application tells of them, if anything.
    pub user_info: Option<RawJson>,
}

/// Everybody on a presence channel, by user id; the data of `pusher_internal:subscription_succeeded`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(pub BTreeMap<String, Option<RawJson>>);

/// A user who signs in: `{"id":"7","user_info":{..},"watchlist":["8"]}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who; a number on the wire is read as its text.
    pub id: String,
    /// What the application tells of them, if anything.
    pub info: Option<RawJson>,
    /// Whose comings and goings they want to hear of.
    pub watchlist: Vec<String>,
}

/// Users of a watchlist who came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchlistEvent {
    /// `online` or `offline`.
    pub name: String,
    /// Who.
    pub user_ids: Vec<String>,
}

#[derive(Deserialize)]
struct MemberData<'a> {
    #[serde(borrow)]
    user_id: &'a RawValue,
    user_info: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct SucceededData {
    presence: Option<RosterData>,
}

#[derive(Deserialize)]
struct RosterData {
    #[serde(default)]
    hash: BTreeMap<String, Option<Box<RawValue>>>,
}

#[derive(Deserialize)]
struct UserData<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    user_info: Option<Box<RawValue>>,
    #[serde(default, borrow)]
    watchlist: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WatchlistData<'a> {
    #[serde(borrow)]
    events: Vec<WatchlistEventData<'a>>,
}

#[derive(Deserialize)]
struct UserIdsData<'a> {
    #[serde(borrow)]
    user_ids: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WatchlistEventData<'a> {
    name: String,
    #[serde(borrow)]
    user_ids: Vec<&'a RawValue>,
}

impl Member {
    /// Reads `channel_data` or the data of `pusher_internal:member_added` and `member_removed`.
    ///
    /// # Errors
    /// When the text is no JSON object with a `user_id` that is a string or a number; the reason is in words.
    pub fn parse(json: &str) -> Result<Self, String> {
        let data: MemberData<'_> = read(json)?;
        Ok(Self {
            user_id: id("user_id", data.user_id)?,
            user_info: data.user_info.map(RawJson::from),
        })
    }

    /// The member's JSON.
    pub fn encode(&self) -> String {
        let member = Object::new().text("user_id", &self.user_id);
        match &self.user_info {
            Some(info) => member.raw("user_info", info.as_str()).finish(),
            None => member.finish(),
        }
    }
}

impl Roster {
    /// Reads the data of `pusher_internal:subscription_succeeded`.
    ///
    /// # Errors
    /// When it does not say who is there; the reason is in words.
    pub fn parse(json: &str) -> Result<Self, String> {
        let data: SucceededData = read(json)?;
        let hash = data.presence.ok_or("presence: missing")?.hash.into_iter();
        Ok(Self(hash.map(|(id, info)| (id, info.map(RawJson::from))).collect()))
    }

    /// Its JSON: `{"presence":{"ids":[..],"hash":{..},"count":1}}`.
    pub fn encode(&self) -> String {
        let ids: Vec<&String> = self.0.keys().collect();
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        let hash = self.0.iter().fold(Object::new(), |hash, (id, info)| {
            hash.raw_member(id, info.as_ref().map_or("null", RawJson::as_str))
        });
        let presence = Object::new()
            .raw("ids", &ids)
            .raw("hash", &hash.finish())
            .number("count", self.0.len() as u64);
        Object::new().raw("presence", &presence.finish()).finish()
    }
}

impl User {
    /// Reads the `user_data` of a sign-in.
    ///
    /// # Errors
    /// When the text is no JSON object with an `id` that is a string or a number; the reason is in words.
    pub fn parse(json: &str) -> Result<Self, String> {
        let data: UserData<'_> = read(json)?;
        Ok(Self {
            id: id("id", data.id)?,
            info: data.user_info.map(RawJson::from),
            watchlist: ids("watchlist", &data.watchlist)?,
        })
    }
}

impl WatchlistEvent {
    /// Reads the data `{"user_ids":[..]}` of one that came under its own name, as some servers send it.
    ///
    /// # Errors
    /// When the text is no list of user ids; the reason is in words.
    pub fn parse(name: &str, json: &str) -> Result<Self, String> {
        let data: UserIdsData<'_> = read(json)?;
        Ok(Self {
            name: name.to_owned(),
            user_ids: ids("user_ids", &data.user_ids)?,
        })
    }

    /// Reads the data of `pusher_internal:watchlist_events`.
    ///
    /// # Errors
    /// When the text is no list of names and user ids; the reason is in words.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, String> {
        let data: WatchlistData<'_> = read(json)?;
        let events = data.events.into_iter();
        events
            .map(|event| {
                Ok(Self {
                    user_ids: ids("user_ids", &event.user_ids)?,
                    name: event.name,
                })
            })
            .collect()
    }

    /// The JSON of several.
    pub fn encode_all(events: &[Self]) -> String {
        let events: Vec<String> = events.iter().map(Self::encode).collect();
        Object::new().raw("events", &format!("[{}]", events.join(","))).finish()
    }

    fn encode(&self) -> String {
        let user_ids = serde_json::to_string(&self.user_ids).unwrap_or_default();
        Object::new()
            .text("name", &self.name)
            .raw("user_ids", &user_ids)
            .finish()
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn id(field: &str, raw: &RawValue) -> Result<String, String> {
    match raw.get().as_bytes().first() {
        Some(b'"' | b'-' | b'0'..=b'9') => Ok(text_of(raw).into_owned()),
        Some(_) | None => Err(format!("{field}: expected a string or a number")),
    }
}

fn ids(field: &str, raw: &[&RawValue]) -> Result<Vec<String>, String> {
    raw.iter().map(|raw| id(field, raw)).collect()
}
