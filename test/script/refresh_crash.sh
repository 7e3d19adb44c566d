#!/usr/bin/env bash
# Does a backend killed in the middle of a refresh lose anything? On a server of its own, because the others must restart.
if [ -z "${TERRBAL_OWN_SERVER:-}" ]; then
    TERRBAL_OWN_SERVER=1 exec "$(dirname "$0")/../cluster.sh" run "$0"
fi
. "$(dirname "$0")/tap.bash"
# a commit reported is a commit kept: the throw-away cluster would otherwise answer before its log is written
export PGOPTIONS="$PGOPTIONS -c synchronous_commit=on"
new_database "$database"
q <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.version AS SELECT 1::float8 AS n;
CREATE VIEW city.housing AS SELECT 'U' || u AS unit, make_date(2020 + y, 1, 1) AS period, n AS value
    FROM generate_series(1, 20000) u, generate_series(0, 3) y, city.version;
CREATE TABLE city.quick AS SELECT 'U1' AS unit, DATE '2024-01-01' AS period, 1::float8 AS value;
DO $$ BEGIN
    PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing');
    PERFORM terrbal.register_indicator('quick', 'Quick', '1', 'city.quick');
END $$;
CALL terrbal.refresh_all();
SQL
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "80000|1|1" "a published version"
published=1
whole=0
kills=0
runs_before=$(sql "SELECT count(*) FROM terrbal.run")
for delay in 0.05 0.2 0.4 0.6 0.9; do
    sql "UPDATE city.version SET n = n + 1" >/dev/null
    psql -qAtX -d "$database" -c "CALL terrbal.refresh_all(ARRAY['housing'])" >/dev/null 2>&1 &
    for i in $(seq 100); do
        victim=$(sql "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CALL terrbal.refresh_all%' AND state = 'active'")
        [ -n "$victim" ] && break
        sleep 0.02
    done
    sleep "$delay"
    [ -n "$victim" ] && kill -9 "$victim" 2>/dev/null && kills=$((kills + 1))
    wait
    # recovery may take a while on a busy machine
    for i in $(seq 600); do
        [ "$(sql 'SELECT 1')" = 1 ] && break
        sleep 0.1
    done
    now=$(sql "SELECT count(*) || ' ' || count(DISTINCT value) FROM terrbal.observation_latest WHERE code = 'housing'")
    if [ "$now" = "80000 1" ]; then whole=$((whole + 1)); else echo "# after a kill at $delay s: $now"; fi
done
ok $((kills < 1)) "refreshes were killed at $kills moments"
is $whole 5 "after each restart every observation is of one version"
is "$(sql "SELECT count(*) > 0 FROM terrbal.run WHERE code = 'housing' AND status = 'running'")" t "the log shows what was running"
ok $(($(sql "SELECT count(*) FROM terrbal.run") < runs_before)) "the log lost nothing"
is "$(sql "SELECT r.status, r.updated = 80000 OR r.updated = 0 FROM terrbal.refresh('housing') r")" "ok|t" "the next refresh does the work"
is "$(sql "SELECT count(DISTINCT value), max(value) = (SELECT n FROM city.version) FROM terrbal.observation_latest WHERE code = 'housing'")" "1|t" "to the newest version"
is "$(sql "SELECT count(*) FROM terrbal.run WHERE status = 'running'")" 0 "and closes the lines that the crash left"
is "$(sql "SELECT count(*) > 0 FROM terrbal.run WHERE status = 'interrupted'")" t "as interrupted"
is "$(sql "SELECT count(*) FROM terrbal.revision r WHERE NOT EXISTS (SELECT FROM terrbal.run u WHERE u.id = r.superseded_by AND u.status = 'ok')")" 0 "every revision belongs to a finished run"
is "$(sql "SELECT status FROM terrbal.refresh('quick')")" ok "other indicators go on"
finish
