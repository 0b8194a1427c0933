//! Sends a file and tells how far it is. By XMLHttpRequest, since `fetch` does not tell.

use super::api::{ApiError, refused};
use backlog::ProjectId;
use backlog::api::import::{ImportAnswer, ImportRequest, Report};
use gloo_events::EventListener;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{Blob, File, FormData, ProgressEvent, XmlHttpRequest};

/// Without an answer for so long, in milliseconds, there is none. The server gives up as early.
const PATIENCE: u32 = 600_000;

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent<A> {
    /// So many per cent are sent.
    Share(u32),
    /// The server answered, or did not.
    Ended(Result<A, ApiError>),
}

/// A file on its way; dropped, it goes no further.
pub struct Upload {
    request: XmlHttpRequest,
    progress: Option<EventListener>,
    end: Option<EventListener>,
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Whoever stops it does not want to hear that it ended.
        self.progress = None;
        self.end = None;
        // One that has ended cannot be stopped, and need not be.
        let _stopped = self.request.abort();
    }
}

/// Asks what a file would bring to a project. None where the browser cannot send it.
pub fn preview(project: ProjectId, file: &File, told: impl Fn(Sent<Report>) + Clone + 'static) -> Option<Upload> {
    // Bytes, whatever the browser takes them for.
    let bytes = file
        .slice_with_f64_and_f64_and_content_type(0.0, file.size(), "text/csv")
        .ok()?;
    let send = |request: &XmlHttpRequest| request.send_with_opt_blob(Some(&bytes));
    upload(&format!("/api/projects/{project}/import/preview"), send, told).ok()
}

/// Imports a file into a project. None where the browser cannot send it.
pub fn import(
    (project, asked): (ProjectId, &ImportRequest),
    file: &File,
    told: impl Fn(Sent<ImportAnswer>) + Clone + 'static,
) -> Option<Upload> {
    let form = FormData::new().ok()?;
    form.append_with_str("import", &backlog::api::to_json(asked)).ok()?;
    let bytes: &Blob = file;
    form.append_with_blob_and_filename("file", bytes, &file.name()).ok()?;
    let send = |request: &XmlHttpRequest| request.send_with_opt_form_data(Some(&form));
    upload(&format!("/api/projects/{project}/import"), send, told).ok()
}

fn upload<A: DeserializeOwned>(
    path: &str,
    send: impl FnOnce(&XmlHttpRequest) -> Result<(), JsValue>,
    told: impl Fn(Sent<A>) + Clone + 'static,
) -> Result<Upload, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", path)?;
    request.set_timeout(PATIENCE);
    let progress = request.upload().ok().map(|upload| {
        let told = told.clone();
        EventListener::new(&upload, "progress", move |event| {
            if let Some(event) = wasm_bindgen::JsCast::dyn_ref::<ProgressEvent>(event) {
                told(Sent::Share(share(event)));
            }
        })
    });
    let ended = request.clone();
    let end = EventListener::once(&request, "loadend", move |_| told(Sent::Ended(answer(&ended))));
    send(&request)?;
    Ok(Upload {
        request,
        progress,
        end: Some(end),
    })
}

fn share(event: &ProgressEvent) -> u32 {
    let whole = event.total();
    if whole > 0.0 {
        (event.loaded() / whole * 100.0) as u32
    } else {
        0
    }
}

fn answer<A: DeserializeOwned>(request: &XmlHttpRequest) -> Result<A, ApiError> {
    let status = request.status().unwrap_or_default();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match status {
        0 => Err(ApiError::Unreachable),
        200..=299 => serde_json::from_str(&text).map_err(|_| ApiError::Outdated),
        _ => Err(refused(status, &text)),
    }
}
