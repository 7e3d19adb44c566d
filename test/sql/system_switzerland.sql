-- system_switzerland: the page doc/systems/switzerland.md (Switzerland: resource equalisation)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE canton (name text, potential numeric[], people numeric[]);
INSERT INTO canton VALUES ('Aare', ARRAY[1900, 1950, 2000], ARRAY[100, 101, 102]), ('Berg', ARRAY[900, 910, 930], ARRAY[60, 60, 60]), ('See', ARRAY[5200, 5400, 5600], ARRAY[140, 142, 144]),
                          ('Tal', ARRAY[1450, 1460, 1500], ARRAY[90, 90, 91]), ('Ufer', ARRAY[1200, 1230, 1260], ARRAY[50, 51, 52]);

CREATE TEMP TABLE swiss AS
WITH averaged AS (
    SELECT name, averaged_capacity(potential, people, ARRAY[1, 1, 1]) AS per_head, people[3] AS n FROM canton
), indexed AS (
    SELECT name, n, per_head, sum(per_head * n) OVER () / sum(n) OVER () AS mean FROM averaged
), tariff AS (
    SELECT *, 100 * per_head / mean AS index,
           CASE WHEN per_head / mean < 0.70 THEN 86.5 - 100 * per_head / mean ELSE power_tariff(100 - 100 * per_head / mean, 30, 16.5, 18 / 11.0) END AS points
    FROM indexed
), paid AS (
    SELECT *, round(points * mean / 100 * n, 2) AS payment FROM tariff
)
SELECT *, payment - apportionment(round(total * 2 / 5, 2), greatest(0, per_head - mean) * n) OVER (ORDER BY name) AS transfer
FROM (SELECT *, sum(payment) OVER () AS total FROM paid) t;

SELECT name, round(index, 2) AS index, round(points, 2) AS points, transfer, round(100 * (per_head + transfer / n) / mean, 2) AS index_after FROM swiss ORDER BY index;

SELECT rank_reversals(round(per_head, 2), round(per_head + transfer / n, 2)) AS reversals, min(round(100 * (per_head + transfer / n) / mean, 1)) AS least_index FROM swiss;
