-- States large enough to live as expanded objects in the library of test/asserted.sh (OBJECTS_FROM), some of them in any; every aggregate from the catalogue: over a window, from two workers, from stored parts, from parts
-- merged where they are, and shared by two finals, all equal one pass to the last digit.
\ir ../fixture/calls.sql
SET client_min_messages = warning;
CREATE TABLE large_rows AS
SELECT i, 'Z' || lpad((i * 7 % 211)::text, 3, '0') AS origin, 'Z' || lpad((i * 11 % 199)::text, 3, '0') AS destination, 'g' || i % 5 AS grp,
       (i % 1303)::float8 AS whole, (1 + i * 37 % 10007)::float8 / 8 AS positive, (i % 1103 - 551)::float8 / 4 AS signed, i % 2 = 0 AS even
FROM generate_series(1, 20000) i;
-- surfaces of few cells, and areas side by side
INSERT INTO fixture_argument SELECT f || '.' || c, 'double precision', 'i % 53' FROM unnest('{kernel_surface,grid_state}'::text[]) f, unnest('{x,y}'::text[]) c;
INSERT INTO fixture_argument SELECT f || '.bandwidth', 'double precision', '3' FROM unnest('{kernel_surface,grid_state}'::text[]) f;
UPDATE fixture_argument SET expression = 'ST_MakeEnvelope(i % 150, i / 150, i % 150 + 1, i / 150 + 1)' WHERE name = 'geom';
-- where every pair of areas is compared, the model takes many steps or sites are searched for: runs from everywhere, so that areas still touch
CREATE VIEW fewer_rows AS SELECT * FROM large_rows WHERE i % 2000 < 300;
CREATE VIEW fewer_zones AS SELECT * FROM large_rows WHERE origin < 'Z090' AND destination < 'Z085';
ALTER TABLE large_rows SET (parallel_workers = 2);
ANALYZE large_rows;
CREATE TEMP TABLE verdict (signature text, what text, ok boolean, note text);
CREATE TEMP TABLE size_of (signature text, bytes int);

CREATE FUNCTION pg_temp.compare(signature text, what text, whole text, query text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    other text;
BEGIN
    EXECUTE query INTO other;
    INSERT INTO verdict VALUES (signature, what, other IS NOT DISTINCT FROM whole, format('one pass %s, other %s', left(whole, 300), left(other, 300)));
END
$$;
DO $$
DECLARE
    a fixture_aggregate;
    call text;
    source text;
    whole text;
    finalised text;
    n int := 0;
BEGIN
    -- a search for sites over costs of this size takes seconds, and with integer ids it is the same state (test/tap/zone_ids.sql), so it is with fewer limits;
    -- regressions with integer units, periods and clusters keep the states of their text (test/tap/panel.sql); so do pairs of neighbours, spatial effects and
    -- small areas, whose finals take seconds each
    FOR a IN SELECT * FROM fixture_aggregate WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace)
        AND NOT (aggtranstype IN ('terrbal.location_state'::regtype, 'terrbal.facility_state'::regtype) AND types LIKE 'bigint, bigint,%')
        AND NOT (aggtranstype IN ('terrbal.panel_state'::regtype, 'terrbal.cluster_state'::regtype) AND types LIKE '%bigint%')
        AND NOT (proname IN ('neighbour_pairs', 'spatial_effects', 'fay_herriot') AND types LIKE '%bigint%')
        AND NOT (aggtranstype = 'terrbal.facility_state'::regtype AND proname <> 'facility_state' AND types NOT LIKE '%boolean, double precision, double precision, double precision, double precision') ORDER BY signature LOOP
        n := n + 1;
        BEGIN
            source := CASE WHEN a.arguments LIKE '%ST_MakeEnvelope%' OR a.proname = 'fay_herriot' THEN 'fewer_rows'
                WHEN a.proname IN ('p_median', 'p_centre') THEN 'fewer_zones' ELSE 'large_rows' END;
            call := format('terrbal.%I(%s)', a.proname, a.arguments);
            EXECUTE format('SELECT %s::text FROM %s', call, source) INTO whole;
            PERFORM pg_temp.compare(a.signature, 'over a window', whole, format('SELECT v::text FROM (SELECT %s OVER () AS v FROM %s) w LIMIT 1', call, source));
            PERFORM set_config('max_parallel_workers_per_gather', '2', true), set_config('min_parallel_table_scan_size', '0', true),
                set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true);
            PERFORM pg_temp.compare(a.signature, 'two workers', whole, format('SELECT %s::text FROM %s', call, source));
            PERFORM set_config('max_parallel_workers_per_gather', '0', true);
            finalised := pg_temp.take_apart(n, a);
            PERFORM pg_temp.compare(a.signature, 'two finals on one state', whole || whole,
                format('SELECT %s::text || (%s)::text FROM %s', call, format(finalised, format('pg_temp.part_%s(%s)', n, a.arguments)), source));
            PERFORM pg_temp.compare(a.signature, 'parts merged', whole, format('SELECT (%s)::text FROM (SELECT pg_temp.merge_%s(part) AS merged FROM
                (SELECT pg_temp.part_%2$s(%s) AS part FROM %s GROUP BY i > 5000) p) m', format(finalised, 'merged'), n, a.arguments, source));
            EXECUTE format('CREATE TEMP TABLE stored ON COMMIT DROP AS SELECT i > 15000 AS last, pg_temp.part_%s(%s) AS part FROM %s GROUP BY 1', n, a.arguments, source);
            PERFORM pg_temp.compare(a.signature, 'stored parts', whole,
                format('SELECT (%s)::text FROM (SELECT pg_temp.merge_%s(part ORDER BY last DESC) AS merged FROM stored) m', format(finalised, 'merged'), n));
            PERFORM pg_temp.compare(a.signature, 'a running merge', whole, format('SELECT (%s)::text FROM (SELECT pg_temp.merge_%s(part) OVER (ORDER BY last) AS merged, last
                FROM stored) m ORDER BY last DESC LIMIT 1', format(finalised, 'merged'), n));
            EXECUTE format('INSERT INTO size_of SELECT %L, max(pg_column_size(part)) FROM stored', a.signature);
            DROP TABLE stored;
        EXCEPTION WHEN OTHERS THEN
            INSERT INTO verdict VALUES (a.signature, 'runs', false, SQLSTATE || ' ' || SQLERRM);
        END;
    END LOOP;
END
$$;
SELECT plan((SELECT count(*)::int FROM verdict) + 2);
SELECT ok(ok, signature || ': ' || what) || CASE WHEN NOT ok THEN E'\n# ' || coalesce(note, '') ELSE '' END FROM verdict;
SELECT cmp_ok((SELECT count(*) FROM size_of WHERE bytes > 65536), '>=', 30::bigint, 'many of these states are large');
-- a moving frame begins anew for every row; 9,000 rows are 72 kB
SELECT is((SELECT count(*) FROM (SELECT i, terrbal.gini(positive) OVER (ORDER BY i ROWS 8999 PRECEDING) AS g FROM large_rows WHERE i <= 9010) w
           WHERE i > 9000 AND g IS DISTINCT FROM (SELECT terrbal.gini(positive) FROM large_rows r WHERE r.i BETWEEN w.i - 8999 AND w.i)), 0::bigint, 'a moving frame of large states');
SELECT * FROM finish();
DROP TABLE large_rows CASCADE;
