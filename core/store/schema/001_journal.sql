-- The journal: every change a person made, in order, with what is needed to take it back. Rows are never deleted.
CREATE TABLE edit (
    sequence  INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL CHECK (kind IN ('normal', 'undo', 'redo')),
    state     TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    code      TEXT NOT NULL,
    arguments TEXT NOT NULL,
    author    TEXT NOT NULL,
    time      INTEGER NOT NULL,
    target    TEXT,
    changeset BLOB NOT NULL,
    -- SHA-256 over the previous row's digest and everything above except state: a changed or missing row is found.
    digest    TEXT NOT NULL
) STRICT;
CREATE INDEX edit_state ON edit (kind, state, sequence);
