-- obligation: what developers owe for the works their projects need

CREATE FUNCTION chargeable_area(gross_rate_area numeric, retained_rate_area numeric, demolished numeric, gross_total numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((nonnegative(gross_rate_area, 'gross area at the rate') - nonnegative(retained_rate_area, 'retained area at the rate'))
                    * nonnegative(gross_total, 'gross area') - gross_rate_area * nonnegative(demolished, 'demolished area'),
                    CASE WHEN gross_total = 0 THEN 0 ELSE at_least(gross_total, 'gross area', gross_rate_area, 'It is that of the whole project, over all rates.') END);
COMMENT ON FUNCTION chargeable_area(numeric, numeric, numeric, numeric) IS 'Net chargeable area at one rate, m2: GR - KR - GR * E / G (CIL Regulations 2010, schedule 1); a line may be negative';

CREATE FUNCTION chargeable_area(gross_rate_area numeric, retained_rate_area numeric, demolished numeric, gross_total numeric, clamp boolean) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN clamp THEN positive_part(chargeable_area(gross_rate_area, retained_rate_area, demolished, gross_total))
                WHEN NOT clamp THEN chargeable_area(gross_rate_area, retained_rate_area, demolished, gross_total) END;
COMMENT ON FUNCTION chargeable_area(numeric, numeric, numeric, numeric, boolean) IS 'As chargeable_area(numeric, ...); with clamp a negative line is 0';

CREATE FUNCTION chargeable_area(gross_rate_area float8, retained_rate_area float8, demolished float8, gross_total float8) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN chargeable_area(exact_decimal(gross_rate_area), exact_decimal(retained_rate_area), exact_decimal(demolished), exact_decimal(gross_total));
COMMENT ON FUNCTION chargeable_area(float8, float8, float8, float8) IS 'As chargeable_area(numeric, ...), each number taken as its shortest decimal';

CREATE FUNCTION infrastructure_levy(rate numeric, chargeable_area numeric, index_now numeric, index_then numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(rate, 'rate') * chargeable_area * nonnegative(index_now, 'index now'), nonnegative(index_then, 'index then'));
COMMENT ON FUNCTION infrastructure_levy(numeric, numeric, numeric, numeric) IS 'Charge of one rate line, in money: rate * area * index of the year of permission / index of the year of the schedule; not rounded';

CREATE FUNCTION de_minimis(amount numeric, threshold numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN amount < threshold OR amount <= 0 THEN 0 ELSE amount END;
COMMENT ON FUNCTION de_minimis(numeric, numeric) IS 'The amount, or 0 where it is below the threshold or negative: for a total of lines, not for each line';

CREATE FUNCTION indexed_amount(amount numeric, index_now numeric, index_then numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(amount * nonnegative(index_now, 'index now'), nonnegative(index_then, 'index then'));
COMMENT ON FUNCTION indexed_amount(numeric, numeric, numeric) IS 'A planning obligation carried from one index to another, in money: amount * index now / index then; not rounded';

CREATE FUNCTION in_lieu_fee(required numeric, dedicated numeric, value_per_unit numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN positive_part(nonnegative(required, 'required') - nonnegative(dedicated, 'dedicated')) * nonnegative(value_per_unit, 'value per unit');
COMMENT ON FUNCTION in_lieu_fee(numeric, numeric, numeric) IS 'Money in place of land, units or parking spaces not provided: max(0, required - dedicated) * value per unit';

CREATE FUNCTION inclusionary_units(units numeric, share numeric, rounding text DEFAULT 'up') RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE one_of(rounding, 'rounding', 'up', 'down', 'nearest', 'none')
        WHEN 'up' THEN ceil(nonnegative(units, 'units') * fraction(share, 'share'))
        WHEN 'down' THEN floor(nonnegative(units, 'units') * fraction(share, 'share'))
        WHEN 'nearest' THEN round(nonnegative(units, 'units') * fraction(share, 'share'))
        WHEN 'none' THEN nonnegative(units, 'units') * fraction(share, 'share') END;
COMMENT ON FUNCTION inclusionary_units(numeric, numeric, text) IS 'Affordable units that a project owes: share of its units, rounded up, down, nearest or none';

CREATE FUNCTION inclusionary_fee(units numeric, share numeric, provided numeric, market_price numeric, affordable_price numeric, rounding text DEFAULT 'up')
    RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN in_lieu_fee(inclusionary_units(units, share, rounding), provided,
                       positive_part(nonnegative(market_price, 'market price') - nonnegative(affordable_price, 'affordable price')));
COMMENT ON FUNCTION inclusionary_fee(numeric, numeric, numeric, numeric, numeric, text) IS 'Money in place of missing affordable units: the gap between market and affordable price for each';

CREATE FUNCTION travel_demand(trips numeric, trip_length numeric, new_share numeric, discount numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(trips, 'trips') * nonnegative(trip_length, 'trip length') * fraction(new_share, 'share of new trips') * 0.5
           * (1 - fraction(discount, 'discount'));
COMMENT ON FUNCTION travel_demand(numeric, numeric, numeric, numeric) IS 'Vehicle distance a day that a unit adds: trips * length * share of new trips / 2 * (1 - discount), each trip counted at both ends';

CREATE FUNCTION impact_fee(demand numeric, unit_cost numeric, annual_credits numeric[] DEFAULT '{}', credit_years numeric[] DEFAULT '{}',
                           interest numeric DEFAULT 0, unit numeric DEFAULT 0.01, stage text DEFAULT 'fee') RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_impact_fee' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION impact_fee(numeric, numeric, numeric[], numeric[], numeric, numeric, text) IS 'Impact fee in money: demand * unit cost less the annual credits capitalised over their years; stage none, fee or step says what is rounded to unit';

CREATE FUNCTION service_level_fee(standards numeric[], unit_costs numeric[], persons numeric, credit numeric DEFAULT 0) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_service_level_fee' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION service_level_fee(numeric[], numeric[], numeric, numeric) IS 'Impact fee by level of service: sum of standard per person * unit cost, times persons, less a credit; not below 0';
