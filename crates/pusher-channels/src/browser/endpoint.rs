//! The address of an application's server that authorises, and what is sent along. Knows fetch, not what becomes of the
//! answer.

use std::{fmt, rc::Rc};

use gloo_net::http::{Headers, Request, Response};
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCredentials};

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
        let giving_up = GivingUp::in_time();
        let response = self.send(form, giving_up.signal().as_ref()).await.map_err(|reason| {
            AuthorizationFailure::unanswered(format!("the authorisation endpoint was not reached: {reason}"))
        })?;
        let status = response.status();
        let body = read(&response).await.map_err(|message| AuthorizationFailure {
            status: Some(status),
            message,
        })?;
        Ok((status, body))
    }

    async fn send(&self, mut form: String, signal: Option<&AbortSignal>) -> Result<Response, String> {
        let fresh = self.fresh.as_ref().map(|fresh| fresh()).unwrap_or_default();
        let all_headers = web_sys::Headers::new().map_err(|error| in_words(&error))?;
        let own = Extras {
            params: Vec::new(),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            )],
        };
        for Extras { params, headers } in [&own, &self.extras, &fresh] {
            for (name, value) in params {
                form.push_str(&format!("&{}={}", url_encoded(name), url_encoded(value)));
            }
            for (name, value) in headers {
                // Not by gloo's builder, which panics at a name that is none.
                all_headers.append(name, value).map_err(|error| in_words(&error))?;
            }
        }
        let request = Request::post(&self.url)
            .headers(Headers::from_raw(all_headers))
            .abort_signal(signal)
            .credentials(self.credentials)
            .body(form)
            .map_err(|error| error.to_string())?;
        request.send().await.map_err(|error| error.to_string())
    }
}

/// Ends a request that takes too long, and any that is of no use any more: when it is dropped.
struct GivingUp {
    controller: Option<AbortController>,
    _timeout: Option<Timeout>,
}

impl GivingUp {
    fn in_time() -> Self {
        // A browser without it lets requests take as long as they do.
        let controller = AbortController::new().ok();
        let timeout = controller
            .clone()
            .map(|controller| Timeout::new(TIMEOUT_MS, move || controller.abort()));
        Self {
            controller,
            _timeout: timeout,
        }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}

impl Drop for GivingUp {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

fn in_words(error: &JsValue) -> String {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    message.unwrap_or_else(|| "a header cannot be sent".to_owned())
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
