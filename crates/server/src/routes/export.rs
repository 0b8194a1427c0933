//! `/api/projects/{id}/export.csv` and `export.json`: a project as a file.

use super::App;
use super::intake::{In, Read};
use crate::error::Error;
use crate::projects::Head;
use crate::{ambient, zones};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST, REFERER};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use backlog::Name;
use interchange::writing::Present;
use interchange::{export, writing};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// The project as Tracker's CSV.
pub async fn csv(State(app): State<App>, In { grant, .. }: In<Read>, headers: HeaderMap) -> Result<Response, Error> {
    let head = app.projects.head(&grant).await?;
    let address = address(&headers);
    let text = written(&head, move |head| {
        let zone = zones::zone(&head.project().settings().time_zone);
        writing::write(&Present {
            project: head.project(),
            id: head.id(),
            zone: &zone,
            today: zone.day(ambient::now()),
            address: &address,
        })
    });
    Ok(file(
        head.project().name(),
        ("csv", "text/csv; charset=utf-8"),
        text.await?,
    ))
}

/// The project as JSON.
pub async fn json(State(app): State<App>, In { grant, .. }: In<Read>) -> Result<Response, Error> {
    let head = app.projects.head(&grant).await?;
    let text = written(&head, |head| export::write(head.project(), head.id(), ambient::now()));
    Ok(file(head.project().name(), ("json", "application/json"), text.await?))
}

/// Writes on a thread where nobody waits for it: a large project takes some tenths of a second.
async fn written(head: &Arc<Head>, write: impl FnOnce(&Head) -> String + Send + 'static) -> Result<String, Error> {
    let head = head.clone();
    spawn_blocking(move || write(&head)).await.map_err(|_| Error::Failed)
}

/// Where whoever asks has reached the server. Whether by TLS only the page that they came from tells.
fn address(headers: &HeaderMap) -> String {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .unwrap_or_default()
    };
    let host = text(HOST);
    let secure = text(REFERER)
        .strip_prefix("https://")
        .and_then(|rest| rest.strip_prefix(host))
        .is_some_and(|rest| rest.starts_with('/'));
    format!("{}://{host}", if secure { "https" } else { "http" })
}

fn file(name: &Name, (ending, kind): (&str, &'static str), text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_DISPOSITION, disposition(name, ending)),
    ];
    (headers, text).into_response()
}

/// Says what the file is to be called: as the project, and for programs that read no Unicode as much of it as is ASCII (RFC 6266).
fn disposition(name: &Name, ending: &str) -> HeaderValue {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let ascii: String = name.as_str().chars().map(|c| if plain(c) { c } else { '-' }).collect();
    let mut whole = String::new();
    for byte in name.as_str().bytes() {
        match char::from(byte) {
            c if byte.is_ascii() && plain(c) => whole.push(c),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    let ascii = ascii.trim_matches(['-', '.']);
    let ascii = if ascii.is_empty() { "project" } else { ascii };
    let value = format!("attachment; filename=\"{ascii}.{ending}\"; filename*=UTF-8''{whole}.{ending}");
    HeaderValue::try_from(value).expect("letters, digits and a few signs of ASCII make a header")
}

#[cfg(test)]
mod tests {
    use super::{address, disposition};
    use axum::http::HeaderMap;
    use axum::http::header::{HOST, REFERER};
    use backlog::Name;

    #[test]
    fn a_file_is_called_as_its_project() {
        for (name, value) in [
            (
                "Alpha",
                "attachment; filename=\"Alpha.csv\"; filename*=UTF-8''Alpha.csv",
            ),
            (
                "Räder & Co",
                "attachment; filename=\"R-der---Co.csv\"; filename*=UTF-8''R%C3%A4der%20%26%20Co.csv",
            ),
            (
                "自転車",
                "attachment; filename=\"project.csv\"; filename*=UTF-8''%E8%87%AA%E8%BB%A2%E8%BB%8A.csv",
            ),
            (
                "../a\"b",
                "attachment; filename=\"a-b.csv\"; filename*=UTF-8''..%2Fa%22b.csv",
            ),
        ] {
            assert_eq!(disposition(&Name::new(name).expect("a name"), "csv"), value);
        }
    }

    #[test]
    fn the_page_tells_how_it_was_reached() {
        for (host, referer, expected) in [
            ("localhost:8080", "", "http://localhost:8080"),
            ("example.org", "https://example.org/projects/1", "https://example.org"),
            ("example.org", "http://example.org/projects/1", "http://example.org"),
            ("example.org", "https://example.org.evil.example/", "http://example.org"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().expect("a value"));
            headers.insert(REFERER, referer.parse().expect("a value"));
            assert_eq!(address(&headers), expected);
        }
    }
}
