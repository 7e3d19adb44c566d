#!/usr/bin/env bash
# The demo: four acts on a throw-away server, then two pages, terrbal-demo.html and terrbal-atlas.html. DATA=dir runs the acts on your own CSV files (columns: README).
set -euo pipefail
cd "$(dirname "$0")/.."
export DEMO_DATA=${DATA:-${DEMO_DATA:-doc/demo/data}}
# or the make that builds would install them
unset DATA MAKEFLAGS MFLAGS MAKEOVERRIDES
out=${OUT:-terrbal-demo.html}
atlas=${ATLAS:-$(dirname "$out")/terrbal-atlas.html}
for file in flows zones parcels shares; do
    [ -r "$DEMO_DATA/$file.csv" ] || { echo "missing $DEMO_DATA/$file.csv (the columns are in the README)" >&2; exit 1; }
done
test/packages.sh build
if [ "${DEMO_INSIDE:-}" != 1 ]; then
    echo "== building terrbal and starting a throw-away server"
    DEMO_INSIDE=1 exec test/cluster.sh run "$0"
fi
act() { psql -qX -v ON_ERROR_STOP=1 -P footer=off -d demo "$@"; }
createdb demo
act -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION terrbal CASCADE'
act -f doc/demo/0-load.sql
for act in 1-flows 2-land_value 3-equalisation; do
    printf '\n== act %s\n' "${act//[-_]/ }"
    act -f "doc/demo/$act.sql"
done
if [ -r "$DEMO_DATA/atlas_values.csv" ]; then
    printf '\n== act 4 atlas\n'
    act -c 'SET client_min_messages = warning' -f doc/demo/4-atlas.sql
    act -At -o "$atlas.new" -c "SELECT terrbal.atlas_page(value, level => 'place', lang => (SELECT value FROM demo.title WHERE key = 'atlas_language'),
        credits => (SELECT value FROM demo.title WHERE key = 'atlas_source')) FROM demo.title WHERE key = 'atlas_title'"
    mv "$atlas.new" "$atlas"
    act -c "INSERT INTO demo.title VALUES ('atlas_file', '$(basename "$atlas")')"
fi
act -At -f doc/demo/5-page.sql -o "$out.new"
mv "$out.new" "$out"
printf '\n== wrote %s: open it in a browser or print it\n' "$out"
[ ! -e "$atlas" ] || printf '== wrote %s: the map with a slider, for everybody else\n' "$atlas"
