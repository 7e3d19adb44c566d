SET search_path = terrbal, public;
-- three rasters of 1 km, as ST_AsWKB(rast) gives them: people (32BF, no data -200), land and built-up surface in square metres (32BUI)
CREATE FUNCTION pg_temp.tile(width int, height int, pixel text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    tile bytea := '\x00' || int2send(0::int2) || int2send(1::int2) || float8send(1000) || float8send(-1000) || float8send(4321000) || float8send(3013000) || float8send(0) || float8send(0)
        || int4send(3035) || int2send(width::int2) || int2send(height::int2) || CASE pixel WHEN 'people' THEN '\x4a'::bytea || float4send(-200) ELSE '\x08'::bytea || int4send(0) END;
    value float8;
BEGIN
    FOR y IN REVERSE height - 1 .. 0 LOOP
        FOR x IN 0 .. width - 1 LOOP
            value := CASE pixel WHEN 'people' THEN CASE WHEN x >= 16 THEN -200 ELSE round(5200 * exp(-((x - 5) ^ 2 + (y - 6) ^ 2) / 7.0) + 380 * exp(-((x - 12) ^ 2 + (y - 3) ^ 2) / 2.0) + 6) END
                                WHEN 'land' THEN CASE WHEN x >= 16 THEN 0 WHEN x = 15 THEN 400000 ELSE 1000000 END
                                ELSE round(CASE WHEN x >= 16 THEN 0 ELSE 420000 * exp(-((x - 5) ^ 2 + (y - 6) ^ 2) / 12.0) END) END;
            tile := tile || CASE pixel WHEN 'people' THEN float4send(value::float4) ELSE int4send(value::int) END;
        END LOOP;
    END LOOP;
    RETURN tile;
END $$;
CREATE TEMP TABLE people_raster AS SELECT pg_temp.tile(18, 13, 'people') AS wkb;
CREATE TEMP TABLE land_raster AS SELECT pg_temp.tile(18, 13, 'land') AS wkb;
CREATE TEMP TABLE built_raster AS SELECT pg_temp.tile(18, 13, 'built') AS wkb;
CREATE TEMP TABLE municipality (name text, geom geometry);
INSERT INTO municipality VALUES ('Port', ST_MakeEnvelope(4321000, 3002500, 4330250, 3013000)), ('Mill', ST_MakeEnvelope(4330250, 3000000, 4339000, 3006000)),
    ('Moor', ST_MakePolygon('LINESTRING(4330250 3006000, 4339000 3006000, 4339000 3013000, 4330250 3013000, 4330250 3006000)'::geometry)), ('Cape', ST_MakeEnvelope(4321000, 3000000, 4330250, 3002500));
-- from three rasters to the degree of urbanisation of municipalities
CREATE TEMP VIEW cell AS
SELECT x, y, p.value AS people, l.value / 1000000 AS land, b.value / 1000000 AS built
FROM (SELECT c.* FROM people_raster, raster_cells(wkb) c) p
LEFT JOIN (SELECT c.* FROM land_raster, raster_cells(wkb) c) l USING (x, y)
LEFT JOIN (SELECT c.* FROM built_raster, raster_cells(wkb) c) b USING (x, y);
SELECT name, (d).level1, (d).level2, round((d).population) AS people, round((d).land_area::numeric, 1) AS km2, round((d).urban_centre::numeric, 3) AS urban_centre, round((d).rural::numeric, 3) AS rural
FROM (SELECT name, degree_of_urbanisation(class, people * share, land * share) AS d
      FROM municipality, unit_cells(geom, 1000) JOIN (SELECT *, settlement_class(x, y, people, land, built) OVER () AS class FROM cell) c USING (x, y)
      GROUP BY name) m
ORDER BY name;
-- do the three grids fit? a raster of other cells or another origin matches nothing
SELECT count(*) AS cells, count(*) FILTER (WHERE land IS NULL) AS without_land, count(*) FILTER (WHERE built IS NULL) AS without_built, count(*) FILTER (WHERE people IS NULL) AS no_data FROM cell;
-- nobody is lost on the way
SELECT round(sum(people)) AS in_raster, (SELECT round(sum(people * share)) FROM municipality, unit_cells(geom, 1000) JOIN cell USING (x, y)) AS in_municipalities FROM cell;
-- square metres or per cent instead of a share are refused
SELECT settlement_class(x, y, people, land, built * 100) OVER () FROM cell LIMIT 1;
SELECT settlement_class(x, y, people, land * 1000000, built) OVER () FROM cell LIMIT 1;
-- dasymetric: people of census zones to the cells where homes are, whole persons, nobody lost
CREATE TEMP TABLE zone (id text, people int, geom geometry);
INSERT INTO zone VALUES ('A', 1000, ST_MakeEnvelope(0, 0, 400, 300)), ('B', 211, ST_MakeEnvelope(400, 0, 600, 300));
CREATE TEMP TABLE land_use (x int, y int, use text);
INSERT INTO land_use SELECT x, y, CASE WHEN x + y < 3 THEN 'homes' WHEN x = 4 THEN 'mixed' WHEN y = 2 THEN 'fields' ELSE 'works' END FROM generate_series(0, 5) x, generate_series(0, 2) y;
CREATE TEMP TABLE weight (use text, people_per_ha numeric);
INSERT INTO weight VALUES ('homes', 90), ('mixed', 30), ('works', 1), ('fields', 0);
CREATE TEMP VIEW person_cell AS
SELECT id AS zone, x, y, use, apportionment(people, share::numeric * people_per_ha, 1) OVER (PARTITION BY id ORDER BY x, y) AS people
FROM zone, unit_cells(geom, 100) JOIN land_use USING (x, y) JOIN weight USING (use);
SELECT string_agg(lpad(people::text, 4), '' ORDER BY x) AS map FROM person_cell GROUP BY y ORDER BY y DESC;
SELECT zone, sum(people) AS people, max(people) AS largest_cell FROM person_cell GROUP BY zone ORDER BY zone;
-- pycnophylactic: smooth, and every zone keeps its people
SELECT string_agg(to_char(people, '990.0'), '' ORDER BY x) AS map
FROM (SELECT x, y, pycnophylactic(x, y, id, people) OVER () AS people FROM zone, unit_cells(geom, 100)) s GROUP BY y ORDER BY y DESC;
SELECT id, round(sum(smooth)::numeric, 9) AS people FROM (SELECT id, pycnophylactic(x, y, id, people) OVER () AS smooth FROM zone, unit_cells(geom, 100)) s GROUP BY id ORDER BY id;
-- exposure: who lives where the river reaches, by group
CREATE TEMP TABLE flood (return_period int, geom geometry);
INSERT INTO flood VALUES (10, 'POLYGON((0 0, 600 0, 600 60, 0 90, 0 0))'), (100, 'POLYGON((0 0, 600 0, 600 130, 0 210, 0 0))');
CREATE TEMP TABLE tenure (use text, grp text, part numeric);
INSERT INTO tenure VALUES ('homes', 'owners', 0.7), ('homes', 'tenants', 0.3), ('mixed', 'owners', 0.2), ('mixed', 'tenants', 0.8), ('works', 'tenants', 1);
SELECT return_period, grp, round(sum(people * part * share::numeric), 1) AS exposed, round(100 * sum(people * part * share::numeric) / max(total), 1) AS per_cent
FROM (SELECT *, sum(people * part) OVER (PARTITION BY grp) AS total FROM person_cell JOIN tenure USING (use)) p JOIN (SELECT return_period, f.* FROM flood, unit_cells(geom, 100) f) f USING (x, y)
GROUP BY return_period, grp ORDER BY return_period, grp;
-- NULL, nothing, errors
SELECT x, pycnophylactic(x, 0, z, t) OVER () FROM (VALUES (0, 'a', 4.0), (1, 'a', 4), (2, NULL, 9), (NULL, 'a', 4), (3, 'b', 0)) v (x, z, t) ORDER BY x;
SELECT pycnophylactic(x, 0, 'a', x) OVER () FROM generate_series(1, 2) x;
SELECT pycnophylactic(1, 0, 'a', 5) OVER () FROM generate_series(1, 2) x;
SELECT pycnophylactic(x, 0, 'a', -1) OVER () FROM generate_series(1, 2) x;
SELECT pycnophylactic(x, 0, 'a', 5, 1.5) OVER () FROM generate_series(1, 2) x;
-- coordinates for column and row numbers
SELECT pycnophylactic(x * 100, 0, 'a', 5) OVER () FROM generate_series(1, 2) x;
-- zones by number
SELECT x, pycnophylactic(x, 1, 7 + x / 3, 30) OVER () = pycnophylactic(x, 1, (7 + x / 3)::text, 30) OVER () AS same FROM generate_series(1, 4) x;
