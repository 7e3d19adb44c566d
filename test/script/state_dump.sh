#!/usr/bin/env bash
# Do stored states survive pg_dump, COPY in both formats and a new server's eyes? Every state type that has an aggregate of its name.
. "$(dirname "$0")/tap.bash"
new_database "$database"
# One table per type: states of ten groups of random rows, arguments made up by their type
q >"$scratch/made" <<'SQL'
SET client_min_messages = warning;
CREATE SCHEMA store;
CREATE TABLE store.shape (type text PRIMARY KEY, arguments text);
-- arguments with a meaning of their own
CREATE TABLE store.known (type text PRIMARY KEY, arguments text);
INSERT INTO store.known VALUES
    ('accessibility_state', 'ceil(random() * 9), ceil(random() * 30), ''power'', ARRAY[1.5]::float8[]'),
    ('catchment_state', '''d'' || n % 6, ''s'' || n % 4, 10.0 + n % 6, 3.0 + n % 4, ceil(random() * 30), ''2sfca'', ''power'', ARRAY[1.5]::float8[], 60.0'),
    ('gravity_state', '''z'' || n % 6, ''z'' || n % 7, ceil(random() * 9), 10.0 + n % 6, 20.0 + n % 7, 1.0 + n % 11, ''unconstrained'', ''power'''),
    ('labour_market_state', '''z'' || (random() * 6)::int, ''z'' || (random() * 6)::int, ceil(random() * 9), 10.0, 20.0, 0.6, 0.7'),
    ('urban_area_state', '''z'' || n % 6, ''z'' || n % 7, ceil(random() * 9), CASE WHEN n % 6 < 2 THEN ''c'' || n % 6 END, CASE WHEN n % 7 < 2 THEN ''c'' || n % 7 END, 0.15'),
    ('grid_state', 'round((random() * 1000)::numeric, 2)::float8, random() * 9, random() * 9, 5.0, 5.0, ''gaussian'''),
    ('neighbour_state', '''z'' || n, ST_MakeEnvelope(n % 8, n / 8, n % 8 + 1, n / 8 + 1)');
CREATE FUNCTION store.argument(t regtype, place int) RETURNS text LANGUAGE sql RETURN CASE t
    WHEN 'float8'::regtype THEN CASE WHEN place = 1 THEN 'round((random() * 1000)::numeric, 2)::float8' ELSE 'ceil(random() * 9)' END
    WHEN 'numeric'::regtype THEN 'round((random() * 1000)::numeric, 2)'
    WHEN 'integer'::regtype THEN '(1 + n % 5)' WHEN 'smallint'::regtype THEN '((ARRAY[30, 23, 22, 21, 13, 12, 11])[1 + n % 7])::smallint' WHEN 'bigint'::regtype THEN '(n % 50)::bigint'
    WHEN 'boolean'::regtype THEN '(n % 3 = 0)' WHEN 'text'::regtype THEN '''z'' || (random() * 6)::int'
    WHEN 'float8[]'::regtype THEN 'ARRAY[1, random(), random()]'
    ELSE (SELECT CASE WHEN x.typtype = 'e' THEN format('(ARRAY(SELECT unnest(enum_range(NULL::%s))))[1 + n %% %s]', t, (SELECT count(*) FROM pg_enum WHERE enumtypid = t)) END
          FROM pg_type x WHERE x.oid = t) END;
DO $$
DECLARE
    p record;
    arguments text;
BEGIN
    FOR p IN SELECT DISTINCT ON (f.proname) f.proname, f.proargtypes FROM pg_proc f JOIN pg_type t ON t.typname = f.proname AND t.typnamespace = f.pronamespace
        WHERE f.pronamespace = 'terrbal'::regnamespace AND f.prokind = 'a' AND f.proname LIKE '%\_state' ORDER BY f.proname, f.pronargs DESC
    LOOP
        SELECT k.arguments INTO arguments FROM store.known k WHERE k.type = p.proname;
        IF NOT FOUND THEN
            SELECT string_agg(store.argument(a, o::int), ', ' ORDER BY o) INTO arguments FROM unnest(p.proargtypes) WITH ORDINALITY x (a, o);
        END IF;
        BEGIN
            EXECUTE format('CREATE TABLE store.%I AS SELECT g, terrbal.%I(%s) AS state FROM generate_series(1, 10) g, generate_series(1, 60) n GROUP BY g', p.proname, p.proname, arguments);
            EXECUTE format('INSERT INTO store.%I VALUES (0, NULL)', p.proname);
            INSERT INTO store.shape VALUES (p.proname, arguments);
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING '% (%): %', p.proname, arguments, SQLERRM;
        END;
    END LOOP;
END $$;
SELECT type FROM store.shape ORDER BY type;
SQL
shapes=$(grep '^[a-z_]*$' "$scratch/made")
# a shape whose arguments have a meaning wants a line in store.known
grep -v '^[a-z_]*$' "$scratch/made" | sed 's/^/# not covered: /'
ok $(($(echo "$shapes" | wc -l) < 4)) "states of $(echo "$shapes" | wc -l) shapes: $(echo $shapes)"
for t in sample_state paired_state grouped_state flow_state moment_state; do
    like " $(echo $shapes) " " $t " "$t among them"
done
new=${database}_new
createdb "$new"
created+=("$new")
PGOPTIONS="-c extra_float_digits=0 -c client_min_messages=error" pg_dump -d "$database" -f "$scratch/dump.sql" 2>"$scratch/err"
is "$(cat "$scratch/err")" "" "pg_dump, with few float digits"
psql -qX -d "$new" -v ON_ERROR_STOP=1 -f "$scratch/dump.sql" >/dev/null 2>"$scratch/err"
is "$(cat "$scratch/err")" "" "psql"
custom=${database}_custom
createdb -E UTF8 "$custom"
created+=("$custom")
pg_dump -Fc -d "$database" -f "$scratch/dump.custom" && pg_restore -j 2 -d "$custom" "$scratch/dump.custom" >"$scratch/err" 2>&1
is "$(cat "$scratch/err")" "" "pg_restore -j 2"
for t in $shapes; do
    all="SELECT md5(string_agg(g || ' ' || coalesce(state::text, 'null'), '|' ORDER BY g)) FROM store.$t"
    was=$(db=$database sql "$all")
    is "$(db=$new sql "$all")" "$was" "$t: the same bytes from a plain dump"
    is "$(db=$custom sql "$all")" "$was" "$t: the same bytes from a custom dump"
    psql -qX -d "$database" -c "\\copy store.$t TO '$scratch/$t.binary' WITH (FORMAT binary)" &&
        psql -qX -d "$new" -c "CREATE TABLE store.${t}_binary (LIKE store.$t)" -c "\\copy store.${t}_binary FROM '$scratch/$t.binary' WITH (FORMAT binary)" >"$scratch/err" 2>&1
    is "$(db=$new sql "${all}_binary")" "$was" "$t: the same bytes through COPY BINARY"
    merged="SELECT md5(terrbal.rollup(state)::text) FROM store.$t"
    is "$(db=$new sql "$merged")" "$(db=$database sql "$merged")" "$t: the restored states merge to the same"
done
# an index over stored states, on the other server
is "$(db=$new sql "SELECT terrbal.gini(terrbal.rollup(state)) FROM store.sample_state")" "$(db=$database sql "SELECT terrbal.gini(terrbal.rollup(state)) FROM store.sample_state")" "gini of restored states"
is "$(db=$new sql "SELECT (terrbal.flow_profile(terrbal.rollup(state))).* FROM store.flow_state")" \
    "$(db=$database sql "SELECT (terrbal.flow_profile(terrbal.rollup(state))).* FROM store.flow_state")" "flow profile of restored states"
# a state column in a materialised view, a partitioned table and a default
q >"$scratch/err" <<'SQL'
CREATE MATERIALIZED VIEW store.national AS SELECT terrbal.rollup(state) AS state FROM store.sample_state;
CREATE TABLE store.yearly (year int, state terrbal.sample_state) PARTITION BY LIST (year);
CREATE TABLE store.yearly_2024 PARTITION OF store.yearly FOR VALUES IN (2024);
INSERT INTO store.yearly SELECT 2024, state FROM store.national;
CREATE TABLE store.generated (state terrbal.sample_state, gini float8 GENERATED ALWAYS AS (terrbal.gini(state)) STORED);
INSERT INTO store.generated SELECT state FROM store.national;
CREATE INDEX ON store.generated (terrbal.gini(state));
SQL
is "$(cat "$scratch/err")" "" "states in materialised views, partitions, generated columns and expression indexes"
second=${database}_second
createdb "$second"
created+=("$second")
pg_dump -d "$database" | psql -qX -d "$second" -v ON_ERROR_STOP=1 >/dev/null 2>"$scratch/err"
is "$(cat "$scratch/err")" "" "which a dump carries"
is "$(db=$second sql "SELECT n.state::text = y.state::text AND g.gini = terrbal.gini(n.state) FROM store.national n, store.yearly y, store.generated g")" t "and a restore gives back"
finish
