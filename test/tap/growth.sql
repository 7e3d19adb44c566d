-- Nothing is quadratic in its rows: every aggregate and window of the catalogue over n and over 2 n rows. Work is the count of the core's steps, which no busy
-- machine changes; a loop that does not step is caught by test/script/slow.sh.
\ir ../fixture/calls.sql
SET client_min_messages = error;
CREATE FUNCTION pg_temp.steps_done() RETURNS bigint AS '$libdir/terrbal', 'terrbal_steps_done' LANGUAGE C STRICT;
CREATE TEMP TABLE grown AS
SELECT i, 'Z' || lpad((i * 7 % 211)::text, 3, '0') AS origin, 'Z' || lpad((i * 11 % 199)::text, 3, '0') AS destination, 'g' || i % 5 AS grp,
       (i % 1303)::float8 AS whole, (1 + i * 37 % 10007)::float8 / 8 AS positive, (i % 1103 - 551)::float8 / 4 AS signed, i % 2 = 0 AS even
FROM generate_series(1, 8000) i;
INSERT INTO fixture_argument SELECT f || '.' || c, 'double precision', 'i % 53' FROM unnest('{kernel_surface,grid_state}'::text[]) f, unnest('{x,y}'::text[]) c;
INSERT INTO fixture_argument SELECT f || '.bandwidth', 'double precision', '3' FROM unnest('{kernel_surface,grid_state}'::text[]) f;
UPDATE fixture_argument SET expression = 'ST_MakeEnvelope(i % 150, i / 150, i % 150 + 1, i / 150 + 1)' WHERE name = 'geom';
UPDATE fixture_argument SET expression = '500' WHERE name = 'set_cover.threshold';
UPDATE fixture_argument SET expression = 'CASE WHEN i % 50 = 0 THEN positive * 2 + signed END' WHERE name = 'local_bandwidth.y';
UPDATE fixture_argument SET expression = CASE name WHEN 'budget_choice.project' THEN 'grp' ELSE '(i + positive)::numeric' END WHERE name IN ('budget_choice.project', 'budget_choice.cost');
-- eight later neighbours for each unit, no pair twice
INSERT INTO fixture_argument SELECT f || '.' || name, type, expression FROM unnest('{spatial_tests,spatial_lag,spatial_effects,spatial_error,spatial_model_state}'::text[]) f, (VALUES
    ('unit_i', 'text', '(i / 8)::text'), ('unit_i', 'bigint', '(i / 8)::bigint'), ('unit_j', 'text', '(i / 8 + 1 + i % 8)::text'), ('unit_j', 'bigint', '(i / 8 + 1 + i % 8)::bigint'),
    ('y_i', 'double precision', '10 + 5 * sin(i / 8)'), ('x_i', 'double precision[]', 'ARRAY[1, i / 8 * 5 % 11, cos(i / 8)]'), ('y_j', 'double precision', '10 + 5 * sin(i / 8 + 1 + i % 8)'),
    ('x_j', 'double precision[]', 'ARRAY[1, (i / 8 + 1 + i % 8) * 5 % 11, cos(i / 8 + 1 + i % 8)]')) v (name, type, expression)
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
-- what belongs to the partition is one number there
INSERT INTO fixture_argument
SELECT DISTINCT p.proname || '.' || c.name, u.t::regtype::text, c.expression
FROM pg_proc p CROSS JOIN LATERAL unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, n)
JOIN (VALUES ('unit', '0.001'), ('total', '1000000'), ('pool', '1000000'), ('budget', '1000000'), ('direction', '1'), ('x', 'i % 150'), ('y', 'i / 150'), ('objective', '2'), ('share', '0.5'), ('cut', '10'), ('land_share', '0.9'), ('built_share', '0.1'), ('size', '100'), ('target', '100'), ('lower', '0'), ('corners', 'false'), ('minimum', '0'), ('density', '1500'), ('lambda', '2'), ('origin_mass', '17'), ('total_mass', '1e9'), ('cell_area_km2', '1'), ('method', '''rank'''),
    ('parameters', '''{}''::float8[]')) c (name, expression) ON p.proargnames[u.n] = c.name
WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind = 'w'
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
UPDATE fixture_argument SET expression = '''benjamini_hochberg''' WHERE name = 'false_discovery.method';
CREATE TEMP TABLE work (signature text, half bigint, whole bigint, failed text);
CREATE FUNCTION pg_temp.work(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint := pg_temp.steps_done();
BEGIN
    EXECUTE query;
    RETURN pg_temp.steps_done() - before;
END
$$;
CREATE TEMP VIEW callable AS
SELECT signature, format('terrbal.%I(%s)', proname, arguments) AS call FROM fixture_aggregate
UNION ALL
SELECT p.oid::regprocedure::text, format('terrbal.%I(%s) OVER ()', p.proname, (SELECT string_agg(pg_temp.argument(p.proname, p.proargnames[n], t::regtype::text), ', ' ORDER BY n)
    FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, n)))
FROM pg_proc p WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind = 'w';
DO $$
DECLARE
    a record;
    call text;
    half bigint;
BEGIN
    FOR a IN SELECT * FROM callable ORDER BY signature LOOP
        call := 'SELECT count(v) FROM (SELECT ' || a.call || ' AS v FROM grown WHERE i <= ';
        BEGIN
            half := pg_temp.work(call || '4000) s');
            INSERT INTO work VALUES (a.signature, half, pg_temp.work(call || '8000) s'));
        EXCEPTION WHEN OTHERS THEN
            INSERT INTO work VALUES (a.signature, NULL, NULL, SQLERRM);
        END;
    END LOOP;
END
$$;
SELECT plan(3);
SELECT is_empty($$SELECT signature, half, whole FROM work WHERE whole > 3 * half AND whole > 10000 AND signature !~ '^terrbal\.(p_centre|synthetic_control|local_bandwidth)\('$$,
    'twice the rows, at most three times the steps; p_centre proves its answer by a search that may be exponential (doc/location.md), synthetic_control mixes a placebo for each donor from all the others (doc/synthetic_control.md), local_bandwidth fits at every row (doc/local_regression.md)');
SELECT cmp_ok((SELECT count(*) FROM work WHERE whole > 1000), '>=', 170::bigint, 'most of them were seen to work');
SELECT is((SELECT string_agg(DISTINCT substr(split_part(signature, '(', 1), 9), ', ' ORDER BY substr(split_part(signature, '(', 1), 9)) FROM work WHERE failed IS NOT NULL), 'balanced_flow, damped_share, equalisation, rounded_to_total',
    'only these were not called: their arguments must agree with each other, row by row or in sum');
SELECT * FROM finish();
