-- dependence: likeness between neighbours by other measures than Moran's I

CREATE TYPE geary_result AS (c float8, expected float8, z float8, p float8, variance float8, units int, links bigint, variance_random float8, z_random float8, p_random float8);
COMMENT ON TYPE geary_result IS 'Gearys C with z below 0 where neighbours are alike; under normality and under randomisation; p two-sided';

CREATE FUNCTION geary(state spatial_state) RETURNS geary_result
    AS 'MODULE_PATHNAME', 'terrbal_geary' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geary(spatial_state) IS 'Of stored pairs. Geary''s C over ordered pairs of neighbours: below 1, like lies beside like (Geary 1954)';

CREATE AGGREGATE geary(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = geary, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geary(text, text, float8, float8, float8) IS 'Geary''s C over ordered pairs of neighbours: below 1, like lies beside like (Geary 1954)';

CREATE AGGREGATE geary(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = geary, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geary(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE getis_ord_result AS (g float8, expected float8, z float8, p float8, variance float8, units int, links bigint);
COMMENT ON TYPE getis_ord_result IS 'Getis and Ord''s G under randomisation; p two-sided';

CREATE FUNCTION getis_ord(state spatial_state) RETURNS getis_ord_result
    AS 'MODULE_PATHNAME', 'terrbal_getis_ord' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION getis_ord(spatial_state) IS 'Of stored pairs. Getis and Ord''s G of values >= 0: above expected, high values lie side by side; below, low ones (1992)';

CREATE AGGREGATE getis_ord(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE getis_ord(text, text, float8, float8, float8) IS 'Getis and Ord''s G of values >= 0: above expected, high values lie side by side; below, low ones (1992)';

CREATE AGGREGATE getis_ord(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE getis_ord(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE local_getis_ord_result AS (unit text, value float8, g_star float8, p_star float8, g float8, p float8);
COMMENT ON TYPE local_getis_ord_result IS 'Hot and cold spots: z-scores of G* (the unit among its neighbours) and G, p two-sided normal, of one test each';

CREATE FUNCTION local_getis_ord(state spatial_state) RETURNS local_getis_ord_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_getis_ord' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_getis_ord(spatial_state) IS 'Of stored pairs. Hot and cold spots: z-scores of the sum over the neighbours of each unit (Ord and Getis 1995)';

CREATE AGGREGATE local_getis_ord(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_getis_ord(text, text, float8, float8, float8) IS 'Hot and cold spots: z-scores of the sum over the neighbours of each unit (Ord and Getis 1995)';

CREATE AGGREGATE local_getis_ord(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_getis_ord, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_getis_ord(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE TYPE bivariate_moran_result AS (i float8, p float8, units int, links bigint, permutations int);
COMMENT ON TYPE bivariate_moran_result IS 'Moran''s I of one variable and another one of the neighbours; p by permutation on the side of I';

CREATE FUNCTION bivariate_moran(state spatial_state) RETURNS bivariate_moran_result
    AS 'MODULE_PATHNAME', 'terrbal_bivariate_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bivariate_moran(spatial_state) IS 'Of stored pairs. Moran''s I of value_i with value_j, another variable, of the neighbours; not symmetric (Wartenberg 1985)';

CREATE AGGREGATE bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(text, text, float8, float8, float8) IS 'Moran''s I of value_i with value_j, another variable, of the neighbours; not symmetric (Wartenberg 1985)';

CREATE AGGREGATE bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by permutation of the second variable; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bivariate_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE FUNCTION local_bivariate_moran(state spatial_state) RETURNS local_moran_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_bivariate_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_bivariate_moran(spatial_state) IS 'Of stored pairs. Local Moran of value_i with value_j, another variable, of the neighbours: quadrant and, of pairs with permutations, p (Anselin, Syabri and Smirnov 2002)';

CREATE AGGREGATE local_bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(text, text, float8, float8, float8) IS 'Local Moran of value_i with value_j, another variable, of the neighbours: quadrant and, of pairs with permutations, p (Anselin, Syabri and Smirnov 2002)';

CREATE AGGREGATE local_bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE local_bivariate_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by conditional permutation of the second variable; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE local_bivariate_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_bivariate_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_bivariate_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE TYPE join_count_result AS (joins text, count float8, expected float8, z float8, p float8, variance float8);
COMMENT ON TYPE join_count_result IS 'Joins of ones, of zeros and of both, without replacement; p two-sided';

CREATE FUNCTION join_count(state spatial_state) RETURNS join_count_result[]
    AS 'MODULE_PATHNAME', 'terrbal_join_count' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION join_count(spatial_state) IS 'Of stored pairs. Joins between equal and unequal neighbours, values 0 and 1, against chance (Cliff and Ord 1981)';

CREATE AGGREGATE join_count(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = join_count, PARALLEL = SAFE
);
COMMENT ON AGGREGATE join_count(text, text, float8, float8, float8) IS 'Joins between equal and unequal neighbours, values 0 and 1, against chance (Cliff and Ord 1981)';

CREATE AGGREGATE join_count(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = join_count, PARALLEL = SAFE
);
COMMENT ON AGGREGATE join_count(bigint, bigint, float8, float8, float8) IS 'The same for integer ids';
