#!/usr/bin/env bash
# How much work a cancelled query still does: each long operation is stopped at several points of its work. Both the points and what comes after the cancellation
# are measured in CPU time of the backend, so that a busy machine moves neither. The promise is 100 ms on an idle processor; ALLOWED (default 200) ms leaves
# room for one that is shared. SIZE (default 2000000) rows.
. "$(dirname "$0")/tap.bash"
size=${SIZE:-2000000}
allowed=${ALLOWED:-200}
hertz=$(getconf CLK_TCK)
new_database "$database"
q -c "CREATE UNLOGGED TABLE big AS SELECT i, sqrt((i * 7919 % 1000003)::float8) AS value, (1 + i % 97)::float8 AS weight, 'Z' || i * 7919::bigint % 4001 AS origin, 'Z' || i * 104729::bigint % 3989 AS destination,
        (i % 1500)::int AS x, (i / 1500)::int AS y FROM generate_series(1, $size::bigint) i" -c 'ANALYZE big'
session worker
say worker 'SET max_parallel_workers_per_gather = 0; \o /dev/null'
hear worker >/dev/null
# milliseconds of processor that the backend has used, by the kernel's account, into the variable named
worked() { # variable
    local stat
    read -r stat <"/proc/${backend[worker]}/stat"
    # shellcheck disable=SC2086
    set -- "$1" ${stat##*) }
    printf -v "$1" %d $(((${13} + ${14}) * 1000 / hertz))
}
answered() { grep -q "^$1\$" "$scratch/worker.out"; }
probe() { # what query
    local began now stopped whole worst=0 share mark
    worked began
    say worker "$2;"
    hear worker >/dev/null
    worked now
    whole=$((now - began))
    for share in 30 80 95; do
        mark=mark_${tests}_$share
        worked began
        say worker "$2;"$'\n'"\\echo $mark"
        # work may take less than the first time: then it is over before the point
        while worked now && [ $((now - began)) -lt $((whole * share / 100)) ] && ! answered "$mark"; do sleep 0.01; done
        kill -INT "${backend[worker]}"
        worked stopped
        until answered "$mark"; do sleep 0.01; done
        worked now
        [ $((now - stopped)) -le "$worst" ] || worst=$((now - stopped))
    done
    like "$(hear worker)" 'canceling statement due to user request' "$1: is cancelled"
    ok $((worst > allowed)) "$1: $whole ms of work, at most $worst ms after it is cancelled"
}
probe 'gini' 'SELECT terrbal.gini(value) FROM big'
probe 'inequality, weighted' 'SELECT terrbal.inequality(value, weight) FROM big'
probe 'flow_profile' 'SELECT terrbal.flow_profile(origin, destination, weight) FROM big'
probe 'zone_flows' 'SELECT cardinality(terrbal.zone_flows(origin, destination, weight)) FROM big'
probe 'intramax' "SELECT cardinality(terrbal.intramax(left(origin, 4), left(destination, 4), weight)) FROM big"
probe 'apportionment' 'SELECT sum(a) FROM (SELECT terrbal.apportionment(123456789.01, weight) OVER (ORDER BY i) AS a FROM big) s'
probe 'pool_share' 'SELECT count(a) FROM (SELECT terrbal.pool_share(123456789.01, 0, weight, 1, 900) OVER (ORDER BY i) AS a FROM big) s'
probe 'settlement_class' 'SELECT count(c) FROM (SELECT terrbal.settlement_class(x, y, value * 4, 1, 0.1) OVER () AS c FROM big) s'
probe 'functional_urban_areas' "SELECT cardinality(terrbal.functional_urban_areas(origin, destination, weight, CASE WHEN origin < 'Z2' THEN left(origin, 3) END, CASE WHEN destination < 'Z2' THEN left(destination, 3) END, 0.15)) FROM big"
probe 'ols' 'SELECT (terrbal.ols(value, ARRAY[1, weight, x, y])).n FROM big'
finish
