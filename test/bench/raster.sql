-- Sixteen tiles of 256 by 256 pixels into column, row and value; municipalities of a country over a grid of 1 km
CREATE EXTENSION IF NOT EXISTS postgis_raster SCHEMA public;
CREATE TABLE raster_tile AS
SELECT ST_AddBand(ST_MakeEmptyRaster(256, 256, 4e6 + i * 256000, 3e6, 1000, -1000, 0, 0, 3035), '32BF'::text, 1.5, -1) AS rast FROM generate_series(1, greatest(1, 16 * :scale)::int) i;
CREATE TABLE raster_unit AS
SELECT i AS id, ST_Segmentize(ST_Buffer(ST_MakePoint(4e6 + i * 7919 % 1009 * 200, 3e6 + i * 104729 % 997 * 200), 5000 + i % 7 * 300, 16), 100) AS geom FROM generate_series(1, greatest(4, 400 * :scale)::int) i;
ANALYZE raster_tile, raster_unit;

CALL bench.row('raster', 'raster_cells', 'SELECT sum(value), sum(x), sum(y) FROM raster_tile, terrbal.raster_cells(ST_AsWKB(rast))', 'ST_PixelAsCentroids, lateral',
    'SELECT sum(val), sum(floor(ST_X(geom) / 1000)::int), sum(floor(ST_Y(geom) / 1000)::int) FROM raster_tile, ST_PixelAsCentroids(rast, 1)', at_least => 15, runs => 3);
CALL bench.row('raster', 'raster_cells', 'SELECT sum(value), sum(x), sum(y) FROM raster_tile, terrbal.raster_cells(ST_AsWKB(rast))', 'ST_PixelAsCentroids as its manual calls it',
    'SELECT sum(val), sum(floor(ST_X(geom) / 1000)::int), sum(floor(ST_Y(geom) / 1000)::int) FROM (SELECT (ST_PixelAsCentroids(rast, 1)).* FROM raster_tile) p', runs => 1);
CALL bench.row('raster', 'unit_cells', 'SELECT sum(share) FROM raster_unit, terrbal.unit_cells(geom, 1000)', 'ST_Intersection with ST_SquareGrid',
    'SELECT sum(ST_Area(ST_Intersection(u.geom, g.geom)) / 1e6) FROM raster_unit u, ST_SquareGrid(1000, u.geom) g WHERE ST_Intersects(u.geom, g.geom)', at_least => 10, runs => 1);
DROP TABLE raster_tile, raster_unit;
