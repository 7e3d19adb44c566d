-- system_france: the page doc/systems/france.md (France: dotation globale de fonctionnement, parts)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT population, log_coefficient(population, 500, 200000, 1, 2)::numeric(15, 10) AS coefficient FROM unnest(ARRAY[10, 500, 50000, 200000]) population;

SELECT previous, corridor(1000, previous, 0.9, 1.2) AS kept FROM unnest(ARRAY[0, 1000, 600, 2000]) previous;

SELECT n, ceil(n * part / whole) AS eligible FROM (VALUES (5, 2, 3.0), (6, 2, 3.0), (7, 1, 10.0), (11, 1, 10.0)) t (n, part, whole);

CREATE TEMP TABLE commune (name text, score numeric, own_grant numeric, one_percent numeric);
INSERT INTO commune VALUES ('a', 1, 110, 10), ('b', 4, 110, 50), ('c', 1, 110, 6), ('d', 1, 7, 20), ('e', 1, 0, 20);

SELECT name, least(10 * score, own_grant, one_percent) AS capped_only,
       bounded_apportionment(least(80, 73), score, 0, least(own_grant, one_percent)) OVER (ORDER BY name) AS redistributed
FROM commune ORDER BY name;

SELECT bounded_apportionment(80, score, 0, least(own_grant, one_percent)) OVER (ORDER BY name) FROM commune;
