//! What a page says before it connects: where, how patiently, and who authorises.

use std::{fmt, future::Future, pin::Pin, rc::Rc};

use super::page;
use crate::client::{AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, Config, Scheme};

/// Where the protocol's servers authorise by custom.
const DEFAULT_ENDPOINT: &str = "/pusher/auth";

/// Where to connect, and who authorises private and presence channels.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where, and how patiently.
    pub config: Config,
    /// Who authorises.
    pub authorizer: Authorizer,
}

/// The answer of a custom authoriser, some time later.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<ChannelAuthorization, AuthorizationFailure>>>>;

/// Who authorises private and presence channels.
#[derive(Clone)]
pub enum Authorizer {
    /// A form POST (`socket_id`, `channel_name`) to this URL, with the page's cookies if it is of the same origin.
    Endpoint(String),
    /// A function of the application; made by [`Authorizer::handler`].
    Handler(Rc<dyn Fn(AuthorizationRequest) -> Answer>),
}

impl Options {
    /// Authorised by the endpoint `/pusher/auth`.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            authorizer: Authorizer::Endpoint(DEFAULT_ENDPOINT.to_owned()),
        }
    }

    /// To the host that the page came from, with TLS if the page came with it.
    pub fn same_origin(key: &str) -> Self {
        let mut config = Config::new(page::host(), key);
        if page::is_secure() {
            config.address.scheme = Scheme::Wss;
        }
        Self::new(config)
    }

    /// The same, authorised otherwise.
    pub fn authorized_by(mut self, authorizer: Authorizer) -> Self {
        self.authorizer = authorizer;
        self
    }
}

impl Authorizer {
    /// Asks a function of the application.
    pub fn handler<F, A>(handler: F) -> Self
    where
        F: Fn(AuthorizationRequest) -> A + 'static,
        A: Future<Output = Result<ChannelAuthorization, AuthorizationFailure>> + 'static,
    {
        Self::Handler(Rc::new(move |request| Box::pin(handler(request))))
    }
}

impl fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(url) => f.debug_tuple("Endpoint").field(url).finish(),
            Self::Handler(_) => f.write_str("Handler(..)"),
        }
    }
}
