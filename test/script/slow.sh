#!/usr/bin/env bash
# Cancel answers soon, whatever the arguments: every aggregate, window and scalar of the catalogue, made slow by many rows, by replications, permutations
# and steps, and by one huge argument after the other, under a short statement_timeout. What a call has used beyond that time is measured in processor time of
# the backend, so that a busy machine finds nothing that an idle one does not. The promise is 100 ms on an idle machine; ALLOWED (default 300) leaves room for
# caches that are shared. What answers before its time is up is no finding.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
database=terrbal_slow_$$
createdb "$database"
trap '"$here/test/drop.sh" "$database"' EXIT
psql -qX -d "$database" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal'
psql -qXAt -d "$database" -v ALLOWED="${ALLOWED:-300}" -v LIMIT=100 -v HERTZ="$(getconf CLK_TCK)" <<SQL 2>/dev/null
\\ir $here/test/fixture/calls.sql
SET client_min_messages = error;
SET slow.hertz = :HERTZ;
CREATE TEMP TABLE slow_rows AS
SELECT i, 'Z' || lpad((i * 7 % 1511)::text, 4, '0') AS origin, 'Z' || lpad((i * 11 % 1499)::text, 4, '0') AS destination, 'g' || i % 5 AS grp,
       (i % 1303)::float8 AS whole, (1 + i * 37 % 10007)::float8 / 8 AS positive, (i % 1103 - 551)::float8 / 4 AS signed, i % 2 = 0 AS even
FROM generate_series(1, 30000) i;
UPDATE fixture_argument SET expression = '1000000' WHERE name = 'replications';
UPDATE fixture_argument SET expression = '100000' WHERE name = 'permutations';
UPDATE fixture_argument SET expression = 'ST_MakeEnvelope(i % 150, i / 150, i % 150 + 1, i / 150 + 1)' WHERE name = 'geom';
INSERT INTO fixture_argument SELECT f || '.' || c, 'double precision', 'i % 53' FROM unnest('{kernel_surface,grid_state}'::text[]) f, unnest('{x,y}'::text[]) c;
INSERT INTO fixture_argument VALUES ('index', 'text', '''gini'''), ('regclass', 'regclass', 'NULL');
INSERT INTO fixture_argument SELECT n, 'geometry', 'ST_Buffer(ST_MakePoint(i % 7, 0), 10, 8)' FROM unnest('{zone,cell,parcel,street}'::text[]) n;

-- What is huge of each type
CREATE TEMP TABLE huge AS
SELECT 2147483647 AS whole_number, array_agg(k::float8 ORDER BY k) AS numbers, array_agg(k::numeric ORDER BY k) AS amounts, ST_Buffer(ST_MakePoint(0, 0), 10, 10000) AS shape,
       string_agg('x', '') AS name
FROM generate_series(1, 200000) k;
CREATE FUNCTION pg_temp.huge(type text) RETURNS text LANGUAGE sql AS \$\$
    SELECT CASE type WHEN 'double precision' THEN '1e15' WHEN 'numeric' THEN '999999999' WHEN 'bigint' THEN '9223372036854775807' WHEN 'integer' THEN '2147483647'
        WHEN 'smallint' THEN '32767' WHEN 'double precision[]' THEN '(SELECT numbers FROM huge)' WHEN 'numeric[]' THEN '(SELECT amounts FROM huge)'
        WHEN 'geometry' THEN '(SELECT shape FROM huge)' WHEN 'text' THEN '(SELECT name FROM huge)' END
\$\$;
CREATE TEMP VIEW callable AS
SELECT p.oid, p.proname, p.prokind, p.oid::regprocedure::text AS signature, pronargs
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
WHERE p.prokind IN ('a', 'f', 'w') AND p.provolatile <> 'v' AND p.prorettype <> 'trigger'::regtype AND p.pronargs > 0
  AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE (y.typnamespace = 'terrbal'::regnamespace AND y.typtype <> 'e') OR y.typtype = 'p');
-- The call with one argument huge; 0: none
CREATE FUNCTION pg_temp.call(f oid, huge int) RETURNS text LANGUAGE sql AS \$\$
    SELECT format('%s.%I(%s)', p.pronamespace::regnamespace, p.proname, string_agg('(' || CASE WHEN o = huge THEN pg_temp.huge(format_type(t, NULL))
        ELSE pg_temp.argument(p.proname, coalesce(p.proargnames[o], ''), format_type(t, NULL)) END || ')::' || format_type(t, NULL), ', ' ORDER BY o))
    FROM pg_proc p, unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, o) WHERE p.oid = f GROUP BY p.pronamespace, p.proname
    HAVING bool_and(CASE WHEN o = huge THEN pg_temp.huge(format_type(t, NULL)) ELSE pg_temp.argument(p.proname, coalesce(p.proargnames[o], ''), format_type(t, NULL)) END IS NOT NULL)
\$\$;

CREATE TEMP TABLE probe (n int GENERATED ALWAYS AS IDENTITY, what text, query text, began float8, ended float8, asked timestamptz, answered timestamptz);
-- milliseconds of processor that this backend has used, by the kernel's account: the 14th and 15th field, the name before them may hold spaces
CREATE FUNCTION pg_temp.worked() RETURNS float8 LANGUAGE sql VOLATILE AS \$\$
    SELECT (f[12]::float8 + f[13]::float8) * 1000 / current_setting('slow.hertz')::float8
    FROM string_to_array(regexp_replace(pg_read_file('/proc/' || pg_backend_pid() || '/stat'), '^.*\) ', ''), ' ') f
\$\$;
-- states of many rows, whose finals are then timed by themselves
DO \$do\$
DECLARE
    a fixture_aggregate;
    n int := 0;
    finalised text;
BEGIN
    FOR a IN SELECT * FROM fixture_aggregate ORDER BY signature LOOP
        n := n + 1;
        BEGIN
            finalised := pg_temp.take_apart(n, a);
            EXECUTE format('CREATE TEMP TABLE state_%s AS SELECT pg_temp.part_%1\$s(%s) AS part FROM slow_rows WHERE i <= %s', n, a.arguments,
                CASE WHEN a.arguments LIKE '%ST_MakeEnvelope%' THEN 2000 WHEN a.proname IN ('kernel_surface', 'grid_state') THEN 300 ELSE 30000 END);
            INSERT INTO probe (what, query) VALUES ('final of ' || a.signature, format('SELECT count((%s)::text) FROM state_%s', format(finalised, 'part'), n));
            INSERT INTO probe (what, query) VALUES ('merge of ' || a.signature, format('SELECT pg_column_size(pg_temp.merge_%s(part)) FROM (SELECT part FROM state_%1\$s, generate_series(1, 20)) s', n));
        EXCEPTION WHEN OTHERS THEN
            INSERT INTO probe (what, query, began, ended) VALUES (a.signature || ' could not be made slow: ' || SQLERRM, '', 0, 3600000);
        END;
    END LOOP;
END
\$do\$;
-- solvers that the fixture's small numbers let off lightly
INSERT INTO probe (what, query) VALUES
    ('local_bandwidth of 19,000 rows', 'SELECT terrbal.local_bandwidth(positive, ARRAY[1, signed], (i % 200)::float8, (i / 200)::float8) FROM slow_rows WHERE i <= 19000'),
    ('local_bandwidth of 19,000 rows by distance', 'SELECT terrbal.local_bandwidth(positive, ARRAY[1, signed], (i % 200)::float8, (i / 200)::float8, ''gaussian'', false, ''cv'') FROM slow_rows WHERE i <= 19000'),
    ('bootstrap of 30,000 sales', 'SELECT terrbal.bootstrap_standard_error(terrbal.paired_state(positive, positive + i % 7), ''prb'', 1000000, 1) FROM slow_rows'),
    ('p_median with capacities', 'SELECT terrbal.p_median(''D'' || i / 100, ''S'' || i % 100, 1.0, positive, 20, false, 30.0) FROM slow_rows'),
    ('budget_choice of close projects', 'SELECT count(v) FROM (SELECT terrbal.budget_choice(i::text, positive::numeric, positive * 1.01 + i % 7, 40000, ARRAY[]::text[], 1, true, 3) OVER () AS v FROM slow_rows WHERE i < 2000) s'),
    ('spatial_error of 3,758 units', 'SELECT terrbal.spatial_error(''u'' || i / 8, ''u'' || (i / 8 + 1 + i % 8), sin(i / 8), ARRAY[1, cos(i / 8)], sin(i / 8 + 1 + i % 8), ARRAY[1, cos(i / 8 + 1 + i % 8)], 1.0) FROM slow_rows');
INSERT INTO probe (what, query)
SELECT 'window ' || signature, format('SELECT count(v) FROM (SELECT %s OVER (ORDER BY i) AS v FROM slow_rows) s', pg_temp.call(oid, 0))
FROM callable WHERE prokind = 'w' AND pg_temp.call(oid, 0) IS NOT NULL ORDER BY signature;
INSERT INTO probe (what, query)
SELECT format('%s, argument %s huge', signature, k), format('SELECT count(v::text) FROM (SELECT %s %s AS v FROM fixture WHERE i <= 20) s', pg_temp.call(oid, k), CASE prokind WHEN 'w' THEN 'OVER (ORDER BY i)' ELSE '' END)
FROM callable, generate_series(1, pronargs) k WHERE pg_temp.call(oid, k) IS NOT NULL ORDER BY signature, k;
CREATE TEMP VIEW late AS SELECT n, what, query, round(ended - began) - :LIMIT AS ms, answered - asked > :LIMIT * interval '1 ms' AS interrupted FROM probe;
CREATE TEMP VIEW step AS
SELECT n, 'SET statement_timeout = 0' AS a, format('UPDATE probe SET began = pg_temp.worked(), asked = clock_timestamp() WHERE n = %s', n) AS b, 'SET statement_timeout = ' || :LIMIT AS c, query AS d,
       'SET statement_timeout = 0' AS e, format('UPDATE probe SET ended = pg_temp.worked(), answered = clock_timestamp() WHERE n = %s', n) AS f
FROM probe WHERE query <> '';
\\o /dev/null
SELECT a, b, c, d, e, f FROM step ORDER BY n \\gexec
\\o
SELECT CASE WHEN count(*) = 0 THEN 'ok 1' ELSE 'not ok 1' END || format(' - of %s calls %s ran out of time, the last one %s ms late', (SELECT count(*) FROM probe), (SELECT count(*) FROM late WHERE interrupted),
       (SELECT max(ms) FROM late)) FROM late WHERE ms > :ALLOWED;
SELECT format('# %s: %s ms late', what, ms) FROM late WHERE ms > least(:ALLOWED, 100) ORDER BY ms DESC;
SELECT CASE WHEN count(*) >= 1000 AND count(*) FILTER (WHERE interrupted) >= 5 THEN 'ok 2' ELSE 'not ok 2' END || ' - there are calls to interrupt' FROM late;
SELECT '1..2';
SQL
