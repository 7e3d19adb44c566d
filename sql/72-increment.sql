-- increment: tax increment financing

CREATE FUNCTION tax_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_tax_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tax_increment_step(numeric[], numeric, numeric, numeric) IS 'Transition of tax_increment';

CREATE FUNCTION tax_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_tax_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION tax_increment_step(numeric[], numeric, numeric, numeric, numeric, numeric) IS 'Transition of tax_increment with a base that grows';

CREATE FUNCTION tax_increment(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE (sums_of(state, 'tax_increment_state', 2, 1, 3))[1] WHEN 1 THEN state[2] * positive_part(state[4] - state[3])
                         WHEN 3 THEN trim_scale(state[2] * positive_part(state[6] - state[5] * growth_factor(state[3], state[4]))) END;
COMMENT ON FUNCTION tax_increment(numeric[]) IS 'Tax increment of a stored tax_increment_state, in money: the clamp is on what has been rolled up';

CREATE AGGREGATE tax_increment(base_value numeric, current_value numeric, rate numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = tax_increment, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment(numeric, numeric, numeric) IS 'Tax increment of a district, in money: rate * max(0, sum of values - sum of base values); the clamp is on the district';

CREATE AGGREGATE tax_increment(base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = tax_increment, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment(numeric, numeric, numeric, numeric, numeric) IS 'Tax increment of a district whose base value grows by (1 + growth)^years';

CREATE AGGREGATE tax_increment_state(base_value numeric, current_value numeric, rate numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment_state(numeric, numeric, numeric) IS 'What tax_increment needs of these parcels, to be stored and rolled up to any district: {1, rate, sum of base values, sum of values}';

CREATE AGGREGATE tax_increment_state(base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) (
    SFUNC = tax_increment_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE tax_increment_state(numeric, numeric, numeric, numeric, numeric) IS 'As tax_increment_state(base_value, current_value, rate), the base growing: {3, rate, growth, years, sums}';

CREATE FUNCTION parcel_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_parcel_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION parcel_increment_step(numeric[], numeric, numeric, numeric) IS 'Transition of parcel_increment';

CREATE FUNCTION parcel_increment(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE (sums_of(state, 'parcel_increment', 1, 1, 3))[1] WHEN 1 THEN state[2] * state[3] WHEN 3 THEN trim_scale(state[2] * state[5]) END;
COMMENT ON FUNCTION parcel_increment(numeric[]) IS 'Final of parcel_increment: rate times the sum of increments';

CREATE AGGREGATE parcel_increment(base_value numeric, current_value numeric, rate numeric) (
    SFUNC = parcel_increment_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = parcel_increment, PARALLEL = SAFE);
COMMENT ON AGGREGATE parcel_increment(numeric, numeric, numeric) IS 'Tax increment clamped parcel by parcel: rate * sum of max(0, value - base value); never below tax_increment';

CREATE FUNCTION parcel_increment_step(state numeric[], base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_parcel_increment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION parcel_increment_step(numeric[], numeric, numeric, numeric, numeric, numeric) IS 'Transition of parcel_increment with a base that grows';

CREATE AGGREGATE parcel_increment(base_value numeric, current_value numeric, rate numeric, growth numeric, years numeric) (
    SFUNC = parcel_increment_step, STYPE = numeric[], SSPACE = 192, COMBINEFUNC = sums_combine, FINALFUNC = parcel_increment, PARALLEL = SAFE);
COMMENT ON AGGREGATE parcel_increment(numeric, numeric, numeric, numeric, numeric) IS 'Tax increment clamped parcel by parcel, base values growing by (1 + growth)^years';

CREATE FUNCTION present_value_step(state numeric[], amount numeric, years numeric, rate numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_present_value_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION present_value_step(numeric[], numeric, numeric, numeric) IS 'Transition of present_value';

CREATE FUNCTION present_value(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'present_value', 1, 1))[3], 1);
COMMENT ON FUNCTION present_value(numeric[]) IS 'Present value of a state of its sums, at 20 decimals';

CREATE AGGREGATE present_value(amount numeric, years numeric, rate numeric) (
    SFUNC = present_value_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = present_value, PARALLEL = SAFE);
COMMENT ON AGGREGATE present_value(numeric, numeric, numeric) IS 'Present value in money: sum of amount / (1 + rate)^years; years from now, at the end of the year (mid-year: years - 0.5)';

CREATE FUNCTION debt_capacity_step(state numeric[], amount numeric, years numeric, rate numeric, coverage numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_present_value_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION debt_capacity_step(numeric[], numeric, numeric, numeric, numeric) IS 'Transition of debt_capacity';

CREATE FUNCTION debt_capacity(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'debt_capacity', 1, 2))[4], state[3]);
COMMENT ON FUNCTION debt_capacity(numeric[]) IS 'Debt capacity of a state of its sums';

CREATE AGGREGATE debt_capacity(amount numeric, years numeric, rate numeric, coverage numeric) (
    SFUNC = debt_capacity_step, STYPE = numeric[], SSPACE = 128, COMBINEFUNC = sums_combine, FINALFUNC = debt_capacity, PARALLEL = SAFE);
COMMENT ON AGGREGATE debt_capacity(numeric, numeric, numeric, numeric) IS 'Debt that the increments of the bond term can carry, in money: their present value over the coverage ratio (1.25 = 25 % reserve)';

CREATE FUNCTION payback_year_step(state numeric[], amount numeric, years numeric, rate numeric, cost numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_payback_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION payback_year_step(numeric[], numeric, numeric, numeric, numeric) IS 'Transition of payback_year';

CREATE FUNCTION payback_year_combine(a numeric[], b numeric[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_payback_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION payback_year_combine(numeric[], numeric[]) IS 'Combine of payback_year';

CREATE FUNCTION payback_year(state numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_payback_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION payback_year(numeric[]) IS 'Payback year of a state of its yearly sums';

CREATE AGGREGATE payback_year(amount numeric, years numeric, rate numeric, cost numeric) (
    SFUNC = payback_year_step, STYPE = numeric[], SSPACE = 1024, COMBINEFUNC = payback_year_combine, FINALFUNC = payback_year, PARALLEL = SAFE);
COMMENT ON AGGREGATE payback_year(numeric, numeric, numeric, numeric) IS 'First year whose cumulated present value reaches the cost; NULL if none does';

CREATE FUNCTION pass_through(increment numeric, entity_rate numeric, total_rate numeric, share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(increment * nonnegative(entity_rate, 'rate of the entity') * fraction(share, 'share'),
                    CASE WHEN total_rate = 0 THEN 0
                         ELSE at_least(nonnegative(total_rate, 'total rate'), 'total rate', entity_rate, 'It is that of all entities together, this one among them.') END);
COMMENT ON FUNCTION pass_through(numeric, numeric, numeric, numeric) IS 'Part of the increment handed on to a taxing entity: increment * entity rate / total rate * share';
