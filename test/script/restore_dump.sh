#!/usr/bin/env bash
# A database dumped on PostgreSQL 15 answers the same after its restore here. DUMP names the file (test/versions.sh makes it); without one, the dump is made and
# restored on this server.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
from=terrbal_dump_$$
to=terrbal_restore_$$
dump=${DUMP:-}
trap '"$here/test/drop.sh" "$from" "$to"; [ -n "${DUMP:-}" ] || rm -f "$dump"' EXIT
if [ -z "$dump" ]; then
    dump=$(mktemp)
    createdb "$from"
    psql -qX -d "$from" -v ON_ERROR_STOP=1 -f "$here/test/fixture/dump_source.sql" >/dev/null
    pg_dump -d "$from" -f "$dump"
fi
createdb "$to"
psql -qX -d "$to" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' -f "$dump" >/dev/null
count=0
failed=0
while IFS=$'\t' read -r what query answer; do
    count=$((count + 1))
    now=$(psql -qXAt -d "$to" -c "$query")
    if [ "$now" = "$answer" ]; then echo "ok $count - $what"; else
        echo "not ok $count - $what"
        echo "# was $answer"
        echo "# is  $now"
        failed=1
    fi
done < <(psql -qXAt -F $'\t' -d "$to" -c 'SELECT what, query, answer FROM question ORDER BY what')
[ "$count" -gt 0 ] || failed=1
echo "1..$count"
exit $failed
