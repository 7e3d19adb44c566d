SET search_path = terrbal, public;
-- 121 homes on a square of 5 by 5 km; a room is worth 20 in the west and 32 in the east
CREATE TEMP TABLE home AS
SELECT i, 500 * (i % 11) + 90 * sin(i * 2.7) AS easting, 500 * (i / 11) + 90 * cos(i * 1.9) AS northing, 2 + floor(5 * abs(sin(i * i * 1.3)))::int AS rooms, 12 * sin(i * i * 3.7 + 1) AS noise FROM generate_series(0, 120) i;
ALTER TABLE home ADD price float8;
UPDATE home SET price = 80 + (20 + 12 * easting / 5000) * rooms + 12 * sin(northing / 2000) + noise;

-- how many neighbours are near?
SELECT bandwidth, round(value::numeric, 2) AS aicc, round(effective_parameters::numeric, 1) AS parameters, round(global_value::numeric, 2) AS one_line, at_end, trials
FROM (SELECT (local_bandwidth(price, ARRAY[1, rooms], easting, northing)).* FROM home) s;

-- one distance for all, by what the others foresee
SELECT round(bandwidth::numeric) AS metres, round(value::numeric, 1) AS cv, round(effective_parameters::numeric, 1) AS parameters, round(global_value::numeric, 1) AS one_line
FROM (SELECT (local_bandwidth(price, ARRAY[1, rooms], easting, northing, 'gaussian', false, 'cv')).* FROM home) s;

-- the local regressions themselves, at three places
WITH best AS (SELECT (local_bandwidth(price, ARRAY[1, rooms], easting, northing)).* FROM home)
SELECT place, round(reach::numeric) AS reach, round((fit).coefficients[2]::numeric, 1) AS room, round((fit).standard_errors[2]::numeric, 1) AS error, round((20 + 12 * t.easting / 5000)::numeric, 1) AS truth
FROM (VALUES ('west', 500, 2500), ('middle', 2500, 2500), ('east', 4500, 2500)) t (place, easting, northing),
    LATERAL (SELECT array_agg(d ORDER BY d) AS d FROM (SELECT sqrt((h.easting - t.easting) ^ 2 + (h.northing - t.northing) ^ 2) AS d FROM home h) o) near,
    LATERAL (SELECT near.d[bandwidth::int] AS reach FROM best) r,
    LATERAL (SELECT ols(price, ARRAY[1, rooms], kernel_weight(sqrt((h.easting - t.easting) ^ 2 + (h.northing - t.northing) ^ 2), reach, 'bisquare')) AS fit FROM home h) l
ORDER BY t.easting;

-- what was tried
SELECT tried, round(criterion::numeric, 2) AS aicc FROM (SELECT (local_bandwidth(price, ARRAY[1, rooms], easting, northing)).* FROM home) s, unnest(bandwidths, criteria) AS t (tried, criterion)
WHERE abs(tried - bandwidth) < 12 ORDER BY tried;

-- stored by column of homes, asked together, and at a bandwidth of one's own
CREATE TEMP TABLE part AS SELECT i % 7 AS part, local_regression_state(price, ARRAY[1, rooms], easting, northing) AS s FROM home GROUP BY 1;
SELECT local_bandwidth(rollup(s)) = (SELECT local_bandwidth(price, ARRAY[1, rooms], easting, northing) FROM home) AS same FROM part;
SELECT bandwidth, round(aicc::numeric, 2) AS aicc, round(cv::numeric, 1) AS cv, round(effective_parameters::numeric, 1) AS parameters, at_end, trials, bandwidths
FROM (SELECT (local_bandwidth(rollup(s), 60)).* FROM part) p;

-- NULL, empty, nothing to choose
SELECT local_bandwidth(price, ARRAY[1, rooms], easting, northing) IS NULL AS none FROM home WHERE false;
SELECT local_bandwidth(NULL::local_regression_state) IS NULL AS null_state, local_bandwidth(s, NULL) IS NULL AS null_bandwidth FROM part WHERE part = 0;
SELECT (local_bandwidth(y, x, e, n)).n FROM (SELECT price, ARRAY[1, rooms], easting, northing FROM home UNION ALL VALUES (NULL, ARRAY[1, 2], 1, 1), (1, NULL, 1, 1), (1, ARRAY[1, NULL], 1, 1), (1, ARRAY[1, 2], NULL, 1), (1, ARRAY[1, 2], 1, NULL)) v (y, x, e, n);
SELECT local_bandwidth(price, ARRAY[1, rooms], 7, 7) IS NULL AS one_place FROM home;
SELECT local_bandwidth(3 * rooms, ARRAY[1, rooms], easting, northing) IS NULL AS exact FROM home;
SELECT local_bandwidth(price, ARRAY[1, rooms], easting, northing) IS NULL AS few FROM home WHERE i < 4;
SELECT at_end, bandwidth FROM (SELECT (local_bandwidth(5 * rooms + noise, ARRAY[1, rooms], easting, northing)).* FROM home) s;
SELECT aicc, cv FROM (SELECT (local_bandwidth(rollup(s), 2)).* FROM part) p;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT local_bandwidth(1, ARRAY[1], 1, 1, 'cubic', true, 'aicc');
SELECT local_bandwidth(1, ARRAY[1], 1, 1, 'bisquare', true, 'bic');
SELECT local_bandwidth(1, ARRAY[1], 1, 1, NULL, true, 'aicc');
SELECT local_bandwidth(1, ARRAY[]::float8[], 1, 1);
SELECT local_bandwidth(1, ARRAY[1, 'NaN']::float8[], 1, 1);
SELECT local_bandwidth(1e200, ARRAY[1], 1, 1);
SELECT local_bandwidth(i, ARRAY[1], i, 1, 'bisquare', i > 1, 'aicc') FROM generate_series(1, 3) i;
SELECT local_bandwidth(i, array_fill(1, ARRAY[i]), i, 1) FROM generate_series(1, 3) i;
SELECT local_bandwidth(rollup(s), 122) FROM part;
SELECT local_bandwidth(rollup(s), 10.5) FROM part;
SELECT local_bandwidth(rollup(s), 0) FROM part;
SELECT local_bandwidth(i, ARRAY[1], i, 1) FROM generate_series(1, 20001) i;
SELECT local_bandwidth('00'::local_regression_state);
