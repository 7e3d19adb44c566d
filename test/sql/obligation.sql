-- obligation: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_obligation;
SET search_path = test_obligation, public;

SELECT line, terrbal.chargeable_area(gr, 0, 0, 1750) AS area, terrbal.infrastructure_levy(rate, terrbal.chargeable_area(gr, 0, 0, 1750), 1, 1) AS charge
FROM (VALUES ('homes', 50, 750), ('offices', 40, 1000)) AS t(line, rate, gr);

WITH line(name, rate, gr, kr) AS (VALUES ('homes', 50, 320, 300), ('offices', 40, 1000, 0)),
charge AS (SELECT name, terrbal.chargeable_area(gr, kr, 500, sum(gr) OVER ()) AS area, rate FROM line)
SELECT name, round(area, 2) AS area, round(terrbal.infrastructure_levy(rate, area, 355, 288), 2) AS line_charge,
       terrbal.de_minimis(round(sum(terrbal.infrastructure_levy(rate, area, 355, 288)) OVER (), 2), 50) AS total
FROM charge;

WITH home AS (SELECT terrbal.travel_demand(7.81, 6.62, 1.0, 0.173) AS demand, 7.81 * 7.12 / 2 * 365 / 18.19 AS gallons_a_year)
SELECT stage, terrbal.impact_fee(demand, 313.87, ARRAY[gallons_a_year * 0.111, gallons_a_year * 0.211], ARRAY[5, 25], 0.025, unit, stage)
FROM home, (VALUES ('step', 1), ('fee', 0.01)) AS rounding(stage, unit);

SELECT terrbal.in_lieu_fee(1800, 1250, 320) AS park, terrbal.inclusionary_units(37, 0.15) AS affordable_homes,
       terrbal.inclusionary_fee(37, 0.15, 4, 210000, 155000) AS homes_not_built,
       terrbal.service_level_fee(ARRAY[9.0, 0.45], ARRAY[55, 1400], 2.6, 500) AS parks_and_library,
       round(terrbal.indexed_amount(120000, 128.4, 111.7), 2) AS obligation_today;

-- gov.uk CIL manual, appendix 1, examples 1 and 3
SELECT terrbal.infrastructure_levy(50, terrbal.chargeable_area(700, 0, 0, 700), 1, 1) = 35000 AS example_1,
       terrbal.infrastructure_levy(50, terrbal.chargeable_area(400, 0, 0, 400), 1, 1) = 20000 AS example_3;
-- float8 areas are taken as printed: 0.1 is a tenth
SELECT terrbal.chargeable_area(0.1::float8, 0, 0, 0.1::float8);
-- a negative line, left and clamped
SELECT terrbal.chargeable_area(100, 80, 900, 1000), terrbal.chargeable_area(100, 80, 900, 1000, true), terrbal.chargeable_area(100, 80, 900, 1000, false);
-- the index is applied before any rounding
SELECT terrbal.infrastructure_levy(3, terrbal.quotient(100, 3), 1, 1), terrbal.infrastructure_levy(100, 500, 318, 282);
SELECT terrbal.de_minimis(49.99, 50), terrbal.de_minimis(50, 50), terrbal.de_minimis(-5, -10);
SELECT terrbal.inclusionary_units(10, 0.25, r) FROM unnest(ARRAY['up', 'down', 'nearest', 'none']) AS r;
-- no credits; credits above the cost
SELECT terrbal.impact_fee(10, 25.555), terrbal.impact_fee(10, 25.555, unit => 1), terrbal.impact_fee(1, 10, ARRAY[5], ARRAY[10], 0.02);
-- NULL and zero
SELECT terrbal.chargeable_area(1, 0, 0, 0) IS NULL AS no_area, terrbal.infrastructure_levy(1, 1, 1, 0) IS NULL AS no_index,
       terrbal.in_lieu_fee(1, NULL, 1) IS NULL AS no_dedication, terrbal.impact_fee(NULL, 1) IS NULL AS no_demand,
       terrbal.infrastructure_levy(50, NULL, 1, 1) IS NULL AS no_line, terrbal.de_minimis(NULL, 50) IS NULL AS no_amount;

-- errors
SELECT terrbal.chargeable_area(-1, 0, 0, 10);
SELECT terrbal.infrastructure_levy(-1, 5, 1, 1);
SELECT terrbal.infrastructure_levy('NaN', 5, 1, 1);
SELECT terrbal.in_lieu_fee(10, -1, 5);
SELECT terrbal.inclusionary_units(10, 15);
SELECT terrbal.inclusionary_units(10, 0.15, 'upward');
SELECT terrbal.impact_fee(1, 1, ARRAY[1, 2], ARRAY[1]);
SELECT terrbal.impact_fee(1, 1, ARRAY[1, NULL], ARRAY[1, 2]);
SELECT terrbal.impact_fee(1, 1, stage => 'credits');
SELECT terrbal.impact_fee(1, 1, unit => 0);
SELECT terrbal.service_level_fee(ARRAY[[1], [2]], ARRAY[1, 2], 2);
-- more at one rate than in the whole project
SELECT terrbal.chargeable_area(750, 0, 100, 700);
SELECT terrbal.chargeable_area(750, 0, 0, 700, true);
SELECT terrbal.chargeable_area(700, 0, 0, 700);
-- a percentage for a fraction
SELECT terrbal.impact_fee(1, 10, ARRAY[5], ARRAY[10], 2);
