#!/usr/bin/env bash
# Random valid SQL over PostGIS and terrbal (SQLsmith): QUERIES (default 10000) of them, within SECONDS_MAX (240), without a crash or an internal error of ours.
set -euo pipefail
if ! command -v sqlsmith >/dev/null; then
    echo 'ok 1 - random queries # skip sqlsmith is not installed'
    echo 1..1
    exit
fi
here=$(cd "$(dirname "$0")/../.." && pwd)
base=$(mktemp -d /tmp/terrbal.XXXXXX)
trap '"$here/test/cluster.sh" stop "$base"; rm -f "$log"' EXIT
log=$(mktemp)
eval "$("$here/test/cluster.sh" start "$base" | tail -n 1)"
psql -qXAt -d postgres -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION postgis;
CREATE EXTENSION terrbal;
CREATE TABLE od AS SELECT 'Z' || i % 7 AS origin, 'Z' || i % 5 AS destination, (i % 11)::float8 AS flow FROM generate_series(1, 60) i;
CREATE TABLE parcel AS SELECT i AS id, (i * 37 % 101)::float8 AS value, (1 + i % 5)::numeric AS weight, ST_MakeEnvelope(i, 0, i + 1, 1, 3857) AS geom FROM generate_series(1, 40) i;
ALTER DATABASE postgres SET search_path = public, terrbal; -- else no operator between states is found
ALTER SYSTEM SET statement_timeout = '2s';
SELECT pg_reload_conf() \g /dev/null
SQL
timeout "${SECONDS_MAX:-240}" sqlsmith --target="host=$base port=5432 user=postgres dbname=postgres" --max-queries="${QUERIES:-10000}" --exclude-catalog --seed="${SEED:-1}" --verbose >"$log" 2>&1 || true
crashes=$(grep -cE 'terminated by signal|PANIC|TRAP' "$base/server.log" || true)
# an internal error of terrbal's own code would be a message of ours under XX000
internal=$(grep -cE 'ERROR:  (unexpected status|more rows than announced|result type has)' "$base/server.log" || true)
queries=$(grep -oE '^queries: [0-9]+' "$log" | tail -n 1 | grep -oE '[0-9]+' || echo 0)
[ "$crashes" = 0 ] && echo "ok 1 - no crash in $queries queries, $(grep -c 'ERROR:' "$base/server.log" || true) of them refused" || { grep -B3 -A3 'terminated by signal' "$base/server.log" | head -n 40 | sed 's/^/# /'; echo "not ok 1 - no crash"; }
[ "$internal" = 0 ] && echo 'ok 2 - no internal error' || echo 'not ok 2 - no internal error'
echo 1..2
