#!/usr/bin/env bash
# Three servers share tables of flows, parcels and people; what they compute together is what one server computes, bit for bit.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
base=$(mktemp -d /tmp/terrbal.XXXXXX)
chmod 755 "$base"
shards="a b c"
cleanup() { for s in $shards; do "$here/test/cluster.sh" stop "$base/$s"; done; rm -rf "$base"; }
trap cleanup EXIT
for s in $shards; do TERRBAL_SHARED_BUFFERS=64MB "$here/test/cluster.sh" start "$base/$s" >"$base/$s.env"; done
eval "$(tail -n 1 "$base/a.env")"
on() { local s=$1; shift; PGHOST=$base/$s psql -qX -v ON_ERROR_STOP=1 -d postgres "$@"; }

for s in $shards; do
    on "$s" <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION postgis;
CREATE EXTENSION terrbal;
CREATE EXTENSION postgres_fdw;
CREATE TABLE flow (kind text, origin text, destination text, flow float8);
CREATE TABLE parcel (municipality text, value float8, area float8);
CREATE VIEW flow_of_shard AS SELECT kind, terrbal.flow_state(origin, destination, flow) AS state FROM flow GROUP BY kind;
CREATE TABLE person (region text, unit text, grp text, n int8, income float8, before text, after text, area float8);
CREATE VIEW person_of_shard AS SELECT region, terrbal.segregation_state(unit, grp, n) AS mix, terrbal.sample_state(income, n) AS income, terrbal.transition_state(before, after, area) AS change
    FROM person GROUP BY region;
CREATE VIEW parcel_of_shard AS SELECT municipality, terrbal.sample_state(value, area) AS state FROM parcel GROUP BY municipality;
SQL
done

# Every row exists once on the whole (kept on a as all_*) and once on the shard of its number.
generate="SELECT i, 'k' || i % 3 AS kind, 'Z' || i * 7919 % 97 AS origin, 'Z' || i * 104729 % 89 AS destination, (i * 31 % 17)::float8 AS flow,
    'R' || i % 5 AS region, 'U' || i * 13 % 31 AS unit, 'G' || i * 17 % 4 AS grp, i % 9 AS n, 1 + i * 29 % 997 AS income, 'C' || i % 7 AS before, 'C' || i * 3 % 11 AS after,
    'M' || i % 12 AS municipality, (1 + i * 7 % 1009)::float8 / 7 AS value, (1 + i % 13)::float8 / 3 AS area FROM generate_series(1, 30000::bigint) i"
n=0
for s in $shards; do
    on "$s" -c "INSERT INTO flow SELECT kind, origin, destination, flow FROM ($generate) g WHERE i % 3 = $n" \
        -c "INSERT INTO parcel SELECT municipality, value, area FROM ($generate) g WHERE i % 3 = $n" \
        -c "INSERT INTO person SELECT region, unit, grp, n, income, before, after, area FROM ($generate) g WHERE i % 3 = $n"
    n=$((n + 1))
done
on a -c "CREATE TABLE all_flow AS SELECT kind, origin, destination, flow FROM ($generate) g" \
    -c "CREATE TABLE all_parcel AS SELECT municipality, value, area FROM ($generate) g" \
    -c "CREATE TABLE all_person AS SELECT region, unit, grp, n::int8, income::float8, before, after, area FROM ($generate) g" \
    -c 'CREATE SCHEMA remote'
for s in b c; do
    on a -c "CREATE SERVER $s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$base/$s', port '5432', dbname 'postgres', extensions 'terrbal')" \
        -c "CREATE USER MAPPING FOR CURRENT_USER SERVER $s OPTIONS (user 'postgres')" \
        -c "CREATE FOREIGN TABLE remote.flow_$s (kind text, origin text, destination text, flow float8) SERVER $s OPTIONS (schema_name 'public', table_name 'flow')" \
        -c "CREATE FOREIGN TABLE remote.flow_states_$s (kind text, state terrbal.flow_state) SERVER $s OPTIONS (schema_name 'public', table_name 'flow_of_shard')" \
        -c "CREATE FOREIGN TABLE remote.person_states_$s (region text, mix terrbal.segregation_state, income terrbal.sample_state, change terrbal.transition_state) SERVER $s OPTIONS (schema_name 'public', table_name 'person_of_shard')" \
        -c "CREATE FOREIGN TABLE remote.parcel_states_$s (municipality text, state terrbal.sample_state) SERVER $s OPTIONS (schema_name 'public', table_name 'parcel_of_shard')"
done

compare() { # compare WHAT QUERY QUERY
    local one many
    count=$((count + 1))
    one=$(on a -At -c "$2" | sha256sum)
    many=$(on a -At -c "$3" | sha256sum)
    if [ "$one" = "$many" ]; then echo "ok $count - $1"; else echo "not ok $count - $1"; failed=1; fi
}
count=0
failed=0
flow_states='(TABLE flow_of_shard UNION ALL TABLE remote.flow_states_b UNION ALL TABLE remote.flow_states_c)'
parcel_states='(TABLE parcel_of_shard UNION ALL TABLE remote.parcel_states_b UNION ALL TABLE remote.parcel_states_c)'
compare 'flow_profile by kind from states of three shards' \
    'SELECT kind, terrbal.flow_profile(origin, destination, flow) FROM all_flow GROUP BY kind ORDER BY kind' \
    "SELECT kind, terrbal.flow_profile(terrbal.rollup(state)) FROM $flow_states s GROUP BY kind ORDER BY kind"
compare 'zone_flows of the whole from states by kind' \
    'SELECT terrbal.zone_flows(origin, destination, flow) FROM all_flow' \
    "SELECT terrbal.zone_flows(terrbal.rollup(state)) FROM $flow_states s"
compare 'inequality of parcels by municipality' \
    'SELECT municipality, terrbal.inequality(value, area) FROM all_parcel GROUP BY 1 ORDER BY 1' \
    "SELECT municipality, terrbal.inequality(terrbal.rollup(state)) FROM $parcel_states s GROUP BY 1 ORDER BY 1"
compare 'the nation from municipal states' \
    'SELECT terrbal.gini(value, area) FROM all_parcel' "SELECT terrbal.gini(terrbal.rollup(state)) FROM $parcel_states s"
person_states='(TABLE person_of_shard UNION ALL TABLE remote.person_states_b UNION ALL TABLE remote.person_states_c)'
compare 'segregation by region and of the whole' \
    'SELECT region, terrbal.segregation(unit, grp, n) FROM all_person GROUP BY ROLLUP (region) ORDER BY 1' \
    "SELECT region, terrbal.segregation(terrbal.rollup(mix)) FROM $person_states s GROUP BY ROLLUP (region) ORDER BY 1"
compare 'poverty and its line by region' \
    'SELECT region, terrbal.poverty(income, n, 300) FROM all_person GROUP BY ROLLUP (region) ORDER BY 1' \
    "SELECT region, terrbal.poverty(terrbal.rollup(income), 300) FROM $person_states s GROUP BY ROLLUP (region) ORDER BY 1"
compare 'class changes by region' \
    'SELECT region, terrbal.transition_matrix(before, after, area) FROM all_person GROUP BY ROLLUP (region) ORDER BY 1' \
    "SELECT region, terrbal.transition_matrix(terrbal.rollup(change)) FROM $person_states s GROUP BY ROLLUP (region) ORDER BY 1"
compare 'states themselves are equal bytes' \
    'SELECT kind, terrbal.flow_state(origin, destination, flow) FROM all_flow GROUP BY kind ORDER BY kind' \
    "SELECT kind, terrbal.rollup(state) FROM $flow_states s GROUP BY kind ORDER BY kind"
compare 'a group computed by the shard that holds it' \
    'SELECT kind, terrbal.flow_profile(origin, destination, flow) FROM (SELECT * FROM remote.flow_b OFFSET 0) fetched GROUP BY kind ORDER BY kind' \
    'SELECT kind, terrbal.flow_profile(origin, destination, flow) FROM remote.flow_b GROUP BY kind ORDER BY kind'
shipped=$(on a -At -c 'EXPLAIN (VERBOSE, COSTS OFF) SELECT kind, terrbal.flow_profile(origin, destination, flow) FROM remote.flow_b GROUP BY kind' | grep -c 'Remote SQL: SELECT kind, terrbal.flow_profile' || true)
count=$((count + 1))
if [ "$shipped" = 1 ]; then echo "ok $count - postgres_fdw ships the aggregate"; else echo "not ok $count - postgres_fdw ships the aggregate"; failed=1; fi
echo "1..$count"
exit $failed
