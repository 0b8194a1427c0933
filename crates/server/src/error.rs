//! Why a request was refused, as an answer: a status and one sentence that names what was wrong.

use crate::access::Denied;
use crate::accounts::Refused;
use crate::accounts::pace::Wait;
use crate::projects::{ProjectsError, Unmoved};
use crate::store::StoreError;
use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection, RawFormRejection};
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use backlog::Role;
use backlog::api::{ErrorAnswer, GONE_HEADER};
use interchange::BadFile;

const GONE: HeaderName = HeaderName::from_static(GONE_HEADER);

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The request says something that cannot be. The sentence names the field.
    Bad(String),
    /// The body is not of the kind that this route takes.
    WrongType,
    /// The body is larger than the limit.
    TooLarge,
    /// The file is larger than the limit of files.
    FileTooLarge,
    /// The request bears no session.
    NoSession,
    /// The session is of someone else than the request says.
    OtherVisitor,
    /// The request bears an API token that is none, or is no more.
    BadToken,
    /// The visitor may not do this. The sentence says what.
    Forbidden(&'static str),
    /// Not as things stand. The sentence says why.
    Refused(String),
    /// The visitor was in the project, and is not any more.
    Gone,
    /// What the visitor is in the project does not allow that.
    NotAllowed(Role),
    /// Nobody is let in by what was shown. The sentence says what.
    Unproven(String),
    /// Too many are served at the moment. The sentence says with what.
    Busy(String),
    /// Too many tries. After so many seconds there may be another.
    TooMany(u64),
    /// There is nothing here. The word says what is missing.
    Missing(&'static str),
    /// Not with this method.
    WrongMethod,
    /// The server took too long and gave up.
    TooLong,
    /// The server cannot serve at the moment.
    Unavailable,
    /// The server failed. What went wrong is in its log.
    Failed,
}

impl Error {
    /// Why a body with a file in it could not be read.
    pub fn of_file(status: StatusCode, text: String) -> Error {
        match refused_body(status, text) {
            Error::TooLarge => Error::FileTooLarge,
            other => other,
        }
    }

    /// What programs read of it beside the status.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Error::BadToken => Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Error::Gone => Some((GONE, HeaderValue::from_static("true"))),
            Error::TooMany(seconds) => Some((RETRY_AFTER, HeaderValue::from(*seconds))),
            Error::Busy(_) => Some((RETRY_AFTER, HeaderValue::from(1))),
            _ => None,
        }
    }

    fn answer(self) -> (StatusCode, String) {
        match self {
            Error::Bad(sentence) => (StatusCode::BAD_REQUEST, sentence),
            Error::WrongType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Content-Type is not the one that this route takes".into(),
            ),
            Error::TooLarge => {
                let sentence = format!("the body is too large: at most {} bytes", backlog::api::MAX_BODY);
                (StatusCode::PAYLOAD_TOO_LARGE, sentence)
            }
            Error::FileTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, BadFile::TooLarge.to_string()),
            Error::NoSession => (
                StatusCode::UNAUTHORIZED,
                "no session: GET /api/welcome says how to come in".into(),
            ),
            Error::OtherVisitor => (
                StatusCode::UNAUTHORIZED,
                "by: the session is of someone else: GET /api/session".into(),
            ),
            Error::BadToken => (
                StatusCode::UNAUTHORIZED,
                "Authorization: this is no API token of this server, or it was revoked".into(),
            ),
            Error::Gone => (StatusCode::FORBIDDEN, "you are not in this project any more".into()),
            Error::NotAllowed(role) => {
                let sentence = format!(
                    "you are in this project as {} {role}, which does not allow that",
                    role.article()
                );
                (StatusCode::FORBIDDEN, sentence)
            }
            // When to try again stands in the header.
            Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too many tries".into()),
            Error::Unproven(sentence) => (StatusCode::UNAUTHORIZED, sentence),
            Error::Busy(sentence) => (StatusCode::SERVICE_UNAVAILABLE, sentence),
            Error::Forbidden(sentence) => (StatusCode::FORBIDDEN, sentence.into()),
            Error::Refused(sentence) => (StatusCode::FORBIDDEN, sentence),
            Error::Missing(what) => (StatusCode::NOT_FOUND, format!("there is no such {what}")),
            Error::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "this path does not take that method".into(),
            ),
            Error::TooLong => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server took too long; try again".into(),
            ),
            Error::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the server cannot serve at the moment".into(),
            ),
            Error::Failed => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "the server failed; its log says why".into(),
            ),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let header = self.header();
        let (status, error) = self.answer();
        let mut response = (status, Json(ErrorAnswer { error })).into_response();
        response.headers_mut().extend(header);
        response
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NoProject => Error::Missing("project"),
            Denied::Gone => Error::Gone,
            Denied::Role(role) => Error::NotAllowed(role),
            Denied::ReadOnlyToken => Error::Forbidden("this API token is for reading"),
            Denied::Store(error) => error.into(),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        let sentence = refused.to_string();
        match refused {
            Refused::Store(error) => error.into(),
            Refused::Wait(wait) => wait.into(),
            Refused::Busy => Error::Busy(sentence),
            Refused::WrongCredentials => Error::Unproven(sentence),
            Refused::Guessable(_) | Refused::NoInvitation | Refused::NoRecovery => Error::Bad(sentence),
            Refused::NoAccount => Error::Missing("account"),
            Refused::Open
            | Refused::Fresh
            | Refused::NotFresh
            | Refused::WrongPresent
            | Refused::Uninvited
            | Refused::Taken
            | Refused::LetterSent
            | Refused::NoMail
            | Refused::Closed
            | Refused::LastAdministrator => Error::Refused(sentence),
        }
    }
}

impl From<Wait> for Error {
    fn from(Wait(seconds): Wait) -> Self {
        Error::TooMany(seconds)
    }
}

impl From<ProjectsError> for Error {
    fn from(error: ProjectsError) -> Self {
        match error {
            ProjectsError::Unknown => Error::Missing("project"),
            ProjectsError::UnknownStory => Error::Missing("story"),
            ProjectsError::Gone => Error::Gone,
            ProjectsError::Unmoved(Unmoved::NoMember) => Error::Missing("member"),
            ProjectsError::Unmoved(Unmoved::InvitationEnded) => {
                Error::Missing("invitation, or it has ended: ask for another one")
            }
            ProjectsError::Unmoved(Unmoved::LastOwner) => {
                Error::Forbidden("a project keeps an owner: make someone else an owner first")
            }
            ProjectsError::Unmoved(Unmoved::LeftSince) => {
                Error::Forbidden("you are not in this project any more: ask an owner for a new invitation")
            }
            ProjectsError::Stopping => Error::Unavailable,
            // Not the request's fault: a full disk passes, and clients wait.
            ProjectsError::Store(_) => {
                tracing::error!(%error, "the store failed");
                Error::Unavailable
            }
            ProjectsError::Broken(_) => {
                tracing::error!(%error, "a request failed");
                Error::Failed
            }
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Error::from(ProjectsError::from(error))
    }
}

impl From<BytesRejection> for Error {
    fn from(rejection: BytesRejection) -> Self {
        refused_body(rejection.status(), rejection.body_text())
    }
}

impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Self {
        refused_body(rejection.status(), rejection.body_text())
    }
}

impl From<RawFormRejection> for Error {
    fn from(rejection: RawFormRejection) -> Self {
        refused_body(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Error {
    fn from(rejection: QueryRejection) -> Self {
        Error::Bad(rejection.body_text())
    }
}

fn refused_body(status: StatusCode, text: String) -> Error {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::WrongType,
        // Everything else that a body can be refused for lies in what it says.
        _ => Error::Bad(text),
    }
}
