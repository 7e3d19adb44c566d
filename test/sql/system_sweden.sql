-- system_sweden: the page doc/systems/sweden.md (Sweden: inkomstutjämning)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT round(0.95 * (1.50 * mean - own) * people, 2) AS added, round(own + 0.95 * (1.50 * mean - own), 1) AS after_per_head,
       round(100 * (own + 0.95 * (1.50 * mean - own)) / mean) AS percent_of_mean
FROM (VALUES (10, 12, 10)) t (own, mean, people);

CREATE TEMP TABLE kommun (name text, county text, base numeric, people bigint);
INSERT INTO kommun VALUES ('A', 'Stockholms', 3200000000, 10000), ('B', 'Dalarnas', 1900000000, 9000), ('C', 'Norrbottens', 880000000, 4000);
CREATE TEMP TABLE county (county text, municipal_rate numeric, region_rate numeric);
INSERT INTO county VALUES ('Stockholms', 19.05, 10.03), ('Dalarnas', 19.52, 9.56), ('Norrbottens', 20.45, 8.63);

SELECT scenario, name, round(100 * base / people / mean, 1) AS own_percent, round((guarantee * mean * people - base) * CASE WHEN base / people < guarantee * mean THEN municipal_rate ELSE municipal_rate * 0.85 / 0.95 END / 100) AS transfer
FROM (SELECT *, sum(base) OVER () / sum(people) OVER () AS mean FROM kommun) k JOIN county USING (county), (VALUES ('115 %', 1.15), ('110 %', 1.10)) s (scenario, guarantee)
ORDER BY scenario DESC, name;
