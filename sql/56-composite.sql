-- composite: indicators on one scale, and several of them in one index. OECD/JRC Handbook on Constructing Composite Indicators, 2008.

CREATE FUNCTION normalised(x float8, method text, direction int DEFAULT 1) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normalised' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION normalised(float8, text, int) IS
    'An indicator on a common scale within the partition: min_max, z_score, rank, borda, percentile_rank, distance_to_max (OECD/JRC 2008); direction -1 where less is better';
CREATE FUNCTION normalised(x float8, method text, direction int, parameters float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_normalised' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION normalised(float8, text, int, float8[]) IS
    'The same with parameters: min_max {low, high}, z_score {mean, sd}, goalposts {low, high, scale}, distance_to_target {target, cap}, distance_to_reference {value}';

CREATE FUNCTION composite_index(scores float8[], weights float8[], aggregation text) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_composite_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION composite_index(float8[], float8[], text) IS
    'Weighted mean of normalised scores: arithmetic, geometric, harmonic, mpi_negative, mpi_positive (OECD/JRC 2008; Mazziotta and Pareto 2016); a NULL score gives NULL';
CREATE FUNCTION composite_index(scores float8[], weights float8[], aggregation text, power float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_composite_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION composite_index(float8[], float8[], text, float8) IS
    'The same with aggregation generalised: power mean, 1 arithmetic, 0 geometric, -1 harmonic; other aggregations ignore the power';
CREATE FUNCTION composite_index(scores float8[], weights float8[], aggregation text, power float8, availability float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_composite_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION composite_index(float8[], float8[], text, float8, float8) IS
    'The same over the scores that are there, where they carry at least the share availability of all weight, else NULL';
CREATE FUNCTION composite_index(scores float8[], aggregation text) RETURNS float8
    LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
    RETURN composite_index(scores, array_fill(1::float8, ARRAY[cardinality(scores)]), aggregation);
COMMENT ON FUNCTION composite_index(float8[], text) IS 'The same with equal weights';

CREATE FUNCTION outranking(scores_a float8[], scores_b float8[], weights float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_outranking' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION outranking(float8[], float8[], float8[]) IS
    'Share of weight on which unit a beats unit b, ties counting half (outranking matrix, OECD/JRC 2008); Copeland and Borda orders are sums over it';
