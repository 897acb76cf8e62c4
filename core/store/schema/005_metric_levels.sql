-- Long curves, condensed: level 1 has a row for at most 32 neighbouring points of one series of one attempt, level n + 1 a row for 32 rows
-- of level n. A row is added together with the last of its points and never changed; the newest points may be in the lower levels alone.
-- A chart reads the level that has as many rows as it has room for; first_key and last_key also lead to a series' own points among those
-- of the others. minimum and maximum leave NaN out, sum and numbers count finite values alone; epoch is that of the last point.
CREATE TABLE metric_level (
    attempt   INTEGER NOT NULL,
    series    INTEGER NOT NULL,
    level     INTEGER NOT NULL,
    last_key  INTEGER NOT NULL,
    first_key INTEGER NOT NULL,
    bucket    INTEGER NOT NULL,
    epoch     INTEGER NOT NULL,
    step_from INTEGER NOT NULL,
    step_to   INTEGER NOT NULL,
    points    INTEGER NOT NULL,
    numbers   INTEGER NOT NULL,
    minimum   REAL,
    maximum   REAL,
    sum       REAL,
    PRIMARY KEY (attempt, series, level, last_key)
) STRICT, WITHOUT ROWID;

INSERT INTO metric_level
    SELECT attempt, series, 1, max(key), min(key), bucket, max(epoch), min(step), max(step), count(*),
           count(value) FILTER (WHERE abs(value) < 9e999), min(value), max(value), sum(value) FILTER (WHERE abs(value) < 9e999)
    FROM (SELECT key >> 32 AS attempt, series, key, epoch, step, value,
                 (row_number() OVER (PARTITION BY key >> 32, series ORDER BY key) - 1) / 32 AS bucket
          FROM metric_point)
    GROUP BY attempt, series, bucket;

INSERT INTO metric_level
    WITH size (upper, lower_rows) AS (VALUES (2, 32), (3, 1024), (4, 32768), (5, 1048576))
    SELECT attempt, series, upper, max(last_key), min(first_key), bucket / lower_rows, max(epoch), min(step_from), max(step_to), sum(points), sum(numbers),
           min(minimum), max(maximum), sum(sum)
    FROM metric_level JOIN size WHERE level = 1 GROUP BY attempt, series, upper, bucket / lower_rows HAVING count(*) = lower_rows;
