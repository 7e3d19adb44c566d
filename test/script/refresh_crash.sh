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
    FROM generate_series(1, 20000) u, generate_series(0, 3) y, city.version
    WHERE CASE u WHEN 1 THEN pg_advisory_xact_lock_shared(1) IS NOT NULL WHEN 10000 THEN pg_advisory_xact_lock_shared(2) IS NOT NULL ELSE true END;
CREATE TABLE city.quick AS SELECT 'U1' AS unit, DATE '2024-01-01' AS period, 1::float8 AS value;
DO $$ BEGIN
    PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing');
    PERFORM terrbal.register_indicator('quick', 'Quick', '1', 'city.quick');
END $$;
CALL terrbal.refresh_all();
SQL
is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "80000|1|1" "a published version"
runs_before=$(sql "SELECT count(*) FROM terrbal.run")
kill_at() { # point, what holds the refresh there: a lock that a session of its own takes
    local victim
    sql "UPDATE city.version SET n = n + 1" >/dev/null
    session "$1"
    say "$1" "BEGIN; $2;"
    hear "$1" >/dev/null
    session "victim_$1"
    victim=${backend[victim_$1]}
    say "victim_$1" "CALL terrbal.refresh_all(ARRAY['housing']);"
    [ -z "${3:-}" ] || advance "$1" "$3"
    until_blocked "victim_$1" "$1"
    ok $? "a refresh is held $1"
    kill -9 "$victim"
    # the server restarts: all sessions are gone when it is back
    until_is 0 "SELECT count(*) FROM pg_stat_activity WHERE pid IN ($victim, ${backend[$1]})"
    is "$(sql "SELECT count(*), min(value), max(value) FROM terrbal.observation_latest WHERE code = 'housing'")" "80000|1|1" "killed there, it leaves the published version"
}
# from the point where it is held to the next: a second lock is taken before the first is let go
advance() { # session, what takes the second lock and lets the first go
    until_blocked "victim_$1" "$1"
    say "$1" "$2;"
    hear "$1" >/dev/null
}
kill_at before_reading "SELECT pg_advisory_lock(1)"
kill_at while_reading "SELECT pg_advisory_lock(2)"
kill_at while_writing "SELECT FROM terrbal.observation WHERE unit_id = (SELECT id FROM terrbal.unit WHERE code = 'U10000') FOR UPDATE"
kill_at after_writing "SELECT pg_advisory_lock(2)" "SELECT FROM terrbal.run WHERE id = (SELECT max(id) FROM terrbal.run) FOR UPDATE; SELECT pg_advisory_unlock(2)"
is "$(sql "SELECT count(*) FROM terrbal.run WHERE code = 'housing' AND status = 'running'")" 4 "the log shows what was running"
is "$(sql "SELECT count(*) FROM terrbal.run")" $((runs_before + 4)) "the log lost nothing"
is "$(sql "SELECT r.status, r.updated FROM terrbal.refresh('housing') r")" "ok|80000" "the next refresh does the work"
is "$(sql "SELECT count(DISTINCT value), max(value) = (SELECT n FROM city.version) FROM terrbal.observation_latest WHERE code = 'housing'")" "1|t" "to the newest version"
is "$(sql "SELECT string_agg(status, ' ' ORDER BY id) FROM terrbal.run WHERE code = 'housing'")" "ok interrupted interrupted interrupted interrupted ok" "and closes the lines that the crashes left"
is "$(sql "SELECT count(*) FROM terrbal.revision r WHERE NOT EXISTS (SELECT FROM terrbal.run u WHERE u.id = r.superseded_by AND u.status = 'ok')")" 0 "every revision belongs to a finished run"
is "$(sql "SELECT status FROM terrbal.refresh('quick')")" ok "other indicators go on"
finish
