-- Times are milliseconds since 1970, UTC. JSON is text, kept byte for byte.
CREATE TABLE journal (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    begun      INTEGER NOT NULL,
    session    TEXT NOT NULL,
    profile    TEXT NOT NULL,
    account    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    method     TEXT NOT NULL,
    path       TEXT NOT NULL,
    webhooks   INTEGER NOT NULL,
    sids       TEXT NOT NULL,      -- JSON array of texts
    undoes     INTEGER,            -- the line whose inverse this is
    kept       TEXT NOT NULL,      -- full, digest, nothing: what the next four hold
    label      TEXT,
    form       TEXT,               -- JSON array of [name, value]
    before     TEXT,
    after      TEXT,
    outcome    TEXT,               -- done, refused, failed, lost; NULL: no answer was written
    finished   INTEGER,
    status     INTEGER,
    code       INTEGER,
    message    TEXT,
    request_id TEXT,
    duration   INTEGER,            -- milliseconds
    made       TEXT,               -- the sid of what was made
    settled    TEXT,               -- done, not done: what reading again found
    settled_at INTEGER
) STRICT;
CREATE INDEX journal_open ON journal (account) WHERE settled IS NULL AND (outcome IS NULL OR outcome = 'lost');
CREATE INDEX journal_kept ON journal (begun) WHERE kept <> 'nothing';
CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE draft (
    account TEXT NOT NULL,
    key     TEXT NOT NULL,
    session TEXT NOT NULL,      -- who wrote it, or took it over from a console that ended
    text    TEXT NOT NULL,
    written INTEGER NOT NULL,
    PRIMARY KEY (account, key, session)
) STRICT;
