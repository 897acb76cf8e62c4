-- How a dataset is cleaned: its recipe, without what the steps learned. At most one for each dataset; the original columns never change.
CREATE TABLE recipe (
    dataset  TEXT PRIMARY KEY NOT NULL REFERENCES dataset (id),
    document TEXT NOT NULL,
    -- {"name of a column that a step makes": "feature", "target" or "ignored"}
    roles    TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT;
