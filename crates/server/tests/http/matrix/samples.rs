//! One request for each route that whoever is let in gets through with. A route without a line here fails the matrix.

use super::cast::Who;
use super::database::fresh;
use super::world::{ELSEWHERE, FIRST, OUTSIDER, OWNER, SECOND, THIRD, World};
use crate::site::{Answer, Visitor};
use serde_json::{Value, json};

/// A request for a route.
pub struct Sample {
    /// Method and path, as in the table of routes.
    pub route: &'static str,
    body: Body,
    /// What those are answered who are let in.
    pub answers: &'static [u16],
    /// For whom the route itself has another answer.
    but: &'static [(Who, u16)],
}

/// What is sent.
enum Body {
    Nothing,
    Json(fn() -> Value),
    /// The secret of an invitation to project 3.
    Invitation(fn(&str) -> Value),
    /// The secret of a public link to project 3.
    Share(fn(&str) -> Value),
    /// The secret of a recovery of an account that nobody comes with.
    Recovery(fn(&str) -> Value),
    /// To hear project 1.
    Channel,
    File,
    Import,
}

const TOKENS: [Who; 4] = [
    Who::ReadToken,
    Who::WriteToken,
    Who::TokenElsewhere,
    Who::TokenOfRemoved,
];
/// Who has come in, and may not hear project 1.
const STRANGERS: [(Who, u16); 7] = [
    (Who::Outsider, 403),
    (Who::Removed, 403),
    (Who::OwnerElsewhere, 403),
    (Who::Administrator, 403),
    (Who::GuestOfRevoked, 403),
    (Who::TokenElsewhere, 403),
    (Who::TokenOfRemoved, 403),
];
/// Who is in project 1, and may remove nobody but themselves.
const OTHERS_THAN_OWNERS: [(Who, u16); 5] = [
    (Who::Viewer, 403),
    (Who::Client, 403),
    (Who::Member, 403),
    (Who::Guest, 403),
    (Who::ReadToken, 403),
];
pub const BOUNDARY: &str = "a-line-that-stands-in-no-part";
const FILE: &str = "Title,Type\nA ride,feature\n";
const PASSWORD: &str = "a long walk in the rain";

/// All of them, in the order of the table of routes.
#[rustfmt::skip]
pub fn samples() -> Vec<Sample> {
    let sample = |route, body, answers| Sample { route, body, answers, but: &[] };
    vec![
        sample("GET /api/welcome", Body::Nothing, &[200]),
        sample("POST /api/visit", Body::Nothing, &[403]),
        sample("GET /api/session", Body::Nothing, &[200]),
        sample("PUT /api/session", Body::Json(|| json!({"name": "Another name"})), &[200]),
        Sample {
            but: &[(TOKENS[0], 403), (TOKENS[1], 403), (TOKENS[2], 403), (TOKENS[3], 403)],
            ..sample("DELETE /api/session", Body::Nothing, &[204])
        },
        sample("GET /api/projects", Body::Nothing, &[200]),
        sample("POST /api/projects", Body::Json(|| json!({"id": fresh(), "name": "A new one"})), &[200]),
        sample("POST /api/projects/{project}/sync", Body::Json(|| json!({"full": true})), &[200]),
        sample("GET /api/projects/{project}/changes", Body::Nothing, &[200]),
        sample("GET /api/projects/{project}/stories/{story}/history", Body::Nothing, &[200]),
        sample("GET /api/projects/{project}/plan", Body::Nothing, &[200]),
        sample("GET /api/projects/{project}/charts", Body::Nothing, &[200]),
        sample("POST /api/projects/{project}/markdown", Body::Json(|| json!({"texts": ["#1 *b*"]})), &[200]),
        sample("GET /api/projects/{project}/export.csv", Body::Nothing, &[200]),
        sample("GET /api/projects/{project}/export.json", Body::Nothing, &[200]),
        sample("POST /api/projects/{project}/import/preview", Body::File, &[200]),
        sample("POST /api/projects/{project}/import", Body::Import, &[200]),
        Sample {
            but: &STRANGERS,
            ..sample("POST /pusher/auth", Body::Channel, &[200])
        },
        sample("GET /auth/provider", Body::Nothing, &[404]),
        sample("GET /auth/provider/callback", Body::Nothing, &[404]),
        sample("GET /api/openapi.json", Body::Nothing, &[200]),
        sample("GET /api/docs", Body::Nothing, &[200]),
        sample("GET /healthz", Body::Nothing, &[200]),
        sample("GET /readyz", Body::Nothing, &[200]),

        sample("POST /api/owner", Body::Json(account), &[403, 409]),
        sample("POST /api/sign-in", Body::Json(|| json!({"email": "no@example.com", "password": PASSWORD})), &[401, 403, 429]),
        sample("POST /api/sign-up", Body::Json(|| json!({"account": account()})), &[403]),
        sample("POST /api/recovery", Body::Json(|| json!({"email": "no@example.com"})), &[204, 403, 429]),
        sample("POST /api/recover", Body::Recovery(|secret| json!({"token": secret, "password": PASSWORD})), &[200]),
        sample("GET /api/account", Body::Nothing, &[200]),
        sample("PUT /api/account", Body::Json(|| json!({"name": "Another name", "colour": 3})), &[200]),
        sample("PUT /api/account/password", Body::Json(|| json!({"present": PASSWORD, "new": PASSWORD})), &[204, 400, 403, 429]),
        sample("GET /api/sessions", Body::Nothing, &[200]),
        sample("DELETE /api/sessions", Body::Nothing, &[204]),
        sample("DELETE /api/sessions/{session}", Body::Nothing, &[204]),
        sample("GET /api/tokens", Body::Nothing, &[200]),
        sample("POST /api/tokens", Body::Json(|| json!({"name": "For a program", "reach": "read", "projects": [fresh()]})), &[400, 403, 404]),
        sample("DELETE /api/tokens/{token}", Body::Nothing, &[204]),
        sample("GET /api/accounts", Body::Nothing, &[200]),
        sample("POST /api/accounts/{account}/recovery", Body::Nothing, &[200]),
        sample("PUT /api/accounts/{account}", Body::Json(|| json!("closed")), &[204]),
        sample("GET /api/security-log", Body::Nothing, &[200]),

        sample("GET /api/projects/{project}/members", Body::Nothing, &[200]),
        sample("PUT /api/projects/{project}/members/{member}", Body::Json(|| json!({"role": "client"})), &[204]),
        Sample {
            but: &OTHERS_THAN_OWNERS,
            ..sample("DELETE /api/projects/{project}/members/{member}", Body::Nothing, &[204])
        },
        sample("GET /api/projects/{project}/invitations", Body::Nothing, &[200]),
        sample("POST /api/projects/{project}/invitations", Body::Json(|| json!({"role": "client"})), &[200]),
        sample("DELETE /api/projects/{project}/invitations/{invitation}", Body::Nothing, &[204]),
        sample("POST /api/invitation", Body::Invitation(|secret| json!({"secret": secret})), &[200]),
        sample("POST /api/invitation/accept", Body::Invitation(|secret| json!({"secret": secret})), &[200]),
        sample("GET /api/projects/{project}/shares", Body::Nothing, &[200]),
        sample("POST /api/projects/{project}/shares", Body::Nothing, &[200]),
        sample("DELETE /api/projects/{project}/shares/{share}", Body::Nothing, &[204]),
        sample("POST /api/share", Body::Share(|secret| json!({"secret": secret})), &[200]),
        sample("GET /api/projects/{project}/webhooks", Body::Nothing, &[200]),
        sample("POST /api/projects/{project}/webhooks", Body::Json(|| json!({"url": "https://hook.invalid/"})), &[200]),
        sample("DELETE /api/projects/{project}/webhooks/{webhook}", Body::Nothing, &[204]),
    ]
}

fn account() -> Value {
    json!({"name": "New", "email": format!("{}@example.com", fresh()), "password": PASSWORD})
}

/// A path with a thing of that project in each of its places, and the session or token of whoever comes.
pub async fn path(world: &World, template: &str, (project, who): (&str, Who)) -> String {
    let owner = if project == SECOND { ELSEWHERE } else { OWNER };
    let mut path = String::new();
    for part in template.split('/').skip(1) {
        path.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            path.push_str(part);
            continue;
        };
        let own = matches!(name, "session" | "token");
        let owner = World::actor(who).filter(|_| own).unwrap_or(owner);
        let thing = world.thing(name, (project, owner)).await;
        let missing = "a place in a path that is not known here: add it to `World::thing` in matrix/world.rs";
        path.push_str(&thing.unwrap_or_else(|| panic!("{{{name}}} of {template} is {missing}")));
    }
    path
}

/// What kind of body a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Nothing,
    Json,
    Form,
    File,
    Parts,
}

impl Sample {
    /// What someone is answered to whom the route itself has another answer than to others.
    pub fn but(&self, who: Who) -> Option<u16> {
        let but = self.but.iter().find(|(other, _)| *other == who);
        but.map(|(_, status)| *status)
    }

    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Nothing => Kind::Nothing,
            Body::Json(_) | Body::Invitation(_) | Body::Share(_) | Body::Recovery(_) => Kind::Json,
            Body::Channel => Kind::Form,
            Body::File => Kind::File,
            Body::Import => Kind::Parts,
        }
    }

    /// Its body, where that is JSON.
    pub async fn json(&self, world: &World) -> Option<Value> {
        let database = &world.database;
        match self.body {
            Body::Json(body) => Some(body()),
            Body::Invitation(body) => Some(body(&database.invitation(THIRD, OWNER, "").await.1)),
            Body::Share(body) => Some(body(&database.share(THIRD, OWNER).await.1)),
            Body::Recovery(body) => Some(body(&database.recovery(OUTSIDER).await)),
            Body::Nothing | Body::Channel | Body::File | Body::Import => None,
        }
    }

    /// Sends it.
    pub async fn send(&self, world: &World, visitor: &Visitor, path: &str) -> Answer {
        let (method, _) = self.route.split_once(' ').expect("METHOD PATH");
        let json = self.json(world).await.unwrap_or_default();
        let (kind, body) = match self.kind() {
            Kind::Nothing => (String::new(), String::new()),
            Kind::Json => ("application/json".to_owned(), json.to_string()),
            Kind::Form => (
                "application/x-www-form-urlencoded".to_owned(),
                format!("socket_id=1.2&channel_name=private-project-{FIRST}"),
            ),
            Kind::File => ("text/csv".to_owned(), FILE.to_owned()),
            Kind::Parts => (
                format!("multipart/form-data; boundary={BOUNDARY}"),
                import(&fresh(), &fresh()),
            ),
        };
        visitor.send_text(method, path, (&kind, body)).await
    }
}

/// The form that imports a story under a title of its own.
fn import(import: &str, mid: &str) -> String {
    let request = json!({"id": import, "mid": mid, "base": 0});
    form(
        &request.to_string(),
        &format!("Title,Type\nA ride of {import},feature\n"),
    )
}

/// The two parts of an import.
pub fn form(request: &str, file: &str) -> String {
    let part = |name: &str, content: &str| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    format!("{}{}--{BOUNDARY}--\r\n", part("import", request), part("file", file))
}
