-- system_south_africa: the page doc/systems/south_africa.md (South Africa: provincial equitable share)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE province (name text, school numeric, health numeric, people numeric, poor numeric, output numeric);
INSERT INTO province VALUES ('Coast', 2900, 10400, 11500, 5600, 700), ('Gold', 3100, 14200, 15500, 3900, 1500), ('Karoo', 330, 1150, 1280, 500, 95), ('Lowveld', 1900, 5300, 5900, 2800, 320);

SELECT name, sum(amount) AS share, sum(amount) FILTER (WHERE component = 'education') AS education, sum(amount) FILTER (WHERE component = 'institutional') AS institutional
FROM (SELECT name, component, apportionment(round(500000.00 * percent / 100, 2), indicator) OVER (PARTITION BY component ORDER BY name) AS amount
      FROM province, LATERAL (VALUES ('education', 48, school), ('health', 27, health), ('basic', 16, people), ('institutional', 5, 1), ('poverty', 3, poor), ('economic', 1, output)) c (component, percent, indicator)) t
GROUP BY ROLLUP (name) ORDER BY name;
