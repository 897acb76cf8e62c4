-- Labelling: the items of a dataset, what people and models say about them (revisions, only ever added), and who said it. Nothing wrote
-- into the table that stood for this before.
DROP TABLE annotation;

-- The number is for life, like the id: labels and exported files speak of it. 0: none yet.
ALTER TABLE label_class ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE label_class ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE label_class ADD COLUMN parent TEXT NOT NULL DEFAULT '';
-- The number of the class that it became a part of; 0: it stands for itself.
ALTER TABLE label_class ADD COLUMN merged_into INTEGER NOT NULL DEFAULT 0;
-- {"names": [...], "skeleton": [[0, 1], ...]} of its key points
ALTER TABLE label_class ADD COLUMN points TEXT NOT NULL DEFAULT '{}';
UPDATE label_class SET number = (SELECT count(*) FROM label_class AS other WHERE other.rowid <= label_class.rowid);
CREATE UNIQUE INDEX label_class_number ON label_class (number);

-- A dataset that is labelled. Items and labels that an import brings are written before this row, outside the journal: they count once it is there,
-- and undo takes this row alone.
CREATE TABLE labelling (
    key     INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL UNIQUE REFERENCES dataset (id),
    created INTEGER NOT NULL,
    -- what imports had to remark: [{"code", "arguments", "item", "label"} ...]
    report  TEXT NOT NULL
) STRICT;

CREATE TABLE label_item (
    key       INTEGER PRIMARY KEY,
    labelling INTEGER NOT NULL,
    -- row of the dataset; negative: the dataset was read again and has no such row any more
    position  INTEGER NOT NULL,
    -- what stays when rows move: a picture's file name, a row's key
    identity  TEXT NOT NULL,
    width     INTEGER NOT NULL,
    height    INTEGER NOT NULL,
    state     INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    flagged   INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    reason    TEXT NOT NULL,
    comment   TEXT NOT NULL,
    annotator TEXT NOT NULL,
    time      INTEGER NOT NULL
) STRICT;
CREATE INDEX label_item_position ON label_item (labelling, position);
CREATE INDEX label_item_state ON label_item (labelling, state, position);
CREATE INDEX label_item_identity ON label_item (labelling, identity);
CREATE INDEX label_item_flagged ON label_item (labelling, position) WHERE flagged = 1;
CREATE INDEX label_item_comment ON label_item (labelling, position) WHERE comment <> '';

-- Everything about one item lies together.
CREATE TABLE label (
    item       INTEGER NOT NULL,
    revision   BLOB NOT NULL,
    label      BLOB NOT NULL,
    parent     BLOB,
    -- 1: counts now; 0: replaced by a later revision, or takes the label away
    live       INTEGER NOT NULL CHECK (live IN (0, 1)),
    removed    INTEGER NOT NULL CHECK (removed IN (0, 1)),
    class      INTEGER NOT NULL,
    annotator  TEXT NOT NULL,
    tool       TEXT NOT NULL,
    model      TEXT NOT NULL,
    confidence REAL,
    pass       INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    document   TEXT NOT NULL,
    PRIMARY KEY (item, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_of_class ON label (class, item, live) WHERE live = 1;

-- How many items (kind 0: of a state, 2: flagged, 3: with a comment) and labels (kind 1: of a class) there are, kept with every change.
CREATE TABLE label_count (
    labelling INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    key       INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (labelling, kind, key)
) STRICT, WITHOUT ROWID;
