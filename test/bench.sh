#!/usr/bin/env bash
# Benchmarks as ratios in one run, at three sizes: test/bench/prelude.sql defines bench.row(), every test/bench/<stem>.sql adds rows, a table in Markdown
# comes at the end. BENCH="flow pool" runs those stems only; SCALE="0.01 0.1 1" are the sizes, 1 being what the documentation quotes and the targets mean.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
database=terrbal_bench_$$
results=$(mktemp)
trap '"$here/drop.sh" "$database"; rm -f "$results"' EXIT
run() { psql -qX -d "$database" -v ON_ERROR_STOP=1 "$@"; }
fresh() { # a database of its own for each size
    "$here/drop.sh" "$database"
    createdb "$database"
    run -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal' -f "$here/bench/prelude.sql"
}
stems=${BENCH:-$(cd "$here/bench" && ls *.sql *.py *.mjs *.R | grep -vE "^(prelude|report)" | sed 's/\.[A-Za-z]*$//')}
if [[ " $(echo $stems) " == *' python '* ]] && ! /usr/bin/python3 -c 'import numpy, pandas, psycopg2' 2>/dev/null; then
    echo '== python skipped: python3-numpy, python3-pandas and python3-psycopg2 are not installed' >&2
    stems=$(echo $stems | sed 's/\bpython\b//')
fi
if [[ " $(echo $stems) " == *' evidence '* ]] && ! Rscript -e 'library(RPostgreSQL)' >/dev/null 2>&1; then
    echo '== evidence skipped: r-cran-rpostgresql is not installed' >&2
    stems=$(echo $stems | sed 's/\bevidence\b//')
fi
modules=$here/../build/duckdb
if [[ " $(echo $stems) " == *' duckdb '* ]] && ! { [ -d "$modules/node_modules/@duckdb" ] || npm install --silent --no-save --prefix "$modules" @duckdb/node-api >/dev/null 2>&1; }; then
    echo '== duckdb skipped: npm could not install @duckdb/node-api' >&2
    stems=$(echo $stems | sed 's/\bduckdb\b//')
fi
for scale in ${SCALE:-0.01 0.1 1}; do
    fresh 2>/dev/null
    for stem in $stems; do
        echo "== $stem, size $scale" >&2
        if [ -e "$here/bench/$stem.py" ]; then
            PGDATABASE=$database /usr/bin/python3 "$here/bench/$stem.py" "$scale"
        elif [ -e "$here/bench/$stem.R" ]; then
            PGDATABASE=$database Rscript "$here/bench/$stem.R" "$scale"
        elif [ -e "$here/bench/$stem.mjs" ]; then
            PGDATABASE=$database node "$here/bench/$stem.mjs" "$modules" "$scale"
        else
            PGOPTIONS="-c bench.scale=$scale" run -v scale="$scale" -v stem="$stem" -f "$here/bench/$stem.sql"
        fi
    done
    run -c "COPY bench.result TO STDOUT" >>"$results"
done
fresh 2>/dev/null
run -c "\\copy bench.result FROM $results" -Atf "$here/bench/report.sql"
