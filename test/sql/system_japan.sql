-- system_japan: the page doc/systems/japan.md (Japan: local allocation tax)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT round(((2100 - 1700) * 2120 - 2100 * (2120 - 1973)) / ((2100 - 1700) * 2120.0), 3) AS correction;

CREATE TEMP TABLE city (name text, need numeric, tax numeric);
INSERT INTO city VALUES ('Aoi', 5200000, 3100000), ('Fuji', 9100000, 8900000), ('Hana', 2300000, 600000), ('Kita', 30000000, 48000000);

SELECT scenario, name, greatest(0, need - 0.75 * tax) AS shortfall, apportionment(pool, greatest(0, need - 0.75 * tax), 1) OVER (PARTITION BY scenario ORDER BY name) AS grant
FROM city, (VALUES ('full', 7150000), ('94 %', 6721000)) s (scenario, pool)
ORDER BY scenario DESC, name;
