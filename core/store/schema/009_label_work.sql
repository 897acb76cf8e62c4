-- Working on labels with models and with several people.

-- In which order the items of a labelling come. entries: for each item 16 bytes, little-endian: its key (8), the class that is proposed (4; 0: none), the
-- score it stands there for (4, float).
CREATE TABLE label_order (
    labelling INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    settings  TEXT NOT NULL,
    created   INTEGER NOT NULL,
    entries   BLOB NOT NULL
) STRICT;

-- The quick model that is trained on what is labelled, and goes on learning: network, preparation and figures; its numbers are a content file.
CREATE TABLE label_model (
    labelling INTEGER PRIMARY KEY,
    created   INTEGER NOT NULL,
    document  TEXT NOT NULL,
    file_hash TEXT NOT NULL
) STRICT;

-- What reviewers said of items; the last one counts until a label changes.
CREATE TABLE label_review (
    key      INTEGER PRIMARY KEY,
    item     INTEGER NOT NULL,
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    comment  TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    time     INTEGER NOT NULL
) STRICT;
CREATE INDEX label_review_item ON label_review (item, key);

-- Items where opinions met that may differ: two revisions of one label, or a second pass. They leave it when somebody settles them.
CREATE TABLE label_open (
    item      INTEGER PRIMARY KEY,
    labelling INTEGER NOT NULL
) STRICT;
CREATE INDEX label_open_labelling ON label_open (labelling);

-- Packages for other annotators. role 0: sent from here; 1: this project is one.
CREATE TABLE label_session (
    id        TEXT PRIMARY KEY,
    role      INTEGER NOT NULL CHECK (role IN (0, 1)),
    labelling INTEGER NOT NULL,
    settings  TEXT NOT NULL,
    created   INTEGER NOT NULL,
    -- when it last came back; 0: not yet
    merged    INTEGER NOT NULL
) STRICT;
