//! Posts JSON to addresses that somebody else named. Knows HTTP and which addresses are within reach; must never know what is
//! posted, or when.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::{Client, Url, header::CONTENT_TYPE, redirect::Policy};

use super::{Reach, WebhookError};

/// How long a connection may take to come about.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long a post may take until its answer begins.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next post.
const IDLE_WAIT: Duration = Duration::from_secs(30);

/// Posts JSON to addresses that somebody else named: what a name stands for is looked at for each connection, no redirect is
/// followed, an answer has to begin within 10 s, and nothing but its head is read. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Courier {
    reach: Reach,
    agent: &'static str,
    plain: Client,
    /// Made when it is needed first: a machine need not know whom to trust where nobody has to prove who they are.
    secure: Arc<OnceLock<Result<Client, String>>>,
}

/// What is posted where.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// The address.
    pub url: &'a str,
    /// Headers beside the content type.
    pub headers: &'a [(&'static str, &'a str)],
    /// The body, as JSON.
    pub body: String,
}

impl Courier {
    /// One that says its own name (`User-Agent`) wherever it goes, within this reach.
    ///
    /// # Errors
    /// When there is no HTTP client to be had.
    pub fn new(agent: &'static str, reach: Reach) -> Result<Self, WebhookError> {
        // Where the program chose a provider before, its own stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = reach.limit(builder(agent)).tls_certs_only([]).build();
        Ok(Self {
            reach,
            agent,
            plain: plain.map_err(|error| WebhookError::Client(in_words(&error)))?,
            secure: Arc::default(),
        })
    }

    /// Whether this can be posted to, as far as it can be told without a look at the network.
    ///
    /// # Errors
    /// When it is no address, or out of reach, or needs TLS on a machine that trusts nobody.
    pub fn check(&self, url: &str) -> Result<(), WebhookError> {
        let url = self.reach.check(url)?;
        self.client(&url).map_err(WebhookError::Client).map(drop)
    }

    /// Posts it, and waits for a status of 200 to 299.
    ///
    /// # Errors
    /// Why it was not taken, for people, without the address.
    pub async fn post(&self, letter: Letter<'_>) -> Result<(), String> {
        // A program that is started again may be given another reach.
        let url = self.reach.check(letter.url).map_err(WebhookError::reason)?;
        let mut request = self.client(&url)?.post(url).header(CONTENT_TYPE, "application/json");
        for (name, value) in letter.headers {
            request = request.header(*name, *value);
        }
        let answer = request.body(letter.body).send().await;
        match answer.map_err(|error| in_words(&error.without_url()))?.status() {
            status if status.is_success() => Ok(()),
            status => Err(format!("answered by {status}")),
        }
    }

    fn client(&self, url: &Url) -> Result<&Client, String> {
        if url.scheme() != "https" {
            return Ok(&self.plain);
        }
        let made = self.secure.get_or_init(|| {
            let client = self.reach.limit(builder(self.agent)).build();
            client.map_err(|error| in_words(&error))
        });
        made.as_ref().map_err(Clone::clone)
    }
}

fn builder(agent: &str) -> reqwest::ClientBuilder {
    Client::builder()
        .user_agent(agent)
        // What a redirect names was not checked, and whoever wants posts elsewhere can say so.
        .redirect(Policy::none())
        .connect_timeout(CONNECT_WAIT)
        .timeout(ANSWER_WAIT)
        .pool_idle_timeout(IDLE_WAIT)
        .pool_max_idle_per_host(1)
}

/// An error with its causes: the first alone says no more than that something failed.
fn in_words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    words
}
