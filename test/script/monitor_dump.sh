#!/usr/bin/env bash
# Does pg_dump carry the monitor: registry, observations, revisions, states, hierarchy, thresholds, runs, sequences, grants, policies?
. "$(dirname "$0")/tap.bash"
new_database "$database"
reader=regress_terrbal_dump_$$
createuser "$reader"
q <<SQL
CREATE SCHEMA city;
CREATE TABLE city.housing AS SELECT 'U' || u AS unit, make_date(2020 + y, 1, 1) AS period, (u * 0.1 + y)::float8 AS value
    FROM generate_series(1, 50) u, generate_series(0, 3) y;
CREATE TABLE city.income AS SELECT 'U' || u AS unit, DATE '2024-01-01' AS period, terrbal.sample_state(x::float8, 1.0) AS state, avg(x)::float8 AS value
    FROM generate_series(1, 50) u, generate_series(1, 5) x GROUP BY u;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'U' || u, 'P' || u % 4, 'province' FROM generate_series(1, 50) u;
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('U1', 'U2', '2021-06-01');
DO \$\$ BEGIN
    PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing', 'municipality', sdg => '11.1.1', stale_after => '1 year');
    PERFORM terrbal.register_indicator('income', 'Income', 'euro', 'city.income', 'municipality', weight_indicator => 'housing');
END \$\$;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('housing', 'municipality', 3, 2);
CALL terrbal.refresh_all();
UPDATE city.housing SET value = value + 1 WHERE unit = 'U7';
DELETE FROM city.housing WHERE unit = 'U8' AND period = '2020-01-01';
CALL terrbal.refresh_all();
SELECT 1 FROM terrbal.wide_view('city', 'atlas') WHERE false;
SELECT terrbal.wide_view('city', 'atlas_fast', materialised => true) WHERE false;
CREATE MATERIALIZED VIEW city.lights AS SELECT id, unit, light FROM terrbal.signal;
GRANT SELECT ON terrbal.observation, terrbal.observation_latest TO $reader;
SQL
is "$(sql "SELECT count(*) FROM terrbal.observation_state")" 50 "states are stored"
new=${database}_new
createdb "$new"
created+=("$new")
pg_dump -d "$database" >"$scratch/dump.sql" 2>"$scratch/dump.err"
is "$(cat "$scratch/dump.err")" "" "the dump raises nothing"
psql -qX -d "$new" -v ON_ERROR_STOP=1 -f "$scratch/dump.sql" >"$scratch/restore.out" 2>&1
is "$(grep -v -e '^ *$' -e set_config -e '^---' -e '(1 row)' -e setval -e '^ *[0-9]*$' "$scratch/restore.out")" "" "the restore raises nothing"
for t in unit indicator run observation revision observation_state hierarchy succession threshold; do
    old=$(db=$database sql "SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM terrbal.$t t")
    is "$(db=$new sql "SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM terrbal.$t t")" "$old" "$t: ${old%% *} rows, the same"
done
sequences="SELECT string_agg(c.relname || '=' || pg_sequence_last_value(c.oid), ' ' ORDER BY c.relname) FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = 'terrbal'::regnamespace"
is "$(db=$new sql "$sequences")" "$(db=$database sql "$sequences")" "sequences go on where they were"
is "$(db=$new sql "SELECT count(*) FROM terrbal.observation_asof('-infinity'::timestamptz)")" 0 "as-of works"
is "$(db=$new sql "SELECT string_agg(status || ' ' || inserted || ' ' || updated || ' ' || unchanged || ' ' || coalesce(states_written, 0), ', ' ORDER BY code)
    FROM (SELECT (terrbal.refresh(code)).* FROM terrbal.indicator) r")" "ok 0 0 199 0, ok 0 0 50 0" "a refresh after the restore finds nothing to do"
is "$(db=$new sql "INSERT INTO city.housing VALUES ('U99', '2024-01-01', 5); SELECT status, inserted, units_new FROM terrbal.refresh('housing')")" "ok|1|1" "new rows get new keys"
is "$(db=$new sql "SELECT count(*) FROM terrbal.indicator_rollup('housing', 'province', 'sum')")" \
    "$(db=$database sql "SELECT count(*) FROM terrbal.indicator_rollup('housing', 'province', 'sum')")" "roll-ups work"
is "$(db=$new sql "SELECT has_table_privilege('$reader', 'terrbal.observation', 'SELECT'), has_table_privilege('$reader', 'terrbal.run', 'SELECT')")" "t|f" "grants are kept"
is "$(db=$new sql "SELECT count(*) FROM city.lights")" "$(db=$database sql "SELECT count(*) FROM city.lights")" "a materialised view over the signal is there"
# the same by the custom format, data first into a fresh extension
pg_dump -Fc -d "$database" -f "$scratch/dump.custom" 2>/dev/null
second=${database}_custom
createdb "$second"
created+=("$second")
pg_restore -j 2 -d "$second" "$scratch/dump.custom" >"$scratch/custom.out" 2>&1
is "$(cat "$scratch/custom.out")" "" "a parallel restore raises nothing"
is "$(db=$second sql "SELECT (SELECT count(*) FROM terrbal.observation) || ' ' || (SELECT count(*) FROM terrbal.revision)")" \
    "$(db=$database sql "SELECT (SELECT count(*) FROM terrbal.observation) || ' ' || (SELECT count(*) FROM terrbal.revision)")" "and carries the same"
for d in "$database" "$new" "$second"; do db=$d sql "DROP OWNED BY $reader"; done
dropuser "$reader"
finish
