//! The description as a page that needs nothing but itself: no script, no file from elsewhere.

use serde_json::Value;
use std::fmt::Write;

const HEAD: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
    <title>Truestory: the API</title></head>\
    <body style=\"max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif; line-height: 1.5\">\
    <h1>The API of Truestory</h1>";

/// The page.
pub fn page(document: &Value) -> String {
    let mut html = HEAD.to_owned();
    paragraph(&mut html, text_at(document, "/info/description"));
    html.push_str(
        "<p>A program shows an API token as <code>Authorization: Bearer truestory_…</code>. The same for programs: \
        <a href=\"/api/openapi.json\">openapi.json</a>.</p>",
    );
    for (path, operations) in object(&document["paths"]) {
        for (method, operation) in object(operations) {
            section(&mut html, (method, path), operation);
        }
    }
    for (title, place, prefix) in [
        ("What is sent", "x-bodies", "in"),
        ("What is answered", "schemas", "out"),
    ] {
        line(&mut html, format_args!("<h2>{title}</h2>"));
        for (name, schema) in object(&document["components"][place]) {
            let (name, schema) = (escaped(name), escaped(&format!("{schema:#}")));
            line(
                &mut html,
                format_args!(
                    "<details id=\"{prefix}-{name}\"><summary><code>{name}</code></summary><pre>{schema}</pre></details>"
                ),
            );
        }
    }
    html.push_str("</body></html>\n");
    html
}

fn section(html: &mut String, (method, path): (&str, &str), operation: &Value) {
    let (method, path) = (method.to_uppercase(), escaped(path));
    line(html, format_args!("<h2><code>{method} {path}</code></h2>"));
    paragraph(html, text_at(operation, "/summary"));
    paragraph(html, text_at(operation, "/description"));
    html.push_str("<ul>");
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        if parameter["in"] == "query" {
            let name = escaped(text_at(parameter, "/name"));
            line(html, format_args!("<li>In the query: <code>{name}</code></li>"));
        }
    }
    for (kind, content) in object(&operation["requestBody"]["content"]) {
        item(html, "Takes", (kind, content));
    }
    for (status, response) in object(&operation["responses"]) {
        let kinds = object(&response["content"]);
        match status.starts_with('2') {
            true if kinds.clone().next().is_none() => {
                line(html, format_args!("<li>Answers {status}, without a body</li>"))
            }
            true => kinds.for_each(|content| item(html, &format!("Answers {status}:"), content)),
            false => {
                let says = escaped(text_at(response, "/description"));
                line(html, format_args!("<li>{status}: {says}</li>"));
            }
        }
    }
    html.push_str("</ul>");
}

/// A body: a link to its shape where that has a name.
fn item(html: &mut String, says: &str, (kind, content): (&str, &Value)) {
    let (kind, shape) = (escaped(kind), text_at(content, "/schema/$ref"));
    let name = escaped(shape.rsplit('/').next().unwrap_or_default());
    let prefix = if shape.contains("x-bodies") { "in" } else { "out" };
    match name.as_str() {
        "" => line(html, format_args!("<li>{says} {kind}</li>")),
        _ => line(
            html,
            format_args!("<li>{says} {kind}, <a href=\"#{prefix}-{name}\"><code>{name}</code></a></li>"),
        ),
    }
}

fn paragraph(html: &mut String, text: &str) {
    let text = escaped(text);
    line(html, format_args!("<p>{text}</p>"));
}

fn line(html: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = writeln!(html, "{text}");
}

fn object(value: &Value) -> impl Iterator<Item = (&str, &Value)> + Clone {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn text_at<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// Text as text, also between quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
