//! Signing in through a provider of identities, by OpenID Connect: the authorization code flow with PKCE. Knows what is asked of the
//! provider and how its answer is verified; must never know a cookie, a route or the store.

mod door;
mod journey;
mod outgoing;

use crate::ambient;
use crate::config;
use backlog::person::Email;
use backlog::{Millis, Name};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata};
use openidconnect::core::{CoreClientAuthMethod, CoreTokenResponse, CoreUserInfoClaims};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError, TokenResponse,
};
use outgoing::Outgoing;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Mutex;

pub use door::{Admission, SignUp, Way, admit};
pub use journey::{Journey, own_path};

/// Where the provider sends people back to, below the address of this server.
pub const CALLBACK: &str = "/auth/provider/callback";
/// What a provider says of itself is good for so long, in milliseconds: ten minutes.
const FRESH_FOR: i64 = 600_000;
/// Where it did not answer again, what it said before is good for so long more, in milliseconds: half a minute.
const STALE_FOR: i64 = 30_000;

/// A provider of identities. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Provider(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: config::Provider,
    issuer: IssuerUrl,
    callback: RedirectUrl,
    outgoing: Outgoing,
    known: Mutex<Option<Known>>,
}

/// What the provider said of itself, and until when that is good.
#[derive(Clone, Debug)]
struct Known {
    metadata: CoreProviderMetadata,
    until: Millis,
}

/// Whom the provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What it calls the person; never given to another.
    pub subject: String,
    /// The person's address, where it tells one.
    pub email: Option<Email>,
    /// Whether the provider knows that the address is theirs.
    pub verified: bool,
    /// What the person is called, where it tells that.
    pub name: Option<Name>,
}

/// Why someone who came through a provider is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody set out from this browser, or too long ago.
    Expired,
    /// The provider said no, or the person did there.
    Refused,
    /// The provider does not answer, or not as it should.
    Unreachable,
    /// What came back does not prove who it is.
    Unproven,
    /// The provider tells no address.
    NoEmail,
    /// The address has an account already, and the provider does not know that it is theirs.
    Unverified,
    /// There is no such account, and no sign-up.
    NoAccount,
    /// The account is closed.
    Closed,
    /// There is no account at all yet: the first is made here.
    Fresh,
    /// Too many came from there in vain; time helps.
    TooMany,
}

/// What speaks to the provider: it knows where to send people, and where to exchange a code if the provider told.
type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Failure {
    /// The short word by which the page knows it: `/sign-in?failed=..`.
    pub fn code(self) -> &'static str {
        match self {
            Failure::Expired => "expired",
            Failure::Refused => "refused",
            Failure::Unreachable => "unreachable",
            Failure::Unproven => "unproven",
            Failure::NoEmail => "no-email",
            Failure::Unverified => "unverified",
            Failure::NoAccount => "no-account",
            Failure::Closed => "closed",
            Failure::Fresh => "fresh",
            Failure::TooMany => "too-many",
        }
    }
}

impl Provider {
    /// A provider that sends people back to this address of the server, which has no last slash.
    ///
    /// # Errors
    /// When there is no HTTP client to be had, in words.
    pub fn new(settings: config::Provider, url: &str) -> Result<Provider, String> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| error.to_string())?;
        let callback = RedirectUrl::new(format!("{url}{CALLBACK}")).map_err(|error| error.to_string())?;
        Ok(Provider(Arc::new(Inner {
            outgoing: Outgoing::new(issuer.url())?,
            settings,
            issuer,
            callback,
            known: Mutex::new(None),
        })))
    }

    /// What people know it by.
    pub fn name(&self) -> &str {
        &self.0.settings.name
    }

    /// Whether whoever comes through it for the first time gets an account.
    pub fn signs_up(&self) -> bool {
        self.0.settings.sign_up
    }

    /// Where to send someone who sets out.
    pub async fn departure(&self, journey: &Journey) -> Result<String, Failure> {
        let client = self.client(&self.known().await?.metadata)?;
        let (verifier, state, nonce) = (journey.verifier.clone(), journey.state.clone(), journey.nonce.clone());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
        let (url, ..) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(url.into())
    }

    /// Whom the provider vouches for, by the code that someone brought back from their journey.
    pub async fn arrival(&self, journey: &Journey, code: &str) -> Result<Identity, Failure> {
        let known = self.known().await?;
        let client = self.client(&known.metadata)?;
        let exchange = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(unreachable)?
            .set_pkce_verifier(PkceCodeVerifier::new(journey.verifier.clone()));
        let answer = exchange.request_async(&self.0.outgoing.send()).await;
        let tokens: CoreTokenResponse = answer.map_err(unproven)?;
        let nonce = Nonce::new(journey.nonce.clone());
        match verify(&client, &tokens, &nonce) {
            Ok(claims) => self.identity(&client, &tokens, claims).await,
            // It may have another key since.
            Err(Doubt::UnknownKey) => {
                let renewed = self.ask().await?;
                let client = self.client(&renewed.metadata)?;
                let claims = verify(&client, &tokens, &nonce).map_err(unproven)?;
                self.identity(&client, &tokens, claims).await
            }
            Err(doubt @ Doubt::Wrong(_)) => Err(unproven(doubt)),
        }
    }

    /// Some providers tell an address only where one asks for it once more.
    async fn identity(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: CoreIdTokenClaims,
    ) -> Result<Identity, Failure> {
        let subject = claims.subject().clone();
        let mut told = Told {
            email: claims.email().map(|email| email.as_str().to_owned()),
            verified: claims.email_verified(),
            name: claims
                .name()
                .and_then(|name| name.get(None))
                .map(|name| name.to_string()),
        };
        if told.email.is_none()
            && let Ok(question) = client.user_info(tokens.access_token().clone(), Some(subject.clone()))
        {
            let more = question.request_async(&self.0.outgoing.send()).await;
            let more: CoreUserInfoClaims = more.map_err(unreachable)?;
            told = Told {
                email: more.email().map(|email| email.as_str().to_owned()),
                verified: more.email_verified(),
                name: told
                    .name
                    .or_else(|| more.name().and_then(|name| name.get(None)).map(|name| name.to_string())),
            };
        }
        Ok(told.of(self.0.settings.issuer.clone(), subject.to_string()))
    }

    /// What the provider says of itself; asked for at first use, so that one that is down stops no start.
    async fn known(&self) -> Result<Known, Failure> {
        let now = ambient::now();
        let mut known = self.0.known.lock().await;
        let stale = match &*known {
            Some(good) if now < good.until => return Ok(good.clone()),
            other => other.clone(),
        };
        match (self.discover(now).await, stale) {
            (Ok(fresh), _) => Ok(known.insert(fresh).clone()),
            // Nobody is to wait for a provider that is down, only to be sent there in the end.
            (Err(_), Some(Known { metadata, .. })) => {
                let until = Millis(now.0 + STALE_FOR);
                Ok(known.insert(Known { metadata, until }).clone())
            }
            (Err(failure), None) => Err(failure),
        }
    }

    /// Asks the provider in any case.
    async fn ask(&self) -> Result<Known, Failure> {
        let mut known = self.0.known.lock().await;
        Ok(known.insert(self.discover(ambient::now()).await?).clone())
    }

    async fn discover(&self, now: Millis) -> Result<Known, Failure> {
        let send = self.0.outgoing.send();
        let metadata = CoreProviderMetadata::discover_async(self.0.issuer.clone(), &send).await;
        Ok(Known {
            metadata: metadata.map_err(unreachable)?,
            until: Millis(now.0 + FRESH_FOR),
        })
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Result<Client, Failure> {
        let settings = &self.0.settings;
        let id = ClientId::new(settings.client_id.clone());
        let secret = ClientSecret::new(settings.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, Some(secret))
            .set_redirect_uri(self.0.callback.clone());
        // Where it says nothing, the header is what it takes (OpenID Connect Discovery 1.0, 3).
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes = |method| methods.is_none_or(|methods| methods.contains(&method));
        Ok(match takes(CoreClientAuthMethod::ClientSecretBasic) {
            true => client,
            false => client.set_auth_type(AuthType::RequestBody),
        })
    }
}

/// What the provider tells of a person, unread.
struct Told {
    email: Option<String>,
    verified: Option<bool>,
    name: Option<String>,
}

impl Told {
    fn of(self, issuer: String, subject: String) -> Identity {
        Identity {
            issuer,
            subject,
            email: self.email.and_then(|email| Email::new(&email).ok()),
            verified: self.verified == Some(true),
            name: self.name.and_then(|name| Name::new(&name).ok()),
        }
    }
}

/// Why tokens do not prove who it is.
enum Doubt {
    /// They are signed by a key that is not known.
    UnknownKey,
    /// Anything else, in words.
    Wrong(String),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::UnknownKey => f.write_str("the ID token is signed by a key that the provider does not know"),
            Doubt::Wrong(words) => f.write_str(words),
        }
    }
}

/// Verifies signature, issuer, audience, expiry and nonce of the ID token, and that the access token belongs to it.
fn verify(client: &Client, tokens: &CoreTokenResponse, nonce: &Nonce) -> Result<CoreIdTokenClaims, Doubt> {
    let wrong = |error: &dyn std::error::Error| Doubt::Wrong(outgoing::in_words(error));
    let Some(token) = tokens.id_token() else {
        return Err(Doubt::Wrong("there is no ID token".to_owned()));
    };
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Doubt::UnknownKey,
        other => wrong(&other),
    })?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| wrong(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| wrong(&error))?;
        let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|error| wrong(&error))?;
        if hash != *expected {
            return Err(Doubt::Wrong("the access token belongs to another ID token".to_owned()));
        }
    }
    Ok(claims.clone())
}

fn unreachable(error: impl std::error::Error) -> Failure {
    tracing::warn!(
        error = outgoing::in_words(&error),
        "the provider of identities does not answer as it should"
    );
    Failure::Unreachable
}

fn unproven(error: impl fmt::Display) -> Failure {
    tracing::warn!(%error, "what came back from the provider of identities proves nobody");
    Failure::Unproven
}
