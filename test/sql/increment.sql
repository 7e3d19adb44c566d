-- increment: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_increment;
SET search_path = test_increment, public;

CREATE TABLE ramsey (parcel text, base_value numeric, assessed numeric);
INSERT INTO ramsey VALUES ('A', 40000, 30000), ('B', 20000, 27000), ('C', 20000, 22000), ('D', 20000, 300000);
SELECT terrbal.tax_increment(base_value, assessed, 0.100) AS district, terrbal.parcel_increment(base_value, assessed, 0.100) AS parcels FROM ramsey;

WITH schedule AS (
    SELECT y AS year, terrbal.tax_increment(base_value, round(assessed * 1.03 ^ y, 2), 0.100, 0.01, y) AS increment
    FROM ramsey, generate_series(1, 20) AS y GROUP BY y)
SELECT round(sum(increment), 2) AS collected, round(terrbal.present_value(increment, year, 0.05), 2) AS present_value,
       round(terrbal.debt_capacity(increment, year, 0.05, 1.25) FILTER (WHERE year <= 15), 2) AS debt_over_15_years,
       terrbal.payback_year(increment, year, 0.05, 250000) AS paid_off
FROM schedule;

SELECT terrbal.pass_through(27900, 0.060, 0.100, 0.5) AS school;

CREATE TABLE block AS SELECT CASE WHEN parcel < 'C' THEN 'north' ELSE 'south' END AS block, terrbal.tax_increment_state(base_value, assessed, 0.100) AS state FROM ramsey GROUP BY 1;
SELECT block, terrbal.tax_increment(terrbal.rollup(state)) AS increment FROM block GROUP BY ROLLUP (block) ORDER BY block;

-- the published totals as one row
SELECT terrbal.tax_increment(100000, 379000, 0.100);
-- below the base: no increment for the district, some for parcels
SELECT terrbal.tax_increment(b, v, 0.1), terrbal.parcel_increment(b, v, 0.1) FROM (VALUES (100, 40), (100, 110)) AS t(b, v);
-- the base grows for both clamps; a growth of 0 changes nothing
SELECT terrbal.tax_increment(b, v, 0.1, 0.1, 2), terrbal.parcel_increment(b, v, 0.1, 0.1, 2), terrbal.parcel_increment(b, v, 0.1, 0, 5) FROM (VALUES (100, 110), (100, 200)) AS t(b, v);
-- NULL rows are skipped, nothing is NULL
SELECT terrbal.tax_increment(b, v, 0.1) FROM (VALUES (100, 150), (NULL, 110), (5, NULL)) AS t(b, v);
SELECT terrbal.tax_increment(1, 1, 1) IS NULL AS increment, terrbal.present_value(1, 1, 1) IS NULL AS value, terrbal.payback_year(1, 1, 1, 1) IS NULL AS year
FROM generate_series(1, 0);
-- interest 0: plain sums; mid-year flows
SELECT terrbal.present_value(100, y, 0), round(terrbal.present_value(100, y - 0.5, 0.05), 4), terrbal.annuity_factor(0, 3), round(terrbal.annuity_factor(0.05, 3), 4)
FROM generate_series(1, 3) AS y;
-- never paid back, paid back at once, several rows a year in any order
SELECT terrbal.payback_year(100, y, 0, 301), terrbal.payback_year(100, y, 0, 0), terrbal.payback_year(100, 4 - y, 0, 200) FROM generate_series(1, 3) AS y;
SELECT terrbal.payback_year(50, y % 3 + 1, 0, 200) FROM generate_series(1, 6) AS y;
SELECT terrbal.pass_through(100, 1, 0, 1) IS NULL AS no_rate, terrbal.pass_through(NULL, 1, 1, 1) IS NULL AS no_increment;

-- errors
SELECT terrbal.tax_increment(-1, 5, 0.1);
SELECT terrbal.tax_increment(1, 'NaN', 0.1);
SELECT terrbal.tax_increment(1, 5, r) FROM (VALUES (0.1), (0.2)) AS t(r);
SELECT terrbal.present_value(100, 1, -1);
SELECT terrbal.present_value(100, 'infinity', 0.1);
SELECT terrbal.present_value(1, -30, 1e40);
SELECT terrbal.debt_capacity(100, 1, 0.05, 0);
SELECT terrbal.payback_year(100, y, 0.05, y) FROM generate_series(1, 2) AS y;
SELECT terrbal.annuity_factor(0.05, -1);
-- forged states
SELECT terrbal_support.sums_combine('{1,2,3}', '{1,5,3}');
SELECT terrbal_support.sums_combine('{7,2,3}', '{1,5,3}');
SELECT terrbal_support.sums_combine('{}', '{1,5,3}');
SELECT terrbal_support.sums_combine('{1,NULL}', '{1,5,3}');
SELECT terrbal.payback_year('{0,1,2}'::numeric[]);
SELECT terrbal.payback_year('{0,1,2,5,1,5}'::numeric[]);
SELECT terrbal_support.tax_increment_step('{0,1,2}', 1, 2, 0.1);
SELECT terrbal.tax_increment('{1,0.1}'::numeric[]);
SELECT terrbal.tax_increment('{9,1,2}'::numeric[]);
SELECT terrbal.tax_increment(terrbal.entitlement_state(9, 1, 5));
SELECT terrbal.tax_increment('{}'::numeric[]), terrbal.present_value('{1,2,3,4,5,6,7,8,9}'::numeric[]);
SELECT terrbal.tax_increment('{1,0.1,5,NaN}'::numeric[]);
-- percentages for fractions, years of the calendar for years from now
SELECT terrbal.tax_increment(100, 200, 2.5), terrbal.tax_increment(100, 200, 0.025, 3, 5), terrbal.present_value(100, 2026, 0.05), terrbal.debt_capacity(100, 1, 0.05, 125);
SELECT terrbal.payback_year(100, y, 5, 20) FROM generate_series(1, 2) AS y;
SELECT terrbal.annuity_factor(5, 10) < 1 AS value;
SELECT terrbal.annuity_factor(1, 2), terrbal.present_value(100, 999, 0);
-- a rate of one entity above that of all
SELECT terrbal.pass_through(100, 0.1, 0.06, 0.5);
SELECT terrbal.pass_through(100, 0.06, 0.06, 0.5);
