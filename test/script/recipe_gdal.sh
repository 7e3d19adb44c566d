#!/usr/bin/env bash
# Do QGIS and every other GDAL client read the views? ogrinfo and ogr2ogr stand in for them: same library, same driver.
. "$(dirname "$0")/tap.bash"
command -v ogrinfo >/dev/null && command -v ogr2ogr >/dev/null || skip_all "ogrinfo and ogr2ogr are not installed (Debian: gdal-bin)"
new_database "$database"
q <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.housing AS SELECT 'U' || u AS unit, make_date(2022 + y, 1, 1) AS period, (u + y)::float8 AS value FROM generate_series(1, 9) u, generate_series(0, 1) y;
DO $$ BEGIN
    PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing', 'municipality');
    PERFORM terrbal.refresh('housing');
END $$;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('housing', 'municipality', 7, 4);
UPDATE terrbal.unit SET name = 'Place ' || code, geom = ST_Multi(ST_MakeEnvelope(id, 38, id + 0.9, 39, 4326)) WHERE code <> 'U9';
SQL
source="PG:host=$PGHOST port=$PGPORT user=$PGUSER dbname=$database schemas=terrbal"
info=$(ogrinfo -ro -so "$source" signal_map 2>&1)
like "$info" 'Geometry: Multi Polygon' "the map layer has a geometry type"
like "$info" 'Feature Count: 8' "a feature for each unit with a boundary"
like "$info" 'WGS 84' "and a coordinate system"
like "$info" 'value: Real' "values are numbers"
like "$info" 'period: Date' "periods are dates"
listed=$(ogrinfo -ro "$source" 2>&1)
like "$listed" 'signal_map .Multi Polygon' "clients list it among the layers"
ogr2ogr -f GPKG "$scratch/signal.gpkg" "$source" -sql "SELECT * FROM terrbal.signal_map WHERE code = 'housing'" -nln signal >"$scratch/ogr" 2>&1
is "$(cat "$scratch/ogr")" "" "ogr2ogr copies it into a GeoPackage"
like "$(ogrinfo -ro -q "$scratch/signal.gpkg" -sql "SELECT light, count(*) AS n FROM signal GROUP BY light ORDER BY light" 2>&1)" 'amber.*green.*red' "lights included"
ogr2ogr -f CSV "$scratch/sdmx.csv" "$source" observation_sdmx >"$scratch/ogr" 2>&1
is "$(head -n 1 "$scratch/sdmx.csv")" "id,freq,indicator,ref_area,counterpart_area,breakdown,time_period,time,obs_value,unit_measure,obs_status,obs_conf,method_version,run_id" "the SDMX view becomes a CSV"
is "$(($(wc -l <"$scratch/sdmx.csv")))" 19 "one line an observation"
sql "SELECT terrbal.signal_geojson('housing')" >"$scratch/signal.geojson"
like "$(ogrinfo -ro -so -al "$scratch/signal.geojson" 2>&1)" 'Feature Count: 8' "GDAL reads the GeoJSON"
sql "COPY (SELECT terrbal.signal_tile(2, 2, 1, 'housing')) TO STDOUT WITH (FORMAT binary)" >/dev/null
psql -qAtX -d "$database" -c "SELECT encode(terrbal.signal_tile(2, 2, 1, 'housing'), 'hex')" | perl -ne 'chomp; print pack("H*", $_)' >"$scratch/tile.mvt"
like "$(ogrinfo -ro -so -al "MVT:$scratch/tile.mvt" 2>&1)" 'Layer name: signal.*Feature Count: [1-9]' "and the vector tile"
finish
