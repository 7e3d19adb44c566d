#!/usr/bin/env bash
# A solver at work is seen in pg_stat_activity by another session, and its line is taken back when it is done, cancelled or failed.
. "$(dirname "$0")/tap.bash"
new_database "$database"
q -c 'CREATE TABLE big AS SELECT sqrt((i * 7919 % 10007)::float8) AS value FROM generate_series(1, 20000) i' \
    -c 'CREATE TABLE pair AS SELECT i::text AS unit_i, (1 + i % 30000)::text AS unit_j, (i * 7919 % 3001)::float8 AS value_i, ((1 + i % 30000) * 7919 % 3001)::float8 AS value_j FROM generate_series(1, 30000) i' \
    -c 'CREATE TABLE trip AS SELECT d AS home, s AS site, sqrt(((d * 7919 % 1009) - (s * 104729 % 1009)) ^ 2 + ((d * 6007 % 997) - (s * 7907 % 997)) ^ 2) AS minutes FROM generate_series(1, 6000) d, generate_series(1, 500) s' >/dev/null
session worker
say worker "SET application_name = 'planning office';"
hear worker >/dev/null
named() { sql "SELECT application_name FROM pg_stat_activity WHERE pid = ${backend[worker]}"; }

shown() { # what query pattern: works until it is stopped
    say worker "$2;"
    # or its work is over before it was seen
    until_is t "SELECT application_name ~ '$3' OR (state = 'idle' AND query = '$2;') FROM pg_stat_activity WHERE pid = ${backend[worker]}"
    like "$(named)" "$3" "$1 is seen at work"
    sql "SELECT pg_cancel_backend(${backend[worker]})" >/dev/null
    until_is idle "SELECT state FROM pg_stat_activity WHERE pid = ${backend[worker]}"
    is "$(named)" 'planning office' 'and gives its name back when it is cancelled'
}
shown bootstrap 'SELECT terrbal.bootstrap_gini(value, 100000, 1) FROM big' '^bootstrap, replications: [0-9]+ of 100000$'
shown permutations 'SELECT terrbal.moran(unit_i, unit_j, value_i, value_j, 1, 99999, 1) FROM pair' '^permutations: [0-9]+ of 99999$'
shown location 'SELECT terrbal.p_median(home, site, 1, minutes, 60) FROM trip' '^location, [a-z ]+: [0-9]+ of [0-9]+$'
finish
