//! What a program says before it connects: where, how patiently, who authorises, who says who the user is, and whose
//! certificates it trusts.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

#[cfg(feature = "rustls")]
use super::Trust;
use crate::client::{
    AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, BatchRequest, ChannelAnswer, ChannelAnswers,
    ChannelAuthorization, Config, UserAuthentication,
};

/// Where to connect, who authorises channels, and who says who the user is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where, and how patiently.
    pub config: Config,
    /// Whose certificates are trusted on a connection with TLS.
    #[cfg(feature = "rustls")]
    pub trust: Trust,
    pub(super) authorizer: Authorizer,
    pub(super) authenticator: Authenticator,
}

/// The answer of a function of the application, some time later.
type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type AuthorizationHandler = dyn Fn(AuthorizationRequest) -> Later<ChannelAnswer> + Send + Sync;
type BatchHandler = dyn Fn(BatchRequest) -> Later<ChannelAnswers> + Send + Sync;
type AuthenticationHandler =
    dyn Fn(AuthenticationRequest) -> Later<Result<UserAuthentication, AuthorizationFailure>> + Send + Sync;

#[derive(Clone)]
pub(super) enum Authorizer {
    Nobody,
    Single(Arc<AuthorizationHandler>),
    Batched(Arc<BatchHandler>),
}

#[derive(Clone)]
pub(super) enum Authenticator {
    Nobody,
    Handler(Arc<AuthenticationHandler>),
}

impl Options {
    /// Without an authoriser: every private channel fails, and so does signing in.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            #[cfg(feature = "rustls")]
            trust: Trust::WebRoots,
            authorizer: Authorizer::Nobody,
            authenticator: Authenticator::Nobody,
        }
    }

    /// Asks this function for each private, presence or encrypted channel, again after each reconnect.
    pub fn authorized_by<F, A>(mut self, authorizer: F) -> Self
    where
        F: Fn(AuthorizationRequest) -> A + Send + Sync + 'static,
        A: Future<Output = Result<ChannelAuthorization, AuthorizationFailure>> + Send + 'static,
    {
        self.authorizer = Authorizer::Single(Arc::new(move |request| Box::pin(authorizer(request))));
        self
    }

    /// Asks this function for all channels of one moment, again after each reconnect. [`BatchRequest`] has the form of such
    /// a request and reads its answer. A channel that the function leaves out fails.
    pub fn authorized_together_by<F, A>(mut self, authorizer: F) -> Self
    where
        F: Fn(BatchRequest) -> A + Send + Sync + 'static,
        A: Future<Output = ChannelAnswers> + Send + 'static,
    {
        self.authorizer = Authorizer::Batched(Arc::new(move |request| Box::pin(authorizer(request))));
        self
    }

    /// Asks this function who the user is, when signing in and again after each reconnect.
    pub fn authenticated_by<F, A>(mut self, authenticator: F) -> Self
    where
        F: Fn(AuthenticationRequest) -> A + Send + Sync + 'static,
        A: Future<Output = Result<UserAuthentication, AuthorizationFailure>> + Send + 'static,
    {
        self.authenticator = Authenticator::Handler(Arc::new(move |request| Box::pin(authenticator(request))));
        self
    }

    /// Trusts these certificates on a connection with TLS.
    #[cfg(feature = "rustls")]
    pub fn trusting(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }
}

impl fmt::Debug for Authorizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nobody => "Nobody",
            Self::Single(_) => "Single(..)",
            Self::Batched(_) => "Batched(..)",
        })
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nobody => "Nobody",
            Self::Handler(_) => "Handler(..)",
        })
    }
}
