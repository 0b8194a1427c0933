//! The description as OpenAPI 3.1: the table of routes says which routes there are and who may take them, the entries the rest.

use super::entries::{Answers, Entry, Shape, Takes, entries};
use crate::routes::{Route, Rule, table};
use backlog::api::{ErrorAnswer, GONE_HEADER};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Where the shapes of bodies stand. What may be left out on the way in is not what is left out on the way out, so that the two are
/// described apart.
const BODIES: &str = "/components/x-bodies";
const ANSWERS: &str = "/components/schemas";

/// A file as it may be.
const FILE: &str =
    "Id,Title,Type,Estimate,Current State,Labels\n1,Ride a bicycle,feature,2,unstarted,\"shop, bicycles\"\n";

/// The shapes, as far as they were asked for.
struct Shapes {
    bodies: SchemaGenerator,
    answers: SchemaGenerator,
}

/// Routes that nothing is said of. There are none; a test sees to it.
pub fn undescribed() -> Vec<String> {
    let described: BTreeSet<&str> = entries().iter().map(|entry| entry.route).collect();
    let names = table().into_iter().map(|route| name(&route));
    names.filter(|name| !described.contains(name.as_str())).collect()
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// All of it.
pub fn document() -> Value {
    let settings = |path: &str| {
        let mut settings = SchemaSettings::draft2020_12();
        settings.definitions_path = path.to_owned().into();
        settings.meta_schema = None;
        settings
    };
    let mut shapes = Shapes {
        bodies: settings(BODIES).for_deserialize().into_generator(),
        answers: settings(ANSWERS).for_serialize().into_generator(),
    };
    let described: BTreeMap<&str, Entry> = entries().into_iter().map(|entry| (entry.route, entry)).collect();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in table() {
        if let Some(entry) = described.get(name(&route).as_str()) {
            let operation = operation(&route, entry, &mut shapes);
            paths
                .entry(route.path)
                .or_default()
                .insert(route.method.to_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Truestory",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A realtime backlog. Identities are 128 bits that whoever makes a thing chooses at random, written as 32 lower-case hex digits.",
        },
        "paths": paths,
        "components": {
            "schemas": shapes.answers.take_definitions(true),
            "x-bodies": shapes.bodies.take_definitions(true),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "truestory_session"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn operation(route: &Route, entry: &Entry, shapes: &mut Shapes) -> Value {
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": entry.says,
        "description": who_may(route.rule),
        "parameters": parameters(route, entry, shapes),
        "security": security(route.rule),
        "responses": responses(route, entry, shapes),
    });
    if let Some(body) = body(&entry.takes, shapes) {
        operation["requestBody"] = body;
    }
    operation
}

/// `PUT /api/account/password` is `put-account-password`.
fn operation_id(route: &Route) -> String {
    let words = route
        .path
        .split(['/', '.', '{', '}'])
        .filter(|word| !word.is_empty() && *word != "api");
    let method = route.method.to_lowercase();
    std::iter::once(method.as_str())
        .chain(words)
        .collect::<Vec<_>>()
        .join("-")
}

/// Who may take a route, in words.
pub fn who_may(rule: Rule) -> String {
    match rule {
        Rule::Anyone => "Open to anyone.".to_owned(),
        Rule::Visitor => "For whoever has a session or an API token.".to_owned(),
        Rule::SignedIn => "For whoever has a session of their own.".to_owned(),
        Rule::Account => "For whoever has an account, by a session of their own.".to_owned(),
        Rule::Administrator => "For administrators.".to_owned(),
        Rule::Project(action) => {
            let role = action.needs();
            format!(
                "For whoever is {} {role} of the project or more, by a session or an API token.",
                role.article()
            )
        }
    }
}

fn security(rule: Rule) -> Value {
    match rule {
        Rule::Anyone => json!([]),
        Rule::Visitor | Rule::Project(_) => json!([{"session": []}, {"token": []}]),
        Rule::SignedIn | Rule::Account | Rule::Administrator => json!([{"session": []}]),
    }
}

fn parameters(route: &Route, entry: &Entry, shapes: &mut Shapes) -> Vec<Value> {
    let names = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = names
        .map(|name| {
            let id = shapes.bodies.subschema_for::<backlog::id::Bits128>();
            json!({"name": name, "in": "path", "required": true, "schema": id})
        })
        .collect();
    if let Takes::Query(words) = entry.takes {
        let word =
            |(name, shape): &(&str, Shape)| json!({"name": name, "in": "query", "schema": shape(&mut shapes.bodies)});
        parameters.extend(words.iter().map(word));
    }
    parameters
}

fn body(takes: &Takes, shapes: &mut Shapes) -> Option<Value> {
    let (kind, schema) = match takes {
        Takes::Nothing | Takes::Query(_) => return None,
        Takes::Json(shape) => ("application/json", json!(shape(&mut shapes.bodies))),
        Takes::File => ("text/csv", json!({"type": "string", "examples": [FILE]})),
        Takes::Parts(shape) => {
            let import = shape(&mut shapes.bodies);
            let properties = json!({"import": import, "file": {"type": "string", "format": "binary"}});
            let schema = json!({"type": "object", "properties": properties, "required": ["import", "file"], "additionalProperties": false});
            ("multipart/form-data", schema)
        }
        Takes::Channels => {
            let properties = json!({
                "socket_id": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+$"},
                "channel_name": {"type": "string"},
            });
            let schema = json!({"type": "object", "properties": properties, "required": ["socket_id", "channel_name"]});
            ("application/x-www-form-urlencoded", schema)
        }
    };
    Some(json!({"required": true, "content": {kind: {"schema": schema}}}))
}

fn responses(route: &Route, entry: &Entry, shapes: &mut Shapes) -> Value {
    let content = |kind: &str, schema: Value| json!({"description": entry.says, "content": {kind: {"schema": schema}}});
    let (status, response) = match &entry.answers {
        Answers::Nothing => (204, json!({"description": entry.says})),
        Answers::Json(shape) => (200, content("application/json", json!(shape(&mut shapes.answers)))),
        Answers::AnyJson => (200, content("application/json", json!({"type": "object"}))),
        Answers::Other(kind) => (200, content(kind, json!({"type": "string"}))),
        Answers::Elsewhere => (303, json!({"description": entry.says})),
    };
    let mut responses = Map::from_iter([(status.to_string(), response)]);
    let error = json!(shapes.answers.subschema_for::<ErrorAnswer>());
    for status in refusals(route, entry) {
        let refused = match status {
            304 => json!({"description": "Nothing happened since."}),
            _ => {
                json!({"description": refused(status), "headers": headers(status), "content": {"application/json": {"schema": error}}})
            }
        };
        responses.insert(status.to_string(), refused);
    }
    responses.into()
}

/// The statuses of whoever is not served, in their order.
fn refusals(route: &Route, entry: &Entry) -> BTreeSet<u16> {
    // By the name of the host, by whose page asks, by time.
    let mut statuses = BTreeSet::from([403, 503]);
    statuses.extend(entry.also);
    if route.rule != Rule::Anyone {
        statuses.insert(401);
    }
    if route.path.contains('{') {
        statuses.extend([400, 404]);
    }
    match entry.takes {
        Takes::Nothing => {}
        Takes::Query(_) => statuses.extend([400]),
        Takes::Json(_) | Takes::File | Takes::Parts(_) | Takes::Channels => statuses.extend([400, 413, 415]),
    }
    statuses
}

fn refused(status: u16) -> &'static str {
    match status {
        400 => "The request says something that cannot be; the sentence names the field.",
        401 => "No session, or none that stands.",
        403 => "Not with this role, by this credential, from this page, or under this name of the host.",
        404 => "There is no such thing, or none that the sender may know of.",
        409 => "Not as things stand.",
        413 => "The body is too large.",
        415 => "The body is not of the kind that this route takes.",
        429 => "Too many tries.",
        _ => "The server cannot serve at the moment.",
    }
}

fn headers(status: u16) -> Value {
    let header = |says: &str| json!({"description": says, "schema": {"type": "string"}});
    match status {
        403 => json!({GONE_HEADER: header("There where the sender was in the project and is not any more.")}),
        429 => json!({"retry-after": header("After so many seconds there may be another try.")}),
        _ => json!({}),
    }
}
