#!/usr/bin/env bash
# Does pg_cron refresh the monitor every minute? On a server of its own, because pg_cron must be preloaded.
version=${PGVERSION:-15}
if [ ! -e "/usr/share/postgresql/$version/extension/pg_cron.control" ]; then
    echo "1..0 # SKIP pg_cron is not installed (Debian: postgresql-$version-cron)"
    exit 0
fi
if [ -z "${TERRBAL_OWN_SERVER:-}" ]; then
    TERRBAL_OWN_SERVER=1 exec "$(dirname "$0")/../cluster.sh" run "$0"
fi
. "$(dirname "$0")/tap.bash"
control=$(dirname "$PG_CONFIG")/pg_ctl
data=$PGHOST/data
cat >>"$data/postgresql.conf" <<CONF
shared_preload_libraries = 'pg_cron'
cron.database_name = '$database'
cron.host = '$PGHOST'
cron.use_background_workers = on
max_worker_processes = 20
CONF
server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
server "$control" -D "$data" -w -s -m fast -l "$PGHOST/server.log" restart
new_database "$database"
sql "CREATE EXTENSION pg_cron"
q <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.housing AS SELECT 'U' || u AS unit, DATE '2024-01-01' AS period, u::float8 AS value FROM generate_series(1, 100) u;
DO $$ BEGIN PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing'); END $$;
SQL
# cron: begin
sql "SELECT cron.schedule('terrbal', '* * * * *', 'CALL terrbal.refresh_all(strict => true)')" >"$scratch/job"
# cron: end
like "$(cat "$scratch/job")" '^[0-9]+$' "the job is scheduled"
# pg_cron starts a job on the minute: one that began after a moment has come to its end
after() { until_is t "SELECT EXISTS (SELECT FROM cron.job_run_details WHERE status IN ('succeeded', 'failed') AND start_time > '$1')"; }
after -infinity
is "$(sql "SELECT status, inserted FROM terrbal.run ORDER BY id LIMIT 1")" "ok|100" "pg_cron has refreshed"
is "$(sql "SELECT status FROM cron.job_run_details ORDER BY runid LIMIT 1")" "succeeded" "and says so"
dropped=$(sql "DROP TABLE city.housing; SELECT clock_timestamp()")
after "$dropped"
is "$(sql "SELECT status FROM terrbal.run ORDER BY id DESC LIMIT 1")" "missing source" "a missing source is in the run log"
like "$(sql "SELECT status || ': ' || return_message FROM cron.job_run_details WHERE start_time > '$dropped' ORDER BY runid LIMIT 1")" "failed: .*1 of 1 indicators were not refreshed: housing" \
    "and, with strict, in pg_cron's"
is "$(sql "SELECT count(*) FROM terrbal.observation")" 100 "what was published stays"
finish
