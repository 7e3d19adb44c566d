-- system_italy: the page doc/systems/italy.md (Italy: fondo di solidarietà comunale)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE comune (name text, history numeric, need numeric, capacity numeric);
INSERT INTO comune VALUES ('Alba', 900000, 2400000, 1900000), ('Bosco', 300000, 800000, 500000), ('Colle', 1500000, 5200000, 5600000), ('Delta', 700000, 1900000, 1600000);

SELECT name, max(amount) FILTER (WHERE year = 2020) AS "2020", max(amount) FILTER (WHERE year = 2025) AS "2025", max(amount) FILTER (WHERE year = 2030) AS "2030"
FROM (SELECT year, name, rounded_to_total(phase_in(history, target, share), 3400000, 1) OVER (PARTITION BY year ORDER BY name) AS amount
      FROM (SELECT name, history, (pool_share(3400000, need - capacity, need, 0, NULL, 0.01) OVER (ORDER BY name)).amount AS target FROM comune) t,
           (VALUES (2020, 0.50), (2025, 0.75), (2030, 1.00)) y (year, share)) s
GROUP BY name ORDER BY name;
