SET search_path = terrbal, public;
CREATE TEMP TABLE house (tax float8, bedrooms int, baths float8, price float8, size float8);
INSERT INTO house VALUES
    (590, 2, 1, 50000, 770), (1050, 3, 2, 85000, 1410), (20, 3, 1, 22500, 1060), (870, 2, 2, 90000, 1300), (1320, 3, 2, 133000, 1500),
    (1350, 2, 1, 90500, 820), (2790, 3, 2.5, 260000, 2130), (680, 2, 1, 142500, 1170), (1840, 3, 2, 160000, 1500), (3680, 4, 2, 240000, 2790),
    (1660, 3, 1, 87000, 1030), (1620, 3, 2, 118600, 1250), (3100, 3, 2, 140000, 1760), (2070, 2, 3, 148000, 1550), (650, 3, 1.5, 65000, 1450);

SELECT term, round(b::numeric, 2) AS b, round(se::numeric, 2) AS se, round(tv::numeric, 3) AS t, round(pv::numeric, 4) AS p
FROM (SELECT (ols(price, ARRAY[1, tax, baths, size])).* FROM house) fit,
     unnest(ARRAY['constant', 'tax', 'baths', 'size'], coefficients, standard_errors, t, p) AS u(term, b, se, tv, pv);

SELECT n, df, rank, round(r2::numeric, 4) AS r2, round(sigma) AS sigma, round(f::numeric, 3) AS f, round(f_p::numeric, 5) AS f_p, round(aic::numeric, 2) AS aic, constant
FROM (SELECT (ols(price, ARRAY[1, tax, baths, size])).* FROM house) fit;

-- one fit per group; a group too small for its regressors says so
SELECT bedrooms, n, rank, aliased, round((coefficients[2])::numeric, 3) AS per_square_foot, round((standard_errors[2])::numeric, 3) AS se
FROM (SELECT bedrooms, (ols(price, ARRAY[1, size])).* FROM house GROUP BY bedrooms) fit
ORDER BY bedrooms;

-- a column that others explain
SELECT aliased, rank, coefficients[4] IS NULL AS no_coefficient
FROM (SELECT (ols(price, ARRAY[1, tax, size, size / 10.7639])).* FROM house) fit;

-- stored moments, rolled up
CREATE TEMP TABLE by_bedrooms AS SELECT bedrooms, moment_state(price, ARRAY[1, tax, baths, size]) AS moments FROM house GROUP BY bedrooms;
SELECT (ols(rollup(moments))).coefficients = (SELECT (ols(price, ARRAY[1, tax, baths, size])).coefficients FROM house) AS same FROM by_bedrooms;

-- the regressors as arguments: the same fit, no array for each row
SELECT n, rank, round((coefficients[4])::numeric, 2) AS size, ols_columns = by_array AS same
FROM (SELECT ols_columns(price, 1, tax, baths, size), ols(price, ARRAY[1, tax, baths, size]) AS by_array, (ols_columns(price, 1, tax, baths, size)).* FROM house) fit;
SELECT bedrooms, (ols(rollup(moments))).n FROM (SELECT bedrooms, ols_columns_state(price, 1, size) AS moments FROM house GROUP BY bedrooms) s GROUP BY ROLLUP (bedrooms) ORDER BY bedrooms;

-- robust and clustered errors
SELECT round((a).standard_errors[4]::numeric, 3) AS classical, round((b).standard_errors[4]::numeric, 3) AS hc1,
       round((c).standard_errors[4]::numeric, 3) AS hc3, round((d).standard_errors[4]::numeric, 3) AS clustered, (d).clusters
FROM (SELECT ols(price, ARRAY[1, tax, baths, size]) AS a, ols_robust(price, ARRAY[1, tax, baths, size], 'hc1') AS b,
             ols_robust(price, ARRAY[1, tax, baths, size], 'hc3') AS c, ols_cluster(price, ARRAY[1, tax, baths, size], bedrooms::text) AS d FROM house) s;

-- the second pass without keeping rows
WITH first AS (SELECT ols(price, ARRAY[1, tax, baths, size]) AS fit FROM house)
SELECT round((ols_robust(price, ARRAY[1, tax, baths, size], fit, 'hc3')).standard_errors[4]::numeric, 3) AS hc3 FROM house, first;

-- prediction, and the effect of a dummy in a model of logarithms
WITH first AS (SELECT ols(price, ARRAY[1, tax, baths, size]) AS fit FROM house)
SELECT round(predicted(fit, ARRAY[1, 1500, 2, 1400])) AS price FROM first;
SELECT round(kennedy_effect(-0.0626490, 0.0834408)::numeric, 4) AS effect;

-- weights, NULL, empty
SELECT (ols(y, x)).n, (ols(y, x, w)).n AS weighted FROM (VALUES (1, ARRAY[1], 1), (2, NULL, 1), (NULL, ARRAY[1], 1), (4, ARRAY[NULL]::int[], 1), (5, ARRAY[1], 0), (6, ARRAY[1], NULL)) v(y, x, w);
SELECT ols(y, x) FROM (VALUES (1::float8, ARRAY[1]::float8[])) v(y, x) WHERE false;
SELECT (ols_columns(y, 1, x)).n FROM (VALUES (1, 1), (2, NULL), (NULL, 2), (4, 3)) v(y, x);
SELECT ols_columns(y, x), ols_columns_state(y, x) FROM (VALUES (1, NULL::int), (NULL, 1)) v(y, x);
SELECT (ols_columns(1, 2)).coefficients, (ols_columns('3', '1', '2')).coefficients, (ols_columns(1, 2, 3, 4)).n, (ols_columns(1, 2, 3, 4, '5')).n, (ols_columns(1, 2, 3, 4, 5, NULL)).n;
SELECT ols(y, ARRAY[1], 0) IS NULL AS all_weights_zero FROM generate_series(1, 3) y;
SELECT predicted(NULL, ARRAY[1]), predicted((SELECT ols(y, ARRAY[1]) FROM generate_series(1, 3) y), ARRAY[NULL]::float8[]), kennedy_effect(NULL, 1);
SELECT round((r).sigma::numeric, 6) AS sigma, (r).standard_errors, (r).t, (r).f, (r).aic FROM (SELECT ols(2 * i, ARRAY[1, i]) AS r FROM generate_series(1, 9) i) s;

-- few clusters: told once for each statement, however many groups there are; 20 are not few
SELECT g, (ols_cluster(sin(i * i + g), ARRAY[1, cos(i)], (i % 19)::text)).clusters FROM generate_series(1, 200) i, generate_series(1, 2) g GROUP BY g ORDER BY g;
SELECT (ols_cluster(sin(i * i), ARRAY[1, cos(i)], (i % 20)::text)).clusters, (ols_cr2(sin(i * i), ARRAY[1, cos(i)], (i % 6)::text)).clusters AS few FROM generate_series(1, 200) i;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT ols(y, ARRAY[1, 'NaN'::float8]) FROM generate_series(1, 3) y;
SELECT ols('Infinity', ARRAY[1]);
SELECT ols_columns(y, 1, 'NaN') FROM generate_series(1, 3) y;
SELECT ols_columns('-Infinity', 1);
SELECT ols_columns(1, 1, 1e200);
SELECT ols(rollup(m)) FROM (SELECT ols_columns_state(1, 1) AS m UNION ALL SELECT ols_columns_state(1, 1, 2)) s;
SELECT ols(1, '{}');
SELECT ols(1, '{{1,2},{3,4}}');
SELECT ols(i, CASE WHEN i < 3 THEN '{1,2}' ELSE '{1,2,3}' END::float8[]) FROM generate_series(1, 4) i;
SELECT ols(1, array_fill(1::float8, '{201}'));
SELECT ols(1, ARRAY[1e200]);
SELECT ols(y, ARRAY[1], -1) FROM generate_series(1, 3) y;
SELECT ols(moment_state(y, ARRAY[1]), 2) FROM generate_series(1, 3) y;
SELECT ols_robust(y, ARRAY[1], 'hc9') FROM generate_series(1, 3) y;
SELECT ols_robust(y, ARRAY[1], CASE WHEN y < 3 THEN 'hc1' ELSE 'hc2' END) FROM generate_series(1, 3) y;
SELECT ols_robust(y, ARRAY[1], (SELECT ols(z, ARRAY[1]) FROM generate_series(1, 5) z), 'hc1') FROM generate_series(1, 3) y;
SELECT ols_robust(y, ARRAY[1], (SELECT ols_robust(z, ARRAY[1], 'hc1') FROM generate_series(1, 3) z), 'hc1') FROM generate_series(1, 3) y;
SELECT predicted((SELECT ols(z, ARRAY[1]) FROM generate_series(1, 5) z), ARRAY[1, 2]);
SELECT kennedy_effect(1000, 0);
SELECT rollup(m) FROM (SELECT moment_state(1, ARRAY[1]) AS m UNION ALL SELECT moment_state(1, ARRAY[1, 2])) s;
SELECT '7462'::moment_state;

-- a type that has grown: stored fits are still read, new ones name the cause
BEGIN;
CREATE TEMP VIEW two_points AS SELECT x AS y, ARRAY[1, x]::float8[] AS x FROM generate_series(1, 4) x;
ALTER TYPE regression ADD ATTRIBUTE later text;
SELECT predicted(ROW('{1,2}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 1, 2, NULL, NULL, NULL, NULL, true, 'classical', NULL, NULL, 'news')::regression, '{1,10}');
SELECT ols(y, x) FROM two_points;
ROLLBACK;
-- confidence limits: of every coefficient, by the degrees of freedom of its tests
SELECT (SELECT array_agg(round(b::numeric, 4)) FROM unnest((c).low) b) AS low, (SELECT array_agg(round(b::numeric, 4)) FROM unnest((c).high) b) AS high
FROM (SELECT confidence_interval(ols(y, ARRAY[1, x])) AS c FROM (VALUES (1.0, 1), (2.1, 2), (2.9, 3), (4.2, 4), (4.8, 5)) v (y, x)) s;
SELECT confidence_interval(ols(y, ARRAY[1, x])) AS no_freedom FROM (VALUES (1.0, 1), (2.0, 2)) v (y, x);
SELECT confidence_interval(ols(y, ARRAY[1, x]), 95) FROM (VALUES (1.0, 1), (2.1, 2), (2.9, 3)) v (y, x);
-- of any estimate and its error: by t with degrees of freedom, by the normal without
SELECT round(low::numeric, 4) AS low, round(high::numeric, 4) AS high FROM (VALUES (1, NULL::int), (2, 4), (3, 1000000)) v (o, df), LATERAL confidence_interval(10, 2, df) ORDER BY o;
SELECT round(low::numeric, 4) AS low, round(high::numeric, 4) AS high FROM confidence_interval(10, 2, level => 0.99);
SELECT confidence_interval(NULL, 2) AS no_estimate, confidence_interval(10, NULL::float8) AS no_error, confidence_interval(10, 2, 3, NULL) AS no_level, confidence_interval(10, 0, 3) AS exact;
SELECT confidence_interval(10, -2);
SELECT confidence_interval(10, 2, 0);
SELECT confidence_interval(10, 2, 5, 1);
SELECT confidence_interval(1e308, 1e308);
-- a prediction: the mean at x, and one new observation there
SELECT round(value::numeric, 3) AS value, round(se::numeric, 3) AS se, round(low::numeric, 3) AS low, round(high::numeric, 3) AS high,
       round(forecast_se::numeric, 3) AS forecast_se, round(forecast_low::numeric, 3) AS forecast_low, round(forecast_high::numeric, 3) AS forecast_high
FROM (SELECT ols(y, ARRAY[1, x]) AS fit FROM (VALUES (1.0, 1), (2.1, 2), (2.9, 3), (4.2, 4), (4.8, 5)) v (y, x)) s, LATERAL prediction(fit, ARRAY[1, 6]);
SELECT prediction(ols(y, ARRAY[1, x]), '{1,6}') AS no_freedom, prediction(ols(y, ARRAY[1, x]), '{1,NULL}') AS a_null FROM (VALUES (1.0, 1), (2.0, 2)) v (y, x);
SELECT prediction(ols(y, ARRAY[1, x]), '{1}') FROM (VALUES (1.0, 1), (2.0, 2)) v (y, x);
SELECT prediction(ols(y, ARRAY[1, x]), '{1,1e308}') FROM (VALUES (1.0, 1), (4.0, 2)) v (y, x);
