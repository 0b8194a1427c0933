//! One request, and the server's own sentence where it refuses: people who sign in or manage others read it as it is.

use super::with_patience;
use backlog::api::ErrorAnswer;
use gloo_net::http::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// No answer, or one that is not the server's.
    Unreachable,
    /// Nobody is signed in here, or not any more. The sentence is the server's.
    Nobody(String),
    /// The server cannot do that. The sentence is its own.
    Refused(String),
    /// It can, and will not as things stand. The sentence is the server's.
    Forbidden(String),
    /// There is no such thing, or not for whoever asks. The sentence is the server's.
    Missing(String),
    /// Too many tries: the sentence, and in how many seconds one may try again.
    TooMany(String, u32),
    /// The server's answer makes no sense to this page, which is older than the server.
    Outdated,
}

impl Failed {
    /// What people read.
    pub fn sentence(&self) -> String {
        match self {
            Failed::Unreachable => {
                "The server does not answer. Nothing is lost on this page; try again in a moment.".to_owned()
            }
            Failed::Nobody(why) | Failed::Refused(why) | Failed::Forbidden(why) | Failed::Missing(why) => plainly(why),
            Failed::TooMany(why, seconds) => format!("{} {}", plainly(why), again(*seconds)),
            Failed::Outdated => "This page is older than the server: reload it.".to_owned(),
        }
    }

    /// The field that the server blames, if it names one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Failed::Nobody(why) | Failed::Refused(why) | Failed::Forbidden(why) | Failed::Missing(why) => parts(why).0,
            Failed::Unreachable | Failed::TooMany(..) | Failed::Outdated => None,
        }
    }
}

/// Asks, sends a body, and reads the answer.
pub(super) async fn send<A: DeserializeOwned>(method: Method, path: &str, body: &impl Serialize) -> Result<A, Failed> {
    understand(said(method, path, Some(backlog::api::to_json(body))).await)
}

/// Asks and reads the answer.
pub(super) async fn ask<A: DeserializeOwned>(method: Method, path: &str) -> Result<A, Failed> {
    understand(said(method, path, None).await)
}

/// Sends a body; the answer is that it was done.
pub(super) async fn tell(method: Method, path: &str, body: &impl Serialize) -> Result<(), Failed> {
    said(method, path, Some(backlog::api::to_json(body))).await.map(drop)
}

/// Asks for something to be done; the answer is that it was.
pub(super) async fn wish(method: Method, path: &str) -> Result<(), Failed> {
    said(method, path, None).await.map(drop)
}

// Of no type: it is compiled once, whatever is asked.
async fn said(method: Method, path: &str, body: Option<String>) -> Result<String, Failed> {
    let (builder, _patience) = with_patience(RequestBuilder::new(path).method(method));
    let request = match body {
        Some(body) => builder.header("content-type", "application/json").body(body),
        None => builder.build(),
    };
    let request = request.map_err(|_| Failed::Unreachable)?;
    let answer = request.send().await.map_err(|_| Failed::Unreachable)?;
    let wait = answer.headers().get("retry-after");
    let text = answer.text().await;
    if answer.ok() {
        // What is not JSON is not the server's: some portal or proxy on the way answers for it.
        let kind = answer.headers().get("content-type").unwrap_or_default();
        let own = answer.status() == 204 || kind.contains("json");
        return text.ok().filter(|_| own).ok_or(Failed::Unreachable);
    }
    Err(failed(answer.status(), &text.unwrap_or_default(), wait.as_deref()))
}

fn understand<A: DeserializeOwned>(text: Result<String, Failed>) -> Result<A, Failed> {
    serde_json::from_str(&text?).map_err(|_| Failed::Outdated)
}

// Likewise, what is not a sentence of the server's.
fn failed(status: u16, text: &str, wait: Option<&str>) -> Failed {
    let Ok(ErrorAnswer { error }) = serde_json::from_str(text) else {
        return Failed::Unreachable;
    };
    match (status, wait.and_then(|seconds| seconds.trim().parse().ok())) {
        (401, _) => Failed::Nobody(error),
        (403, _) => Failed::Forbidden(error),
        (404, _) => Failed::Missing(error),
        (429 | 503, Some(seconds)) => Failed::TooMany(error, seconds),
        _ => Failed::Refused(error),
    }
}

// The server begins a sentence with the field that it blames, as in "email: ..".
fn parts(why: &str) -> (Option<&str>, &str) {
    match why.split_once(": ") {
        Some((field, sentence)) if field.bytes().all(|letter| letter.is_ascii_lowercase()) => (Some(field), sentence),
        Some(_) | None => (None, why),
    }
}

fn plainly(why: &str) -> String {
    let sentence = parts(why).1;
    let mut letters = sentence.trim().chars();
    let first: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    let end = if sentence.trim_end().ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", letters.as_str())
}

fn again(seconds: u32) -> String {
    match seconds {
        0 | 1 => "Try again now.".to_owned(),
        2..100 => format!("Try again in {seconds} seconds."),
        _ => format!("Try again in {} minutes.", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests;
