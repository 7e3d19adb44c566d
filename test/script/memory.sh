#!/usr/bin/env bash
# Backend memory stays flat: a million groups, twice; and many window partitions. Growth of the resident set between the repetitions, not its size.
# And a state whose text form no value can hold is an error that says what to do, not a failed allocation.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
database=terrbal_memory_$$
createdb "$database"
trap '"$here/test/drop.sh" "$database"' EXIT
psql -qX -d "$database" -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal' \
    -c "CREATE UNLOGGED TABLE many AS SELECT i % 1000000 AS g, (i % 97)::float8 AS value, (1 + i % 7)::numeric AS weight, 'Z' || i % 11 AS origin, 'Z' || i % 13 AS destination FROM generate_series(1, 2000000) i" \
    -c 'ANALYZE many'
# KiB resident of this backend, shared buffers apart
rss="SELECT (regexp_match(pg_read_file('/proc/' || pg_backend_pid() || '/status'), 'RssAnon:\s+(\d+)'))[1]"
out=$(psql -qXAt -d "$database" -v ON_ERROR_STOP=1 <<SQL
SET work_mem = '64MB';
SET max_parallel_workers_per_gather = 0;
\\set round 'SELECT count(x) FROM (SELECT terrbal.inequality(value) AS x FROM many GROUP BY g) s; SELECT count(x) FROM (SELECT terrbal.flow_profile(origin, destination, value) AS x FROM many GROUP BY g % 300000) s; SELECT count(x) FROM (SELECT terrbal.ols(value, ARRAY[1, weight::float8]) AS x FROM many GROUP BY g % 300000) s; SELECT count(x) FROM (SELECT terrbal.apportionment(100, weight) OVER (PARTITION BY g % 100000 ORDER BY g, weight, value, origin, destination) AS x FROM many WHERE g < 300000) s;'
\\o /dev/null
:round
\\o
$rss;
\\o /dev/null
:round
:round
\\o
$rss;
SQL
)
before=$(echo "$out" | head -n 1)
after=$(echo "$out" | tail -n 1)
grown=$((after - before))
if [ "$grown" -lt 20000 ]; then echo "ok 1 - two more rounds of a million groups grow the backend by $grown KiB"; else echo "not ok 1 - the backend grew by $grown KiB (from $before)"; fi
answer=$(psql -qXAt -d "$database" -c "SELECT length(terrbal.flow_state(repeat('x', 20000000) || i, 'y', 1)::text) FROM generate_series(1, 27) i" 2>&1) || true
if grep -q 'text form of flow_state exceeds 1 GB' <<<"$answer" && grep -q 'HINT:  Group finer' <<<"$answer"; then
    echo 'ok 2 - a state above 512 MB has no text form, and says so with the way out'
else
    echo 'not ok 2 - the text form of a state above 512 MB'
    sed 's/^/# /' <<<"$answer" | cut -c1-200 | head -n 5
fi
echo 1..2
