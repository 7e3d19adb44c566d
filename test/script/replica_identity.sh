#!/usr/bin/env bash
# A table of states without a key under logical replication: REPLICA IDENTITY FULL finds the row to change by comparing all of its columns, so each type needs equality.
source "$(dirname "$0")/tap.bash"
origin=$(mktemp -d /tmp/terrbal.XXXXXX)
chmod 755 "$origin"
trap 'PGHOST=$origin "$here/test/cluster.sh" stop "$origin"; rm -rf "$scratch"' EXIT
TERRBAL_SHARED_BUFFERS=64MB "$here/test/cluster.sh" start "$origin" >"$scratch/env" || exit 1
eval "$(tail -n 1 "$scratch/env")"
database=postgres
sql 'ALTER SYSTEM SET wal_level = logical' >/dev/null
restart=("$(dirname "$PG_CONFIG")/pg_ctl" -D "$origin/data" -l "$origin/server.log" -w -s restart)
if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "${restart[@]}"; else "${restart[@]}"; fi

for db in publisher subscriber; do
    new_database $db
    q -c "CREATE TABLE kept (n int, sample terrbal.sample_state, flows terrbal.flow_state, moments terrbal.moment_state)" -c 'ALTER TABLE kept REPLICA IDENTITY FULL'
done
all="SELECT n, sample, flows, moments FROM kept ORDER BY n, sample::text"
db=publisher q -c "INSERT INTO kept SELECT g, terrbal.sample_state(x), terrbal.flow_state('a' || x % 3, 'b', x), (SELECT terrbal.moment_state(x, ARRAY[1, x * x]) FROM generate_series(1, 9) x)
    FROM generate_series(1, 5) g, generate_series(1, 20) x WHERE x % g = 0 GROUP BY g" -c 'INSERT INTO kept SELECT 6, NULL, NULL, NULL' -c 'CREATE PUBLICATION states FOR TABLE kept' \
    -c "SELECT pg_create_logical_replication_slot('states', 'pgoutput')" >/dev/null
db=subscriber q -c "CREATE SUBSCRIPTION states CONNECTION 'host=$origin dbname=publisher user=postgres' PUBLICATION states WITH (create_slot = false, slot_name = 'states')" >/dev/null
db=subscriber until_is 6 'SELECT count(*) FROM kept'
is "$(db=subscriber sql "$all")" "$(db=publisher sql "$all")" 'the first copy'
db=publisher q -c "UPDATE kept SET sample = (SELECT terrbal.sample_state(x) FROM generate_series(1, 4) x) WHERE n = 3" -c 'UPDATE kept SET n = 60 WHERE n = 6' -c 'DELETE FROM kept WHERE n = 2' >/dev/null
db=subscriber until_is '5,1,1' "SELECT count(*) || ',' || count(*) FILTER (WHERE n = 60) || ',' || count(*) FILTER (WHERE n = 3 AND sample::text = (SELECT terrbal.sample_state(x)::text FROM generate_series(1, 4) x)) FROM kept"
ok $? 'an update of a state, of a row of NULLs and a deletion arrive'
is "$(db=subscriber sql "$all")" "$(db=publisher sql "$all")" 'and the states are the same'
db=subscriber q -c 'ALTER SUBSCRIPTION states DISABLE' -c 'ALTER SUBSCRIPTION states SET (slot_name = NONE)' -c 'DROP SUBSCRIPTION states' >/dev/null
created=()
finish
