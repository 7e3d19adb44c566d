-- disclosure: counts that may be published
CREATE FUNCTION controlled_rounding(count bigint, base integer, seed bigint DEFAULT NULL) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_controlled_rounding' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION controlled_rounding(bigint, integer, bigint) IS 'Count rounded to an adjacent multiple of base so that the sum over the partition is rounded too (Cox 1987); with a seed at random and unbiased';

CREATE FUNCTION dominance_risk(total float8, largest float8[], n integer, k float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(sum(nonnegative(exact_decimal(x.value), 'contribution')), 0) FROM unnest(largest) WITH ORDINALITY x (value, place) WHERE x.place <= n) * 100
        > exact_decimal(k) * nonnegative(exact_decimal(total), 'total');
COMMENT ON FUNCTION dominance_risk(float8, float8[], integer, float8) IS 'Does the (n, k) rule forbid a total? True where its n largest contributions, given largest first, are more than k percent of it';

CREATE FUNCTION p_percent_risk(total float8, largest float8[], p float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (nonnegative(exact_decimal(total), 'total') - coalesce(exact_decimal(largest[1]), 0) - coalesce(exact_decimal(largest[2]), 0)) * 100
        < exact_decimal(p) * coalesce(nonnegative(exact_decimal(largest[1]), 'contribution'), 0);
COMMENT ON FUNCTION p_percent_risk(float8, float8[], float8) IS 'Does the p-percent rule forbid a total? True where the second contributor could estimate the largest within p percent: total - x1 - x2 < p/100 x1';
