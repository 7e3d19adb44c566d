-- readjustment: land readjustment, replotting, contributions

CREATE TYPE readjustment AS (right_value numeric, allotted numeric, settlement numeric, cost_share numeric);
COMMENT ON TYPE readjustment IS 'One owner in a land readjustment: value due, value allotted, money to pay (positive) or to receive, share of the cost';

CREATE FUNCTION readjustment(value_before numeric, value_after numeric, cost numeric, unit numeric DEFAULT 0.01) RETURNS readjustment
    AS 'MODULE_PATHNAME', 'terrbal_readjustment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION readjustment(numeric, numeric, numeric, numeric) IS 'Value-equalised readjustment: right = value before * (sum after - cost) / sum before; settlements over the partition add up to exactly 0';

CREATE FUNCTION contribution_ratio(area_before numeric, area_after numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(area_before, 'area before') - nonnegative(area_after, 'area after'), area_before);
COMMENT ON FUNCTION contribution_ratio(numeric, numeric) IS 'Share of private land given up for streets, public land and reserve plots: (before - after) / before';

CREATE FUNCTION contribution_ratio(area_before float8, area_after float8) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN contribution_ratio(exact_decimal(area_before), exact_decimal(area_after));
COMMENT ON FUNCTION contribution_ratio(float8, float8) IS 'As contribution_ratio(numeric, numeric), each area taken as its shortest decimal';

CREATE FUNCTION area_claim(area numeric, contribution numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(area, 'area') * (1 - fraction(contribution, 'contribution'));
COMMENT ON FUNCTION area_claim(numeric, numeric) IS 'Area due to an owner in an area-based readjustment, m2: area * (1 - contribution)';

CREATE FUNCTION proportional_rate(value_before numeric, value_after numeric, cost numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(value_after, 'value after') - nonnegative(cost, 'cost'), nonnegative(value_before, 'value before'));
COMMENT ON FUNCTION proportional_rate(numeric, numeric, numeric) IS 'Value due per unit of value contributed: (sum after - cost) / sum before; below 1 the project destroys value';
