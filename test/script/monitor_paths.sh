#!/usr/bin/env bash
# Does the monitor work with an empty search path, with PostGIS elsewhere, and for a publisher who is not a superuser?
. "$(dirname "$0")/tap.bash"
createdb "$database"
created+=("$database")
sql "CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; CREATE EXTENSION terrbal"
sql "ALTER DATABASE $database SET search_path = ''"
q <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.zone (unit text, geom gis.geometry(Polygon, 25829));
INSERT INTO city.zone SELECT 'U' || n, gis.ST_MakeEnvelope(n * 1000, 4300000, n * 1000 + 500, 4300500, 25829) FROM generate_series(1, 4) n;
CREATE VIEW city.area AS SELECT z.unit, DATE '2024-01-01' AS period, gis.ST_Area(gis.ST_Buffer(z.geom, 0)) AS value FROM city.zone z;
DO $$ BEGIN PERFORM terrbal.register_indicator('area', 'Area', 'm2', 'city.area', 'zone'); END $$;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT unit, 'all', 'region' FROM city.zone;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('area', 'zone', 1, 2);
SQL
is "$(sql "SHOW search_path")" '""' "the path is empty"
is "$(sql "SELECT status, inserted FROM terrbal.refresh('area')")" "ok|4" "refresh"
is "$(sql "CALL terrbal.refresh_all()")" "" "refresh_all"
is "$(sql "SELECT unit, value FROM terrbal.indicator_rollup('area', 'region', 'sum')")" "all|1000000" "roll-up"
is "$(sql "SELECT count(*) FROM terrbal.signal WHERE light = 'red'")" 4 "signal"
is "$(sql "SELECT terrbal.load_units('city.zone', 'unit', 'unit', 'geom', 'zone'); SELECT count(*) FROM terrbal.signal_map")" $'4\n4' "map"
like "$(sql "SELECT terrbal.signal_geojson('area')")" FeatureCollection "GeoJSON"
is "$(sql "UPDATE terrbal.unit SET geom = gis.ST_Multi(gis.ST_MakeEnvelope(0, 0, 90, 60, 4326)) WHERE code = 'U1'; SELECT length(terrbal.signal_tile(0, 0, 0, 'area')) > 20")" t "vector tile"
is "$(sql "SELECT terrbal.wide_view('city', 'atlas')")" 1 "wide view"
is "$(sql "SELECT count(*) FROM terrbal.local_review")" 4 "local review"
is "$(sql "SET search_path = city, gis, public; SELECT status FROM terrbal.refresh('area')")" ok "and with a path that shadows names"

# the documented roles
role=regress_terrbal_roles_$$
script=$(awk '/^-- roles: begin/{p=1} /^-- roles: end/{p=0} p' "$here/test/sql/publication.sql")
ok $((${#script} < 200)) "the grant script of the documentation is here"
echo "${script//regress_terrbal/$role}" | psql -qX -d "$database" -v ON_ERROR_STOP=1 >"$scratch/grants" 2>&1
is "$(cat "$scratch/grants")" "" "the grant script runs"
sql "GRANT USAGE ON SCHEMA city, gis TO ${role}_publisher; GRANT SELECT ON city.area TO ${role}_publisher; GRANT ${role}_reader TO ${role}_publisher" >/dev/null
is "$(sql "SET ROLE ${role}_publisher; SELECT status, unchanged FROM terrbal.refresh('area')")" "ok|4" "a publisher refreshes"
is "$(q -c "SET ROLE ${role}_publisher" -c "CALL terrbal.refresh_all()")" "" "and refreshes all"
is "$(sql "INSERT INTO city.zone VALUES ('U9', gis.ST_MakeEnvelope(0, 0, 1, 1, 25829)); SET ROLE ${role}_publisher; SELECT status, inserted, units_new FROM terrbal.refresh('area')")" "ok|1|1" "new units included"
like "$(sql "SET ROLE ${role}_publisher; DELETE FROM terrbal.indicator")" "permission denied" "a publisher does not delete the registry"
is "$(sql "SET ROLE ${role}_reader; SELECT count(*) FROM terrbal.observation_latest")" 5 "a reader reads"
like "$(sql "SET ROLE ${role}_reader; SELECT status FROM terrbal.refresh('area')")" "permission denied" "and does not refresh"
is "$(sql "SET ROLE ${role}_administrator; INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('U9', 'all', 'region'); UPDATE terrbal.unit SET name = 'Nine' WHERE code = 'U9'; SELECT 1")" 1 "an administrator keeps units and hierarchy"
sql "CREATE VIEW city.map AS SELECT unit, 'Zone ' || right(unit, 1) AS name, geom FROM city.zone; ALTER VIEW city.map OWNER TO ${role}_administrator; GRANT SELECT ON city.zone TO ${role}_administrator" >/dev/null
is "$(sql "SET ROLE ${role}_administrator; SELECT terrbal.load_units('city.map', 'unit', 'name', 'geom', 'zone'); SELECT name FROM terrbal.unit WHERE code = 'U9'")" $'5\nZone 9' "and loads their map"
sql "REVOKE SELECT ON city.area FROM ${role}_publisher"
is "$(sql "SET ROLE ${role}_publisher; SELECT status, message FROM terrbal.refresh('area')")" "failed|permission denied for view area" "the source is read with the caller's rights"
sql "DROP OWNED BY ${role}_reader, ${role}_publisher, ${role}_administrator; DROP ROLE ${role}_publisher, ${role}_administrator, ${role}_reader" >/dev/null
finish
