-- settlement: degree of urbanisation of grid cells and territorial units. Eurostat and others 2021, revised 2024; GHSL R2022A, R2023A.

CREATE FUNCTION settlement_class(x int, y int, population float8, land_share float8 DEFAULT NULL, built_share float8 DEFAULT NULL, rules text DEFAULT 'eurostat_2021',
                                 cell_area_km2 float8 DEFAULT 1) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_class' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION settlement_class(int, int, float8, float8, float8, text, float8) IS
    'Degree of urbanisation of each grid cell of the partition, level 2: 30 urban centre, 23 dense, 22 semi-dense, 21 suburban, 13 rural cluster, 12 low, 11 very low density, 10 water';
CREATE FUNCTION settlement_class_level1(x int, y int, population float8, land_share float8 DEFAULT NULL, built_share float8 DEFAULT NULL, rules text DEFAULT 'eurostat_2021',
                                        cell_area_km2 float8 DEFAULT 1) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_class_level1' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION settlement_class_level1(int, int, float8, float8, float8, text, float8) IS
    'Degree of urbanisation of each grid cell by the definition of level 1: 3 urban centre, 2 urban cluster, 1 rural, 0 water';
CREATE FUNCTION built_up_threshold(x int, y int, population float8, land_share float8, built_share float8, density float8 DEFAULT 1500, size float8 DEFAULT 5000,
                                   corners boolean DEFAULT false, cell_area_km2 float8 DEFAULT 1) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_built_up_threshold' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION built_up_threshold(int, int, float8, float8, float8, float8, float8, boolean, float8) IS
    'Mean built-up share of the cells in dense clusters of the partition: the optimal threshold of GHSL R2023A before it is rounded up to a per cent';
CREATE FUNCTION settlement_level1(class smallint) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_level1' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION settlement_level1(smallint) IS 'Level-1 grid code (3, 2, 1, 0) of a level-2 grid code: 30 to 3; 23, 22, 21 to 2; 13, 12, 11 to 1; 10 to 0';
CREATE FUNCTION settlement_level1(class float8) RETURNS smallint
    AS 'MODULE_PATHNAME', 'terrbal_settlement_level1_number' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION settlement_level1(float8) IS 'The same of a code of any number type';
CREATE TYPE urbanisation_state;

CREATE FUNCTION urbanisation_state_in(cstring) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_state_in(cstring) IS 'Input of urbanisation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION urbanisation_state_out(urbanisation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_state_out(urbanisation_state) IS 'Output of urbanisation_state: hexadecimal canonical bytes, equal for equal sums';

CREATE FUNCTION urbanisation_state_recv(internal) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_state_recv(internal) IS 'Binary input of urbanisation_state, fully checked';

CREATE FUNCTION urbanisation_state_send(urbanisation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_state_send(urbanisation_state) IS 'Binary output of urbanisation_state: canonical bytes, big-endian';

CREATE TYPE urbanisation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = urbanisation_state_in, OUTPUT = urbanisation_state_out, RECEIVE = urbanisation_state_recv, SEND = urbanisation_state_send
);
COMMENT ON TYPE urbanisation_state IS 'Population and land area by class of urbanisation: what degree_of_urbanisation is read from';

CREATE FUNCTION urbanisation_combine(urbanisation_state, urbanisation_state) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_combine(urbanisation_state, urbanisation_state) IS 'Adds two urbanisation_state: combine of their aggregates';

CREATE FUNCTION urbanisation_final(urbanisation_state) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_final(urbanisation_state) IS 'Canonical form of a state, as it is stored';

CREATE AGGREGATE rollup(urbanisation_state) (
    SFUNC = urbanisation_combine, STYPE = urbanisation_state, SSPACE = 1024, COMBINEFUNC = urbanisation_combine, FINALFUNC = urbanisation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(urbanisation_state) IS 'Sum of stored urbanisation_state: what one pass over all their rows gives';

CREATE FUNCTION urbanisation_accum(urbanisation_state, class smallint, population float8, land_area float8) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, smallint, float8, float8) IS 'Transition of degree_of_urbanisation under eurostat_2021';
CREATE FUNCTION urbanisation_accum(urbanisation_state, class smallint, population float8, land_area float8, rules text) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, smallint, float8, float8, text) IS 'Transition of degree_of_urbanisation under rules of choice';
CREATE FUNCTION urbanisation_accum(urbanisation_state, class float8, population float8, land_area float8) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, float8, float8, float8) IS 'Transition of degree_of_urbanisation over codes of any number type';
CREATE FUNCTION urbanisation_accum(urbanisation_state, class float8, population float8, land_area float8, rules text) RETURNS urbanisation_state
    AS 'MODULE_PATHNAME', 'terrbal_urbanisation_accum_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION urbanisation_accum(urbanisation_state, float8, float8, float8, text) IS 'The same under rules of choice';

CREATE TYPE degree_of_urbanisation_result AS (
    level1 smallint, level2 smallint, urban_centre float8, dense_cluster float8, semi_dense_cluster float8, suburban float8, rural_cluster float8,
    low_density float8, very_low_density float8, water float8, unclassified float8, urban_cluster float8, rural float8, population float8, land_area float8, rules text
);
COMMENT ON TYPE degree_of_urbanisation_result IS
    'level1: 1 city, 2 town, 3 rural. level2: 30 city, 23 dense town, 22 semi-dense town, 21 suburb, 13 village, 12 dispersed, 11 mostly uninhabited. Shares of population';
COMMENT ON COLUMN degree_of_urbanisation_result.level1 IS '1 city, 2 town or semi-dense area, 3 rural area';
COMMENT ON COLUMN degree_of_urbanisation_result.urban_cluster IS 'Dense, semi-dense and suburban together';
COMMENT ON COLUMN degree_of_urbanisation_result.rural IS 'Rural cluster, low, very low density and water together';

CREATE FUNCTION degree_of_urbanisation(urbanisation_state) RETURNS degree_of_urbanisation_result
    AS 'MODULE_PATHNAME', 'terrbal_degree_of_urbanisation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION degree_of_urbanisation(urbanisation_state) IS 'Degree of urbanisation of a unit from its stored sums, under the rules they were made with';
CREATE FUNCTION degree_of_urbanisation(urbanisation_state, rules text) RETURNS degree_of_urbanisation_result
    AS 'MODULE_PATHNAME', 'terrbal_degree_of_urbanisation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION degree_of_urbanisation(urbanisation_state, text) IS 'The same under other rules for units';

CREATE AGGREGATE degree_of_urbanisation(class smallint, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(smallint, float8, float8) IS
    'Degree of urbanisation of a unit from the level-2 classes of its cells (Eurostat 2021): level1 1 city, 2 town, 3 rural, level2, shares of population';
CREATE AGGREGATE degree_of_urbanisation(class smallint, population float8, land_area float8, rules text) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(smallint, float8, float8, text) IS 'The same under eurostat_2021, eurostat_2024, ghsl_r2022a or ghsl_r2023a, equal in all rows of the group';
CREATE AGGREGATE urbanisation_state(class smallint, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = urbanisation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urbanisation_state(smallint, float8, float8) IS 'Population and land area by class as one value to store and roll up';
CREATE AGGREGATE degree_of_urbanisation(class float8, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(float8, float8, float8) IS 'The same from codes of any number type';
CREATE AGGREGATE degree_of_urbanisation(class float8, population float8, land_area float8, rules text) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = degree_of_urbanisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE degree_of_urbanisation(float8, float8, float8, text) IS 'The same from codes of any number type, under rules of choice';
CREATE AGGREGATE urbanisation_state(class float8, population float8, land_area float8) (
    SFUNC = urbanisation_accum, STYPE = urbanisation_state, SSPACE = 512, COMBINEFUNC = urbanisation_combine, FINALFUNC = urbanisation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE urbanisation_state(float8, float8, float8) IS 'The same from codes of any number type';
