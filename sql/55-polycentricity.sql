-- polycentricity: rank-size, redistribution, quotients, bias to big cities, functional polycentricity, spatial autocorrelation

CREATE TYPE rank_size_result AS (
    slope float8, slope_se float8, r2 float8, slope_shifted float8, primacy float8, primacy_share float8, primacy_four float8, hhi float8, entropy float8,
    intercept float8, slope_shifted_se float8, n bigint
);
COMMENT ON TYPE rank_size_result IS 'How the sizes of places fall with their rank, and how far the largest stands out';
COMMENT ON COLUMN rank_size_result.slope IS 'Of ln(size) on ln(rank) by least squares; near 0 polycentric, below -1 dominated by the largest';
COMMENT ON COLUMN rank_size_result.slope_se IS 'Its ordinary standard error, too small because ranks are not independent';
COMMENT ON COLUMN rank_size_result.slope_shifted IS 'Of ln(rank - 1/2) on ln(size) (Gabaix and Ibragimov 2011)';
COMMENT ON COLUMN rank_size_result.slope_shifted_se IS 'Its standard error |slope| sqrt(2/n)';
COMMENT ON COLUMN rank_size_result.primacy IS 'Largest over second';
COMMENT ON COLUMN rank_size_result.primacy_share IS 'Largest over all';
COMMENT ON COLUMN rank_size_result.primacy_four IS 'Largest over the next three together';
COMMENT ON COLUMN rank_size_result.hhi IS 'Sum of squared shares';
COMMENT ON COLUMN rank_size_result.entropy IS 'Shannon entropy of shares, natural logarithm';
COMMENT ON COLUMN rank_size_result.n IS 'Places with more than nobody';

CREATE FUNCTION rank_size(sample_state) RETURNS rank_size_result
    AS 'MODULE_PATHNAME', 'terrbal_rank_size' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rank_size(sample_state) IS 'Rank-size regressions and primacy of a stored sample without weights';
CREATE AGGREGATE rank_size(population float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = rank_size, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rank_size(float8) IS 'Rank-size regressions by both estimators, primacy and concentration of places by population (Zipf 1949, Gabaix and Ibragimov 2011)';

CREATE FUNCTION share_difference(paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_share_difference' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION share_difference(paired_state) IS 'Half the sum of absolute differences of shares, per cent, of a stored sample of pairs';
CREATE AGGREGATE hoover_redistribution(share_before float8, share_after float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = share_difference, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hoover_redistribution(float8, float8) IS 'Per cent of the population that would have to move to restore the earlier distribution (Hoover 1941); shares or counts';
CREATE AGGREGATE hoover_concentration(population float8, area float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = share_difference, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hoover_concentration(float8, float8) IS 'Per cent of the population that would have to move for equal density (Hoover 1936); shares or counts';

CREATE FUNCTION krugman_specialisation(paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_krugman_specialisation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION krugman_specialisation(paired_state) IS 'Krugman''s index of a stored sample of pairs';
CREATE AGGREGATE krugman_specialisation(activity_region float8, activity_other float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = krugman_specialisation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE krugman_specialisation(float8, float8) IS 'Sum of absolute differences between the sector shares of two regions, 0 the same to 2 nothing in common (Krugman 1991)';

CREATE FUNCTION location_quotient(activity_region float8, total_region float8, activity_nation float8, total_nation float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_location_quotient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_quotient(float8, float8, float8, float8) IS 'Share of an activity in a region over its share in the nation; above 1 specialised';

CREATE TYPE shift_share_result AS (change float8, national float8, sector float8, regional float8);
COMMENT ON TYPE shift_share_result IS 'Change of a sector in a region = national + sector + regional component, in its unit';
CREATE FUNCTION shift_share(region_start float8, region_end float8, sector_start float8, sector_end float8, nation_start float8, nation_end float8) RETURNS shift_share_result
    AS 'MODULE_PATHNAME', 'terrbal_shift_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION shift_share(float8, float8, float8, float8, float8, float8) IS
    'Change of a sector in a region by national growth, its sector''s growth beyond that, and the rest that is the region''s own (Dunn 1960)';

CREATE TYPE size_regression_result AS (elasticity float8, elasticity_se float8, r2 float8, intercept float8, n bigint);
COMMENT ON TYPE size_regression_result IS 'ln(amount per head) = intercept + elasticity ln(population)';
CREATE FUNCTION size_elasticity(paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_size_elasticity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION size_elasticity(paired_state) IS 'Bias to big cities of a stored sample of (population, amount)';
CREATE FUNCTION size_regression(paired_state) RETURNS size_regression_result
    AS 'MODULE_PATHNAME', 'terrbal_size_regression' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION size_regression(paired_state) IS 'The same with standard error and fit';
CREATE AGGREGATE size_elasticity(population float8, amount float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = size_elasticity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE size_elasticity(float8, float8) IS 'Elasticity of the amount per head to population: above 0 money follows size (bias to big cities), below 0 it favours small places';
CREATE AGGREGATE size_regression(population float8, amount float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = size_regression, PARALLEL = SAFE
);
COMMENT ON AGGREGATE size_regression(float8, float8) IS 'The same with its standard error, fit and number of places';

CREATE FUNCTION functional_polycentricity(flow_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_functional_polycentricity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION functional_polycentricity(flow_state) IS 'Green''s special functional polycentricity of stored flows';
CREATE FUNCTION functional_polycentricity(flow_state, potential float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_functional_polycentricity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION functional_polycentricity(flow_state, float8) IS 'The same with the largest total flow that could be as the measure of density';
CREATE AGGREGATE functional_polycentricity(origin text, destination text, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = functional_polycentricity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_polycentricity(text, text, float8) IS
    'Balance of inflows between centres times the share of possible links in use, 0 one centre to 1 all equal (Green 2007, special)';

CREATE AGGREGATE functional_polycentricity(origin bigint, destination bigint, flow float8) (
    SFUNC = flow_transition, STYPE = flow_state, SSPACE = 4096, COMBINEFUNC = flow_combine, FINALFUNC = functional_polycentricity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE functional_polycentricity(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Balance of inflows between centres times the share of possible links in use, 0 one centre to 1 all equal (Green 2007, special)';

CREATE TYPE spatial_state;

CREATE FUNCTION spatial_state_in(cstring) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_state_in(cstring) IS 'Input of spatial_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION spatial_state_out(spatial_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_spatial_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_state_out(spatial_state) IS 'Output of spatial_state: hexadecimal canonical bytes, equal for equal pairs';

CREATE FUNCTION spatial_state_recv(internal) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_state_recv(internal) IS 'Binary input of spatial_state, fully checked';

CREATE FUNCTION spatial_state_send(spatial_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_spatial_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spatial_state_send(spatial_state) IS 'Binary output of spatial_state: canonical bytes, big-endian';

CREATE TYPE spatial_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = spatial_state_in, OUTPUT = spatial_state_out, RECEIVE = spatial_state_recv, SEND = spatial_state_send
);
COMMENT ON TYPE spatial_state IS 'Pairs of neighbours with their values: the state under Moran''s I and the spatial Gini';

CREATE FUNCTION spatial_combine(spatial_state, spatial_state) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_combine(spatial_state, spatial_state) IS 'Adds two spatial_state: combine of their aggregates';

CREATE FUNCTION spatial_final(spatial_state) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_final(spatial_state) IS 'Canonical form of a state, as it is stored';

CREATE AGGREGATE rollup(spatial_state) (
    SFUNC = spatial_combine, STYPE = spatial_state, SSPACE = 1024, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(spatial_state) IS 'Sum of stored spatial_state: what one pass over all their rows gives';

CREATE FUNCTION spatial_transition(spatial_state, unit_i text, unit_j text, value_i float8, value_j float8, weight float8) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, text, text, float8, float8, float8) IS 'Adds a pair of neighbours, or an island: transition of the spatial aggregates';
CREATE FUNCTION spatial_transition(spatial_state, unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, bigint, bigint, float8, float8, float8) IS 'The same for integer ids';
CREATE FUNCTION spatial_transition(spatial_state, unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, text, text, float8, float8, float8, int, bigint) IS 'The same with permutations';

CREATE FUNCTION spatial_transition(spatial_state, unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) RETURNS spatial_state
    AS 'MODULE_PATHNAME', 'terrbal_spatial_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_transition(spatial_state, bigint, bigint, float8, float8, float8, int, bigint) IS 'The same for integer ids';

CREATE TYPE moran_result AS (i float8, expected float8, z float8, p float8, variance float8, units int, links bigint, permutations int,
    variance_random float8, z_random float8, p_random float8);
COMMENT ON TYPE moran_result IS 'Moran''s I with its expectation and z under normality, and under randomisation; p two-sided normal, or by permutation on the side of I';
CREATE TYPE local_moran_result AS (unit text, value float8, lag float8, i float8, quadrant text, p float8);
COMMENT ON TYPE local_moran_result IS 'Local Moran of one unit; lag is the weighted sum of the neighbours'' deviations; p by conditional permutation';
CREATE TYPE spatial_gini_result AS (gini float8, neighbour float8, non_neighbour float8, polarisation float8, p float8);
COMMENT ON TYPE spatial_gini_result IS 'Gini = neighbour + non-neighbour part; polarisation: mean difference between non-neighbours over that between neighbours';

CREATE FUNCTION moran(spatial_state) RETURNS moran_result
    AS 'MODULE_PATHNAME', 'terrbal_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moran(spatial_state) IS 'Of stored pairs. Moran''s I over ordered pairs of neighbours: above expected, like lies beside like (Moran 1950; Cliff and Ord 1981)';
CREATE FUNCTION moran(spatial_state, permutations int, seed bigint) RETURNS moran_result
    AS 'MODULE_PATHNAME', 'terrbal_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moran(spatial_state, int, bigint) IS 'Of stored pairs, with p by permutation; the seed fixes the draws';
CREATE AGGREGATE moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(text, text, float8, float8, float8) IS 'Moran''s I over ordered pairs of neighbours: above expected, like lies beside like (Moran 1950; Cliff and Ord 1981)';
CREATE AGGREGATE moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Moran''s I over ordered pairs of neighbours: above expected, like lies beside like (Moran 1950; Cliff and Ord 1981)';
CREATE AGGREGATE moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE FUNCTION local_moran(spatial_state) RETURNS local_moran_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_moran(spatial_state) IS 'Of stored pairs. Local Moran of every unit with its quadrant: high-high and low-low clusters, high-low and low-high outliers (Anselin 1995)';
CREATE FUNCTION local_moran(spatial_state, permutations int, seed bigint) RETURNS local_moran_result[]
    AS 'MODULE_PATHNAME', 'terrbal_local_moran' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_moran(spatial_state, int, bigint) IS 'Of stored pairs, with p by permutation; the seed fixes the draws';
CREATE AGGREGATE local_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(text, text, float8, float8, float8) IS 'Local Moran of every unit with its quadrant: high-high and low-low clusters, high-low and low-high outliers (Anselin 1995)';
CREATE AGGREGATE local_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Local Moran of every unit with its quadrant: high-high and low-low clusters, high-low and low-high outliers (Anselin 1995)';
CREATE AGGREGATE local_moran(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(text, text, float8, float8, float8, int, bigint) IS 'The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE local_moran(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = local_moran, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_moran(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE FUNCTION spatial_gini(spatial_state) RETURNS spatial_gini_result
    AS 'MODULE_PATHNAME', 'terrbal_spatial_gini' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_gini(spatial_state) IS 'Of stored pairs. Gini split into differences between neighbours and between others, over ordered pairs (Rey and Smith 2013)';
CREATE FUNCTION spatial_gini(spatial_state, permutations int, seed bigint) RETURNS spatial_gini_result
    AS 'MODULE_PATHNAME', 'terrbal_spatial_gini' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spatial_gini(spatial_state, int, bigint) IS 'Of stored pairs, with p by permutation; the seed fixes the draws';
CREATE AGGREGATE spatial_gini(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(text, text, float8, float8, float8) IS 'Gini split into differences between neighbours and between others, over ordered pairs (Rey and Smith 2013)';
CREATE AGGREGATE spatial_gini(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Gini split into differences between neighbours and between others, over ordered pairs (Rey and Smith 2013)';
CREATE AGGREGATE spatial_gini(unit_i text, unit_j text, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(text, text, float8, float8, float8, int, bigint) IS 'The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE spatial_gini(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8, permutations int, seed bigint) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_gini, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_gini(bigint, bigint, float8, float8, float8, int, bigint) IS 'With integer ids: the same as with their decimal text. The same with p by permutation; the seed fixes the draws, equal in all rows';

CREATE AGGREGATE spatial_state(unit_i text, unit_j text, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_state(text, text, float8, float8, float8) IS 'Pairs of neighbours with their values as one value to store and roll up';
CREATE AGGREGATE spatial_state(unit_i bigint, unit_j bigint, value_i float8, value_j float8, weight float8) (
    SFUNC = spatial_transition, STYPE = spatial_state, SSPACE = 4096, COMBINEFUNC = spatial_combine, FINALFUNC = spatial_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spatial_state(bigint, bigint, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Pairs of neighbours with their values as one value to store and roll up';
