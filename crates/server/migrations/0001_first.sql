-- One row: what is true of the database as a whole.
CREATE TABLE meta (
    epoch TEXT NOT NULL
) STRICT;

-- The projects and where each one's history ends. `name` repeats what the history says, for the list.
CREATE TABLE projects (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    rev        INTEGER NOT NULL,
    hash       TEXT NOT NULL
) STRICT;

-- Outbox, catch-up log, idempotency table, audit log and the stories' history at once.
CREATE TABLE changes (
    project_id TEXT NOT NULL REFERENCES projects (id),
    rev        INTEGER NOT NULL,
    mid        TEXT NOT NULL,
    actor_id   TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    at         INTEGER NOT NULL,
    command    TEXT NOT NULL,
    change     TEXT NOT NULL,
    prev_hash  TEXT NOT NULL,
    hash       TEXT NOT NULL,
    PRIMARY KEY (project_id, rev),
    UNIQUE (project_id, actor_id, mid)
) STRICT;

CREATE TRIGGER changes_are_not_rewritten BEFORE UPDATE ON changes
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

-- A refused command stays refused, however often it is sent.
CREATE TABLE rejections (
    project_id TEXT NOT NULL REFERENCES projects (id),
    actor_id   TEXT NOT NULL,
    mid        TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (project_id, actor_id, mid)
) STRICT;

-- A project's present is its snapshot and the changes after it. One snapshot per project.
CREATE TABLE snapshots (
    project_id TEXT PRIMARY KEY NOT NULL REFERENCES projects (id),
    rev        INTEGER NOT NULL,
    body       TEXT NOT NULL
) STRICT;

CREATE TABLE actors (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    named      INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- The token itself stands only in the visitor's cookie.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    actor_id   TEXT NOT NULL REFERENCES actors (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
