//! What each route is for, what it takes and what it answers. Who may take it, the table of routes says.

use backlog::api::account as own;
use backlog::api::members as people;
use backlog::api::{
    NewProject, ProjectList, ProjectSummary, Rename, Session, StoryHistory, SyncAnswer, SyncRequest, charts, import,
    markdown, plan,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// How a type looks on the wire.
pub type Shape = fn(&mut SchemaGenerator) -> Schema;

/// A route, described.
pub struct Entry {
    /// Method and path, as in the table.
    pub route: &'static str,
    /// What it is for.
    pub says: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it answers to whoever is let in.
    pub answers: Answers,
    /// Statuses that follow from neither who may nor what is taken.
    pub also: &'static [u16],
}

/// What a route takes besides its path.
pub enum Takes {
    /// Nothing.
    Nothing,
    /// Words in the query, each with how it looks; all may be left out.
    Query(&'static [(&'static str, Shape)]),
    /// A body in JSON.
    Json(Shape),
    /// A file in CSV.
    File,
    /// A form of two parts: `import` in JSON, and `file`.
    Parts(Shape),
    /// A form that names a socket and channels.
    Channels,
}

/// What a route answers.
pub enum Answers {
    /// Nothing, as 204.
    Nothing,
    /// A body in JSON.
    Json(Shape),
    /// JSON of a form of its own.
    AnyJson,
    /// Something else, of that media type.
    Other(&'static str),
    /// The way to another page, as 303.
    Elsewhere,
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// All of them, in the order of the table of routes.
#[rustfmt::skip]
pub fn entries() -> Vec<Entry> {
    use Answers::{AnyJson, Elsewhere, Json, Nothing, Other};
    let entry = |route, says, (takes, answers)| Entry { route, says, takes, answers, also: &[] };
    let paced = |route, says, (takes, answers)| Entry { route, says, takes, answers, also: &[401, 429] };
    let none = || Takes::Nothing;
    vec![
        entry("GET /api/welcome", "How one comes in here.", (none(), Json(of::<own::Welcome>))),
        entry("POST /api/visit", "Comes in where everyone is let in.", (none(), Json(of::<Session>))),
        entry("GET /api/session", "Who one is.", (none(), Json(of::<Session>))),
        entry("PUT /api/session", "Calls oneself something else.", (Takes::Json(of::<Rename>), Json(of::<Session>))),
        entry("DELETE /api/session", "Signs out.", (none(), Nothing)),

        paced("POST /api/owner", "Makes the first account, which administers the installation.", (Takes::Json(of::<own::NewAccount>), Json(of::<Session>))),
        paced("POST /api/sign-in", "Signs in.", (Takes::Json(of::<own::SignIn>), Json(of::<Session>))),
        paced("POST /api/sign-up", "Makes an account.", (Takes::Json(of::<own::SignUp>), Json(of::<Session>))),
        paced("POST /api/recovery", "Has a link sent by which a password can be set. Whether there is such an account is not told.", (Takes::Json(of::<own::LostPassword>), Nothing)),
        paced("POST /api/recover", "Sets a password by such a link, and signs in.", (Takes::Json(of::<own::Recover>), Json(of::<Session>))),
        Entry { also: &[404], ..entry("GET /api/account", "One's own account.", (none(), Json(of::<own::Account>))) },
        Entry { also: &[404], ..entry("PUT /api/account", "Changes what others see of one.", (Takes::Json(of::<own::Profile>), Json(of::<own::Account>))) },
        paced("PUT /api/account/password", "Sets another password; one's other sessions end.", (Takes::Json(of::<own::NewPassword>), Nothing)),
        entry("GET /api/sessions", "Where one is signed in.", (none(), Json(of::<own::Sessions>))),
        entry("DELETE /api/sessions", "Signs out everywhere.", (none(), Nothing)),
        entry("DELETE /api/sessions/{session}", "Signs out elsewhere.", (none(), Nothing)),
        entry("GET /api/accounts", "All accounts.", (none(), Json(of::<own::Accounts>))),
        entry("POST /api/accounts/{account}/recovery", "Makes a link by which someone can set a password.", (none(), Json(of::<own::Secret>))),
        entry("PUT /api/accounts/{account}", "Makes an account an administrator's, a plain one, or closes it.", (Takes::Json(of::<own::Standing>), Nothing)),
        entry("GET /api/security-log", "What happened to accounts, sessions, members, links and tokens.", (Takes::Query(&[("before", of::<i64>)]), Json(of::<own::SecurityLog>))),

        entry("GET /api/projects", "The projects that one can open.", (none(), Json(of::<ProjectList>))),
        Entry { also: &[404], ..entry("POST /api/projects", "Begins a project, whose owner one is then.", (Takes::Json(of::<NewProject>), Json(of::<ProjectSummary>))) },
        entry("POST /api/projects/{project}/sync", "Gives commands, and catches up with what happened.", (Takes::Json(of::<SyncRequest>), Json(of::<SyncAnswer>))),
        Entry { also: &[304], ..entry("GET /api/projects/{project}/changes", "Catches up with what happened; good for polling.", (Takes::Query(&[("since", of::<backlog::Version>)]), Json(of::<SyncAnswer>))) },
        entry("GET /api/projects/{project}/stories/{story}/history", "What happened to a story.", (none(), Json(of::<StoryHistory>))),
        entry("GET /api/projects/{project}/plan", "When the stories were or will be completed.", (none(), Json(of::<plan::ProjectPlan>))),
        entry("GET /api/projects/{project}/charts", "What the charts are drawn from.", (none(), Json(of::<charts::Charts>))),
        entry("POST /api/projects/{project}/markdown", "Texts as HTML.", (Takes::Json(of::<markdown::Texts>), Json(of::<markdown::Rendered>))),
        entry("GET /api/projects/{project}/export.csv", "The project as a file for other programs.", (none(), Other("text/csv"))),
        entry("GET /api/projects/{project}/export.json", "The project, whole.", (none(), AnyJson)),
        entry("POST /api/projects/{project}/import/preview", "What a file would bring. Changes nothing.", (Takes::File, Json(of::<import::Report>))),
        entry("POST /api/projects/{project}/import", "Takes a file over, all of it or nothing.", (Takes::Parts(of::<import::ImportRequest>), Json(of::<import::ImportAnswer>))),
        entry("GET /api/projects/{project}/webhooks", "Where the project's changes are sent.", (none(), Json(of::<people::Webhooks>))),
        Entry { also: &[409], ..entry("POST /api/projects/{project}/webhooks", "Has changes sent to an address.", (Takes::Json(of::<people::NewWebhook>), Json(of::<people::FreshWebhook>))) },
        entry("DELETE /api/projects/{project}/webhooks/{webhook}", "Has them sent there no more.", (none(), Nothing)),

        entry("GET /api/projects/{project}/members", "Who is in the project.", (none(), Json(of::<people::Members>))),
        entry("PUT /api/projects/{project}/members/{member}", "Gives a member another role.", (Takes::Json(of::<people::NewRole>), Nothing)),
        entry("DELETE /api/projects/{project}/members/{member}", "Removes a member, or leaves.", (none(), Nothing)),
        entry("GET /api/projects/{project}/invitations", "The invitations that stand.", (none(), Json(of::<people::Invitations>))),
        Entry { also: &[429], ..entry("POST /api/projects/{project}/invitations", "Makes an invitation.", (Takes::Json(of::<people::NewInvitation>), Json(of::<own::Secret>))) },
        entry("DELETE /api/projects/{project}/invitations/{invitation}", "Takes an invitation back.", (none(), Nothing)),
        Entry { also: &[404, 429], ..entry("POST /api/invitation", "What an invitation is to.", (Takes::Json(of::<people::Held>), Json(of::<people::InvitationSeen>))) },
        Entry { also: &[404, 429], ..entry("POST /api/invitation/accept", "Becomes a member by an invitation.", (Takes::Json(of::<people::Held>), Json(of::<people::Entered>))) },
        entry("GET /api/projects/{project}/shares", "The public links that stand.", (none(), Json(of::<people::Shares>))),
        entry("POST /api/projects/{project}/shares", "Makes a public link.", (none(), Json(of::<own::Secret>))),
        entry("DELETE /api/projects/{project}/shares/{share}", "Revokes a public link.", (none(), Nothing)),
        Entry { also: &[404, 429], ..entry("POST /api/share", "Comes in by a public link, to read.", (Takes::Json(of::<people::Held>), Json(of::<people::Entered>))) },
        entry("GET /api/tokens", "One's API tokens.", (none(), Json(of::<own::Tokens>))),
        Entry { also: &[404], ..entry("POST /api/tokens", "Makes an API token. It is shown this once.", (Takes::Json(of::<own::NewToken>), Json(of::<own::FreshToken>))) },
        entry("DELETE /api/tokens/{token}", "Revokes an API token.", (none(), Nothing)),

        entry("GET /api/openapi.json", "This description, for programs.", (none(), AnyJson)),
        entry("GET /api/docs", "This description, for people.", (none(), Other("text/html"))),
        entry("POST /pusher/auth", "Signs for a connection that wants to hear a project.", (Takes::Channels, AnyJson)),
        Entry { also: &[404], ..entry("GET /auth/provider", "To the provider of identities; for browsers.", (none(), Elsewhere)) },
        Entry { also: &[404], ..entry("GET /auth/provider/callback", "Back from it; for browsers.", (none(), Elsewhere)) },
        entry("GET /healthz", "Whether the process answers.", (none(), Other("text/plain"))),
        entry("GET /readyz", "Whether the database answers too.", (none(), Other("text/plain"))),
    ]
}
