-- valuation: residual value, capitalisation, instalments, land and building, depth

CREATE FUNCTION residual_land_value(value numeric, cost numeric, profit_rate numeric, profit_base text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE one_of(profit_base, 'profit base', 'value', 'cost', 'cost_without_land')
        WHEN 'value' THEN nonnegative(value, 'value') * (1 - told_rate(profit_rate, 'profit rate')) - nonnegative(cost, 'cost')
        WHEN 'cost' THEN quotient(nonnegative(value, 'value') - nonnegative(cost, 'cost') * (1 + told_rate(profit_rate, 'profit rate')), 1 + profit_rate)
        WHEN 'cost_without_land' THEN nonnegative(value, 'value') - nonnegative(cost, 'cost') * (1 + told_rate(profit_rate, 'profit rate')) END;
COMMENT ON FUNCTION residual_land_value(numeric, numeric, numeric, text) IS 'What land is worth to a developer, in money: value less cost and profit, taken on value, on cost including land, or on cost_without_land; may be negative';

CREATE FUNCTION residual_land_value(value numeric, cost numeric, profit_rate numeric, profit_base text, land_cost_rate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(residual_land_value(value, cost, profit_rate, profit_base), 1 + nonnegative(land_cost_rate, 'land cost rate'));
COMMENT ON FUNCTION residual_land_value(numeric, numeric, numeric, text, numeric) IS 'As residual_land_value(value, cost, profit_rate, profit_base), where land costs land_cost_rate more than its price (interest, purchase tax)';

CREATE FUNCTION capitalised_value(rent numeric, rate numeric, growth numeric DEFAULT 0, years numeric DEFAULT NULL) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_capitalised_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION capitalised_value(numeric, numeric, numeric, numeric) IS 'Present value of a rent paid at the end of each year and growing, in money; years NULL is for ever: rent / (rate - growth)';

CREATE FUNCTION annual_instalment(amount numeric, rate numeric, years numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(amount, 'amount'), annuity_factor(rate, years));
COMMENT ON FUNCTION annual_instalment(numeric, numeric, numeric) IS 'Equal yearly payment, in money, that clears an amount with interest in so many years; amount / years at rate 0; not rounded';

CREATE FUNCTION instalment_plan(amount numeric, rate numeric, years int, unit numeric DEFAULT 0.01)
    RETURNS TABLE (year int, instalment numeric, interest numeric, repayment numeric, balance numeric)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        WITH RECURSIVE rule AS MATERIALIZED (
            SELECT at_most(at_least(years, 'number of instalments', 1, 'What is paid at once needs no plan.'), 'number of instalments', 10000)::int AS years,
                   nonnegative(rate, 'rate') AS rate,
                   rounded(annual_instalment(amount, rate, years), unit) AS equal),
        plan AS (
            SELECT 0 AS year, 0 * amount AS instalment, 0 * amount AS interest, 0 * amount AS repayment, nonnegative(amount, 'amount') AS balance
            UNION ALL
            SELECT p.year + 1, n.interest + n.repayment, n.interest, n.repayment, p.balance - n.repayment
            FROM plan p CROSS JOIN rule r,
                 LATERAL (SELECT rounded(p.balance * r.rate, unit) AS interest) i,
                 LATERAL (SELECT i.interest, CASE WHEN p.year + 1 = r.years THEN p.balance ELSE lesser(p.balance, r.equal - i.interest) END AS repayment) n
            WHERE p.year < r.years)
        SELECT p.year, p.instalment, p.interest, p.repayment, p.balance FROM plan p WHERE p.year > 0 ORDER BY p.year;
    END;
COMMENT ON FUNCTION instalment_plan(numeric, numeric, int, numeric) IS 'Yearly instalments of an amount with interest, each rounded to unit; the last one clears what is left, so repayments add up exactly';

CREATE FUNCTION land_by_cost(value numeric, replacement_cost numeric, depreciation numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(value, 'value') - nonnegative(replacement_cost, 'replacement cost') * (1 - fraction(depreciation, 'depreciation'));
COMMENT ON FUNCTION land_by_cost(numeric, numeric, numeric) IS 'Land value as what is left of the property value after the depreciated building; negative where the building is overvalued';

CREATE FUNCTION land_by_rate(area numeric, rate numeric, value numeric, largest_share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lesser(nonnegative(area, 'area') * nonnegative(rate, 'rate'), nonnegative(value, 'value') * fraction(largest_share, 'largest share'));
COMMENT ON FUNCTION land_by_rate(numeric, numeric, numeric, numeric) IS 'Land value by a rate per m2, never more than the largest share of the property value';

CREATE FUNCTION depth_factor(depth numeric, depths numeric[], factors numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_depth_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION depth_factor(numeric, numeric[], numeric[]) IS 'Share of the standard lot''s value per metre of front at this depth: straight lines between the points of a depth table, flat outside';
