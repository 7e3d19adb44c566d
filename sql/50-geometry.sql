-- geometry: shares of overlap, frontage, neighbours. Plane geometry through GEOS; the types are PostGIS's.

CREATE FUNCTION overlap_share(zone geometry, cell geometry) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_overlap_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION overlap_share(geometry, geometry) IS
    'Share of the area of a cell that lies in a zone: area(zone and cell) / area(cell), 0 to 1, plane coordinates; the zone is prepared once';

CREATE FUNCTION frontage(parcel geometry, street geometry, tolerance float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_frontage' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION frontage(geometry, geometry, float8) IS
    'Length of the boundary of a parcel that runs along a street, within tolerance of it, in units of the coordinates; error where they are degrees';
CREATE TYPE neighbour_state;

CREATE FUNCTION neighbour_state_in(cstring) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_state_in(cstring) IS 'Input of neighbour_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION neighbour_state_out(neighbour_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_state_out(neighbour_state) IS 'Output of neighbour_state: hexadecimal canonical bytes, equal for equal units';

CREATE FUNCTION neighbour_state_recv(internal) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_state_recv(internal) IS 'Binary input of neighbour_state, fully checked';

CREATE FUNCTION neighbour_state_send(neighbour_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_state_send(neighbour_state) IS 'Binary output of neighbour_state: canonical bytes, big-endian';

CREATE TYPE neighbour_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = neighbour_state_in, OUTPUT = neighbour_state_out, RECEIVE = neighbour_state_recv, SEND = neighbour_state_send
);
COMMENT ON TYPE neighbour_state IS 'Units and their geometries: the state under neighbour_pairs';

CREATE FUNCTION neighbour_combine(neighbour_state, neighbour_state) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_combine(neighbour_state, neighbour_state) IS 'Adds two neighbour_state: combine of their aggregates';

CREATE FUNCTION neighbour_final(neighbour_state) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_final(neighbour_state) IS 'Canonical form of a state, as it is stored';

CREATE AGGREGATE rollup(neighbour_state) (
    SFUNC = neighbour_combine, STYPE = neighbour_state, SSPACE = 1024, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(neighbour_state) IS 'Sum of stored neighbour_state: what one pass over all their rows gives';

CREATE FUNCTION neighbour_transition(neighbour_state, id text, geom geometry) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, text, geometry) IS 'Adds a unit or a part of one: transition of neighbour_pairs';

CREATE FUNCTION neighbour_transition(neighbour_state, id bigint, geom geometry) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, bigint, geometry) IS 'With integer ids: the same as with their decimal text';

CREATE TYPE neighbour_pair AS (unit_i text, unit_j text, length float8);
COMMENT ON TYPE neighbour_pair IS 'Two units that touch, once in each direction; a unit that touches none has a NULL neighbour';
COMMENT ON COLUMN neighbour_pair.length IS 'Length of the common boundary in units of the coordinates; 0 where they meet in points or overlap';

CREATE FUNCTION neighbour_pairs(neighbour_state) RETURNS neighbour_pair[]
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_pairs' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_pairs(neighbour_state) IS 'Pairs of neighbours of stored units, with the length of their common boundary';
CREATE AGGREGATE neighbour_pairs(id text, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(text, geometry) IS
    'All pairs of units that touch, in both directions, with the length of their common boundary; units that touch none with a NULL neighbour';

CREATE AGGREGATE neighbour_pairs(id bigint, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(bigint, geometry) IS 'With integer ids: the same as with their decimal text';
CREATE AGGREGATE neighbour_state(id text, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(text, geometry) IS 'Units and geometries as one value to store and roll up';

CREATE AGGREGATE neighbour_state(id bigint, geom geometry) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(bigint, geometry) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION neighbour_transition(neighbour_state, id text, geom geometry, tolerance float8) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, text, geometry, float8) IS 'Adds a unit or a part of one and the tolerance: transition of neighbour_pairs';

CREATE FUNCTION neighbour_transition(neighbour_state, id bigint, geom geometry, tolerance float8) RETURNS neighbour_state
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_transition(neighbour_state, bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION neighbour_pairs(neighbour_state, tolerance float8) RETURNS neighbour_pair[]
    AS 'MODULE_PATHNAME', 'terrbal_neighbour_pairs' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION neighbour_pairs(neighbour_state, float8) IS 'Pairs of stored units no more than tolerance apart, in units of the coordinates, whatever tolerance they came with';

CREATE AGGREGATE neighbour_pairs(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(text, geometry, float8) IS
    'All pairs of units no more than tolerance apart, in units of the coordinates: gaps and overlaps of digitising do not cut neighbours';

CREATE AGGREGATE neighbour_pairs(id bigint, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_pairs, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_pairs(bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE neighbour_state(id text, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(text, geometry, float8) IS 'Units, geometries and the tolerance of neighbours as one value to store and roll up';

CREATE AGGREGATE neighbour_state(id bigint, geom geometry, tolerance float8) (
    SFUNC = neighbour_transition, STYPE = neighbour_state, SSPACE = 100000, COMBINEFUNC = neighbour_combine, FINALFUNC = neighbour_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE neighbour_state(bigint, geometry, float8) IS 'With integer ids: the same as with their decimal text';

CREATE FUNCTION compactness(geom geometry, method text DEFAULT 'polsby_popper') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_compactness' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION compactness(geometry, text) IS
    'Compactness of a polygon, 1 at most: polsby_popper 4 pi area / perimeter^2, reock area / least circle, convex_hull area / hull, cohesion mean distance of two points in a circle of that area / in the polygon; error where coordinates are degrees';
