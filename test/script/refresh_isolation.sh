#!/usr/bin/env bash
# Do refreshes, readers and DDL get on? No deadlock, no half-written period, no waiting for a busy indicator.
. "$(dirname "$0")/tap.bash"
new_database "$database"
q <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.housing AS SELECT lpad(n::text, 4, '0') AS unit, make_date(2020 + y, 1, 1) AS period, 1::float8 AS value
    FROM generate_series(1, 500) n, generate_series(0, 3) y;
CREATE TABLE city.first AS SELECT 'Z' || n AS unit, DATE '2024-01-01' AS period, 1::float8 AS value FROM generate_series(1, 50) n;
CREATE TABLE city.second AS SELECT 'Y' || n AS unit, DATE '2024-01-01' AS period, 1::float8 AS value FROM generate_series(1, 50) n;
CREATE TABLE city.both AS TABLE city.first UNION ALL TABLE city.second;
DO $$ BEGIN
    PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing');
    PERFORM terrbal.register_indicator('first', 'First', '1', 'city.first');
    PERFORM terrbal.register_indicator('second', 'Second', '1', 'city.second');
    PERFORM terrbal.register_indicator('both', 'Both', '1', 'city.both');
END $$;
SELECT status FROM terrbal.refresh('housing') WHERE status <> 'ok';
SQL
session a
session b

# refresh against refresh
sql "UPDATE city.housing SET value = 2"
say a "BEGIN; SELECT status FROM terrbal.refresh('housing');"
is "$(hear a)" ok "a refresh in an open transaction"
started=$(date +%s%N)
say b "SELECT status, message FROM terrbal.refresh('housing');"
is "$(hear b 20)" "locked|another session is refreshing this indicator" "a second caller gets a status"
ok $((($(date +%s%N) - started) / 1000000 > 10000)) "at once"

# refresh against read
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "2000|1|1" "readers do not wait and see the old values"
say a "COMMIT;"
hear a >/dev/null
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "2000|2|2" "after the commit they see the new ones"
say b "SELECT status, updated FROM terrbal.refresh('housing');"
is "$(hear b)" "ok|0" "the second caller finds nothing to do"
say a "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT max(value) FROM terrbal.observation_latest WHERE code = 'housing';"
hear a >/dev/null
sql "UPDATE city.housing SET value = 3" && sql "SELECT terrbal.refresh('housing')" >/dev/null
say a "SELECT status, updated FROM terrbal.refresh('housing'); COMMIT;"
is "$(hear a)" "ok|0" "in a repeatable read snapshot a refresh sees its own time"

# no half-written period: while versions are published, every reader sees one
(for v in $(seq 4 30); do
    psql -qAtX -d "$database" -c "UPDATE city.housing SET value = $v" -c "SELECT terrbal.refresh('housing')" >/dev/null
done) &
writer=$!
mixed=0
reads=0
while kill -0 $writer 2>/dev/null; do
    seen=$(sql "SELECT count(DISTINCT value) || ' ' || count(*) FROM terrbal.observation_latest WHERE code = 'housing'")
    [ "$seen" = "1 2000" ] || mixed=$((mixed + 1))
    reads=$((reads + 1))
done
ok $((reads < 5)) "readers looked while versions were published"
is $mixed 0 "every one of them saw one version, whole"

# refresh against DDL
sql "SELECT terrbal.refresh('housing')" >/dev/null
say a "BEGIN; SELECT status FROM terrbal.refresh('housing');"
hear a >/dev/null
say b "SET lock_timeout = '300ms'; ALTER TABLE city.housing ADD COLUMN note text;"
like "$(hear b)" "lock timeout" "DDL on the source waits for the refresh"
say a "COMMIT;"
hear a >/dev/null
say b "SET lock_timeout = 0; BEGIN; CREATE TABLE city.housing_new AS SELECT unit, period, 40::float8 AS value FROM city.housing;
    ALTER TABLE city.housing RENAME TO housing_old; ALTER TABLE city.housing_new RENAME TO housing; DROP TABLE city.housing_old;"
hear b >/dev/null
say a "SELECT status, rows_read, updated FROM terrbal.refresh('housing');"
sleep 0.5
say b "COMMIT;"
hear b >/dev/null
is "$(hear a)" "ok|2000|2000" "a refresh that met a build-and-rename reads the new table"
say b "BEGIN; DROP TABLE city.housing;"
hear b >/dev/null
say a "SELECT status FROM terrbal.refresh('housing');"
sleep 0.5
say b "COMMIT;"
hear b >/dev/null
like "$(hear a)" "^(missing source|failed)$" "one that met a drop says so"
is "$(sql "SELECT count(*) FROM terrbal.observation_latest WHERE code = 'housing'")" 2000 "and keeps what is published"

# new units in opposite order
say a "BEGIN; SELECT status FROM terrbal.refresh('first');"
is "$(hear a)" ok "new units in one transaction"
say b "BEGIN; SELECT status FROM terrbal.refresh('second'); SELECT status FROM terrbal.refresh('first'); COMMIT;"
sleep 0.3
say a "SELECT status FROM terrbal.refresh('both'); COMMIT;"
is "$(hear a)" ok "and more of them, which the other transaction registers too"
is "$(hear b)" $'ok\nok' "the other goes on"
is "$(sql "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")" 0 "no deadlock"

# many at once
sql "DO \$\$ BEGIN FOR n IN 1 .. 20 LOOP
    EXECUTE format('CREATE TABLE city.many_%s AS SELECT ''U'' || (n * 7919 %% 1000) AS unit, DATE ''2024-01-01'' AS period, n::float8 AS value FROM generate_series(1, 300) n ORDER BY random()', n);
    PERFORM terrbal.register_indicator('many_' || n, 'Many', '1', format('city.many_%s', n)::regclass);
    END LOOP; END \$\$" >/dev/null
for n in 1 2 3 4; do q -c "CALL terrbal.refresh_all()" >"$scratch/all_$n" 2>&1 & done
wait $(jobs -p | grep -v -e "^${pid[a]}$" -e "^${pid[b]}$")
is "$(cat "$scratch"/all_*)" "" "four refresh_all at once raise nothing"
is "$(sql "SELECT count(DISTINCT code) FROM terrbal.run WHERE status = 'ok' AND code LIKE 'many%'")" 20 "every indicator is refreshed"
is "$(sql "SELECT count(*), sum(value) FROM terrbal.observation_latest WHERE code LIKE 'many%'")" "6000|903000" "to what the sources hold"
is "$(sql "SELECT count(*) FROM terrbal.run WHERE status = 'running'")" 0 "no run is left open"
is "$(sql "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")" 0 "no deadlock"

# a cancelled refresh
sql "CREATE VIEW city.slow AS SELECT unit, period, value FROM city.first WHERE pg_sleep(0.2) IS NOT NULL"
sql "SELECT terrbal.register_indicator('slow', 'Slow', '1', 'city.slow')" >/dev/null
say a "CALL terrbal.refresh_all(ARRAY['slow']);"
for i in $(seq 50); do
    running=$(sql "SELECT count(*) FROM terrbal.run WHERE code = 'slow' AND status = 'running'")
    [ "$running" = 1 ] && break
    sleep 0.1
done
is "$running" 1 "a running refresh is visible to others"
sleep 0.5
sql "SELECT pg_cancel_backend(pid) FROM terrbal.run WHERE code = 'slow' AND status = 'running'" >/dev/null
like "$(hear a)" "canceling statement due to user request" "a refresh can be cancelled"
sleep 0.1
sql "CREATE OR REPLACE VIEW city.slow AS SELECT unit, period, value FROM city.first"
is "$(sql "SELECT status, inserted FROM terrbal.refresh('slow')")" "ok|50" "the next one does the work"
is "$(sql "SELECT status FROM terrbal.run WHERE code = 'slow' ORDER BY id")" $'interrupted\nok' "and closes the line of the cancelled one"
finish
