-- A national overlay: municipalities with some hundred vertices over a grid of 1 km, shares of every pair that meets
CREATE TABLE geometry_zone AS
SELECT z.path[1] AS id, ST_Segmentize(z.geom, 100) AS geom
FROM ST_Dump((SELECT ST_VoronoiPolygons(ST_Collect(ST_MakePoint(4e6 + i * 7919 % 1009 * 200, 3e6 + i * 104729 % 997 * 200))) FROM generate_series(1, (400 * :scale)::int) i)) z;
CREATE TABLE geometry_cell AS
SELECT ST_MakeEnvelope(4e6 + x * 1000, 3e6 + y * 1000, 4e6 + (x + 1) * 1000, 3e6 + (y + 1) * 1000) AS geom FROM generate_series(0, 100) x, generate_series(0, 100) y;
CREATE INDEX ON geometry_cell USING gist (geom);
CREATE TABLE geometry_pair AS SELECT z.id, z.geom AS zone, c.geom AS cell FROM geometry_zone z JOIN geometry_cell c ON ST_Intersects(z.geom, c.geom) ORDER BY z.id;
ANALYZE geometry_pair;

CALL bench.row('geometry', 'overlap_share, 1 km grid', 'SELECT sum(terrbal.overlap_share(zone, cell)) FROM geometry_pair', 'ST_Area(ST_Intersection)',
    'SELECT sum(ST_Area(ST_Intersection(zone, cell)) / ST_Area(cell)) FROM geometry_pair', at_least => 5, runs => 1);
CALL bench.row('geometry', 'overlap_share with its join', 'SELECT sum(terrbal.overlap_share(z.geom, c.geom)) FROM geometry_zone z JOIN geometry_cell c ON z.geom && c.geom', 'ST_Intersection with its join',
    'SELECT sum(ST_Area(ST_Intersection(z.geom, c.geom)) / ST_Area(c.geom)) FROM geometry_zone z JOIN geometry_cell c ON ST_Intersects(z.geom, c.geom)', at_least => 5, runs => 1);
CALL bench.row('geometry', 'neighbour_pairs', 'SELECT cardinality(terrbal.neighbour_pairs(id::text, geom)) FROM geometry_zone', 'self-join',
    'SELECT sum(ST_Length(ST_Intersection(ST_Boundary(a.geom), ST_Boundary(b.geom)))) FROM geometry_zone a JOIN geometry_zone b ON a.id <> b.id AND ST_Intersects(a.geom, b.geom)', runs => 1);
DROP TABLE geometry_pair, geometry_cell, geometry_zone;
