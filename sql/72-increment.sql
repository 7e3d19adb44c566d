-- increment: tax increment financing

CREATE FUNCTION tax_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_tax_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tax_increment_step(numeric[], numeric, numeric, numeric) IS 'Transition of tax_increment';

CREATE FUNCTION tax_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_tax_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tax_increment_step(numeric[], numeric, numeric, numeric, numeric, numeric) IS 'Transition of tax_increment with a base that grows';

CREATE FUNCTION tax_increment_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN state[2] * positive_part(state[4] - state[3]);
COMMENT ON FUNCTION tax_increment_final(numeric[]) IS 'Final of tax_increment: rate times the captured value of the district';

CREATE FUNCTION tax_increment_growth_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(state[2] * positive_part(state[6] - state[5] * growth_factor(state[3], state[4])));
COMMENT ON FUNCTION tax_increment_growth_final(numeric[]) IS 'Final of tax_increment with a base that grows by (1 + growth)^years';

CREATE AGGREGATE tax_increment(base_value numeric, current_value numeric, rate numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = tax_increment_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment(numeric, numeric, numeric) IS 'Tax increment of a district, in money: rate * max(0, sum of values - sum of base values); the clamp is on the district';

CREATE AGGREGATE tax_increment(base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = tax_increment_growth_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment(numeric, numeric, numeric, numeric, numeric) IS 'Tax increment of a district whose base value grows by (1 + growth)^years';

CREATE FUNCTION parcel_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_parcel_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION parcel_increment_step(numeric[], numeric, numeric, numeric) IS 'Transition of parcel_increment';

CREATE FUNCTION parcel_increment_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN state[2] * state[3];
COMMENT ON FUNCTION parcel_increment_final(numeric[]) IS 'Final of parcel_increment';

CREATE AGGREGATE parcel_increment(base_value numeric, current_value numeric, rate numeric) (
    SFUNC = parcel_increment_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = parcel_increment_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE parcel_increment(numeric, numeric, numeric) IS 'Tax increment clamped parcel by parcel: rate * sum of max(0, value - base value); never below tax_increment';

CREATE FUNCTION parcel_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_parcel_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION parcel_increment_step(numeric[], numeric, numeric, numeric, numeric, numeric) IS 'Transition of parcel_increment with a base that grows';

CREATE FUNCTION parcel_increment_growth_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN trim_scale(state[2] * state[5]);
COMMENT ON FUNCTION parcel_increment_growth_final(numeric[]) IS 'Final of parcel_increment with a base that grows';

CREATE AGGREGATE parcel_increment(base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) (
    SFUNC = parcel_increment_step, STYPE = numeric[], SSPACE = 192, COMBINEFUNC = sums_combine, FINALFUNC = parcel_increment_growth_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE parcel_increment(numeric, numeric, numeric, numeric, numeric) IS 'Tax increment clamped parcel by parcel, base values growing by (1 + growth)^years';

CREATE FUNCTION present_value_step(state numeric[], amount numeric, years numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_present_value_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION present_value_step(numeric[], numeric, numeric, numeric) IS 'Transition of present_value';

CREATE FUNCTION present_value_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(state[3], 1);
COMMENT ON FUNCTION present_value_final(numeric[]) IS 'Final of present_value: the sum at 20 decimals';

CREATE AGGREGATE present_value(amount numeric, years numeric, rate numeric) (
    SFUNC = present_value_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = present_value_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE present_value(numeric, numeric, numeric) IS 'Present value in money: sum of amount / (1 + rate)^years; years from now, at the end of the year (mid-year: years - 0.5)';

CREATE FUNCTION debt_capacity_step(state numeric[], amount numeric, years numeric, rate numeric, coverage numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_present_value_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION debt_capacity_step(numeric[], numeric, numeric, numeric, numeric) IS 'Transition of debt_capacity';

CREATE FUNCTION debt_capacity_final(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(state[4], state[3]);
COMMENT ON FUNCTION debt_capacity_final(numeric[]) IS 'Final of debt_capacity';

CREATE AGGREGATE debt_capacity(amount numeric, years numeric, rate numeric, coverage numeric) (
    SFUNC = debt_capacity_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = debt_capacity_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE debt_capacity(numeric, numeric, numeric, numeric) IS 'Debt that the increments of the bond term can carry, in money: their present value over the coverage ratio (1.25 = 25 % reserve)';

CREATE FUNCTION payback_year_step(state numeric[], amount numeric, years numeric, rate numeric, cost numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_payback_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION payback_year_step(numeric[], numeric, numeric, numeric, numeric) IS 'Transition of payback_year';

CREATE FUNCTION payback_year_combine(a numeric[], b numeric[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_payback_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION payback_year_combine(numeric[], numeric[]) IS 'Combine of payback_year';

CREATE FUNCTION payback_year_final(state numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_payback_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION payback_year_final(numeric[]) IS 'Final of payback_year';

CREATE AGGREGATE payback_year(amount numeric, years numeric, rate numeric, cost numeric) (
    SFUNC = payback_year_step, STYPE = numeric[], SSPACE = 1024, COMBINEFUNC = payback_year_combine, FINALFUNC = payback_year_final, PARALLEL = SAFE);
COMMENT ON AGGREGATE payback_year(numeric, numeric, numeric, numeric) IS 'First year whose cumulated present value reaches the cost; NULL if none does';

CREATE FUNCTION pass_through(increment numeric, entity_rate numeric, total_rate numeric, share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(increment * nonnegative(entity_rate, 'rate of the entity') * fraction(share, 'share'), nonnegative(total_rate, 'total rate'));
COMMENT ON FUNCTION pass_through(numeric, numeric, numeric, numeric) IS 'Part of the increment handed on to a taxing entity: increment * entity rate / total rate * share';
