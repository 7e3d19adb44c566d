-- raster: tiles that PostGIS wrote, its own reading of them, cells of units against ST_Intersection, tilings
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(16);
-- Units: a Voronoi tiling of a square off the grid, one of them with a hole
CREATE TEMP TABLE unit AS
SELECT z.path[1] AS id, ST_Intersection(z.geom, ST_MakeEnvelope(1037.5, 2011.25, 9871.5, 9333.125)) AS geom
FROM ST_Dump((SELECT ST_VoronoiPolygons(ST_Collect(ST_MakePoint(1000 + i * 7919 % 1009 * 9, 2000 + i * 104729 % 997 * 8))) FROM generate_series(1, 40) i)) z;
UPDATE unit SET geom = ST_Difference(geom, ST_Buffer(ST_PointOnSurface(geom), 150)) WHERE id = 7;
CREATE TEMP TABLE cell AS SELECT id, c.* FROM unit, unit_cells(geom, 100) c;
SELECT cmp_ok(max(abs(share - ST_Area(ST_Intersection(geom, box)) / 10000)), '<', 1e-11::float8, 'shares are those of ST_Intersection')
FROM cell JOIN unit USING (id), LATERAL ST_MakeEnvelope(x * 100, y * 100, x * 100 + 100, y * 100 + 100) box;
SELECT cmp_ok(max(abs(share - overlap_share(geom, ST_MakeEnvelope(x * 100, y * 100, x * 100 + 100, y * 100 + 100)))), '<', 1e-12::float8, 'and of overlap_share') FROM cell JOIN unit USING (id);
SELECT is(count(*), 0::bigint, 'no cell of some area is missing')
FROM unit, generate_series(10, 98) x, generate_series(20, 93) y, LATERAL ST_MakeEnvelope(x * 100, y * 100, x * 100 + 100, y * 100 + 100) box
WHERE geom && box AND NOT EXISTS (SELECT FROM cell c WHERE c.id = unit.id AND c.x = x.x AND c.y = y.y) AND ST_Area(ST_Intersection(geom, box)) > 1e-6;
SELECT ok(bool_and(abs(s * 10000 / ST_Area(geom) - 1) < 1e-12), 'the cells of a unit add up to its area') FROM unit JOIN (SELECT id, sum(share) AS s FROM cell GROUP BY id) t USING (id);
SELECT ok(bool_and(abs(s - 1) < 1e-12) AND count(*) > 5000, 'cells inside the tiling are shared out whole')
FROM (SELECT x, y, sum(share) AS s FROM unit, unit_cells(CASE WHEN id = 7 THEN ST_Buffer(geom, 0) ELSE geom END, 100) c GROUP BY x, y) t
WHERE x BETWEEN 11 AND 97 AND y BETWEEN 21 AND 92 AND NOT EXISTS (SELECT FROM unit WHERE id = 7 AND ST_Intersects(ST_Envelope(geom), ST_MakeEnvelope(x * 100, y * 100, x * 100 + 100, y * 100 + 100)));
SELECT is(count(*), 0::bigint, 'moved by whole cells, the same shares')
FROM (SELECT id, c.* FROM unit, unit_cells(ST_Translate(geom, 1024 * 128, -512 * 128), 128) c) a
FULL JOIN (SELECT id, c.x + 1024 AS x, c.y - 512 AS y, c.share FROM unit, unit_cells(geom, 128) c) b USING (id, x, y) WHERE abs(coalesce(a.share, 0) - coalesce(b.share, 0)) > 1e-11;
SELECT is(count(*), 0::bigint, 'x and y exchanged, the same shares')
FROM (SELECT id, c.y AS x, c.x AS y, c.share FROM unit, unit_cells(ST_FlipCoordinates(geom), 100) c) a FULL JOIN cell b USING (id, x, y) WHERE abs(coalesce(a.share, 0) - coalesce(b.share, 0)) > 1e-12;
SELECT is(count(*), 0::bigint, 'another origin, other numbers')
FROM (SELECT id, c.x + 10 AS x, c.y + 20 AS y, c.share FROM unit, unit_cells(geom, 100, 1000, 2000) c) a FULL JOIN cell b USING (id, x, y) WHERE abs(coalesce(a.share, 0) - coalesce(b.share, 0)) > 1e-12;
\set golden `cd "$GOLDEN" 2>/dev/null && ls space/raster_wkb/raster_wkb.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE written (name text, bytes int, hexwkb text, decoded text);
\copy written FROM PROGRAM 'cat "$GOLDEN/space/raster_wkb/raster_wkb.csv"' CSV HEADER
-- The README's own parser left its reading beside each: values of every band, cell by cell
CREATE TEMP TABLE wanted AS
SELECT name, decode(hexwkb, 'hex') AS wkb, band, pixel, CASE WHEN part[1]::int & 64 = 0 OR value::float8 <> part[2]::float8 THEN value::float8 END AS value
FROM written, regexp_matches(decoded, '''flags'': (\d+), ''pixtype'': \d+, ''nodata'': ([^,]+), ''values'': \(([^)]*)\)', 'g') WITH ORDINALITY b (part, band),
     regexp_split_to_table(trim(trailing ',' FROM part[3]), ', *') WITH ORDINALITY v (value, pixel);
SELECT ok(count(*) = 36 AND bool_and(c.value IS NOT DISTINCT FROM w.value), 'rasters that raster2pgsql wrote: every pixel of every band')
FROM wanted w, LATERAL raster_cells(wkb, band::int) WITH ORDINALITY c (x, y, value, at) WHERE c.at = w.pixel;
SELECT throws_like(format('SELECT * FROM terrbal.raster_cells(%L)', decode(hexwkb, 'hex')), 'the pixels of band 1 are outside the database', 'one with its pixels in a file is refused') FROM written WHERE name LIKE 'outdb%' LIMIT 1;
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
-- PostGIS's own reading, where its raster extension is installed
SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis_raster') AS raster \gset
\if :raster
CREATE EXTENSION postgis_raster SCHEMA public;
SET search_path = terrbal, public;
CREATE TEMP TABLE tile AS
SELECT type, i, j, ST_MapAlgebra(ST_AddBand(ST_MakeEmptyRaster(7, 5, 4321000 + 700 * i, 3000000 - 500 * j, 100, -100, 0, 0, 3035), type, 0, 1), 1, type, expression, 1) AS rast
FROM (VALUES ('1BB', '([rast.x] + [rast.y]) % 2'), ('2BUI', '([rast.x] * [rast.y]) % 4'), ('4BUI', '([rast.x] * [rast.y]) % 16'), ('8BSI', '[rast.x] - 3 * [rast.y]'), ('8BUI', '[rast.x] * 31'), ('16BSI', '[rast.x] * -999'),
             ('16BUI', '[rast.y] * 12345'), ('32BSI', '[rast.x] * -123456789.0'), ('32BUI', '[rast.y] * 812345678.0'), ('32BF', '[rast.x] / 7.0'), ('64BF', '[rast.y] / 7.0')) t (type, expression),
     generate_series(0, 2) i, generate_series(0, 1) j;
SELECT is(count(*), 0::bigint, 'eleven pixel types, six tiles: as ST_PixelAsCentroids')
FROM (SELECT type, c.* FROM tile, raster_cells(ST_AsWKB(rast)) c WHERE value IS NOT NULL) a
FULL JOIN (SELECT type, floor(ST_X(geom) / 100)::int AS x, floor(ST_Y(geom) / 100)::int AS y, val FROM tile, ST_PixelAsCentroids(rast, 1)) b USING (type, x, y) WHERE a.value IS DISTINCT FROM b.val;
SELECT ok(count(*) = 11 * 210 AND count(DISTINCT (type, x, y)) = 11 * 210 AND min(x) = 43210 AND max(x) = 43230 AND max(y) = 29999 AND min(y) = 29990, 'tiles of a coverage fit together')
FROM tile, raster_cells(ST_AsWKB(rast));
SELECT ok(bool_and(a.value IS NOT DISTINCT FROM b.value), 'the tile turned over gives the same cells')
FROM tile, LATERAL raster_cells(ST_AsWKB(rast)) a JOIN LATERAL raster_cells(ST_AsWKB(ST_Resample(rast, ST_AddBand(ST_MakeEmptyRaster(7, 5, ST_UpperLeftX(rast), ST_UpperLeftY(rast) - 500, 100, 100, 0, 0, 3035), type, 0, 1)))) b USING (x, y);
SELECT is(count(*), 0::bigint, 'without no data: the same cells less those')
FROM (SELECT type, c.* FROM tile, raster_cells(ST_AsWKB(rast), no_data => false) c) a FULL JOIN (SELECT type, c.* FROM tile, raster_cells(ST_AsWKB(rast)) c WHERE value IS NOT NULL) b USING (type, x, y)
WHERE a.value IS DISTINCT FROM b.value;
SELECT is(string_agg(DISTINCT value::text, ',' ORDER BY value::text), '2,7', 'a second band, without no-data') FROM raster_cells(ST_AsWKB(ST_SetValue(ST_AddBand(ST_AddBand(ST_MakeEmptyRaster(2, 2, 0, 0, 1, -1, 0, 0), '8BUI'::text, 5, NULL), '8BUI'::text, 7, NULL), 2, 1, 1, 2)), 2);
SELECT is(value, NULL, 'a pixel that is NaN is no data') FROM raster_cells(ST_AsWKB(ST_SetValue(ST_AddBand(ST_MakeEmptyRaster(1, 1, 0, 0, 1, -1, 0, 0), '64BF'::text, 5, NULL), 1, 1, 1, 'NaN')));
\else
SELECT skip('postgis_raster is not installed', 6);
\endif
SELECT * FROM finish();
