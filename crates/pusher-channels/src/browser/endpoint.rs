//! The address of an application's server that authorises, and what is sent along. Knows fetch, not what becomes of the
//! answer.

use std::{fmt, rc::Rc};

use gloo_net::http::{Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, RequestCredentials};

use crate::client::{AuthorizationFailure, url_encoded};

/// A longer answer is refused: 50 channels of the largest user objects stay below.
const MAX_BODY: usize = 64 * 1024;
/// An endpoint that takes longer is given up, in milliseconds. The client itself waits no longer.
const TIMEOUT_MS: u32 = 15_000;

/// An address of the application's server that answers form POSTs, as the protocol's libraries for servers do.
///
/// Of the same origin it gets the page's cookies, of another one only after [`with_cookies`](Self::with_cookies).
#[derive(Clone)]
pub struct Endpoint {
    url: String,
    extras: Extras,
    fresh: Option<Rc<dyn Fn() -> Extras>>,
    credentials: RequestCredentials,
    form: Form,
}

/// What is sent along with a request: parameters in the form, and headers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Names and values, after those of the protocol.
    pub params: Vec<(String, String)>,
    /// Names and values. One that is no HTTP header fails the request.
    pub headers: Vec<(String, String)>,
}

/// How an endpoint is asked for channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One request for each.
    Single,
    /// One request for all of one moment.
    Batched,
}

impl Endpoint {
    /// An address, relative to the page or with its origin.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            extras: Extras::default(),
            fresh: None,
            credentials: RequestCredentials::SameOrigin,
            form: Form::Single,
        }
    }

    /// Sends a parameter with each request.
    pub fn with_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extras.params.push((name.into(), value.into()));
        self
    }

    /// Sends a header with each request.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extras.headers.push((name.into(), value.into()));
        self
    }

    /// Asks this function for more to send, anew for each request: for what does not last, as a token.
    pub fn with_fresh(mut self, extras: impl Fn() -> Extras + 'static) -> Self {
        self.fresh = Some(Rc::new(extras));
        self
    }

    /// Sends the cookies of the endpoint's own origin even where that is not the page's.
    pub fn with_cookies(mut self) -> Self {
        self.credentials = RequestCredentials::Include;
        self
    }

    /// Asks for all channels of one moment in one request, in the form of [`BatchRequest`](crate::client::BatchRequest).
    /// An endpoint that turns out not to know that form is asked for one channel at a time from then on. Of no meaning for
    /// a user's authentication.
    pub fn batched(mut self) -> Self {
        self.form = Form::Batched;
        self
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }

    /// Posts a form; answers with the status and the body.
    pub(super) async fn post(&self, form: String) -> Result<(u16, String), AuthorizationFailure> {
        let response = self.send(form).await.map_err(|error| {
            AuthorizationFailure::unanswered(format!("the authorisation endpoint was not reached: {error}"))
        })?;
        let status = response.status();
        let body = read(&response).await.map_err(|message| AuthorizationFailure {
            status: Some(status),
            message,
        })?;
        Ok((status, body))
    }

    async fn send(&self, mut form: String) -> Result<Response, gloo_net::Error> {
        let fresh = self.fresh.as_ref().map(|fresh| fresh()).unwrap_or_default();
        let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        let mut request = Request::post(&self.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .abort_signal(Some(&signal))
            .credentials(self.credentials);
        for Extras { params, headers } in [&self.extras, &fresh] {
            for (name, value) in params {
                form.push_str(&format!("&{}={}", url_encoded(name), url_encoded(value)));
            }
            for (name, value) in headers {
                request = request.header(name, value);
            }
        }
        request.body(form)?.send().await
    }
}

/// Reads piece by piece, so that no answer costs more memory than it may.
async fn read(response: &Response) -> Result<String, String> {
    let Some(stream) = response.body() else {
        return Ok(String::new());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read())
            .await
            .map_err(|_| "the authorisation endpoint's answer broke off".to_owned())?;
        let value = js_sys::Reflect::get(&piece, &JsValue::from_str("value")).unwrap_or_default();
        // The last piece has no bytes.
        let Some(bytes) = value.dyn_ref::<js_sys::Uint8Array>() else {
            return String::from_utf8(body).map_err(|_| "the authorisation endpoint's answer is no text".to_owned());
        };
        if body.len() + bytes.length() as usize > MAX_BODY {
            // What else would come is not wanted; whether the server hears of that does not matter.
            drop(reader.cancel());
            return Err("the authorisation endpoint's answer is longer than 64 KB".to_owned());
        }
        body.extend(bytes.to_vec());
    }
}

impl From<&str> for Endpoint {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parameters and headers may hold secrets.
        f.debug_struct("Endpoint")
            .field("url", &self.url)
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values may be secrets.
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        f.debug_struct("Extras")
            .field("params", &names(&self.params))
            .field("headers", &names(&self.headers))
            .finish()
    }
}
