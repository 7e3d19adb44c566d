-- Equalisation: capacities against a standard, entitlements, closed transfers, and what they did
CREATE TYPE equalisation AS (standard numeric, gap numeric, entitlement numeric, transfer numeric, status pool_status);
COMMENT ON TYPE equalisation IS 'Result of equalisation: capacity per unit of need, gap, entitlement and transfer (money), status of the row';

CREATE TYPE equalisation_effect AS (
    gini_before float8, gini_after float8, cv_before float8, cv_after float8, minimum_after float8, reversals bigint, equalisation_degree float8
);
COMMENT ON TYPE equalisation_effect IS
    'Result of equalisation_effect: Gini and coefficient of variation before and after, least value after, pairs that changed rank, 1 - sd after / sd before';

CREATE FUNCTION standard_yield(base numeric, revenue numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_standard_yield' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION standard_yield(numeric, numeric) IS
    'Own base at the average rate, base * sum(revenue) / sum(base), money, rounded to 10 decimals; NULL without any base (Canada F-8 s. 3.5)';

CREATE FUNCTION capacity_gap(capacity numeric, population numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_capacity_gap' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gap(numeric, numeric) IS
    'Mean capacity per head of the partition minus own, money per head, rounded to 10 decimals; NULL for a population of 0';

CREATE FUNCTION capacity_gap(capacity numeric, population bigint) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_capacity_gap' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gap(numeric, bigint) IS
    'Mean capacity per head of the partition minus own, money per head, rounded to 10 decimals; NULL for a population of 0';

CREATE FUNCTION capacity_gap(capacity numeric, population float8) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_capacity_gap' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capacity_gap(numeric, float8) IS
    'Mean capacity per head of the partition minus own, money per head, rounded to 10 decimals; NULL for a population of 0';

CREATE FUNCTION equalisation(capacity numeric, need numeric, rate numeric, pool numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS equalisation
    AS 'MODULE_PATHNAME', 'terrbal_equalisation' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equalisation(numeric, numeric, numeric, numeric, numeric) IS
    'Transfers at a rate on the gap to the standard: closed to zero, or a given pool shared by the receivers up to their entitlements; money, exact';

CREATE FUNCTION equalisation(capacity numeric, need bigint, rate numeric, pool numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS equalisation
    AS 'MODULE_PATHNAME', 'terrbal_equalisation' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equalisation(numeric, bigint, numeric, numeric, numeric) IS
    'Transfers at a rate on the gap to the standard: closed to zero, or a given pool shared by the receivers up to their entitlements; money, exact';

CREATE FUNCTION equalisation(capacity numeric, need float8, rate numeric, pool numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS equalisation
    AS 'MODULE_PATHNAME', 'terrbal_equalisation' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equalisation(numeric, float8, numeric, numeric, numeric) IS
    'Transfers at a rate on the gap to the standard: closed to zero, or a given pool shared by the receivers up to their entitlements; money, exact';

CREATE FUNCTION averaged_capacity(amounts numeric[], populations numeric[], weights numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_averaged_capacity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION averaged_capacity(numeric[], numeric[], numeric[]) IS
    'Several years as a ratio of weighted averages, sum(weight*amount) / sum(weight*population), money per head (Canada F-8 s. 3.2)';

CREATE FUNCTION mean_of_ratios(amounts numeric[], populations numeric[], weights numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_mean_of_ratios' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean_of_ratios(numeric[], numeric[], numeric[]) IS
    'Several years as a weighted mean of ratios, sum(weight*amount/population) / sum(weight), money per head: not what most laws ask for';

CREATE FUNCTION rank_reversals(state paired_state) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_rank_reversals' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rank_reversals(paired_state) IS
    'Pairs of units whose order before and after is opposite, ties not counted; before and after per head: of a stored state';

CREATE AGGREGATE rank_reversals(before float8, after float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = rank_reversals, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rank_reversals(float8, float8) IS
    'Pairs of units whose order before and after is opposite, ties not counted; before and after per head';

CREATE FUNCTION equalisation_effect(state paired_state) RETURNS equalisation_effect
    AS 'MODULE_PATHNAME', 'terrbal_equalisation_effect' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION equalisation_effect(paired_state) IS
    'Gini, coefficient of variation, minimum, rank reversals and equalisation degree of values per head, before and after transfers: of a stored state';

CREATE AGGREGATE equalisation_effect(before float8, after float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = equalisation_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE equalisation_effect(float8, float8) IS
    'Gini, coefficient of variation, minimum, rank reversals and equalisation degree of values per head, before and after transfers';

CREATE AGGREGATE equalisation_effect(before float8, after float8, population float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = equalisation_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE equalisation_effect(float8, float8, float8) IS
    'Gini, coefficient of variation, minimum, rank reversals and equalisation degree of values per head, before and after transfers; weighted by population';

