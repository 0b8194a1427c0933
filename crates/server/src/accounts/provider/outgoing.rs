//! Requests to the provider: no redirects, little patience, and no more read than there can be.

use axum::http::Response;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// How long a connection may take to come about.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// The most bytes of an answer: keys and claims are some thousands.
const MOST: usize = 1024 * 1024;

/// What sends requests to a provider.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    client: Client,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Lost {
    /// The network, or what is spoken over it.
    Network(reqwest::Error),
    /// The answer is larger than any that makes sense.
    TooLarge,
    /// The answer is no HTTP.
    Strange(axum::http::Error),
}

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, Lost>> + Send>>;

impl Outgoing {
    pub(super) fn new(issuer: &Url) -> Result<Outgoing, String> {
        // Where the program chose a provider of TLS before, its own stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent(concat!("truestory/", env!("CARGO_PKG_VERSION")))
            // What a provider is asked for holds secrets; they go where the settings say and nowhere else.
            .redirect(Policy::none())
            .connect_timeout(CONNECT_WAIT)
            .timeout(ANSWER_WAIT);
        let client = match issuer.scheme() {
            "https" => client,
            // On this machine nobody has to prove who they are, and no proxy stands between.
            _ => client.tls_certs_only([]).no_proxy(),
        };
        let client = client.build().map_err(|error| in_words(&error))?;
        Ok(Outgoing { client })
    }

    /// What sends a request and brings the answer.
    pub(super) fn send(&self) -> impl Fn(HttpRequest) -> Answer + Send + Sync {
        let client = self.client.clone();
        move |request| Box::pin(send(client.clone(), request))
    }
}

async fn send(client: Client, request: HttpRequest) -> Result<HttpResponse, Lost> {
    let request = reqwest::Request::try_from(request)?;
    let mut answer = client.execute(request).await?;
    let mut head = Response::builder().status(answer.status());
    if let Some(headers) = head.headers_mut() {
        *headers = answer.headers().clone();
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > MOST {
            return Err(Lost::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    head.body(body).map_err(Lost::Strange)
}

/// An error with its causes: the first alone says no more than that something failed.
pub(super) fn in_words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    words
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lost::Network(error) => f.write_str(&in_words(error)),
            Lost::TooLarge => f.write_str("the answer is too large"),
            Lost::Strange(error) => error.fmt(f),
        }
    }
}

impl Error for Lost {}

impl From<reqwest::Error> for Lost {
    fn from(error: reqwest::Error) -> Self {
        // The address of an exchange holds nothing secret, but one never knows which a provider makes up.
        Lost::Network(error.without_url())
    }
}
