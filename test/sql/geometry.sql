-- geometry: shares of overlap and frontage
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT zone, round(sum(residents * overlap_share(zone_geom, cell_geom))) AS residents
FROM (VALUES ('north', ST_MakeEnvelope(0, 1500, 2000, 3000)), ('south', ST_MakeEnvelope(0, 0, 2000, 1500))) z (zone, zone_geom),
     (VALUES (100, ST_MakeEnvelope(0, 0, 1000, 1000)), (60, ST_MakeEnvelope(0, 1000, 1000, 2000)),
             (40, ST_MakeEnvelope(1000, 1000, 2000, 2000))) c (residents, cell_geom)
GROUP BY zone ORDER BY zone;

SELECT lot, frontage(geom, 'LINESTRING(-10 -4, 90 -4)', 5)
FROM (VALUES ('corner', 'POLYGON((0 0, 15 0, 15 30, 0 30, 0 0))'::geometry),
             ('middle', 'POLYGON((15 0, 27 0, 27 30, 15 30, 15 0))'),
             ('back',   'POLYGON((0 30, 27 30, 27 60, 0 60, 0 30))')) lots (lot, geom);

SELECT unit_i, unit_j, length
FROM (SELECT neighbour_pairs(name, geom) AS pairs
      FROM (VALUES ('Oakham', 'POLYGON((0 0, 3000 0, 3000 2000, 0 2000, 0 0))'::geometry), ('Elmley', 'POLYGON((3000 0, 5000 0, 5000 2000, 3000 2000, 3000 0))'),
                   ('Ashford', 'POLYGON((0 2000, 3000 2000, 3000 3000, 0 3000, 0 2000))'), ('Isle', 'POLYGON((8000 0, 9000 0, 9000 1000, 8000 0))')) m (name, geom)) s,
     unnest(pairs) p;

-- rectangles and other cells
SELECT overlap_share('POLYGON((0 0,4 0,0 4,0 0))', ST_MakeEnvelope(0, 0, 4, 4)) AS box,
       round(overlap_share('POLYGON((0 0,4 0,0 4,0 0))', 'POLYGON((1 1,2 1,3 3,1 1))')::numeric, 12) AS triangle,
       overlap_share('MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((3 3,4 3,4 4,3 4,3 3)))', ST_MakeEnvelope(0, 0, 4, 4)) AS parts,
       overlap_share('POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))', ST_MakeEnvelope(0, 0, 2, 2)) AS hole,
       overlap_share('POLYGON Z ((0 0 5,4 0 5,0 4 5,0 0 5))', 'POLYGON M ((0 0 1,4 0 1,4 4 1,0 4 1,0 0 1))') AS z_and_m;

-- NULL, empty, without area
SELECT overlap_share(NULL, ST_MakeEnvelope(0, 0, 1, 1)) AS no_zone, overlap_share('POLYGON EMPTY', ST_MakeEnvelope(0, 0, 1, 1)) AS empty_zone,
       overlap_share('LINESTRING(0 0,1 1)', ST_MakeEnvelope(0, 0, 1, 1)) AS line_zone, overlap_share(ST_MakeEnvelope(0, 0, 1, 1), 'POLYGON EMPTY') AS empty_cell,
       overlap_share(ST_MakeEnvelope(0, 0, 1, 1), 'POINT(0 0)') AS point_cell;
SELECT frontage(NULL, 'LINESTRING(0 0,1 0)', 1) AS no_parcel, frontage('POLYGON EMPTY', 'LINESTRING(0 0,1 0)', 1) AS empty_parcel,
       frontage(ST_MakeEnvelope(0, 0, 1, 1), 'LINESTRING EMPTY', 1) AS empty_street;

SELECT srid, frontage(ST_SetSRID(ST_MakeEnvelope(0, 0, 1, 1), srid), ST_SetSRID('LINESTRING(0 0,1 0)'::geometry, srid), 0)
FROM (VALUES (3035), (25830), (0), (990000)) v (srid); -- the last is in no list of reference systems

SELECT neighbour_pairs(id, geom) FROM (VALUES ('a', NULL::geometry), (NULL, 'POINT(0 0)')) v (id, geom);
SELECT neighbour_pairs(id, geom) FROM (VALUES ('a', 'POLYGON EMPTY'::geometry), ('b', 'POLYGON((0 0,1 0,1 1,0 0))'), ('b', 'POLYGON((1 0,2 0,1 1,1 0))'), ('c', 'LINESTRING(2 0,3 0)')) v (id, geom);
-- a gap that digitising left: a tolerance in units of the coordinates, with the rows or for a stored state
SELECT t AS tolerance, unit_i, unit_j, round(length::numeric, 6) AS length
FROM (VALUES (0), (1e-9)) g (t), LATERAL (SELECT neighbour_pairs(id, geom, t) AS pairs FROM (VALUES ('a', 'POLYGON((0 0,2 0,2 2,0 2,0 0))'::geometry), ('b', 'POLYGON((2.000000000001 0,4 0,4 2,2.000000000001 2,2.000000000001 0))')) v (id, geom)) q, unnest(q.pairs);
SELECT cardinality(neighbour_pairs(neighbour_state(id, geom))) AS apart, (neighbour_pairs(neighbour_state(id, geom), 0.3))[1].unit_j AS near, (neighbour_pairs(neighbour_state(id, geom, 0.3)))[1].unit_j AS kept,
       (neighbour_pairs(neighbour_state(id, geom, 0.3), 0))[1].unit_j AS overruled
FROM (VALUES ('a', 'POLYGON((0 0,2 0,2 2,0 2,0 0))'::geometry), ('b', 'POLYGON((2.2 0,4 0,4 2,2.2 2,2.2 0))')) v (id, geom);
-- areas beyond float8
SELECT u, round(overlap_share(ST_MakeEnvelope(0, 0, 2 * u, 2 * u), ST_MakeEnvelope(u, u, 3 * u, 3 * u))::numeric, 12) AS box,
       round(overlap_share(ST_MakeEnvelope(0, 0, 2 * u, 2 * u), ST_MakePolygon(ST_MakeLine(ARRAY[ST_Point(u, 0), ST_Point(3 * u, u), ST_Point(3 * u, 2 * u), ST_Point(u, 0)])))::numeric, 12) AS triangle
FROM unnest('{1,1e155,1e-170}'::float8[]) u;
SELECT neighbour_pairs(rollup(s)) = neighbour_pairs(rollup(s::text::neighbour_state)) AS same
FROM (SELECT neighbour_state(x::text, ST_MakeEnvelope(x, 0, x + 1, 1)) AS s FROM generate_series(1, 9) x GROUP BY x % 3) q;

-- what is refused
SELECT overlap_share('SRID=3035;POLYGON((0 0,1 0,1 1,0 0))', 'SRID=4326;POLYGON((0 0,1 0,1 1,0 1,0 0))');
SELECT overlap_share('POLYGON((0 0,2 2,2 0,0 2,0 0))', ST_MakeEnvelope(0, 0, 1, 1));
SELECT overlap_share(ST_MakeEnvelope(0, 0, 1, 1), 'POLYGON((0 0,3 3,3 0,0 2,0 0))');
SELECT overlap_share(ST_MakeEnvelope(0, 0, 20, 20), 'POLYGON((0 0,10 10,10 0,0 10,0 0))');
SELECT overlap_share('GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))', ST_MakeEnvelope(0, 0, 1, 1));
SELECT overlap_share('CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))', ST_MakeEnvelope(0, 0, 1, 1));
SELECT frontage(ST_MakeEnvelope(0, 0, 1, 1), 'LINESTRING(0 0,1 0)', -1);
SELECT frontage(ST_MakeEnvelope(0, 0, 1, 1), 'SRID=3035;LINESTRING(0 0,1 0)', 1);
SELECT frontage('SRID=4326;POLYGON((0 0,1 0,1 1,0 0))', 'SRID=4326;LINESTRING(0 0,1 0)', 1);
SELECT frontage('POLYGON((0 0,2 2,2 0,0 2,0 0))', 'LINESTRING(0 0,1 0)', 1);
SELECT neighbour_pairs(id, geom) FROM (VALUES ('a', 'POLYGON((0 0,1 0,1 1,0 0))'::geometry), ('b', 'POLYGON((0 0,2 2,2 0,0 2,0 0))')) v (id, geom);
SELECT neighbour_pairs(id, geom) FROM (VALUES ('a', 'SRID=3035;POLYGON((0 0,1 0,1 1,0 0))'::geometry), ('b', 'SRID=4326;POLYGON((0 0,2 2,2 0,0 0))')) v (id, geom);
SELECT neighbour_pairs(id, geom, t) FROM (VALUES ('a', 'POINT(0 0)'::geometry, 1), ('b', 'POINT(0 1)', 2)) v (id, geom, t);
SELECT neighbour_pairs('a', 'POINT(0 0)'::geometry, -1);
SELECT neighbour_pairs(id, geom) FROM (VALUES ('a', 'GEOMETRYCOLLECTION(POINT(0 0))'::geometry)) v (id, geom);

-- zones taken in turn, more than are kept, stored in line and out of line
CREATE TABLE zone AS
SELECT i, ST_Buffer(ST_MakePoint(i * 10, 0), 4, CASE WHEN i % 2 = 0 THEN 4 ELSE 4000 END) AS geom FROM generate_series(1, 12) i;
SELECT count(*), count(*) FILTER (WHERE abs(overlap_share(geom, cell) - ST_Area(ST_Intersection(geom, cell)) / ST_Area(cell)) > 1e-12) AS wrong,
       round(sum(overlap_share(geom, cell))::numeric, 6) AS sum
FROM generate_series(1, 20) x, zone, LATERAL (SELECT ST_MakeEnvelope(i * 10 - 4 + x / 5.0, -1, i * 10 - 3 + x / 5.0, x / 3.0)) c (cell);
DROP TABLE zone;

-- a part given twice, as by a join with years, is one part
SELECT p.* FROM (SELECT neighbour_pairs(id, geom) AS a FROM (VALUES (1, ST_MakeEnvelope(0, 0, 1, 1)), (2, ST_MakeEnvelope(1, 0, 2, 1)), (2, ST_MakeEnvelope(0, 1, 1, 3))) v (id, geom), generate_series(2019, 2021)) s, unnest(a) p;
SELECT p.* FROM (SELECT neighbour_pairs(rollup(s), 0.1) AS a FROM (SELECT neighbour_state(id, geom) AS s FROM (VALUES (1, ST_MakeEnvelope(0, 0, 1, 1)), (2, ST_MakeEnvelope(1, 0, 2, 1))) v (id, geom), generate_series(2019, 2021) y GROUP BY y) s) s, unnest(a) p;
SELECT neighbour_pairs(1, 'POINT(0 0)'::geometry, NULL);
-- a tolerance of the size of a unit, as of metres in degrees
SELECT p.* FROM (SELECT neighbour_pairs(id, geom, 10) AS a FROM (VALUES (1, ST_MakeEnvelope(0, 0, 1, 1)), (2, ST_MakeEnvelope(3, 0, 4, 1)), (3, 'POINT(9 9)')) v (id, geom)) s, unnest(a) p;
