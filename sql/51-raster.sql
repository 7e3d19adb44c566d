-- raster: cells of raster tiles and of territorial units by column and row of one grid, without PostGIS's raster extension

CREATE FUNCTION raster_cells(raster_wkb bytea, band int DEFAULT 1, origin_x float8 DEFAULT 0, origin_y float8 DEFAULT 0, no_data boolean DEFAULT true)
    RETURNS TABLE (x int, y int, value float8)
    AS 'MODULE_PATHNAME', 'terrbal_raster_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION raster_cells(bytea, int, float8, float8, boolean) IS
    'Pixels of a raster tile, ST_AsWKB(rast), as cells of the coverage''s grid: columns eastwards and rows northwards from the origin, value NULL where there is no data; no_data false leaves those out';

CREATE FUNCTION unit_cells(geom geometry, cell_size float8, origin_x float8 DEFAULT 0, origin_y float8 DEFAULT 0)
    RETURNS TABLE (x int, y int, share float8)
    AS 'MODULE_PATHNAME', 'terrbal_unit_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION unit_cells(geometry, float8, float8, float8) IS
    'Cells of a regular grid that a polygon covers and the share of each, 0 to 1, by column and row from the origin; cell_size in units of the coordinates';
