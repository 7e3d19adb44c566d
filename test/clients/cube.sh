#!/usr/bin/env bash
# A schema that terrbal.publish() made, as Cube sees it: its Postgres driver, the data model that it proposes, and the SQL of such a model.
. "$(dirname "$0")/../script/tap.bash"
export NODE_PATH=${CLIENT_MODULES:-$here/build/clients/node_modules}
node -e 'process.exit(+(parseInt(process.versions.node) < 20))' || skip_all "Cube's driver wants Node.js 20, here is $(node --version)"
new_database "$database"
for page in README.md doc/clients.md; do "$here/test/page.pl" "$database" "$here/$page" >/dev/null; done
sed '/^DROP SCHEMA/,$d' "$here/test/sql/village_to_nation.sql" | psql -qX -d "$database" >/dev/null 2>"$scratch/village"
said=$(PGDATABASE=$database node "$here/test/clients/cube.js" 2>&1)
line() { sed -n "s/^$1: //p" <<<"$said"; }
is "$(line published)" '["catalogue","gap","latest","map","scorecard","series","signal","unit"]' "Cube: the eight published views are introspected"
is "$(line types)" '["USER-DEFINED","bigint","boolean","date","double precision","integer","smallint","text","timestamp with time zone"]' "Cube: of plain types, the boundary the only one of its own"
like "$(line signal)" '"code":"text".*"period":"date".*"value":"double precision".*"warning":"text"' "Cube: a signal has its columns with their types"
is "$(line model)" '["Catalogue.yml","Gap.yml","Latest.yml","Map.yml","Scorecard.yml","Series.yml","Signal.yml","Unit.yml"]' "Cube: a data model of each view"
like "$said" 'name: period'$'\n''        sql: period'$'\n''        type: time' "Cube: the period is a dimension of time"
like "$said" 'name: value'$'\n''        sql: value'$'\n''        type: sum' "Cube: the value is a measure"
for view in catalogue gap latest scorecard series signal unit; do
    rows=$(sql "SELECT count(*) || ' of ' || (SELECT count(*) FROM information_schema.columns WHERE table_schema = 'extremadura' AND table_name = '$view') FROM extremadura.$view")
    like "$(line "rows $view")" "^$rows columns: [a-z ]*$" "Cube: $view is read whole, $rows columns"
done
like "$(line 'rows map')" 'geometry' "Cube: the map too, its boundary as a type of its own"
is "$(line measure)" '[{"signal__unit":"06","signal__period_year":"2020-01-01T00:00:00.000","signal__value_sum":306580},{"signal__unit":"10","signal__period_year":"2020-01-01T00:00:00.000","signal__value_sum":215627}]' \
    "Cube: a measure by unit and year"
is "$(line plain)" '[{"name":"year","type":"int"},{"name":"n","type":"bigint"},{"name":"gini","type":"double"}]' "Cube: a composite spread out is numbers"
like "$(line composite)" 'Unable to detect type for field "figures"' "Cube: a composite that nobody spread out is an error, as the page says"
finish
