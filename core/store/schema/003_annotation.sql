-- Labels: classes with ids for life, and revisions that are only ever added.
CREATE TABLE label_class (
    id       TEXT PRIMARY KEY NOT NULL,
    name     TEXT NOT NULL,
    colour   TEXT NOT NULL,
    key      TEXT NOT NULL,
    position INTEGER NOT NULL,
    retired  INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;

CREATE TABLE annotation (
    id        TEXT PRIMARY KEY NOT NULL,
    item      TEXT NOT NULL,
    annotator TEXT NOT NULL,
    pass      INTEGER NOT NULL,
    parent    TEXT REFERENCES annotation (id),
    class     TEXT REFERENCES label_class (id),
    document  TEXT NOT NULL,
    time      INTEGER NOT NULL
) STRICT;
CREATE INDEX annotation_item ON annotation (item);
CREATE INDEX annotation_parent ON annotation (parent);
CREATE INDEX annotation_class ON annotation (class);
