#!/usr/bin/env bash
# The atlas in a browser: slide, choose, hover, keyboard, language, print, download, and a country of 8,000 municipalities.
. "$(dirname "$0")/../script/tap.bash"
export NODE_PATH=${CLIENT_MODULES:-$here/build/clients/node_modules}
pictures=${PICTURES:-$scratch}
"$here/test/drop.sh" demo
DEMO_INSIDE=1 OUT="$scratch/demo.html" ATLAS="$scratch/atlas.html" "$here/test/demo.sh" >"$scratch/log" 2>&1
ok $? "the demo writes an atlas"
# what the page must agree with
db=demo q -F, -c "SELECT code, unit, light FROM terrbal.signal WHERE light IS NOT NULL ORDER BY 1, 2" >"$scratch/lights.csv"
db=demo q -F, -c "SELECT code, unit, to_char(period, 'YYYY'), to_char(value, '9.99999EEEE')::float8 FROM terrbal.observation_latest WHERE value IS NOT NULL ORDER BY 1, 2, 3" >"$scratch/values.csv"
"$here/test/drop.sh" demo

# Voronoi cells whose borders wind, the same way on both sides; three indicators, ten years
new_database "$database"
q <<'SQL'
CREATE SCHEMA large;
DO $$ BEGIN PERFORM setseed(0.5); END $$;
CREATE TABLE large.cell AS
WITH cells AS (SELECT row_number() OVER () AS n, ST_Segmentize(ST_Intersection((d).geom, ST_MakeEnvelope(-9, 36, 3, 44)), 0.012) AS geom
               FROM (SELECT ST_Dump(ST_VoronoiPolygons(ST_Collect(ST_Point(-9 + 12 * random(), 36 + 8 * random())))) AS d FROM generate_series(1, 8000)) v),
point AS (SELECT n, (d).path[2] AS i, (d).geom AS g FROM (SELECT n, ST_DumpPoints(geom) AS d FROM cells) s)
SELECT n, ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ST_Translate(g, 0.004 * sin(ST_X(g) * 900 + ST_Y(g) * 400), 0.004 * cos(ST_Y(g) * 800 - ST_X(g) * 300)) ORDER BY i)), 4326)) AS geom
FROM point GROUP BY n;
CREATE TABLE large.figure AS
SELECT k, lpad(n::text, 5, '0') AS unit, make_date(y, 1, 1) AS period, CASE WHEN n % 97 <> y % 97 THEN exp(8 + sin(n * 0.37) + (y - 2015) * 0.02) / k END AS value
FROM large.cell, generate_series(2015, 2024) y, generate_series(1, 3) k;
CREATE VIEW large.a AS SELECT unit, period, value FROM large.figure WHERE k = 1;
CREATE VIEW large.b AS SELECT unit, period, value FROM large.figure WHERE k = 2;
CREATE VIEW large.c AS SELECT unit, period, value FROM large.figure WHERE k = 3;
DO $$ BEGIN PERFORM terrbal.register_indicator(k, 'Indicator ' || k, 'euro', 'large.' || k, 'municipality') FROM unnest('{a,b,c}'::text[]) k; END $$;
CALL terrbal.refresh_all();
UPDATE terrbal.unit u SET name = 'Municipality ' || code, level = 'municipality', geom = c.geom FROM large.cell c WHERE lpad(c.n::text, 5, '0') = u.code;
SQL
started=$(date +%s)
sql "SELECT terrbal.atlas_page('Eight thousand municipalities')" >"$scratch/large.html"
seconds=$(($(date +%s) - started))
echo "# $(sql 'SELECT count(*), round(avg(ST_NPoints(geom))) FROM large.cell') cells and mean vertices; $(stat -c %s "$scratch/large.html") bytes in $seconds s"
[ "$(stat -c %s "$scratch/large.html")" -lt 6000000 ]
ok $? "8,000 municipalities, three indicators, ten years: below 6 MB"
is "$(sql "SELECT count(*) FROM terrbal.atlas_shape(ARRAY(SELECT id FROM terrbal.unit)) WHERE path LIKE 'M%z'")" 8000 "each of them is drawn"
# neighbours share what is left of their borders: the areas add up to that of the whole
is "$(sql "WITH p AS (SELECT ST_MakeValid(ST_SnapToGrid(ST_Scale(geom, 160, 160), 1)) AS g FROM large.cell) SELECT round((sum(ST_Area(g)) / ST_Area(ST_Union(g)))::numeric, 3) FROM p")" 1.000 "a grid leaves no gap and no overlap"

# a breakdown and a plan
new_database "${database}_small"
db=${database}_small q <<'SQL'
CREATE SCHEMA small;
CREATE TABLE small.homes AS SELECT chr(96 + n) AS unit, make_date(y, 1, 1) AS period, sex, (n * 10 + (y - 2020) * 2) * CASE WHEN sex = 'F' THEN 0.6 ELSE 1 END AS value
FROM generate_series(1, 9) n, generate_series(2020, 2024) y, unnest(ARRAY[NULL, 'F']) sex;
INSERT INTO terrbal.dimension_member (dimension, member, label) VALUES ('sex', 'F', 'Women');
DO $$ BEGIN
    PERFORM terrbal.register_indicator('homes', 'Homes', 'homes', 'small.homes', 'cell', dimensions => ARRAY['sex']);
    PERFORM terrbal.refresh('homes');
END $$;
UPDATE terrbal.unit SET level = 'cell', geom = ST_Multi(ST_MakeEnvelope((ascii(code) - 97) % 3, (ascii(code) - 97) / 3, (ascii(code) - 97) % 3 + 1, (ascii(code) - 97) / 3 + 1, 4326));
INSERT INTO terrbal.target (indicator, baseline_date, value, date) VALUES ('homes', '2020-01-01', 120, '2030-01-01');
SQL
db=${database}_small sql "SELECT terrbal.atlas_page('Homes', ARRAY['homes'])" >"$scratch/small.html"
out=$(node "$(dirname "$0")/atlas.js" "$scratch" "$pictures" 2>&1)
while read -r line; do
    case $line in
    "ok "*) ok 0 "${line#ok }" ;;
    "not ok "*) ok 1 "${line#not ok }" ;;
    *) echo "# $line" ;;
    esac
done <<<"$out"
[[ "$out" == *"browser done"* ]]
ok $? "the browser came to the end"
finish
