-- geometry: shares of overlap, frontage, neighbours. Plane geometry through GEOS; the types are PostGIS's.

CREATE FUNCTION overlap_share(zone geometry, cell geometry) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_overlap_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION overlap_share(geometry, geometry) IS
    'Share of the area of a cell that lies in a zone: area(zone and cell) / area(cell), 0 to 1, plane coordinates; the zone is prepared once';

CREATE FUNCTION frontage(parcel geometry, street geometry, tolerance float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_frontage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION frontage(geometry, geometry, float8) IS
    'Length of the boundary of a parcel that runs along a street, within tolerance of it, in units of the coordinates';
