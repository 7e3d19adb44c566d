-- development_rights: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_development_rights;
SET search_path = test_development_rights, public;

SELECT extra, terrbal.density_charge(extra, 2000, ARRAY[0.5, 0.6]) AS charge, round(terrbal.density_charge_ceiling(2000, 1, 3) * 1000, 2) AS ceiling,
       terrbal.certificates_needed(extra, 0.85) AS certificates, terrbal.transferred_floor_area(500, 1200, 2000) AS received
FROM terrbal.additional_floor_area(1000, 3000, 1, 4) AS extra;

CREATE TABLE distribution_area (owner text, surface numeric, floor_area numeric, coefficient numeric);
INSERT INTO distribution_area VALUES ('A', 9000, 8200, 1.00), ('B', 7300, 1500, 1.45), ('C', 3700, 900, 0.70);
WITH total AS (
    SELECT terrbal.objective_entitlement(floor_area, coefficient, surface) AS objective, terrbal.average_entitlement(floor_area, coefficient, surface) AS average
    FROM distribution_area),
split AS (
    SELECT owner, terrbal.owner_entitlement(average, surface, 0.9) AS by_formula, terrbal.entitlement_split(objective, surface, 0.9) OVER (ORDER BY owner) AS s
    FROM distribution_area, total)
SELECT coalesce(owner, 'total') AS owner, round(sum(by_formula), 2) AS by_formula, sum((s).subjective) AS subjective, sum((s).cession) AS cession,
       sum((s).entitlement) AS objective
FROM split GROUP BY ROLLUP (owner) ORDER BY grouping(owner), owner;

-- float8 measures count as printed
SELECT terrbal.average_entitlement(e, 1, s) FROM (VALUES (0.1::float8, 0.3::float8), (0.2, 0.7)) AS t(e, s);
-- social housing exempt: a factor of 0; no factor
SELECT terrbal.density_charge(500, 100, ARRAY[0]), terrbal.density_charge(500, 100);
-- below the basic right; the ceiling of a coefficient below the basic one
SELECT terrbal.additional_floor_area(1000, 900, 1, 4), terrbal.density_charge_ceiling(2000, 2, 1);
-- in whole units, with a surface of 0, two areas at once
SELECT area, id, (terrbal.entitlement_split(objective, surface::float8, 0.95, 1) OVER (PARTITION BY area ORDER BY id)).*
FROM (VALUES ('x', 1, 1000, 10.5), ('x', 2, 1000, 0), ('x', 3, 1000, 3.2), ('y', 1, 7, 5), ('y', 2, 7, 6)) AS t(area, id, objective, surface) ORDER BY area, id;
-- NULL and zero
SELECT terrbal.average_entitlement(e, c, s) FROM (VALUES (100, 1, 400), (NULL, 1, 50), (50, NULL, 50)) AS t(e, c, s);
SELECT terrbal.average_entitlement(10, 1, 0) IS NULL AS no_surface, terrbal.objective_entitlement(10, 1, 0) AS objective;
SELECT terrbal.average_entitlement(1, 1, 1) IS NULL AS no_rows FROM generate_series(1, 0);
SELECT terrbal.certificates_needed(10, 0) IS NULL AS worthless, terrbal.transferred_floor_area(10, 5, 0) IS NULL AS nowhere,
       terrbal.density_charge_ceiling(10, 0, 0) IS NULL AS nothing, terrbal.density_charge(NULL, 1) IS NULL AS no_area,
       terrbal.owner_entitlement(1, NULL, 1) IS NULL AS no_surface;

-- errors
SELECT terrbal.additional_floor_area(1000, 4001, 1, 4);
SELECT terrbal.additional_floor_area(1000, 400, 2, 1);
SELECT terrbal.density_charge(-1, 5);
SELECT terrbal.density_charge(1, 5, ARRAY[1, NULL]);
SELECT terrbal.average_entitlement(-1, 1, 1);
SELECT terrbal.average_entitlement('NaN'::float8, 1, 1);
SELECT terrbal.owner_entitlement(0.5, 100, 90);
SELECT terrbal.entitlement_split(100, s, 90) OVER () FROM (VALUES (1), (2)) AS t(s);
SELECT terrbal.entitlement_split(100.005, s, 0.9) OVER () FROM (VALUES (1), (2)) AS t(s);
SELECT terrbal.entitlement_split(100, s, 0.9) OVER () FROM (VALUES (0), (0)) AS t(s);
SELECT terrbal.entitlement_split(100, s, 0.9) OVER () FROM (VALUES (1), (NULL)) AS t(s);
SELECT terrbal.entitlement_split(-100, s, 0.9) OVER () FROM (VALUES (1), (2)) AS t(s);
SELECT terrbal.entitlement_split(100, s, 0.9, 0) OVER () FROM (VALUES (1), (2)) AS t(s);
SELECT terrbal.entitlement_split(1e-100, s, 0.9) OVER () FROM (VALUES (1), (2)) AS t(s);
SELECT terrbal.entitlement_split(100, s, NULL) OVER () FROM (VALUES (1), (2)) AS t(s);
-- the state of another function
SELECT terrbal.average_entitlement(terrbal.tax_shift_state(1, 2));
SELECT terrbal.objective_entitlement(terrbal.tax_increment_state(1, 2, 0.1));
