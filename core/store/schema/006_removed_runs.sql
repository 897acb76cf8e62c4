-- A run that a person deleted: 0 it is there, 1 deleted (an edit, which can be taken back), 2 deleted for good: what it took up was given
-- back. The row itself stays, since the test part stays looked at, however many runs are deleted afterwards.
ALTER TABLE run ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1, 2));
