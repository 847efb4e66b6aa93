-- A job is many writes as one; each of its rows is one thing that it is about.
CREATE TABLE job (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    made       INTEGER NOT NULL,
    profile    TEXT NOT NULL,
    account    TEXT NOT NULL,
    task       TEXT NOT NULL,      -- JSON: what is done to each row
    label      TEXT,               -- a name from afar, forgotten with time
    owner      TEXT,               -- the session that runs it
    ended      INTEGER             -- when no row was left to be done
) STRICT;
CREATE TABLE job_row (
    job        INTEGER NOT NULL REFERENCES job (id),
    nth        INTEGER NOT NULL,
    target     TEXT NOT NULL,      -- sids, as the task wants them
    label      TEXT,               -- a name from afar, forgotten with time
    state      TEXT NOT NULL,      -- todo, sent, done, skipped, failed
    tries      INTEGER NOT NULL DEFAULT 0,
    code       INTEGER,
    note       TEXT,
    entry      INTEGER,            -- the line of the journal of the last request
    found      INTEGER,            -- 1, 0: whether reading again afterwards found it done
    PRIMARY KEY (job, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_row_state ON job_row (job, state, nth);
CREATE INDEX job_of_account ON job (account);
