-- system_germany: the page doc/systems/germany.md (Germany: Finanzausgleich)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE land (name text, strength numeric, people numeric, weight numeric);
INSERT INTO land VALUES ('Bayern', 52000, 13000, 1.00), ('Hessen', 24500, 6200, 1.00), ('Sachsen', 11800, 4050, 1.00), ('Berlin', 12100, 3650, 1.35), ('Bremen', 2150, 680, 1.35);

SELECT scenario, name, round((e).gap, 2) AS gap, (e).transfer
FROM (SELECT scenario, name, equalisation(strength, people * weight, rate) OVER (PARTITION BY scenario ORDER BY name) AS e
      FROM land, (VALUES ('63 %', 0.63), ('75 %', 0.75)) s (scenario, rate)) t
ORDER BY scenario, name;

WITH compared AS (
    SELECT name, strength, people * weight * sum(strength) OVER () / sum(people * weight) OVER () AS need FROM land
), tariff AS (
    SELECT name, sign(need - strength) AS side, round(need * tariff_quadratic(abs(1 - strength / need), ARRAY[0, 0.07, 0.20],
           ARRAY[[0, 11 / 25.0, 13 / 7.0], [-2121 / 260000.0, 35 / 52.0, 5 / 26.0], [-317 / 20000.0, 0.75, 0]]), 2) AS amount
    FROM compared
)
SELECT name, side * amount AS by_tariff, CASE WHEN side > 0 THEN amount ELSE 0 END - apportionment(paid_out, CASE WHEN side < 0 THEN amount ELSE 0 END) OVER (ORDER BY name) AS transfer
FROM (SELECT *, sum(amount) FILTER (WHERE side > 0) OVER () AS paid_out FROM tariff) t
ORDER BY name;

SELECT x, round(tariff_quadratic(x, ARRAY[0, 0.07, 0.20], ARRAY[[0, 11 / 25.0, 13 / 7.0], [-2121 / 260000.0, 35 / 52.0, 5 / 26.0], [-317 / 20000.0, 0.75, 0]]), 5) AS f
FROM unnest(ARRAY[0.07, 0.20, 0.40]) x;

SELECT land, round(10226000 * percent / 100, -3) AS each_rounded, apportionment(10226000, percent, 1000) OVER (ORDER BY land) AS closed
FROM (VALUES ('a', 33.35), ('b', 33.35), ('c', 33.30)) t (land, percent);
