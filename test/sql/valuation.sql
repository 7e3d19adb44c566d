-- valuation: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_valuation;
SET search_path = test_valuation, public;

SELECT base, round(terrbal.residual_land_value(2800000, 1906000, 0.20, base), 2) AS land,
       round(terrbal.residual_land_value(2800000, 1906000, 0.20, base, terrbal.growth_factor(0.06, 2) - 1), 2) AS land_bought_early
FROM unnest(ARRAY['value', 'cost', 'cost_without_land']) AS base;

SELECT * FROM terrbal.instalment_plan(
    round(0.5 * (terrbal.residual_land_value(2800000, 1906000, 0.20, 'cost') - terrbal.capitalised_value(900, 0.04, 0.01)), 2), 0.03, 5);

SELECT depth, terrbal.depth_factor(depth, ARRAY[0, 25, 50, 75, 100], ARRAY[0, 0.40, 0.70, 0.90, 1.00]) AS rule_4321,
       terrbal.depth_factor(depth, ARRAY[0, 10, 20, 50, 100, 125, 250], ARRAY[0, 0.255, 0.415, 0.726, 1.000, 1.080, 1.263]) AS somers
FROM unnest(ARRAY[20, 50, 100, 150]) AS depth;

-- Havard, example 3.3: 6,584,106
SELECT round(terrbal.residual_land_value(17532388, 9123568, 0.20, 'cost_without_land')), terrbal.residual_land_value(17532388, 10948282, 0, 'value');
-- unviable schemes are negative, not errors
SELECT terrbal.residual_land_value(100, 200, 0.2, 'value'), terrbal.residual_land_value(120, 200, 0.2, 'cost'), terrbal.land_by_cost(100, 300, 0.5);
SELECT terrbal.land_by_rate(500, 100, 80000, 0.5), terrbal.land_by_rate(300, 100, 80000, 0.5);
SELECT terrbal.capitalised_value(100, 0.05), round(terrbal.capitalised_value(100, 0.05, 0, 10), 4), round(terrbal.capitalised_value(100, 0.05, 0.05, 10), 4),
       terrbal.capitalised_value(100, 0, 0, 10), round(terrbal.capitalised_value(100, 0.02, 0.05, 10), 4), terrbal.capitalised_value(100, 0.05, 0, 0);
SELECT round(terrbal.annual_instalment(1000, 0.03, 5), 2), terrbal.annual_instalment(1000, 0, 5), terrbal.annual_instalment(1000, 0.03, 0) IS NULL AS no_years;
-- repayments add up; rate 0; an amount smaller than its instalments' rounding
SELECT sum(repayment), min(balance) FROM terrbal.instalment_plan(100, 0, 3);
SELECT * FROM terrbal.instalment_plan(0.02, 0, 3);
SELECT count(*) FROM terrbal.instalment_plan(100, 0.03, 0);
-- flat outside the table
SELECT terrbal.depth_factor(5, ARRAY[10, 20], ARRAY[0.5, 1]), terrbal.depth_factor(500, ARRAY[10, 20], ARRAY[0.5, 1]);
SELECT terrbal.residual_land_value(NULL, 1, 0.2, 'cost') IS NULL AS no_value, terrbal.capitalised_value(NULL, 0.05) IS NULL AS no_rent,
       terrbal.capitalised_value(100, 0.05, NULL) IS NULL AS no_growth, terrbal.depth_factor(5, '{}', '{}') IS NULL AS no_table;

-- errors
SELECT terrbal.residual_land_value(100, 50, 0.2, 'land');
SELECT terrbal.residual_land_value(100, -50, 0.2, 'cost');
SELECT terrbal.residual_land_value('NaN', 50, 0.2, 'cost');
SELECT terrbal.capitalised_value(100, 0.02, 0.02);
SELECT terrbal.capitalised_value(100, -1, 0, 5);
SELECT terrbal.capitalised_value(100, 0.02, 0, -5);
SELECT terrbal.depth_factor(5, ARRAY[10, 10], ARRAY[0.5, 1]);
SELECT terrbal.depth_factor(-5, ARRAY[10, 20], ARRAY[0.5, 1]);
SELECT terrbal.land_by_cost(100, 50, 1.5);
SELECT * FROM terrbal.instalment_plan(100, 0.03, 2147483647);
SELECT * FROM terrbal.instalment_plan(100, 0.03, -1);
SELECT * FROM terrbal.instalment_plan(-100, 0.03, 5);
-- a percentage for a fraction
SELECT terrbal.residual_land_value(100, 50, 20, 'value'), terrbal.residual_land_value(100, 50, 0.2, 'value', 1.5);
SELECT terrbal.capitalised_value(900, 4, 1);
SELECT instalment FROM terrbal.instalment_plan(100, 5, 1);
