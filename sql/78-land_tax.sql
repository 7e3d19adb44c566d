-- land_tax: recurrent taxes on land and taxes on its increment

CREATE FUNCTION land_value_tax(land_value numeric, rate numeric, exempt numeric DEFAULT 0) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN told_rate(rate, 'rate') * positive_part(nonnegative(land_value, 'land value') - nonnegative(exempt, 'exempt'));
COMMENT ON FUNCTION land_value_tax(numeric, numeric, numeric) IS 'Land value tax, in money: rate * max(0, land value - exempt amount); not rounded';

CREATE TYPE split_rate AS (land_rate numeric, building_rate numeric);
COMMENT ON TYPE split_rate IS 'Rates on land and on buildings, fractions of their values';

CREATE FUNCTION split_rate_step(state numeric[], land numeric, building numeric, revenue numeric, ratio numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_split_rate_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION split_rate_step(numeric[], numeric, numeric, numeric, numeric) IS 'Transition of split_rate';

CREATE FUNCTION split_rate(state numeric[]) RETURNS split_rate
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (sums_of(state, 'split_rate_state', 2, 2))[5] + state[3] * state[4] > 0
                THEN ROW(quotient(state[2] * state[3], state[5] + state[3] * state[4]), quotient(state[2], state[5] + state[3] * state[4]))::split_rate END;
COMMENT ON FUNCTION split_rate(numeric[]) IS 'Rates of a stored split_rate_state';

CREATE AGGREGATE split_rate(land numeric, building numeric, revenue numeric, ratio numeric) (
    SFUNC = split_rate_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = split_rate, PARALLEL = SAFE);
COMMENT ON AGGREGATE split_rate(numeric, numeric, numeric, numeric) IS 'Rates that raise the revenue with land taxed at ratio times buildings: revenue / (sum of buildings + ratio * sum of land)';

CREATE AGGREGATE split_rate_state(land numeric, building numeric, revenue numeric, ratio numeric) (
    SFUNC = split_rate_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE split_rate_state(numeric, numeric, numeric, numeric) IS 'What split_rate needs of these parcels, to be stored and rolled up: {2, revenue, ratio, sum of land, sum of buildings}';

CREATE TYPE tax_shift AS (parcels bigint, before numeric, after numeric, gross numeric, net numeric, gainers bigint, losers bigint);
COMMENT ON TYPE tax_shift IS 'What a reform moves: totals, sum of absolute changes, half of it, and how many pay less or more';

CREATE FUNCTION tax_shift_step(state numeric[], before numeric, after numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_tax_shift_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tax_shift_step(numeric[], numeric, numeric) IS 'Transition of tax_shift';

CREATE FUNCTION tax_shift(state numeric[]) RETURNS tax_shift
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ROW((sums_of(state, 'tax_shift_state', 6, 0))[2]::bigint, state[3], state[4], state[5], trim_scale(state[5] * 0.5), state[6]::bigint, state[7]::bigint)::tax_shift;
COMMENT ON FUNCTION tax_shift(numeric[]) IS 'Shift table of a stored tax_shift_state';

CREATE AGGREGATE tax_shift(before numeric, after numeric) (
    SFUNC = tax_shift_step, STYPE = numeric[], SSPACE = 192, COMBINEFUNC = sums_combine, FINALFUNC = tax_shift, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_shift(numeric, numeric) IS 'Money that a tax reform moves between parcels: gross = sum of absolute changes, net = half of it; parcels that gain and lose';

CREATE AGGREGATE tax_shift_state(before numeric, after numeric) (
    SFUNC = tax_shift_step, STYPE = numeric[], SSPACE = 192, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_shift_state(numeric, numeric) IS 'What tax_shift needs of these parcels, to be stored and rolled up';

CREATE FUNCTION bracket_tax(amount numeric, base numeric, lower numeric[], rate numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_bracket_tax' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bracket_tax(numeric, numeric, numeric[], numeric[]) IS 'Marginal tax in money: each part of the amount between lower[k] * base and lower[k+1] * base bears rate[k]; 0 for a negative amount';
