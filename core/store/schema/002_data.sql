-- Datasets, their columns and how they are divided. The values lie in content files.
CREATE TABLE dataset (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    importer    TEXT NOT NULL,
    source_path TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    row_count   INTEGER NOT NULL,
    issues      TEXT NOT NULL
) STRICT;

CREATE TABLE dataset_column (
    id        TEXT PRIMARY KEY NOT NULL,
    dataset   TEXT NOT NULL REFERENCES dataset (id),
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    role      TEXT NOT NULL CHECK (role IN ('feature', 'target', 'ignored')),
    file_hash TEXT NOT NULL,
    info      TEXT NOT NULL
) STRICT;
CREATE INDEX dataset_column_order ON dataset_column (dataset, position);

CREATE TABLE split (
    id                  TEXT PRIMARY KEY NOT NULL,
    dataset             TEXT NOT NULL REFERENCES dataset (id),
    seed                INTEGER NOT NULL,
    training_fraction   REAL NOT NULL,
    validation_fraction REAL NOT NULL,
    test_fraction       REAL NOT NULL,
    stratify_column     TEXT NOT NULL,
    method              TEXT NOT NULL,
    assignment_hash     TEXT NOT NULL,
    training_count      INTEGER NOT NULL,
    validation_count    INTEGER NOT NULL,
    test_count          INTEGER NOT NULL,
    created             INTEGER NOT NULL
) STRICT;
CREATE INDEX split_dataset ON split (dataset);
