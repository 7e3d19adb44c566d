#!/usr/bin/env bash
# Benchmarks as ratios in one run: test/bench/prelude.sql defines bench.row(), every test/bench/<stem>.sql adds rows, the table is printed at the end.
# BENCH="flow pool" runs those stems only; SCALE=0.1 shrinks the data (default 1: the sizes that the documentation quotes).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
database=terrbal_bench_$$
createdb "$database"
trap 'dropdb --force "$database"' EXIT
run() { psql -qX -d "$database" -v ON_ERROR_STOP=1 -v scale="${SCALE:-1}" "$@"; }
run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal' -f "$here/bench/prelude.sql"
stems=${BENCH:-$(cd "$here/bench" && ls *.sql | grep -v '^prelude' | sed 's/\.sql$//')}
for stem in $stems; do
    echo "== $stem" >&2
    run -v stem="$stem" -f "$here/bench/$stem.sql"
done
if /usr/bin/python3 -c 'import numpy, pandas, psycopg2' 2>/dev/null; then
    echo '== python' >&2
    PGDATABASE=$database /usr/bin/python3 "$here/bench/python.py"
else
    echo '== python skipped: python3-numpy, python3-pandas and python3-psycopg2 are not installed' >&2
fi
run -c 'TABLE bench.report' -P format=aligned
