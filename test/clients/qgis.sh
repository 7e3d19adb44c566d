#!/usr/bin/env bash
# Do the styles and the project of doc/qgis open, with every layer of doc/qgis.md in them, from a service name? WRITE=1 makes them and the pictures anew.
. "$(dirname "$0")/../script/tap.bash"
new_database "$database"
DEMO_DATA=$here/doc/demo/data q -f "$here/doc/demo/0-load.sql" >/dev/null
"$here/test/page.pl" "$database" "$here/doc/qgis.md" >"$scratch/page"
status=$?
grep '^#' "$scratch/page"
ok $status "doc/qgis.md: $(grep -cE '^(not )?ok' "$scratch/page") blocks of SQL run"
printf '[territory]\nhost=%s\nport=%s\ndbname=%s\nuser=%s\n' "$PGHOST" "${PGPORT:-5432}" "$database" "$PGUSER" >"$scratch/service"
folder=$scratch/qgis
cp -r "$here/doc/qgis" "$folder"
[ -z "${WRITE:-}" ] || folder=$here/doc/qgis
said=$(PGSERVICEFILE=$scratch/service QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=$scratch HOME=$scratch /usr/bin/python3 -W ignore "$here/test/clients/project_qgis.py" "$folder" "$folder/territory.png" ${WRITE:+--write} 2>"$scratch/errors")
grep '^versions' <<<"$said" | sed 's/^/# /'
like "$said" 'layer: Lights True 17 EPSG:4326 QgsCategorizedSymbolRenderer' 'lights: 17 regions by colour'
like "$said" 'layer: Classes True 17 EPSG:4326 QgsCategorizedSymbolRenderer' 'classes: 17 regions by colour'
like "$said" 'layer: Functional areas True [2-9] EPSG:4326 QgsSingleSymbolRenderer' 'functional areas'
like "$said" 'layer: Moves, towards the gainer True [1-9][0-9] EPSG:4326 QgsSingleSymbolRenderer' 'desire lines'
is "$(grep -c '^style: .* True$' <<<"$said")" 3 'each style loads by itself'
colours=$(sed -n 's/^colours: //p' <<<"$said")
ok $((${colours:-0} < 50)) "the map is drawn: ${colours:-no} colours"
colours=$(sed -n 's/^panels: //p' <<<"$said")
[ "${colours:-0}" -gt 20 ]
ok $? "and each style by itself: ${colours:-no} colours"
[ $failures = 0 ] || tail -n 5 "$scratch/errors" | sed 's/^/# /'
finish
