-- system_sweden: the page doc/systems/sweden.md (Sweden: inkomstutjämning)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE orebro (name text, base float8, thousand_in_all float8, per_head_in_all float8, published float8);
INSERT INTO orebro VALUES ('Askersund', 2850623300, 162123, 14203, 12631), ('Degerfors', 2131160000, 196735, 21276, 16603), ('Hallsberg', 3753496000, 326990, 20347, 15966), ('Hällefors', 1324741600, 212330, 33854, 20575),
    ('Karlskoga', 7630156600, 460354, 15291, 11866), ('Kumla', 5453169700, 415706, 18332, 14540), ('Laxå', 1241305300, 132127, 24405, 16849), ('Lekeberg', 2126516600, 167301, 19463, 13114),
    ('Lindesberg', 5402240700, 465487, 20217, 15746), ('Ljusnarsberg', 935485400, 131442, 30540, 19309), ('Nora', 2545401100, 206289, 19458, 14619), ('Örebro', 39951388600, 2132873, 13268, 12880);
CREATE TEMP VIEW grants AS SELECT name, base * per_head_in_all / (1000 * thousand_in_all) AS base_per_head, published FROM orebro;

SELECT name, round(base_per_head::numeric) AS base_per_head, round(((f).coefficients[1] + (f).coefficients[2] * base_per_head)::numeric) AS computed, published FROM grants, (SELECT ols(published, ARRAY[1, base_per_head]) AS f FROM grants) o ORDER BY name COLLATE "C";

SELECT round(-(f).coefficients[2]::numeric, 4) AS slope, round((-(f).coefficients[2] / 0.19)::numeric, 3) AS base_raised_by, round((-(f).coefficients[1] / (f).coefficients[2] / 1.15)::numeric) AS mean_base_per_head FROM (SELECT ols(published, ARRAY[1, base_per_head]) AS f FROM grants) o;

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
