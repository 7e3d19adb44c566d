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
role=regress_terrbal_isolation_$$

# refresh against refresh
sql "UPDATE city.housing SET value = 2"
say a "BEGIN; SELECT status FROM terrbal.refresh('housing');"
is "$(hear a)" ok "a refresh in an open transaction"
say b "SELECT status, message FROM terrbal.refresh('housing');"
is "$(hear b)" "locked|another session is refreshing or changing this indicator" "a second caller gets a status"
is "$(sql "SELECT state FROM pg_stat_activity WHERE pid = ${backend[a]}")" "idle in transaction" "while the first is still at it"

# refresh against read
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "2000|1|1" "readers do not wait and see the old values"
say a "COMMIT;"
hear a >/dev/null
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "2000|2|2" "after the commit they see the new ones"
say b "SELECT status, updated FROM terrbal.refresh('housing');"
is "$(hear b)" "ok|0" "the second caller finds nothing to do"
say a "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT status FROM terrbal.refresh('housing'); ROLLBACK;"
like "$(hear a)" "cannot refresh in a repeatable read transaction" "a superuser is refused in an older snapshot"
sql "CREATE ROLE ${role}_publisher; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA terrbal TO ${role}_publisher;
    GRANT USAGE ON SCHEMA city TO ${role}_publisher; GRANT SELECT ON city.housing TO ${role}_publisher" >/dev/null
say a "SET ROLE ${role}_publisher; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT max(value) FROM terrbal.observation_latest WHERE code = 'housing';"
hear a >/dev/null
sql "UPDATE city.housing SET value = 3" && sql "SELECT terrbal.refresh('housing')" >/dev/null
say a "SELECT status, updated FROM terrbal.refresh('housing'); COMMIT; RESET ROLE;"
is "$(hear a)" "ok|0" "in a repeatable read snapshot a refresh sees its own time"

# a role without rights cannot hold a refresh off
sql "CREATE ROLE ${role}_nobody; GRANT USAGE ON SCHEMA city TO ${role}_nobody" >/dev/null
say a "SET ROLE ${role}_nobody; BEGIN; SELECT count(*) FROM generate_series(0, 20) n, pg_advisory_lock(1952805490, n);"
hear a >/dev/null
like "$(q -c "SET ROLE ${role}_nobody" -c "SELECT terrbal_support.lock_writers('terrbal.unit')")" "permission denied" "the lock of the writers is for writers"
like "$(q -c "SET ROLE ${role}_nobody" -c "SELECT terrbal_support.lock_source('city', 'housing')")" "permission denied" "the lock of a source for its readers"
is "$(q -Atq -c "SET ROLE ${role}_nobody" -c "BEGIN" -c "SELECT FROM terrbal_support.lock_writable('{terrbal.unit}')" -c "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'terrbal.unit'::regclass")" "0" "who may not write a table does not hold it"
sql "INSERT INTO city.housing VALUES ('new', '2024-01-01', 3)"
is "$(sql "SET lock_timeout = '5s'; SELECT status, units_new FROM terrbal.refresh('housing')")" "ok|1" "no advisory lock stops a refresh, also one with new units"
sql "DELETE FROM city.housing WHERE unit = 'new'; SELECT terrbal.refresh('housing')" >/dev/null
say a "ROLLBACK; RESET ROLE; SELECT pg_advisory_unlock_all();"
hear a >/dev/null

# strict counts what is locked as not done
say a "BEGIN; SELECT status FROM terrbal.refresh('housing');"
hear a >/dev/null
like "$(q -c "CALL terrbal.refresh_all(ARRAY['housing'], strict => true)")" "1 of 1 indicators were not refreshed: housing" "strict counts a locked indicator as not done"
say a "COMMIT;"
hear a >/dev/null

# no half-written period: while versions are published, every reader sees one. The writer goes on until enough has been read.
(v=4
while [ ! -e "$scratch/read_enough" ]; do
    psql -qAtX -d "$database" -c "UPDATE city.housing SET value = $v" -c "SELECT terrbal.refresh('housing')" >/dev/null
    v=$((v + 1))
done) &
writer=$!
mixed=0
: >"$scratch/versions"
while [ "$(sort -u "$scratch/versions" | wc -l)" -lt 10 ] && kill -0 $writer; do
    seen=$(sql "SELECT count(DISTINCT value) || ' ' || count(*), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")
    [ "${seen%|*}" = "1 2000" ] || mixed=$((mixed + 1))
    echo "${seen#*|}" >>"$scratch/versions"
done
touch "$scratch/read_enough"
wait $writer
is "$(sort -u "$scratch/versions" | wc -l)" 10 "readers looked while ten versions were published"
is $mixed 0 "every one of them saw one version, whole"

# refresh against DDL
sql "SELECT terrbal.refresh('housing')" >/dev/null
say a "BEGIN; SELECT status FROM terrbal.refresh('housing');"
hear a >/dev/null
say b "ALTER TABLE city.housing ADD COLUMN note text;"
until_blocked b a
ok $? "DDL on the source waits for the refresh"
say a "COMMIT;"
hear a >/dev/null
is "$(hear b)" "" "and goes on after it"
say b "BEGIN; CREATE TABLE city.housing_new AS SELECT unit, period, 40::float8 AS value FROM city.housing;
    ALTER TABLE city.housing RENAME TO housing_old; ALTER TABLE city.housing_new RENAME TO housing; DROP TABLE city.housing_old;"
hear b >/dev/null
say a "SELECT status, rows_read, updated FROM terrbal.refresh('housing');"
until_blocked a b
say b "COMMIT;"
hear b >/dev/null
is "$(hear a)" "ok|2000|2000" "a refresh that met a build-and-rename reads the new table"
say b "BEGIN; DROP TABLE city.housing;"
hear b >/dev/null
say a "SELECT status FROM terrbal.refresh('housing');"
until_blocked a b
say b "COMMIT;"
hear b >/dev/null
like "$(hear a)" "^(missing source|failed)$" "one that met a drop says so"
is "$(sql "SELECT count(*) FROM terrbal.observation_latest WHERE code = 'housing'")" 2000 "and keeps what is published"

# new units in opposite order
say a "BEGIN; SELECT status FROM terrbal.refresh('first');"
is "$(hear a)" ok "new units in one transaction"
say b "BEGIN; SELECT status FROM terrbal.refresh('second'); SELECT status FROM terrbal.refresh('first'); COMMIT;"
until_blocked b a
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

# a cancelled refresh, held where it reads its source
sql "CREATE VIEW city.held AS SELECT unit, period, value FROM city.first WHERE pg_advisory_xact_lock_shared(7) IS NOT NULL"
sql "SELECT terrbal.register_indicator('held', 'Held', '1', 'city.held')" >/dev/null
say b "SELECT pg_advisory_lock(7);"
hear b >/dev/null
say a "CALL terrbal.refresh_all(ARRAY['held']);"
until_blocked a b
is "$(sql "SELECT count(*) FROM terrbal.run WHERE code = 'held' AND status = 'running'")" 1 "a running refresh is visible to others"
sql "SELECT pg_cancel_backend(pid) FROM terrbal.run WHERE code = 'held' AND status = 'running'" >/dev/null
like "$(hear a)" "canceling statement due to user request" "a refresh can be cancelled"
say b "SELECT pg_advisory_unlock(7);"
is "$(hear b)" t "what held it goes"
is "$(sql "SELECT status, inserted FROM terrbal.refresh('held')")" "ok|50" "the next one does the work"
is "$(sql "SELECT status FROM terrbal.run WHERE code = 'held' ORDER BY id")" $'interrupted\nok' "and closes the line of the cancelled one"
sql "DROP OWNED BY ${role}_publisher, ${role}_nobody; DROP ROLE ${role}_publisher, ${role}_nobody" >/dev/null
finish
