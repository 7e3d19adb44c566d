#!/usr/bin/env bash
# The upgrade path: 1.0 installed and updated to a next version shows the same catalogue as that version installed fresh.
# The next version is made here (the same objects under a new number), so that the path is walked before the first real upgrade script exists.
set -euo pipefail
share=$("$PG_CONFIG" --sharedir)/extension
next=next
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$share/terrbal.control")
surface="SELECT pg_describe_object(classid, objid, objsubid), CASE WHEN classid = 'pg_proc'::regclass THEN
        (SELECT concat(provolatile, proparallel, proisstrict, prosecdef, prosrc, obj_description(oid, 'pg_proc')) FROM pg_proc WHERE oid = objid) END
    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass WHERE e.extname = 'terrbal' ORDER BY 1"
databases="terrbal_fresh_$$ terrbal_updated_$$"
cleanup() {
    for d in $databases; do dropdb --if-exists --force "$d" 2>/dev/null; done
    rm -f "$share/terrbal--$next.sql" "$share/terrbal--$version--$next.sql"
}
trap cleanup EXIT
cp "$share/terrbal--$version.sql" "$share/terrbal--$next.sql"
echo '\echo Use "ALTER EXTENSION terrbal UPDATE" to load this file. \quit' >"$share/terrbal--$version--$next.sql"
run() { psql -qXAt -v ON_ERROR_STOP=1 -d "$@"; }
set -- $databases
createdb "$1" && run "$1" -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c "CREATE EXTENSION terrbal VERSION '$next'"
createdb "$2" && run "$2" -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c "CREATE EXTENSION terrbal VERSION '$version'" \
    -c "CREATE TABLE kept AS SELECT terrbal.sample_state(i::float8) AS s FROM generate_series(1, 10) i" -c "ALTER EXTENSION terrbal UPDATE TO '$next'"
fresh=$(run "$1" -c "$surface")
updated=$(run "$2" -c "$surface")
[ -n "$fresh" ] && [ "$fresh" = "$updated" ] && echo 'ok 1 - updated and fresh catalogues agree' || { echo 'not ok 1 - updated and fresh catalogues agree'; diff <(echo "$fresh") <(echo "$updated") | head; }
[ "$(run "$2" -c 'SELECT (SELECT terrbal.gini(s) FROM kept) = (SELECT terrbal.gini(i::float8) FROM generate_series(1, 10) i)')" = t ] && echo 'ok 2 - a stored state survives the update' || echo 'not ok 2 - a stored state survives the update'
echo 1..2
