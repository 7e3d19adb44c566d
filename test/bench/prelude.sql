-- Pairs of queries timed in turn in one session; what counts is the ratio of the medians, never a time.
--   CALL bench.row('flow', 'flow_profile, 5 M rows', 'SELECT ...ours...', 'GROUP BY sum', 'SELECT ...theirs...', at_most => 0.6);
-- at_most: ours / theirs; at_least: theirs / ours ("times faster"). Either may be NULL: then the row only informs.
CREATE SCHEMA bench;
CREATE TABLE bench.result (place serial, stem text, what text, against text, ours_ms float8, theirs_ms float8, at_most float8, at_least float8,
                           scale numeric DEFAULT current_setting('bench.scale')::numeric);

CREATE PROCEDURE bench.row(stem text, what text, ours text, against text, theirs text,
                           at_most float8 DEFAULT NULL, at_least float8 DEFAULT NULL, runs int DEFAULT 3)
LANGUAGE plpgsql AS $$
DECLARE
    started timestamptz;
    a float8[] := '{}';
    b float8[] := '{}';
BEGIN
    EXECUTE ours;
    FOR i IN 1 .. runs LOOP
        started := clock_timestamp();
        EXECUTE ours;
        a := a || extract(epoch FROM clock_timestamp() - started)::float8 * 1000;
        started := clock_timestamp();
        EXECUTE theirs;
        b := b || extract(epoch FROM clock_timestamp() - started)::float8 * 1000;
    END LOOP;
    INSERT INTO bench.result (stem, what, against, ours_ms, theirs_ms, at_most, at_least)
    SELECT row.stem, row.what, row.against, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM unnest(a) x),
           (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM unnest(b) x), row.at_most, row.at_least;
    RAISE WARNING '% against %: ratio %', what, against,
        (SELECT round((ours_ms / theirs_ms)::numeric, 3) FROM bench.result ORDER BY place DESC LIMIT 1);
END
$$;

SET max_parallel_workers_per_gather = 0;
ALTER DATABASE :DBNAME SET max_parallel_workers_per_gather = 0;
ALTER DATABASE :DBNAME SET work_mem = '256MB';
ALTER DATABASE :DBNAME SET jit = off;
