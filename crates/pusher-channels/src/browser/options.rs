//! What a page says before it connects: where, how patiently, who authorises, and who says who the user is.

use std::{fmt, future::Future, pin::Pin, rc::Rc};

use super::{Endpoint, page};
use crate::client::{
    Address, AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, BatchRequest, Carrier, ChannelAnswer,
    ChannelAnswers, Config, UserAuthentication,
};

/// Where the protocol's servers authorise by custom (`defaults.ts` of pusher-js).
const AUTHORIZE_AT: &str = "/pusher/auth";
/// Where they say by custom who the user is.
const AUTHENTICATE_AT: &str = "/pusher/user-auth";

/// Where to connect, who authorises channels, and who says who the user is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where, and how patiently. A page that came with TLS always connects with TLS.
    pub config: Config,
    /// Who authorises private, presence and encrypted channels.
    pub authorizer: Authorizer,
    /// Who says who the user is, when signing in.
    pub authenticator: Authenticator,
}

/// The answer of a function of the application, some time later.
type Later<T> = Pin<Box<dyn Future<Output = T>>>;
type AuthorizationHandler = dyn Fn(AuthorizationRequest) -> Later<ChannelAnswer>;
type BatchHandler = dyn Fn(BatchRequest) -> Later<ChannelAnswers>;
type AuthenticationHandler = dyn Fn(AuthenticationRequest) -> Later<Result<UserAuthentication, AuthorizationFailure>>;

/// Who authorises private, presence and encrypted channels.
#[derive(Clone)]
#[non_exhaustive]
pub enum Authorizer {
    /// A form POST (`socket_id`, `channel_name`).
    Endpoint(Endpoint),
    /// A function of the application; made by [`Authorizer::handler`].
    Handler(Rc<AuthorizationHandler>),
    /// A function of the application for many channels; made by [`Authorizer::batch_handler`].
    BatchHandler(Rc<BatchHandler>),
}

/// Who says who the user is, when signing in.
#[derive(Clone)]
#[non_exhaustive]
pub enum Authenticator {
    /// A form POST (`socket_id`).
    Endpoint(Endpoint),
    /// A function of the application; made by [`Authenticator::handler`].
    Handler(Rc<AuthenticationHandler>),
}

impl Options {
    /// Authorised by the endpoint `/pusher/auth`, signed in by `/pusher/user-auth`.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            authorizer: Authorizer::Endpoint(Endpoint::new(AUTHORIZE_AT)),
            authenticator: Authenticator::Endpoint(Endpoint::new(AUTHENTICATE_AT)),
        }
    }

    /// To the host that the page came from, with TLS if the page came with it.
    ///
    /// Frames may come by any [`Carrier`]: where no WebSocket passes, by HTTP, as `pusher-hub` answers it. Another server
    /// answers 404 and is asked for its WebSocket again.
    pub fn same_origin(key: &str) -> Self {
        let mut config = Config::new(page::host(), key);
        config.carriers = Carrier::ALL.to_vec();
        Self::new(config)
    }

    /// To a cluster of the service pusher.com.
    pub fn cluster(cluster: &str, key: &str) -> Self {
        Self::new(Config::at(Address::cluster(cluster, key)))
    }

    /// The same, authorised otherwise.
    pub fn authorized_by(mut self, authorizer: Authorizer) -> Self {
        self.authorizer = authorizer;
        self
    }

    /// The same, signed in otherwise.
    pub fn authenticated_by(mut self, authenticator: Authenticator) -> Self {
        self.authenticator = authenticator;
        self
    }
}

impl Authorizer {
    /// Asks an address of the application's server.
    pub fn endpoint(endpoint: impl Into<Endpoint>) -> Self {
        Self::Endpoint(endpoint.into())
    }

    /// Asks a function of the application for each channel.
    pub fn handler<F, A>(handler: F) -> Self
    where
        F: Fn(AuthorizationRequest) -> A + 'static,
        A: Future<Output = ChannelAnswer> + 'static,
    {
        Self::Handler(Rc::new(move |request| Box::pin(handler(request))))
    }

    /// Asks a function of the application for all channels of one moment. A channel that it does not answer fails.
    pub fn batch_handler<F, A>(handler: F) -> Self
    where
        F: Fn(BatchRequest) -> A + 'static,
        A: Future<Output = ChannelAnswers> + 'static,
    {
        Self::BatchHandler(Rc::new(move |request| Box::pin(handler(request))))
    }
}

impl Authenticator {
    /// Asks an address of the application's server.
    pub fn endpoint(endpoint: impl Into<Endpoint>) -> Self {
        Self::Endpoint(endpoint.into())
    }

    /// Asks a function of the application.
    pub fn handler<F, A>(handler: F) -> Self
    where
        F: Fn(AuthenticationRequest) -> A + 'static,
        A: Future<Output = Result<UserAuthentication, AuthorizationFailure>> + 'static,
    {
        Self::Handler(Rc::new(move |request| Box::pin(handler(request))))
    }
}

impl fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(endpoint) => endpoint.fmt(f),
            Self::Handler(_) => f.write_str("Handler(..)"),
            Self::BatchHandler(_) => f.write_str("BatchHandler(..)"),
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(endpoint) => endpoint.fmt(f),
            Self::Handler(_) => f.write_str("Handler(..)"),
        }
    }
}
