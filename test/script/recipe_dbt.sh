#!/usr/bin/env bash
# Does a pipeline that builds its tables by create, swap and drop (dbt, Airflow) work with plain SQL statements?
. "$(dirname "$0")/tap.bash"
new_database "$database"
q <<'SQL'
CREATE SCHEMA mart;
CREATE TABLE mart.raw AS SELECT 'U' || u AS unit, make_date(2020 + y, 1, 1) AS period, (u * 10 + y)::float8 AS value FROM generate_series(1, 100) u, generate_series(0, 3) y;
SQL
# A dbt "table" model: build beside, rename in one transaction, drop. Then the post-hook, in dbt's own transaction.
model() {
    q <<'SQL'
BEGIN;
CREATE TABLE mart.housing__dbt_tmp AS SELECT unit, period, value FROM mart.raw;
ALTER TABLE IF EXISTS mart.housing RENAME TO housing__dbt_backup;
ALTER TABLE mart.housing__dbt_tmp RENAME TO housing;
COMMIT;
DROP TABLE IF EXISTS mart.housing__dbt_backup;
SQL
}
hook() {
    q <<'SQL'
BEGIN;
SELECT terrbal.register_indicator('housing', 'Housing', 'percent', 'mart.housing', 'municipality') IS NOT NULL;
SELECT r.status, r.inserted, r.updated, r.withdrawn FROM terrbal.refresh('housing') r;
COMMIT;
SQL
}
model
is "$(hook)" $'t\nok|400|0|0' "first build"
model
is "$(hook)" $'t\nok|0|0|0' "the same again writes nothing"
sql "UPDATE mart.raw SET value = value + 1 WHERE unit = 'U5'; DELETE FROM mart.raw WHERE unit = 'U6'; INSERT INTO mart.raw VALUES ('U101', '2024-01-01', 1)"
model
is "$(hook)" $'t\nok|1|4|4' "a rebuild with changes writes the changes"
# A dbt test: rows returned are failures
check="SELECT code, status, message FROM (SELECT DISTINCT ON (code) * FROM terrbal.run ORDER BY code, id DESC) r WHERE status <> 'ok'"
is "$(sql "$check")" "" "the check finds nothing"
sql "ALTER TABLE mart.housing RENAME COLUMN value TO amount" >/dev/null
sql "SELECT terrbal.refresh('housing')" >/dev/null
is "$(sql "$check")" "housing|invalid source|no column value" "and tells what broke"
# Airflow: one task, an exit status
psql -qAtX -d "$database" -v ON_ERROR_STOP=1 -c "CALL terrbal.refresh_all(strict => true)" >"$scratch/out" 2>&1
is "$?" 1 "with strict a failed refresh fails the task"
like "$(cat "$scratch/out")" "1 of 1 indicators were not refreshed: housing" "and names the indicator"
# An incremental model over the published values, keyed as dbt's unique_key
is "$(sql "SELECT count(*) - count(DISTINCT (indicator, ref_area, time_period)) FROM terrbal.observation_sdmx")" 0 "indicator, area and period are a unique key"
finish
