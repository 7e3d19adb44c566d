#!/usr/bin/env bash
# The SQL of doc/clients.md, as each tool reads it: columns with names and types, and what becomes of a composite that nobody spread out.
. "$(dirname "$0")/../script/tap.bash"
here_clients=$(cd "$(dirname "$0")" && pwd)
export NODE_PATH=${CLIENT_MODULES:-$here/build/clients/node_modules}
new_database "$database"
"$here/test/page.pl" "$database" "$here/README.md" >/dev/null
"$here/test/page.pl" "$database" "$here/doc/clients.md" >"$scratch/page"
status=$?
grep '^#' "$scratch/page"
ok $status "doc/clients.md: $(grep -cE '^(not )?ok' "$scratch/page") blocks of SQL run after the README's"
export PGDATABASE=$database
sql "CREATE VIEW composite_by_year AS SELECT year, terrbal.inequality(income, population) AS figures FROM municipality GROUP BY year"

said=$(/usr/bin/python3 -W ignore "$here_clients/tools.py" 2>&1)
like "$said" 'psycopg2 columns: year n weight mean' "psycopg2: spread out, each figure is a column"
like "$said" 'psycopg2 gini: float 0.0622' "psycopg2: and a number"
like "$said" 'psycopg2 composite: str' "psycopg2: a composite is text"
like "$said" 'geopandas: 3 EPSG:4326 Point' "GeoPandas: a layer with geometry and reference system"
like "$said" 'geopandas net: -60' "GeoPandas: and its figures"
like "$said" 'copied: 4' "psycopg2: a state goes out and comes back by COPY"

show_versions() { grep "^versions" <<<"$said" | sed "s/^/# /"; }
show_versions
said=$(Rscript "$here_clients/tools.R" 2>&1)
like "$said" 'sf: 3 POINT 4326' "R, sf: a layer with geometry and reference system"
like "$said" 'DBI: double 0.0622' "R, DBI: figures are numbers"

said=$(node "$here_clients/tools.js" 2>&1)
like "$said" 'node-pg gini: number 0.0622' "node-pg: figures are numbers"
like "$said" 'node-pg rows: 3 City 100' "node-pg: unnest gives a row for each zone"
like "$said" 'node-pg array: string' "node-pg: an array of composites is text"

port=$((20000 + $$ % 20000))
# the schema that doc/village_to_nation.md publishes, with breakdowns
sed '/^DROP SCHEMA/,$d' "$here/test/sql/village_to_nation.sql" | psql -qX -d "$database" >/dev/null 2>"$scratch/village"
# PostGraphile publishes what is the reader's own, views over terrbal among it, and nothing of the extension
"$NODE_PATH/.bin/postgraphile" -c "postgres://$PGUSER@localhost/$database?host=$PGHOST" -s public,terrbal,extremadura -p "$port" -n 127.0.0.1 >"$scratch/graphile" 2>&1 &
graphile=$!
ask() { curl -s --retry 60 --retry-connrefused --retry-delay 1 -H 'content-type: application/json' -d "$1" http://127.0.0.1:$port/graphql; }
like "$(ask '{"query":"{allInequalityByYears(orderBy: NATURAL) {nodes {year gini}}}"}')" '"year":2020,"gini":0.0622' "PostGraphile: a view of plain columns is a query"
fields=$(ask '{"query":"{__schema{queryType{fields{name}}}}"}')
like "$fields" allNetMigrations "PostGraphile: views over terrbal are published"
[[ "$fields" != *ransition* && "$fields" != *apportionment* ]]
ok $? "PostGraphile: the functions of the extension are not"
like "$(ask '{"query":"{allSignals(condition: {breakdown: \"setting=rural\", unit: \"06\"}) {nodes {value unitByUnitId {level} catalogueByIndicatorId {title}}}}"}')" \
    '"value":306580,"unitByUnitId":."level":"province".,"catalogueByIndicatorId":."title":"Residents of the province"' "PostGraphile: a published signal of one breakdown, its unit and its indicator by their keys"
like "$(ask '{"query":"{allGaps(condition: {member: \"rural\", unit: \"06\", period: \"2020-01-01\"}) {nodes {value reference}}}"}')" '"value":306580,"reference":365557' "PostGraphile: a published gap"
kill $graphile || sed 's/^/# /' "$scratch/graphile"

said=$(QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=$scratch /usr/bin/python3 -W ignore "$here_clients/tools_qgis.py" 2>&1)
like "$said" 'QGIS layer: True 3 Point EPSG:4326' "QGIS: the view is a layer with key, type and reference system"
like "$said" 'QGIS fields: id name net effectiveness main_destination' "QGIS: with every figure"
is "$(grep '^QGIS composite' <<<"$said")" 'QGIS composite: year' "QGIS: a composite column is dropped, as the page says"

said=$(/usr/bin/python3 "$here_clients/tools_odbc.py" 2>&1)
like "$said" 'ODBC columns: year=int gini=float theil_t=float 0.0622' "ODBC: columns have their types"
like "$said" 'ODBC composite: str' "ODBC: a composite is text"
like "$said" 'ODBC views: inequality_by_year' "ODBC: the view is listed, so Excel and Power BI offer it"
finish
