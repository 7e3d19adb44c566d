-- system_philippines: the page doc/systems/philippines.md (Philippines: national tax allotment)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE province (name text, people bigint, area numeric);
INSERT INTO province VALUES ('Abra', 250000, 4165.25), ('Bohol', 1390000, 4820.95), ('Cavite', 4340000, 1574.17);

SELECT class, apportionment(round(0.40 * 2500000000.00, 2), percent) OVER (ORDER BY class) AS amount
FROM (VALUES ('barangays', 20), ('cities', 23), ('municipalities', 34), ('provinces', 23)) t (class, percent);

SELECT name, by_people + by_area + equal AS share, by_people, by_area, equal
FROM (SELECT name, apportionment(115000000.00, people) OVER w AS by_people, apportionment(57500000.00, area) OVER w AS by_area, apportionment(57500000.00, 1) OVER w AS equal
      FROM province WINDOW w AS (ORDER BY name)) t ORDER BY name;

SELECT name, flat, apportionment(round(0.6 * rest, 2), people) OVER w AS by_people, apportionment(round(0.4 * rest, 2), 1) OVER w AS equal
FROM (SELECT *, 1000000.00 - sum(flat) OVER () AS rest
      FROM (SELECT name, people, CASE WHEN people >= 100 THEN 80000.00 ELSE 0 END AS flat FROM (VALUES ('Poblacion', 4200), ('Riverside', 950), ('Tinago', 80)) t (name, people)) b) c
WINDOW w AS (ORDER BY name) ORDER BY name;
