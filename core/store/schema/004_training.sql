-- Networks (journaled) and what training writes about itself (not journaled: a run that happened cannot be undone).
CREATE TABLE network (
    id       TEXT PRIMARY KEY NOT NULL,
    name     TEXT NOT NULL,
    dataset  TEXT REFERENCES dataset (id),
    task     TEXT NOT NULL,
    document TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX network_dataset ON network (dataset);

CREATE TABLE run (
    id               TEXT PRIMARY KEY NOT NULL,
    name             TEXT NOT NULL,
    network          TEXT REFERENCES network (id),
    network_document TEXT NOT NULL,
    dataset          TEXT REFERENCES dataset (id),
    split            TEXT REFERENCES split (id),
    settings         TEXT NOT NULL,
    data_version     TEXT NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('created', 'running', 'paused', 'stopped', 'finished', 'failed')),
    created          INTEGER NOT NULL,
    note             TEXT NOT NULL,
    best             TEXT NOT NULL
) STRICT;
CREATE INDEX run_network ON run (network);
CREATE INDEX run_dataset ON run (dataset);
CREATE INDEX run_split ON run (split);

CREATE TABLE attempt (
    key     INTEGER PRIMARY KEY,
    run     TEXT NOT NULL REFERENCES run (id),
    number  INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    device  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    UNIQUE (run, number)
) STRICT;

-- Metrics come by the hundred thousand: the key (run, attempt, sequence) is one integer, attempt.key * 2^32 + sequence, and the words are
-- numbered once. No foreign keys here, each would be looked up for every row; `verify` looks for strays. Read the views below.
CREATE TABLE metric_series (
    key   INTEGER PRIMARY KEY,
    split TEXT NOT NULL,
    name  TEXT NOT NULL,
    UNIQUE (split, name)
) STRICT;

CREATE TABLE metric_point (
    key    INTEGER PRIMARY KEY,
    epoch  INTEGER NOT NULL,
    step   INTEGER NOT NULL,
    series INTEGER NOT NULL,
    value  REAL,
    time   INTEGER NOT NULL
) STRICT;

CREATE VIEW metric (run, attempt, sequence, epoch, step, split, name, value, time) AS
    SELECT attempt.run, attempt.number, point.key & 4294967295, point.epoch, point.step, series.split, series.name, point.value, point.time
    FROM attempt
    JOIN metric_point AS point ON point.key >= attempt.key << 32 AND point.key < (attempt.key + 1) << 32
    JOIN metric_series AS series ON series.key = point.series;

-- What resuming does not touch: without attempt and time, the row of the newest attempt for each number.
CREATE VIEW metric_clean (run, epoch, step, split, name, value) AS
    SELECT run, epoch, step, split, name, value
    FROM (SELECT run, epoch, step, split, name, value, max(attempt * 4294967296 + sequence) FROM metric GROUP BY run, epoch, step, split, name);

CREATE TABLE checkpoint (
    run        TEXT NOT NULL REFERENCES run (id),
    generation INTEGER NOT NULL,
    epoch      INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    file_hash  TEXT NOT NULL,
    is_best    INTEGER NOT NULL CHECK (is_best IN (0, 1)),
    PRIMARY KEY (run, generation)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluation (
    id          TEXT PRIMARY KEY NOT NULL,
    run         TEXT NOT NULL REFERENCES run (id),
    split       TEXT NOT NULL,
    final_check INTEGER NOT NULL CHECK (final_check IN (0, 1)),
    count       INTEGER NOT NULL,
    time        INTEGER NOT NULL,
    document    TEXT NOT NULL
) STRICT;
CREATE INDEX evaluation_run ON evaluation (run);
