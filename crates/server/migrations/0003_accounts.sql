-- What others see of a person beside the name; none where nothing was chosen.
ALTER TABLE actors ADD COLUMN initials TEXT;
ALTER TABLE actors ADD COLUMN colour INTEGER;

-- Who can sign in. `password` is a PHC string; none for who comes in through a provider alone.
CREATE TABLE accounts (
    actor_id      TEXT PRIMARY KEY NOT NULL REFERENCES actors (id),
    email         TEXT NOT NULL UNIQUE,
    password      TEXT,
    administrator INTEGER NOT NULL,
    closed        INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL
) STRICT;

-- Whom a provider of identities knows under which account.
CREATE TABLE identities (
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    actor_id   TEXT NOT NULL REFERENCES accounts (actor_id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;

-- A session can be named without its token.
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
UPDATE sessions SET id = lower(hex(randomblob(16)));
CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
CREATE INDEX sessions_by_actor ON sessions (actor_id);

-- `role` is none for who was in the project and is not any more.
CREATE TABLE memberships (
    project_id TEXT NOT NULL REFERENCES projects (id),
    actor_id   TEXT NOT NULL REFERENCES actors (id),
    role       TEXT,
    since      INTEGER NOT NULL,
    PRIMARY KEY (project_id, actor_id)
) STRICT;
CREATE INDEX memberships_by_actor ON memberships (actor_id);

-- Of all secrets below only the hash is kept.
CREATE TABLE invitations (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES projects (id),
    role       TEXT NOT NULL,
    email      TEXT,
    made_by    TEXT NOT NULL REFERENCES actors (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX invitations_by_project ON invitations (project_id);

CREATE TABLE shares (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES projects (id),
    made_by    TEXT NOT NULL REFERENCES actors (id),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX shares_by_project ON shares (project_id);

-- Which sessions came through a public link.
CREATE TABLE visits (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    share_id   TEXT NOT NULL REFERENCES shares (id),
    PRIMARY KEY (session_id, share_id)
) STRICT;

CREATE TABLE recoveries (
    token_hash TEXT PRIMARY KEY NOT NULL,
    actor_id   TEXT NOT NULL REFERENCES accounts (actor_id),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_tokens (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    actor_id   TEXT NOT NULL REFERENCES accounts (actor_id),
    name       TEXT NOT NULL,
    writes     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER
) STRICT;
CREATE INDEX api_tokens_by_actor ON api_tokens (actor_id);

CREATE TABLE api_token_projects (
    token_id   TEXT NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES projects (id),
    PRIMARY KEY (token_id, project_id)
) STRICT;

-- `delivered` is the revision up to which everything reached it; `failing_since` none while it answers.
CREATE TABLE webhooks (
    id            TEXT PRIMARY KEY NOT NULL,
    project_id    TEXT NOT NULL REFERENCES projects (id),
    url           TEXT NOT NULL,
    secret        TEXT NOT NULL,
    made_by       TEXT NOT NULL REFERENCES actors (id),
    created_at    INTEGER NOT NULL,
    delivered     INTEGER NOT NULL,
    failing_since INTEGER,
    given_up      INTEGER NOT NULL DEFAULT 0,
    last          TEXT
) STRICT;
CREATE INDEX webhooks_by_project ON webhooks (project_id);

-- What happened to accounts, sessions, memberships, links and tokens; apart from the projects' histories. No secret stands in it.
CREATE TABLE security_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    what       TEXT NOT NULL,
    actor_id   TEXT,
    address    TEXT NOT NULL,
    project_id TEXT,
    detail     TEXT NOT NULL
) STRICT;
