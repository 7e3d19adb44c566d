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

CREATE TYPE rank_range AS (rank int, best int, p05 int, median int, p95 int, worst int, top float8);
COMMENT ON TYPE rank_range IS
    'Result of rank_range: rank by the weights as given; over the draws best, 5 %, median, 95 % and worst rank, and the share of draws in which the unit is among the top';

CREATE FUNCTION rank_range(scores float8[], weights float8[] DEFAULT NULL, spread float8 DEFAULT 0.25, aggregations text[] DEFAULT '{arithmetic}',
                           draws int DEFAULT 1000, seed bigint DEFAULT 0, top int DEFAULT 1) RETURNS rank_range
    AS 'MODULE_PATHNAME', 'terrbal_rank_range' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION rank_range(float8[], float8[], float8, text[], int, bigint, int) IS
    'Ranks of a unit over drawn weights, between w (1 - spread) and w (1 + spread), or any weights where they are NULL, and over aggregations; 1 is the highest index (Saisana, Saltelli and Tarantola 2005)';

CREATE TYPE benefit_of_the_doubt AS (index float8, shares float8[]);
COMMENT ON TYPE benefit_of_the_doubt IS 'Result of benefit_of_the_doubt: index from 0 to 1, and the share of each part in it under the weights that suit the unit best';

CREATE FUNCTION benefit_of_the_doubt(scores float8[], low float8[] DEFAULT NULL, high float8[] DEFAULT NULL) RETURNS benefit_of_the_doubt
    AS 'MODULE_PATHNAME', 'terrbal_benefit_of_the_doubt' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION benefit_of_the_doubt(float8[], float8[], float8[]) IS
    'Composite index by the weights that show each unit best against all others, with bounds on the share of each part: exact linear programs (Cherchye and others 2007)';
