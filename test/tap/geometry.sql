-- geometry: equal to PostGIS, whatever the shape
SET search_path = public, terrbal;
SELECT plan(8);
CREATE TEMP TABLE zone AS
SELECT i, ST_SetSRID(ST_Translate(ST_Difference(ST_Buffer(ST_MakePoint(i * 3000, 0), 2500, 200), ST_Buffer(ST_MakePoint(i * 3000 + 500, 300), 800, 50)), 4e6, 3e6), 3035) AS geom
FROM generate_series(0, 3) i
UNION ALL
SELECT 9, ST_SetSRID(ST_Translate(ST_Union(ST_Buffer(ST_MakePoint(j * 971 % 9000, j * 613 % 5000 - 2500), 300 + j * 37 % 400, 6)), 4e6, 3e6), 3035) FROM generate_series(1, 40) j;
CREATE TEMP TABLE cell AS
SELECT ST_Translate(ST_MakeEnvelope(x * 500 - 3000, y * 500 - 3000, x * 500 - 2500, y * 500 - 2500, 3035), 4e6, 3e6) AS geom FROM generate_series(0, 40) x, generate_series(0, 12) y;

SELECT cmp_ok(max(abs(overlap_share(z.geom, c.geom) - ST_Area(ST_Intersection(z.geom, c.geom)) / ST_Area(c.geom))), '<', 1e-12::float8, 'rectangles: as PostGIS') FROM zone z, cell c;
SELECT cmp_ok(max(abs(overlap_share(z.geom, t) - ST_Area(ST_Intersection(z.geom, t)) / ST_Area(t))), '<', 1e-12::float8, 'turned cells: as PostGIS')
FROM zone z, cell c, ST_Rotate(c.geom, 0.3, ST_Centroid(c.geom)) t;
SELECT cmp_ok(max(abs(s - a) / a), '<', 1e-11::float8, 'cells that tile a zone add up to its area')
FROM (SELECT z.i, sum(overlap_share(z.geom, c.geom) * 250000) s, min(ST_Area(z.geom)) a FROM zone z, cell c GROUP BY z.i HAVING count(*) = 533) q;
SELECT ok(bool_and(overlap_share(z.geom, c.geom) = 1), 'cells within: exactly 1') FROM zone z JOIN cell c ON ST_ContainsProperly(z.geom, c.geom);
SELECT ok(bool_and(overlap_share(z.geom, c.geom) = 0), 'cells apart: exactly 0') FROM zone z JOIN cell c ON NOT ST_Intersects(z.geom, c.geom);
SELECT ok(bool_and(abs(frontage(ST_Rotate(p, a), ST_Rotate(s, a), 3) - 20) < 1e-9), 'frontage does not see the direction of the street')
FROM (SELECT ST_MakeEnvelope(0, 0, 20, 35) p, 'LINESTRING(-100 -2, 100 -2)'::geometry s) g, generate_series(0, 6) a;

CREATE TEMP TABLE unit AS
SELECT path[1]::text AS id, geom
FROM ST_Dump((SELECT ST_VoronoiPolygons(ST_Collect(ST_MakePoint(i * 7919 % 1009, i * 104729 % 997))) FROM generate_series(1, 150) i));
SELECT set_eq('SELECT p.unit_i, p.unit_j FROM (SELECT neighbour_pairs(id, geom) n FROM unit) s, unnest(n) p', 'SELECT a.id AS i, b.id AS j FROM unit a JOIN unit b ON a.id <> b.id AND ST_Intersects(a.geom, b.geom)',
              'neighbours: as ST_Intersects');
SELECT cmp_ok(max(abs(p.length - ST_Length(ST_Intersection(ST_Boundary(a.geom), ST_Boundary(b.geom))))), '<', 1e-9::float8, 'common boundary: as PostGIS')
FROM (SELECT neighbour_pairs(id, geom) n FROM unit) s, unnest(n) p JOIN unit a ON a.id = p.unit_i JOIN unit b ON b.id = p.unit_j;
SELECT * FROM finish();
